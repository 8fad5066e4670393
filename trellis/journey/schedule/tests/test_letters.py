"""What a letter says of attendance: days and minutes of the marks that hold, and no more."""

from datetime import timedelta

import pytest

from trellis.foundation.access.actor import Actor
from trellis.foundation.program.tests.factories import load_pomona
from trellis.foundation.record.guard import writing
from trellis.journey.schedule import letters
from trellis.journey.schedule.models import Attendance, AttendanceUndo
from trellis.journey.schedule.tests.factories import SessionFactory
from trellis.people.clients.tests.factories import SINCE, ClientFactory
from trellis.ui.words import spoken_minutes

pytestmark = pytest.mark.django_db


@pytest.fixture
def marisol(clock_at):
    clock_at(SINCE)
    load_pomona()
    return ClientFactory(in_program=True)


def mark(client, session, state="present", late=0):
    with writing("test"):
        return Attendance.objects.create(
            client=client, session=session, state=state, arrived_late_minutes=late, key=f"{session.pk}-{state}-{late}",
            recorded_at=SINCE, by="account:1",
        )  # fmt: skip


def undo(made):
    with writing("test"):
        AttendanceUndo.objects.create(
            attendance=made,
            client=made.client,
            session=made.session,
            key=f"undo-{made.pk}",
            recorded_at=SINCE,
            by="account:1",
        )


def days_before(number):
    return SessionFactory(planned_on=SINCE.date() - timedelta(days=number))


def test_days_and_minutes_of_the_marks_that_hold(marisol, statements):
    late, taken_back, missed, long_ago = days_before(2), days_before(3), days_before(4), days_before(200)
    mark(marisol, late, "present")
    mark(marisol, late, "late", 20)
    undo(mark(marisol, taken_back))
    mark(marisol, missed, "absent")
    mark(marisol, long_ago)
    with statements() as seen:
        (line,) = letters.attendance(marisol, Actor())
    whole = int((late.ends_at - late.starts_at).total_seconds() // 60) - late.break_minutes
    assert line.startswith("Oct. 3, 2026: ")
    assert line.endswith(spoken_minutes(whole - 20))
    assert len([sql for sql in seen if "attendance" in sql]) == 1


def test_two_groups_of_a_day_are_one_line(marisol):
    for _ in range(2):
        mark(marisol, days_before(2))
    assert len(letters.attendance(marisol, Actor())) == 1


def test_nobody_came(marisol):
    assert letters.attendance(marisol, Actor()) == ("No attendance in the last 90 days.",)
