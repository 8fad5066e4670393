"""One client's minutes, explained down to the session."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from trellis.foundation.audit import trail
from trellis.journey.schedule import actions
from trellis.journey.schedule.models import NotSeated
from trellis.journey.schedule.tests.factories import (
    TODAY,
    AbsenceNoticeFactory,
    AttendanceFactory,
    ClientFactory,
    EnrollmentFactory,
    EpisodeFactory,
    NotSeatedFactory,
    PrescribedHoursFactory,
    SeriesFactory,
    SessionFactory,
    actor,
    actor_of,
    browser_of,
    enrolled,
    tonight,
)
from trellis.people.clients.tests.factories import CareAssignmentFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pomona")]


@pytest.fixture
def director():
    return browser_of(actor("clinical_director"))


@pytest.fixture
def biller():
    return browser_of(actor("biller"))


def url(name, client, *more):
    return reverse(f"schedule:{name}", args=[client.public_id, *more])


def text(answer):
    return re.sub(r"\s+", " ", answer.content.decode())


def test_the_ledger_explains_each_session(biller):
    session, [late, *others], _by = tonight()
    AttendanceFactory(session=session, client=late, state="late", arrived_late_minutes=17)
    for other in others:
        AttendanceFactory(session=session, client=other, state="left_early", left_early_minutes=20)
    page = text(biller.get(url("minutes", late)))
    assert "<h1>Short by 6 h 17 min</h1>" in page
    assert "A part of it because the plan itself holds too little." in page
    assert "break of 15 min not counted · came 17 min late" in page
    assert "2 h 43 min" in page
    assert trail.about(f"client:{late.pk}")[-1].verb == "opened schedule.minutes"
    left = text(biller.get(url("minutes", others[0])))
    assert "left 20 min early" in left


def test_the_size_of_the_group_is_explained(biller):
    session, [one, *_], _by = tonight()
    AttendanceFactory(session=session, client=one)
    assert "1 person in the room: counts as Individual hour" in text(biller.get(url("minutes", one)))
    lonely, [two, *_], _by = tonight(series__below_counts_as="", series__below_countable=False)
    AttendanceFactory(session=lonely, client=two)
    assert "1 person in the room: does not count" in text(biller.get(url("minutes", two)))


def test_what_does_not_count_and_what_counts_elsewhere_is_explained(biller):
    session, [one, two], _by = tonight(people=2)
    walk = SessionFactory(series__countable=False)
    beside = SessionFactory()
    for number, person in enumerate((one, two)):
        for other in (session, walk, beside):
            AttendanceFactory(session=other, client=person, key=f"{other.pk}-{number}")
    page = text(biller.get(url("minutes", one)))
    assert "hours of this kind do not count" in page
    assert "3 h counted in another group already" in page


def test_a_cut_week_says_why_and_that_it_is_nobodys_shortfall(biller):
    session, [one, *_], _by = tonight()
    actions.record_leave(by=actor("clinical_director"), client=one, kind="hospital", since=TODAY)
    page = text(biller.get(url("minutes", one)))
    assert "This week is shorter by 3 h. That is not this person’s shortfall." in page
    assert "In hospital" in page
    assert session.pk


def test_a_start_before_which_no_session_was_made_is_a_shorter_week_too(biller):
    tuesday, tonight_ = SeriesFactory(weekday=1), SessionFactory()
    row = EnrollmentFactory(series=tonight_.series, since=TODAY)
    EnrollmentFactory(series=tuesday, episode=row.episode, since=TODAY)
    page = text(biller.get(url("minutes", row.episode.client)))
    assert "<h1>On the way</h1>" in page
    assert "This week is shorter by 3 h. That is not this person’s shortfall." in page
    assert "It asks 2 h 30 min instead of 9 h" in page
    assert "<li>Before the start: 3 h</li>" in page


def test_another_week_is_asked_for_by_a_day_of_it(director):
    [one] = enrolled(SeriesFactory())
    page = text(director.get(url("minutes", one) + "?week=2026-11-18"))
    assert "Monday, November 16 to Sunday, November 22" in page
    assert "No groups in this week" in page
    assert director.get(url("minutes", one) + "?week=x").status_code == 404


@pytest.mark.parametrize(
    ("marks", "words"),
    [(("present", "present"), "The week is enough"), (("present", None), "On the way"), ((None, "absent"), "Short by")],
)
def test_the_heading_says_how_the_week_stands(marks, words, director):
    first, second = SeriesFactory(minutes=300, break_minutes=0), SeriesFactory(minutes=300, break_minutes=0, weekday=3)
    first, second = SessionFactory(series=first), SessionFactory(series=second, planned_on=TODAY + timedelta(days=1))
    [one] = enrolled(first.series)
    EnrollmentFactory(series=second.series, episode=one.episodes.get())
    for session, state in zip((first, second), marks, strict=True):
        if state:
            AttendanceFactory(session=session, client=one, state=state)
            AttendanceFactory(session=session)
    assert words in text(director.get(url("minutes", one)))


def test_added_and_unmarked_sessions_say_so(clock_at):
    session, [one, *_], by = tonight()
    guest = ClientFactory(in_program=True)
    actions.add_to_roster(by=by, session=session, client=guest, key="a")
    actions.mark(by=by, session=session, client=guest, state="present", key="m")
    clock_at(session.ends_at + timedelta(minutes=1))
    director = browser_of(actor("clinical_director"))
    assert "sat in without being enrolled" in text(director.get(url("minutes", guest)))
    assert "Not marked yet" in text(director.get(url("minutes", one)))


def test_what_could_make_it_up_is_named(director):
    session, [one, *_], _by = tonight()
    AttendanceFactory(session=session, client=one, state="absent")
    PrescribedHoursFactory(client=one, minutes_a_week=180)
    SessionFactory(planned_on=TODAY + timedelta(days=3), series__weekday=5)
    page = text(director.get(url("minutes", one)))
    assert "What could make it up" in page
    assert "enough alone" in page
    assert "If nothing is made up." in page
    assert "a week, by order" in page


def test_a_plan_that_holds_too_little_is_called_so(director):
    session, [one, *_], _by = tonight()
    AttendanceFactory(session=session, client=one)
    page = text(director.get(url("minutes", one)))
    assert "The plan itself holds too little." in page


def test_minutes_are_for_those_who_may_and_a_stranger_finds_nothing(statements):
    assignment = CareAssignmentFactory(staff_member__account__roles=["counselor"])
    counselor = browser_of(actor_of(assignment.staff_member.account))
    own, other = assignment.episode.client, EpisodeFactory().client
    assert counselor.get(url("minutes", own)).status_code == 200
    assert counselor.get(url("minutes", other)).status_code == 404
    assert browser_of(actor("front_desk")).get(url("minutes", own)).status_code == 403
    with statements() as seen:
        counselor.get(url("minutes", own))
    assert len(seen) <= 12, seen


# --- each state has its reason ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("present", "break of 15 min not counted"),
        ("excused", "excused: no minutes"),
        ("absent", "not here: no minutes"),
    ],
)
def test_a_mark_says_what_it_does_to_the_minutes(biller, state, words):
    session, [one, other, *_], _by = tonight()
    AttendanceFactory(session=session, client=one, state=state)
    AttendanceFactory(session=session, client=other)
    assert words in text(biller.get(url("minutes", one)))


def test_what_is_ahead_and_what_lacks_its_mark_is_taken_as_planned(clock_at):
    session, [one, *_], _by = tonight()
    assert "still ahead: taken as planned" in text(browser_of(actor("biller")).get(url("minutes", one)))
    clock_at(session.ends_at)
    assert "over and not marked yet: taken as planned" in text(browser_of(actor("biller")).get(url("minutes", one)))


def test_who_told_us_and_who_was_not_seated(biller):
    session, [told, turned_away, *_], _by = tonight()
    AbsenceNoticeFactory(session=session, client=told)
    NotSeatedFactory(session=session, client=turned_away)
    assert "told us ahead: no minutes are expected" in text(biller.get(url("minutes", told)))
    assert "came and was not seated: no minutes" in text(biller.get(url("minutes", turned_away)))
    assert NotSeated.objects.get().note == ""


def test_a_whole_session_without_a_break_counts_in_full(biller):
    session, people, _by = tonight(series__break_minutes=0, people=2)
    for person in people:
        AttendanceFactory(session=session, client=person)
    assert "counts in full" in text(biller.get(url("minutes", people[0])))


@pytest.mark.parametrize(
    ("reason", "words"),
    [("no_leader", "Nobody could lead it"), ("holiday", "holiday: the group did not meet")],
)
def test_what_we_cancelled_says_why_and_that_it_does_not_count_against_anybody(biller, reason, words):
    session = SessionFactory(status="cancelled", cancel_reason=reason)
    [one] = enrolled(session.series, 1)
    page = text(biller.get(url("minutes", one)))
    assert f"{words} · does not count against this person" in page
    assert "It asks" in page


def test_a_week_that_began_in_its_middle_says_so(biller):
    session = SessionFactory(planned_on=TODAY - timedelta(days=2), series__weekday=0)
    episode = EpisodeFactory(opened_on=TODAY)
    EnrollmentFactory(episode=episode, series=session.series, since=TODAY)
    page = text(biller.get(url("minutes", episode.client)))
    assert "before the first day in this group" in page
    assert "Before the start: 3 h" in page


def test_the_days_of_the_rule_stand_beside_the_hours(biller):
    session, people, _by = tonight(people=2)
    for person in people:
        AttendanceFactory(session=session, client=person)
    assert "on 1 of 3 days" in text(biller.get(url("minutes", people[0])))


@pytest.mark.parametrize("weeks", [1, 12])
def test_a_week_costs_the_same_for_a_new_and_for_an_old_client(biller, statements, weeks):
    session, [one, *_], _by = tonight()
    for week in range(weeks):
        past = SessionFactory(series=session.series, planned_on=TODAY - timedelta(days=7 * (week + 1)))
        AttendanceFactory(session=past, client=one)
    biller.get(url("minutes", one))
    with statements() as seen:
        biller.get(url("minutes", one))
    assert len(seen) <= 13, seen


def test_in_spanish_every_word_is_spanish(biller):
    _session, [one, *_], _by = tonight()
    page = text(biller.get("/es" + url("minutes", one)))
    assert "aún no llega: se cuenta lo planeado" in page
