"""The planned last day brings the questions about how a stay ends: a week before it, wherever it moves."""

from datetime import UTC, datetime, timedelta

import pytest

from trellis.foundation.program.tests.factories import load_pomona
from trellis.journey.continuity.leaving import actions
from trellis.journey.continuity.tests.left import next_place
from trellis.journey.measures.queries import asked_in, waiting
from trellis.people.clients.tests.factories import ClientFactory, actor

pytestmark = pytest.mark.django_db
#: in Pomona still November 25
NOW = datetime(2026, 11, 26, 1, 40, tzinfo=UTC)
TODAY = NOW.date() - timedelta(days=1)


@pytest.fixture
def marisol(clock_at):
    clock_at(NOW)
    load_pomona()
    return ClientFactory(in_program=True)


def ends_in(days: int) -> datetime:
    """In the evening here, which is the next day in UTC."""
    return NOW + timedelta(days=days)


def asked(client, days: int = 0) -> set[str]:
    """What is asked because the stay ends."""
    found = waiting(client, asked_in(client), TODAY + timedelta(days=days))
    return {one.instrument for one in found if one.occasion == "discharge"}


def step(plan, kind, **given):
    return actions.step(by=actor("clinical_director"), row=plan, kind=kind, on=TODAY, **given)


def test_they_come_due_a_week_before_the_day_and_move_with_it(marisol):
    plan = next_place(marisol)
    assert asked(marisol, 30) == set()
    step(plan, "appointment", appointment_at=ends_in(10))
    assert asked(marisol, 2) == set()
    assert asked(marisol, 3) == {"bam-iop"}  # the others wait as those of the intake
    step(plan, "appointment", appointment_at=ends_in(20))
    assert asked(marisol, 12) == set()
    assert "bam-iop" in asked(marisol, 13)
    assert "bam-iop" in asked(marisol, 25)  # nobody has ended the stay yet
    step(plan, "appointment", appointment_at=ends_in(4))
    assert "bam-iop" in asked(marisol)


@pytest.mark.parametrize("kind", ["withdrawn", "missed"])
def test_they_go_away_when_the_plan_is_taken_back_or_missed(marisol, kind):
    plan = next_place(marisol, appointment_at=ends_in(3))
    assert "bam-iop" in asked(marisol)
    step(plan, kind)
    assert asked(marisol) == set()
    if kind == "missed":
        step(plan, "appointment", appointment_at=ends_in(5))
        assert "bam-iop" in asked(marisol)


def test_a_home_is_not_the_end_and_one_persons_plan_is_nobody_elses(marisol):
    other = ClientFactory(in_program=True)
    next_place(marisol, place_kind="home", appointment_at=ends_in(3))
    assert asked(marisol) == set()
    next_place(other, appointment_at=ends_in(3))
    assert asked(marisol) == set()
    assert asked(other)
