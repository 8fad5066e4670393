"""One client's week at work: minutes, groups, orders, days away, and the part of the client's page."""

from datetime import timedelta

import pytest
from django.urls import reverse

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
    LeaveFactory,
    actor,
    browser_of,
    tonight,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pomona")]


@pytest.fixture
def director():
    return browser_of(actor("clinical_director"))


def url(name, client, *more):
    return reverse(f"schedule:{name}", args=[client.public_id, *more])


def text(answer):
    return answer.content.decode()


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
