"""The end of a stay: nothing is left running, and what was recorded stays."""

import re
from datetime import time, timedelta

import pytest
from django.urls import reverse

from trellis.foundation.access.permissions import NotPermitted, Refused
from trellis.foundation.audit import trail
from trellis.journey.schedule import actions, queries
from trellis.journey.schedule.models import Booking, CallOutcome, Enrollment, Session, WaitListEntry
from trellis.journey.schedule.tests.factories import (
    SYSTEM,
    TODAY,
    AttendanceFactory,
    EnrollmentFactory,
    EpisodeFactory,
    LeaveFactory,
    RoomFactory,
    SeriesFactory,
    SessionFactory,
    StaffMemberFactory,
    TrackFactory,
    actor,
    actor_of,
    browser_of,
)
from trellis.people.clients.models import CareAssignment
from trellis.people.clients.tests.factories import CareAssignmentFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pomona")]
WEEK = timedelta(days=7)


@pytest.fixture
def director():
    return actor("clinical_director")


@pytest.fixture
def episode():
    return EpisodeFactory(client__chosen_name="Marisol Ruiz")


def finish(by, episode, closed_on=TODAY, reason="completed"):
    return actions.finish_stay(by=by, episode=episode, closed_on=closed_on, reason=reason)


def roster(session):
    return [line.client_id for line in queries.lines_of([session.pk]).get(session.pk, [])]


# --- the act ----------------------------------------------------------------------------------------------------------


def test_groups_end_with_the_last_day_and_later_sessions_expect_nobody(director, episode):
    tonight = SessionFactory()
    later = SessionFactory(series=tonight.series, planned_on=TODAY + WEEK)
    running = EnrollmentFactory(episode=episode, series=tonight.series)
    to_begin = EnrollmentFactory(episode=episode, since=TODAY + WEEK)
    over = EnrollmentFactory(episode=episode, until=TODAY - WEEK)
    closed = finish(director, episode)
    assert (closed.status, closed.closed_on, closed.close_reason) == ("closed", TODAY, "completed")
    assert roster(tonight) == [episode.client_id]
    assert roster(later) == []
    ends = {row.pk: row.until for row in Enrollment.objects.all()}
    assert ends == {
        running.pk: TODAY, to_begin.pk: TODAY + WEEK - timedelta(days=1), over.pk: TODAY - WEEK
    }  # fmt: skip
    assert {event.verb for event in trail.about(f"client:{episode.client_id}")} == {
        "schedule.finish", "client.close_episode",
    }  # fmt: skip


def test_the_hour_alone_ends_and_its_room_and_therapist_are_free_again(director, episode):
    therapist, room = StaffMemberFactory(account__roles=["therapist"]), RoomFactory()
    hour = {
        "staff_member": therapist, "weekday": 3, "start": time(10), "minutes": 60, "kind": "individual",
        "since": TODAY, "room": room,
    }  # fmt: skip
    actions.agree_individual_hour(by=director, episode=episode, **hour)
    finish(director, episode)
    assert not Booking.objects.filter(released=False).exists()
    assert set(Session.objects.values_list("status", flat=True)) == {"cancelled"}
    actions.generate_sessions(by=SYSTEM, since=TODAY, until=TODAY + 30 * timedelta(days=1))
    assert not Session.objects.exclude(status="cancelled").filter(series__personal=True).exists()
    other = EpisodeFactory()
    assert actions.agree_individual_hour(by=director, episode=other, **hour)


def test_team_wait_list_and_open_leave_end_too(director, episode):
    CareAssignmentFactory(episode=episode)
    away, ahead = LeaveFactory(client=episode.client), LeaveFactory(client=episode.client, since=TODAY + WEEK)
    entry = actions.wait_list(by=director, track=TrackFactory(), episode=episode)
    finish(director, episode, reason="hospital")
    assert CareAssignment.objects.get().until == TODAY
    assert WaitListEntry.objects.get(pk=entry.pk).status == "withdrawn"
    away.refresh_from_db()
    ahead.refresh_from_db()
    assert (away.until, ahead.until) == (TODAY, TODAY + WEEK)


def test_no_call_is_owed_to_somebody_whose_stay_is_closed(director, episode):
    series = SeriesFactory()
    EnrollmentFactory(episode=episode, series=series)
    session = SessionFactory(series=series, planned_on=TODAY - WEEK)
    AttendanceFactory(session=session, client=episode.client, state="absent")
    finish(director, episode, closed_on=TODAY - WEEK, reason="died")
    call = CallOutcome.objects.get()
    assert (call.result, call.session_id) == ("handed_over", session.pk)
    assert not queries.lines_of([session.pk])[session.pk][0].call_owed


def test_a_call_that_was_settled_or_a_corrected_mark_gets_no_second_outcome(director, episode):
    for days, then in ((7, "present"), (14, "absent")):
        session = SessionFactory(planned_on=TODAY - timedelta(days=days))
        AttendanceFactory(session=session, client=episode.client, state="absent")
        if then == "present":
            AttendanceFactory(session=session, client=episode.client, state=then)
        else:
            actions.record_call(
                by=actor("front_desk"), session=session, client=episode.client, result="reached", key="c"
            )
    finish(director, episode)
    assert CallOutcome.objects.count() == 1


def test_a_stay_ends_on_a_day_that_has_been(director, episode):
    with pytest.raises(Refused, match="today or an earlier day"):
        finish(director, episode, closed_on=TODAY + timedelta(days=1))
    session = SessionFactory(planned_on=TODAY - timedelta(days=1))
    AttendanceFactory(session=session, client=episode.client, state="late", arrived_late_minutes=5)
    with pytest.raises(Refused, match="in a group on Nov"):
        finish(director, episode, closed_on=TODAY - WEEK)
    with pytest.raises(Refused, match="before it began"):
        finish(director, EpisodeFactory(opened_on=TODAY), closed_on=TODAY - WEEK)
    assert finish(director, episode, closed_on=TODAY - timedelta(days=1)).status == "closed"
    with pytest.raises(Refused, match="closed already"):
        finish(director, episode)


def test_a_mark_that_was_taken_back_holds_no_day(director, episode):
    session = SessionFactory(planned_on=TODAY - timedelta(days=1))
    AttendanceFactory(session=session, client=episode.client)
    actions.undo(by=director, session=session, client=episode.client, key="u")
    assert finish(director, episode, closed_on=TODAY - WEEK).closed_on == TODAY - WEEK


def test_who_may_close_a_stay():
    therapist = StaffMemberFactory(account__roles=["therapist"])
    mine = CareAssignmentFactory(staff_member=therapist).episode
    by = actor_of(therapist.account)
    with pytest.raises(NotPermitted):
        finish(by, EpisodeFactory())
    for role in ("intake_coordinator", "counselor", "front_desk", "program_administrator", "biller"):
        with pytest.raises(NotPermitted):
            finish(actor(role), EpisodeFactory())
    assert finish(by, mine).status == "closed"
    assert finish(actor("medical_director"), EpisodeFactory()).status == "closed"


# --- the page ---------------------------------------------------------------------------------------------------------


def text(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def address(episode, page="finish"):
    return reverse(f"admission:{page}", args=[episode.client.public_id])


def test_the_page_says_what_ends_and_closes_the_stay(director, episode):
    EnrollmentFactory(episode=episode, series=SeriesFactory(names={"en": "Skills group", "es": "Habilidades"}))
    EnrollmentFactory(
        episode=episode, series=SeriesFactory(names={"en": "Old group", "es": "Grupo"}), until=TODAY - WEEK
    )
    browser = browser_of(director)
    person = reverse("clients:client", args=[episode.client.public_id])
    assert f'href="{address(episode)}"' in browser.get(person).content.decode()
    page = browser.get(address(episode))
    assert "Skills group Wednesday, 5:30 pm" in text(page)
    assert "Old group" not in text(page)
    assert 'value="2026-11-25"' in page.content.decode()
    sent = {"closed_on": "2026-11-24", "reason": "completed", "kind": "planned"}
    answer = browser.post(address(episode), sent, follow=True)
    assert answer.redirect_chain[0][0] == reverse("leaving:discharge", args=[episode.client.public_id])
    assert "The stay is closed. Groups and hours end with that day." in text(answer)
    after = browser.get(person)
    assert "Nov. 24, 2026, Finished the program" in text(after)
    assert f'href="{address(episode, "again")}"' in after.content.decode()
    again = browser.post(address(episode), {"closed_on": "2026-11-24", "reason": "moved"}, follow=True)
    assert "This stay is closed already." in text(again)
    assert "Finished the program" in text(again)


def test_nobody_is_asked_whether_somebody_who_died_comes_back(director, episode):
    finish(director, episode, reason="died")
    browser = browser_of(director)
    page = text(browser.get(reverse("clients:client", args=[episode.client.public_id])))
    assert "It is written down that they have died. A mistake?" in page
    assert "They come back" not in page
    again = browser.get(address(episode, "again"), follow=True)
    assert "No stay can start." in text(again)
    assert again.redirect_chain[-1][0] == reverse("clients:client", args=[episode.client.public_id])


def test_a_fault_is_said_and_nothing_chosen_is_lost(director, episode):
    browser = browser_of(director)
    page = browser.post(address(episode), {"closed_on": "2026-12-24", "reason": "moved", "kind": "planned"})
    assert "Choose today or an earlier day." in text(page)
    assert re.search(
        r'<input[^>]*value="moved"[^>]*checked|<input[^>]*checked[^>]*value="moved"', page.content.decode()
    )
    assert "This field is required" in text(browser.post(address(episode), {"closed_on": "2026-11-24"}))


def test_the_therapist_who_closed_it_and_sends_again_gets_a_sentence():
    therapist = StaffMemberFactory(account__roles=["therapist"])
    episode = CareAssignmentFactory(staff_member=therapist, episode__client__in_program=False).episode
    browser = browser_of(actor_of(therapist.account))
    sent = {"closed_on": "2026-11-25", "reason": "completed"}
    first = browser.post(address(episode), sent, follow=True)
    assert first.redirect_chain[0][0] == reverse("leaving:discharge", args=[episode.client.public_id])
    assert "The stay is closed." in text(first)
    assert "This stay is closed already." in text(browser.post(address(episode), sent, follow=True))
    EpisodeFactory(client=episode.client, opened_on=TODAY)
    assert browser.get(address(episode)).status_code == 404


def test_who_may_not_close_finds_no_way_there(episode):
    desk = browser_of(actor("front_desk"))
    person = desk.get(reverse("clients:client", args=[episode.client.public_id])).content.decode()
    assert address(episode) not in person
    assert desk.get(address(episode)).status_code == 403


def test_the_page_is_spanish_for_those_who_read_spanish(director, episode):
    page = text(browser_of(director).get(f"/es{address(episode)}"))
    assert "¿Cuándo y cómo terminó la admisión?" in page
    assert "Último día de la admisión" in page
