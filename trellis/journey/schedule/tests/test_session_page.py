"""What one session shows before somebody changes it: clashes, who has a room, who leads elsewhere, what was changed."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from trellis.foundation.audit.models import AuditEvent
from trellis.foundation.program.models import Room
from trellis.journey.schedule.models import Session
from trellis.journey.schedule.tests.factories import (
    TODAY,
    BookingFactory,
    EnrollmentFactory,
    SessionFactory,
    StaffMemberFactory,
    actor,
    browser_of,
    tonight,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pomona")]
OTHER = {"en": "Process group", "es": "Grupo de proceso"}


@pytest.fixture
def director():
    return browser_of(actor("clinical_director"))


def url(session):
    return reverse("schedule:session", args=[session.public_id])


def text(answer):
    return re.sub(r"\s+", " ", answer.content.decode())


def send(browser, session, what, **fields):
    named = {f"{what}-{name}": value for name, value in fields.items()}
    extra = {"all_the_same": named.pop(f"{what}-all_the_same")} if f"{what}-all_the_same" in named else {}
    return text(browser.post(url(session), {"what": what, **named, **extra}, follow=True))


def in_both(client, session):
    EnrollmentFactory(episode=client.episodes.get(), series=session.series)


# --- people with two groups at once -----------------------------------------------------------------------------------


def test_people_with_another_group_at_the_same_time_are_named_to_whoever_plans(director):
    session, [client, *_], _by = tonight()
    in_both(client, SessionFactory(series__names=OTHER))
    page = text(director.get(url(session)))
    assert "One person of this group has another one at this time." in page
    assert client.chosen_name in page
    assert "Process group, 5:30 pm" in page
    assert AuditEvent.objects.get(verb="opened schedule.see").subjects == [f"client:{client.pk}"]


def test_others_see_how_many_and_no_names():
    session, [client, *_], _by = tonight()
    in_both(client, SessionFactory(series__names=OTHER))
    page = text(browser_of(actor("biller")).get(url(session)))
    assert "One person of this group has another one" in page
    assert client.chosen_name not in page
    assert not AuditEvent.objects.filter(verb="opened schedule.see").exists()


def test_a_group_that_is_cancelled_clashes_with_nothing(director):
    session, [client, *_], _by = tonight()
    in_both(client, SessionFactory(cancelled=True))
    assert "another one at this time" not in text(director.get(url(session)))


def test_a_move_onto_another_group_of_somebody_is_shown_first_and_then_done(director):
    session, [client, *_], _by = tonight()
    in_both(client, SessionFactory(planned_on=TODAY + timedelta(days=2), series__names=OTHER, series__weekday=4))
    there = {"day": "2026-11-27", "start": "18:00", "reason": "Painters"}
    page = send(director, session, "move", **there)
    assert "One person has another group at that time." in page
    assert "Process group, 5:30 pm" in page
    assert 'value="Painters"' in page
    session.refresh_from_db()
    assert session.status == "planned"
    assert "The group has a new time." in send(
        director, session, "move", **there, all_the_same=re.search(r'all_the_same" value="([^"]+)"', page)[1]
    )


def test_another_time_than_the_one_that_was_shown_is_shown_again(director):
    session, [client, *_], _by = tonight()
    in_both(client, SessionFactory(planned_on=TODAY + timedelta(days=2), series__weekday=4))
    page = send(director, session, "move", day="2026-11-27", start="18:30", all_the_same="2026-11-27T18:00:00-08:00")
    assert "Move it all the same" in page
    assert Session.objects.get(pk=session.pk).status == "planned"


# --- rooms and leaders ------------------------------------------------------------------------------------------------


def test_the_choice_says_who_has_a_room_and_who_leads_elsewhere(director):
    session, _clients, _by = tonight(in_room=Room.objects.get(key="room-2"))
    busy = StaffMemberFactory(account__roles=["counselor"], account__chosen_name="Dana Cole")
    StaffMemberFactory(account__roles=["therapist"], account__chosen_name="Ana Free")
    SessionFactory(in_room=Room.objects.get(key="room-3"), led_by=busy, series__names=OTHER)
    page = text(director.get(url(session)))
    assert ">Room 3, taken by Process group</option>" in page
    assert ">Room 1</option>" in page
    assert ">Dana Cole, leads Process group then</option>" in page
    assert ">Ana Free</option>" in page


def test_a_leader_who_is_elsewhere_is_refused_with_where(director):
    session, _clients, _by = tonight()
    busy = StaffMemberFactory(account__roles=["counselor"], account__chosen_name="Dana Cole")
    SessionFactory(led_by=busy, series__names=OTHER)
    page = send(director, session, "leader", staff_member=busy.public_id, reason="Luis is ill")
    assert "Dana Cole leads Process group at that time." in page
    assert 'value="Luis is ill"' in page


def test_a_leader_is_taken_off(director):
    session, _clients, _by = tonight()
    usual = session.bookings.get(room=None).staff_member
    page = send(director, session, "leader", instead_of=usual.public_id)
    assert f"{usual.chosen_name} no longer leads this group." in page
    assert "Needs a leader" in page


def test_no_choice_is_a_sentence(director):
    session, _clients, _by = tonight()
    assert "Choose who leads it, or below whom to take off." in send(director, session, "leader")


def test_a_group_without_a_room_opens_at_the_choice_of_one(director):
    session, _clients, _by = tonight()
    page = text(director.get(url(session)))
    assert "Needs a room" in page
    assert '<details class="fold" open><summary>Another room' in page


def test_the_desk_gives_another_room_and_says_why():
    session, _clients, _by = tonight(in_room=Room.objects.get(key="room-2"))
    desk = browser_of(actor("front_desk"))
    page = send(desk, session, "room", room=Room.objects.get(key="room-4").public_id, reason="The heater")
    assert "The group has another room." in page
    assert "New room</strong>: The heater" in page


def test_an_individual_hour_may_take_an_office(director):
    session, _clients, _by = tonight(series__personal=True)
    office = Room.objects.exclude(kind="group").first()
    assert f">{office.names['en']}</option>" in text(director.get(url(session)))


# --- what was changed -------------------------------------------------------------------------------------------------


def test_the_history_names_who_changed_what_and_when(director):
    session, _clients, _by = tonight(in_room=Room.objects.get(key="room-2"))
    BookingFactory(session=session, staff_member=StaffMemberFactory())
    page = send(director, session, "move", day="2026-11-27", start="18:00", reason="Painters")
    history = page[page.index("What was changed") :]
    assert "New time</strong>: was Wednesday, November 25, 5:30 pm · Painters" in history
    assert re.search(r"Wednesday, November 25, 5:40 pm · Dana Cole\d+", history)


@pytest.mark.parametrize("people", [1, 30])
def test_a_session_costs_the_same_for_one_and_for_thirty(director, statements, people):
    session, clients, _by = tonight(people=people)
    other = SessionFactory()
    for client in clients:
        in_both(client, other)
    director.get(url(session))
    with statements() as seen:
        assert director.get(url(session)).status_code == 200
    assert len(seen) <= 17, seen
