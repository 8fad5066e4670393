"""The day sheet of the front desk: what it says."""

import gzip
from datetime import time, timedelta

import pytest

from tests.cast import Cast
from trellis.foundation.audit.models import AuditEvent
from trellis.journey.schedule.tests.factories import (
    NOW,
    TODAY,
    AbsenceNoticeFactory,
    ArrivalFactory,
    AttendanceFactory,
    LeaveFactory,
    NotSeatedFactory,
    RoomFactory,
    SeriesFactory,
    SessionFactory,
    enrolled,
    tonight,
)
from trellis.journey.schedule.tests.sheet import URL, a_day, line_of, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pomona")]


# --- what J1 measures -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("people", [20, 200])
def test_the_sheet_costs_as_much_for_two_hundred_lines_as_for_twenty(desk, statements, people):
    a_day(people, people // 10)
    desk.get(URL)
    with statements() as seen:
        page = desk.get(URL)
    assert page.content.decode().count("<li id=") >= people
    assert len(seen) == 10


def test_two_hundred_lines_are_at_most_fifteen_kilobytes_on_the_wire(desk):
    a_day(200, 17)
    assert len(gzip.compress(desk.get(URL).content)) <= 15 * 1024
    assert len(desk.get(URL, headers={"Accept-Encoding": "gzip"}).content) <= 15 * 1024


# --- what the sheet says ----------------------------------------------------------------------------------------------


def test_an_empty_day_says_so(desk):
    page = text(desk.get(URL))
    assert '<span id="matters">No groups on this day</span>' in page
    assert "No call is owed." in page
    assert "Wednesday, November 25, 5:40 pm" in page


def test_each_line_says_how_a_person_stands(desk):
    session, people, _by = tonight(people=8, in_room=RoomFactory())
    arrived, here, late, absent, cannot, running, away, missing = people
    ArrivalFactory(session=session, client=arrived, recorded_at=NOW - timedelta(minutes=16))
    AttendanceFactory(session=session, client=here)
    AttendanceFactory(session=session, client=late, state="late", arrived_late_minutes=7)
    AttendanceFactory(session=session, client=absent, state="absent", reason="relapsed, says his sister")
    AbsenceNoticeFactory(session=session, client=cannot, reason="My own words")
    AbsenceNoticeFactory(session=session, client=running, kind="late", minutes=20)
    LeaveFactory(client=away, kind="jail")
    page = text(desk.get(URL))
    for client, word in (
        (arrived, "Arrived 5:24 pm"), (here, "Here"), (late, "Late 7 min"), (absent, "Call owed"),
        (cannot, "Cannot come"), (running, "About 20 min late"), (away, "Away"), (missing, "Not here yet"),
    ):  # fmt: skip
        assert f">{word}</b>" in line_of(page, session, client), word
    assert "Told us at 5:40 pm" in line_of(page, session, running)
    assert "3 of 7 here" in page
    assert "One person is not here yet" in page
    for hidden in ("relapsed", "My own words", "custody"):
        assert hidden not in page


def test_who_was_not_seated_and_how_they_got_home(desk):
    session, [client, *_], _by = tonight()
    NotSeatedFactory(session=session, client=client)
    page = line_of(text(desk.get(URL)), session, client)
    assert "Unwell" in page
    assert "Picked up by somebody" in page
    assert "<button" not in page


def test_the_sheet_opens_at_what_is_on_then_what_is_next_and_ends_with_what_is_over(desk):
    def at(hour, name, **more):
        series = SeriesFactory(start=time(hour), minutes=60, break_minutes=0, names={"en": name, "es": name})
        return SessionFactory(series=series, **more)

    at(9, "Over already"), at(17, "Running"), at(19, "Following"), at(21, "At night"), at(20, "Off", cancelled=True)
    page = text(desk.get(URL))
    places = [page.index(words) for words in ("Running", "Following", "At night", "Over already")]
    assert places == sorted(places)
    for title in ("On now", "Next", "Later today", "Earlier today"):
        assert f">{title}</h2>" in page
    assert "The site was closed" in page


def test_individual_hours_share_one_list(desk):
    hour = SeriesFactory(personal=True, names={"en": "Individual hour", "es": "Hora individual"})
    session = SessionFactory(series=hour, in_room=RoomFactory(names={"en": "Office 4", "es": "Oficina 4"}))
    [client] = enrolled(hour, 1)
    page = text(desk.get(URL))
    assert ">Individual hours</h3>" in page
    assert "5:30 pm · until 8:45 pm · Office 4" in line_of(page, session, client)


@pytest.mark.parametrize(
    ("hours", "heading"),
    [(-3, "Next: Skills group at 5:30 pm"), (0, "Everybody who is expected now is here"), (5, "groups are over")],
)
def test_the_heading_says_what_matters_now(clock_at, hours, heading):
    session, [client], _by = tonight(people=1)
    AttendanceFactory(session=session, client=client)
    clock_at(NOW + timedelta(hours=hours))
    assert heading in text(Cast().client("front_desk").get(URL))


def test_a_group_without_a_leader_is_called_so(desk):
    SessionFactory()
    assert "Needs a leader" in text(desk.get(URL))


def test_more_people_than_the_side_names_are_counted(desk):
    tonight(people=14)
    page = text(desk.get(URL))
    assert "14 people are not here yet" in page
    assert "and 2 more" in page


def test_another_day_has_no_buttons(desk):
    session, [client, *_], _by = tonight(planned_on=TODAY + timedelta(days=1))
    page = text(desk.get(f"{URL}?day=2026-11-26"))
    assert "One group" in page
    assert "Tomorrow · Thursday, November 26" in page
    assert "Expected" in line_of(page, session, client)
    assert "<button" not in line_of(page, session, client)
    assert desk.get(f"{URL}?day=soon").status_code == 404


def test_everybody_on_the_sheet_is_written_down_as_opened(desk):
    _session, clients, _by = tonight()
    desk.get(URL)
    event = AuditEvent.objects.get(verb="opened schedule.day_sheet")
    assert event.subjects == sorted(f"client:{client.pk}" for client in clients)


@pytest.mark.parametrize("role", ["biller", "counselor", "group_facilitator", "client", "program_administrator"])
def test_other_roles_do_not_open_it(role):
    assert Cast().client(role).get(URL).status_code == 403


def test_in_spanish_every_word_is_spanish(desk):
    session, [client, *_], _by = tonight()
    page = text(desk.get(f"/es{URL}"))
    assert "Faltan 3 personas" in page
    assert "Aún no llega" in line_of(page, session, client)
