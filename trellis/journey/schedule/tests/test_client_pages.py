"""One client's week at work: minutes, groups, orders, days away, and the part of the client's page."""

from datetime import timedelta

import pytest
from django.urls import reverse

from trellis.foundation.audit import trail
from trellis.foundation.program.models import Room
from trellis.journey.schedule import actions
from trellis.journey.schedule.models import Leave, PrescribedHours, SilenceDecision, Track
from trellis.journey.schedule.queries.way import first_sessions
from trellis.journey.schedule.tests.factories import (
    SYSTEM,
    TODAY,
    AttendanceFactory,
    ClientFactory,
    EnrollmentFactory,
    EpisodeFactory,
    LeaveFactory,
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


def url(name, client, *more):
    return reverse(f"schedule:{name}", args=[client.public_id, *more])


def text(answer):
    return answer.content.decode()


# --- minutes ----------------------------------------------------------------------------------------------------------


def test_the_ledger_explains_each_session():
    session, [late, *others], _by = tonight()
    AttendanceFactory(session=session, client=late, state="late", arrived_late_minutes=17)
    for other in others:
        AttendanceFactory(session=session, client=other, state="left_early", left_early_minutes=20)
    page = text(browser_of(actor("biller")).get(url("minutes", late)))
    assert "<h1>Short by 6 h 17 min</h1>" in page
    assert "A part of it because the plan itself holds too little." in page
    assert "break of 15 min not counted · came 17 min late" in page
    assert "2 h 43 min" in page
    assert trail.about(f"client:{late.pk}")[-1].verb == "opened schedule.minutes"
    left = text(browser_of(actor("biller")).get(url("minutes", others[0])))
    assert "left 20 min early" in left


def test_the_size_of_the_group_is_explained():
    biller = browser_of(actor("biller"))
    session, [one, *_], _by = tonight()
    AttendanceFactory(session=session, client=one)
    assert "1 person in the room: counts as Individual hour" in text(biller.get(url("minutes", one)))
    lonely, [two, *_], _by = tonight(series__below_counts_as="", series__below_countable=False)
    AttendanceFactory(session=lonely, client=two)
    assert "1 person in the room: does not count" in text(biller.get(url("minutes", two)))


def test_what_does_not_count_and_what_counts_elsewhere_is_explained():
    session, [one, two], _by = tonight(people=2)
    walk = SessionFactory(series__countable=False)
    beside = SessionFactory()
    for number, person in enumerate((one, two)):
        for other in (session, walk, beside):
            AttendanceFactory(session=other, client=person, key=f"{other.pk}-{number}")
    page = text(browser_of(actor("biller")).get(url("minutes", one)))
    assert "hours of this kind do not count" in page
    assert "3 h counted in another group already" in page


def test_a_cut_week_says_why_and_that_it_is_nobodys_shortfall():
    session, [one, *_], _by = tonight()
    actions.record_leave(by=actor("clinical_director"), client=one, kind="hospital", since=TODAY)
    page = text(browser_of(actor("biller")).get(url("minutes", one)))
    assert "This week is shorter by 3 h. That is not this person’s shortfall." in page
    assert "In hospital" in page
    assert session.pk


def test_another_week_is_asked_for_by_a_day_of_it(director):
    [one] = enrolled(SeriesFactory())
    page = text(director.get(url("minutes_of", one, "2026-11-18")))
    assert "Monday, November 16 to Sunday, November 22" in page
    assert "No groups in this week" in page
    assert director.get(url("minutes_of", one, "x")).status_code == 404


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


# --- groups, orders, days away ----------------------------------------------------------------------------------------


def send(browser, client, what, **fields):
    named = {f"{what}-{name}": value for name, value in fields.items()}
    return text(browser.post(url("plan", client), {"what": what, **named}, follow=True))


def test_a_client_joins_a_track_and_changes_and_leaves_it(director):
    client = ClientFactory(in_program=True)
    day = TODAY.isoformat()
    assert "No groups yet." in text(director.get(url("plan", client)))
    assert "from that day on" in send(director, client, "track", track="evening", since=day)
    assert "Thursday, 7:00 pm" in text(director.get(url("plan", client)))
    later = (TODAY + timedelta(days=7)).isoformat()
    assert "change to the other track" in send(director, client, "track", track="morning", since=later)
    assert "last day in these groups" in send(director, client, "leave_track", until=later)


def test_a_full_track_comes_back_with_a_sentence_and_what_was_typed(director):
    track = Track.objects.get(key="evening")
    for _n in range(track.capacity):
        EnrollmentFactory(track=track)
    client = ClientFactory(in_program=True)
    page = send(director, client, "track", track="evening", since=TODAY.isoformat())
    assert "12 of 12 places are taken" in page
    again = send(director, client, "track", track="evening", since=TODAY.isoformat(), in_spite_of_full="Agreed")
    assert "from that day on" in again


def test_hours_are_ordered_by_whoever_is_signed_in(director):
    client = ClientFactory(in_program=True)
    page = send(director, client, "order", hours="7.5", since=TODAY.isoformat(), reason="Steps down")
    assert "7 h 30 min" in page
    assert "Steps down" in page
    order = PrescribedHours.objects.get()
    assert (order.minutes_a_week, order.ordered_by.account.grants.get().role) == (450, "clinical_director")
    assert "Ensure this value is greater" in send(director, client, "order", hours="0", since=TODAY.isoformat())


def test_days_away_begin_and_end(director):
    client = ClientFactory(in_program=True)
    assert "do not count against them" in send(director, client, "away", kind="jail", since=TODAY.isoformat())
    assert "expected again after that day" in send(director, client, "back", until=TODAY.isoformat())
    assert Leave.objects.get().until == TODAY
    wrong = {"kind": "leave", "since": TODAY.isoformat(), "until": (TODAY - timedelta(days=3)).isoformat()}
    assert "cannot be before the first" in send(director, client, "away", **wrong)


def test_what_is_not_offered_is_not_done(director):
    client = LeaveFactory(client=ClientFactory(in_program=True)).client
    send(director, client, "away", kind="jail", since=TODAY.isoformat())
    send(director, client, "nonsense")
    assert Leave.objects.count() == 1


def test_after_silence_the_page_asks_for_a_decision(director):
    client = ClientFactory(in_program=True)
    assert "A clinician decides what is next." in text(director.get(url("plan", client)))
    assert "The decision is written down." in send(director, client, "silence", decision="visit", reason="Drives by")
    assert SilenceDecision.objects.get().decision == "visit"
    assert "A clinician decides" not in text(director.get(url("plan", client)))


def test_somebody_who_is_not_in_the_program_has_no_groups_to_join(director):
    assert "Groups belong to a stay in the program" in text(director.get(url("plan", ClientFactory())))


def test_each_form_is_for_those_who_may():
    intake = browser_of(actor("intake_coordinator"))
    page = text(intake.get(url("plan", ClientFactory(in_program=True))))
    assert "Join or change a track" in page
    assert "Order other hours" not in page
    assert "Write days away down" not in page


# --- the client's page ------------------------------------------------------------------------------------------------


def test_the_clients_page_shows_the_week_and_what_is_next(director):
    session, [one, *_], _by = tonight(in_room=Room.objects.get(key="room-2"))
    page = text(director.get(reverse("clients:client", args=[one.public_id])))
    assert "data-week-minutes" in page
    assert "Now, until 8:45 pm" in page
    assert url("minutes", one) in page
    assert session.pk


def test_the_clients_page_without_groups_says_so_and_hides_the_week_from_the_desk(director):
    client = ClientFactory(in_program=True)
    page = reverse("clients:client", args=[client.public_id])
    assert "No groups this week." in text(director.get(page))
    assert "No groups this week." not in text(browser_of(actor("front_desk")).get(page))


# --- the way from asking to the first session -------------------------------------------------------------------------


def test_the_funnel_ends_with_the_first_session():
    from trellis.journey.inquiry.tests.factories import reached
    from trellis.journey.schedule.tests.test_enroll import start

    actions.generate_sessions(by=SYSTEM)
    inquiry, other = reached(), reached()
    started = start(actor("intake_coordinator"), inquiry=inquiry)
    assert first_sessions([inquiry.pk, other.pk]) == {}
    AttendanceFactory(session=started.first_session, client=started.client)
    assert first_sessions([inquiry.pk, other.pk]) == {inquiry.pk: started.first_session.starts_at}
