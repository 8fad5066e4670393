"""My day, the week of the program, and one session with what can be changed in it."""

from datetime import timedelta

import pytest
from django.urls import reverse

from trellis.foundation.audit.models import AuditEvent
from trellis.foundation.program.models import Room
from trellis.journey.schedule.tests.factories import (
    TODAY,
    AttendanceFactory,
    BookingFactory,
    SeriesFacilitatorFactory,
    SessionFactory,
    StaffMemberFactory,
    actor,
    browser_of,
    tonight,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pomona")]


@pytest.fixture
def director():
    return browser_of(actor("clinical_director"))


def url(name, *args):
    return reverse(f"schedule:{name}", args=args)


def text(answer):
    return answer.content.decode()


# --- my day -----------------------------------------------------------------------------------------------------------


def test_my_day_opens_with_the_group_that_is_on():
    session, clients, by = tonight()
    page = text(browser_of(by).get(url("my_day")))
    assert "<h1>Skills group is under way</h1>" in page
    assert f'href="{url("room", session.public_id)}"' in page
    event = AuditEvent.objects.get(verb="opened schedule.my_day")
    assert event.subjects == sorted(f"client:{client.pk}" for client in clients)


def test_my_day_names_what_is_next_and_what_is_different(clock_at):
    session, _clients, by = tonight()
    staff_member = session.bookings.get().staff_member
    later = SessionFactory(planned_on=TODAY + timedelta(days=2), status="moved")
    BookingFactory(session=later, staff_member=staff_member)
    gone = SessionFactory(planned_on=TODAY + timedelta(days=3))
    BookingFactory(session=gone, staff_member=staff_member)
    clock_at(session.ends_at + timedelta(minutes=5))
    page = text(browser_of(by).get(url("my_day")))
    assert "Next: Skills group, Friday, November 27 at 5:30 pm" in page
    assert "3 not marked yet" in page
    assert "Moved" in page


def test_a_day_without_groups_says_so():
    page = text(browser_of(actor("group_facilitator")).get(url("my_day")))
    assert "No group in the next days" in page
    assert "You stand here for each group" in page


# --- one session ------------------------------------------------------------------------------------------------------


@pytest.fixture
def session():
    made, _clients, _by = tonight(in_room=Room.objects.get(key="room-2"))
    return made


def send(browser, session, what, **fields):
    named = {f"{what}-{name}": value for name, value in fields.items()}
    return browser.post(url("session", session.public_id), {"what": what, **named}, follow=True)


def test_a_session_shows_how_it_stands(director, session):
    page = text(director.get(url("session", session.public_id)))
    assert "Today, 5:30 to 8:45 pm, with a break of 15 min" in page
    assert "Room 2" in page
    assert "3 of 12 places" in page
    assert "Open the room" in page


def test_a_session_moves(director, session):
    page = send(director, session, "move", day="2026-11-27", start="18:00", reason="Room is painted")
    assert "The group has a new time." in text(page)
    assert "was Wednesday, November 25, 5:30 pm · Room is painted" in text(page)


def test_a_move_into_the_past_comes_back_with_what_was_typed(director, session):
    page = send(director, session, "move", day="2026-11-20", start="18:00", reason="Because")
    assert "Choose a time that lies ahead." in text(page)
    assert 'value="Because"' in text(page)
    assert "Enter a valid date" in text(send(director, session, "move", day="soon", start="18:00"))


def test_a_session_is_cancelled_and_restored(director):
    made, _clients, _by = tonight(in_room=Room.objects.get(key="room-2"), planned_on=TODAY + timedelta(days=2))
    page = send(director, made, "cancel", reason="no_leader", note="Ill")
    assert "Nobody’s week is short by it" in text(page)
    assert "Nobody could lead it" in text(page)
    assert "The group takes place after all." in text(send(director, made, "restore"))


def test_a_room_that_was_given_away_is_not_restored_and_the_page_says_so(director):
    room = Room.objects.get(key="room-2")
    made = SessionFactory(in_room=room, series__room=room, planned_on=TODAY + timedelta(days=2))
    send(director, made, "cancel", reason="other")
    SessionFactory(in_room=room, planned_on=TODAY + timedelta(days=2))
    assert "Room 2 is taken" in text(send(director, made, "restore"))


def test_another_room_and_another_leader(director, session):
    room = Room.objects.get(key="room-3")
    assert "The group has another room." in text(send(director, session, "room", room=room.public_id))
    dana = StaffMemberFactory(account__roles=["counselor"], account__chosen_name="Dana Cole")
    usual = session.bookings.get(room=None, released=False).staff_member
    answer = send(director, session, "leader", staff_member=dana.public_id, instead_of=usual.public_id)
    assert "Dana Cole leads this group." in text(answer)


def test_a_taken_room_is_refused_with_who_has_it(director, session):
    room = Room.objects.get(key="room-3")
    SessionFactory(in_room=room, series__names={"en": "Process group", "es": "Proceso"})
    page = text(send(director, session, "room", room=room.public_id))
    assert "Room 3 is taken at that time by Process group." in page


def test_whoever_may_not_change_sees_no_form(session):
    page = text(browser_of(actor("biller")).get(url("session", session.public_id)))
    assert '<form method="post" class="form"' not in page
    desk = browser_of(actor("front_desk"))
    assert "Another room" in text(desk.get(url("session", session.public_id)))
    assert "Another time" not in text(desk.get(url("session", session.public_id)))
    send(desk, session, "cancel", reason="other")
    session.refresh_from_db()
    assert session.status == "planned"


def test_what_took_place_has_no_forms_and_a_cancelled_past_none_either(director, session, clock_at):
    AttendanceFactory(session=session)
    assert "Take the marks back" in text(send(director, session, "cancel", reason="other"))
    past = SessionFactory(cancelled=True, planned_on=TODAY - timedelta(days=2))
    SeriesFacilitatorFactory(series=past.series)
    page = text(director.get(url("session", past.public_id)))
    assert "It takes place after all" not in page
    assert "Another time" not in page


def test_a_session_that_is_not_there(director):
    assert director.get(url("session", "nothing")).status_code == 404
