"""Places and wait-lists, who usually leads, the hour alone, and what the worker does by itself."""

from datetime import timedelta

import pytest
from django.urls import reverse

from trellis.foundation.audit import trail
from trellis.journey.inquiry.tests.factories import asked
from trellis.journey.schedule import actions, jobs
from trellis.journey.schedule.models import Series, Session, Track, WaitListEntry
from trellis.journey.schedule.tests.factories import (
    SYSTEM,
    TODAY,
    AttendanceFactory,
    ClientFactory,
    SessionFactory,
    StaffMemberFactory,
    actor,
    browser_of,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pomona")]


@pytest.fixture
def director():
    return browser_of(actor("clinical_director"))


def text(answer):
    return answer.content.decode()


def send(browser, client, what, **fields):
    named = {f"{what}-{name}": value for name, value in fields.items()}
    address = reverse("schedule:plan", args=[client.public_id])
    return text(browser.post(address, {"what": what, **named}, follow=True))


# --- places -----------------------------------------------------------------------------------------------------------


def test_places_show_who_waits_longest_first_and_where_they_are_placed(director):
    client = ClientFactory(chosen_name="Zoe Quill", in_program=True)
    intake, track = actor("intake_coordinator"), Track.objects.get(key="evening")
    assert "They are on the wait-list." in send(director, client, "wait", track="evening")
    inquiry = asked(name="Marisol R")
    actions.wait_list(by=intake, track=track, inquiry=inquiry)
    page = text(director.get(reverse("schedule:tracks")))
    assert "2 people wait, and there are free places" in page
    assert page.index("Zoe Quill") < page.index("Marisol R")
    assert reverse("admission:admit", args=[inquiry.public_id]) in page
    assert "0 of 12 places taken" in page
    assert trail.about(f"inquiry:{inquiry.pk}")[-1].verb == "opened schedule.wait_list"


def test_waiting_twice_comes_back_with_a_sentence_and_ends_when_they_say_so(director):
    client = ClientFactory(in_program=True)
    send(director, client, "wait", track="evening")
    assert "on the wait-list already" in send(director, client, "wait", track="evening")
    entry = WaitListEntry.objects.get()
    address = reverse("schedule:stop_waiting", args=[entry.public_id])
    assert "They no longer wait." in text(director.post(address, follow=True))
    assert director.post(address).status_code == 404
    assert "Nobody waits for a place" in text(director.get(reverse("schedule:tracks")))


def test_a_full_program_says_only_that_people_wait(director):
    from trellis.foundation.record.guard import writing

    with writing("test"):
        Track.objects.update(capacity=0)
    actions.wait_list(by=actor("intake_coordinator"), track=Track.objects.first(), inquiry=asked(name=""))
    page = text(director.get(reverse("schedule:tracks")))
    assert "One person waits for a place" in page
    assert "Somebody who asked for help" in page


# --- who usually leads ------------------------------------------------------------------------------------------------


def leader_url(series):
    return reverse("schedule:leader", args=[series.public_id])


def test_somebody_leads_a_group_from_a_day_on_and_stops(director):
    actions.generate_sessions(by=SYSTEM)
    series = Series.objects.get(key="evening-wed-skills")
    dana = StaffMemberFactory(account__roles=["counselor"], account__chosen_name="Dana Cole")
    assert "groups have nobody who usually leads them" in text(director.get(reverse("schedule:leaders")))
    assert "Nobody usually leads this group" in text(director.get(leader_url(series)))
    fields = {"staff_member": dana.public_id, "since": TODAY.isoformat()}
    assert "Dana Cole leads it from that day on." in text(director.post(leader_url(series), fields, follow=True))
    assert "leads this group already" in text(director.post(leader_url(series), fields))
    assert "Dana Cole" in text(director.get(reverse("schedule:leaders")))
    stop = reverse("schedule:stop_leading", args=[series.public_id, dana.public_id])
    assert "Today is their last day" in text(director.post(stop, follow=True))
    assert "does not lead this group" in text(director.post(stop, follow=True))


def test_every_group_led_is_said_too(director):
    from trellis.foundation.record.guard import writing

    with writing("test"):
        Series.objects.update(until=TODAY - timedelta(days=1))
    assert "Every group has somebody who usually leads it" in text(director.get(reverse("schedule:leaders")))
    assert director.get(leader_url(Series.objects.first())).status_code == 404


def test_nobody_stops_who_is_not_there(director):
    series = Series.objects.get(key="evening-wed-skills")
    assert director.post(reverse("schedule:stop_leading", args=[series.public_id, "nobody"])).status_code == 404


# --- the hour alone ---------------------------------------------------------------------------------------------------


def test_an_hour_alone_is_agreed_on_the_clients_page_of_groups(director):
    client = ClientFactory(in_program=True)
    dana = StaffMemberFactory(account__roles=["therapist"])
    fields = {
        "staff_member": dana.public_id,
        "weekday": "1",
        "start": "16:00",
        "minutes": "60",
        "since": TODAY.isoformat(),
    }
    page = send(director, client, "hour", **fields)
    assert "The hour stands in both weeks." in page
    assert "Tuesday, 4:00 pm" in page
    again = send(director, ClientFactory(in_program=True), "hour", **fields)
    assert "Choose somebody else or another time." in again


# --- by itself --------------------------------------------------------------------------------------------------------


def test_the_worker_makes_sessions_ahead_and_calls_the_past_held(clock_at):
    jobs.make_sessions_ahead.func()
    assert Session.objects.exists()
    tonight = SessionFactory()
    AttendanceFactory(session=tonight)
    clock_at(tonight.ends_at + timedelta(minutes=1))
    jobs.hold_what_is_over.func()
    tonight.refresh_from_db()
    assert tonight.status == "held"
