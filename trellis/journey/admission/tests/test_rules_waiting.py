"""The order of the list, and the clocks of whoever waits or was handed on."""

from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trellis.journey.admission.waiting.rules import (
    Interim,
    Priority,
    Waiting,
    ask_by,
    clocks,
    in_order,
    interim_services,
    priority,
)

NOON = datetime(2026, 11, 24, 20, tzinfo=UTC)
WEEK, HOUR = timedelta(days=7), timedelta(hours=1)


@pytest.mark.parametrize(
    ("pregnant", "injects", "place"),
    [
        (True, True, Priority.PREGNANT_INJECTS),
        (True, False, Priority.PREGNANT),
        (False, True, Priority.INJECTS),
        (False, False, Priority.OTHERS),
    ],
)
def test_the_law_says_who_comes_first(pregnant, injects, place):
    assert priority(pregnant, injects) is place


def test_whoever_comes_first_by_law_stands_before_whoever_waits_longer():
    ways = [(False, False), (False, True), (True, False), (True, True)]
    people = [Waiting(n, NOON + n * HOUR, *way) for n, way in enumerate(ways)]
    assert [one.key for one in in_order(people)] == [3, 2, 1, 0]
    assert [place.value for place in Priority] == [1, 2, 3, 4]


PEOPLE = st.lists(
    st.builds(
        Waiting, st.integers(0, 10_000), st.datetimes(timezones=st.just(UTC)), st.booleans(), st.booleans()
    ),
    unique_by=lambda one: one.key,
)  # fmt: skip


@given(PEOPLE, st.integers())
def test_the_order_is_total_and_does_not_hang_on_how_the_rows_came(people, seed):
    shuffled = Random(seed).sample(people, len(people))
    assert in_order(shuffled) == in_order(people)
    keys = [(priority(one.pregnant, one.injects), one.since) for one in in_order(people)]
    assert keys == sorted(keys)


@given(PEOPLE, st.integers(0, 5))
def test_whoever_leaves_moves_nobody_else(people, place):
    ordered = in_order(people)
    gone = ordered[place : place + 1]
    assert in_order([one for one in people if one not in gone]) == [one for one in ordered if one not in gone]


def test_pregnant_people_are_owed_more():
    assert set(interim_services(pregnant=False)) < set(interim_services(pregnant=True)) == set(Interim)


def settled(*services, at=NOON):
    return tuple((service.value, at) for service in services)


def test_what_is_owed_runs_out_after_48_hours():
    one = Waiting(1, NOON, settled=settled(Interim.HIV_TB))
    in_time = clocks(one, WEEK, NOON + timedelta(hours=48))
    assert (in_time.owed, in_time.interim_by, in_time.interim_late) == (
        (Interim.HIV_TB_CARE,), NOON + timedelta(hours=48), False,
    )  # fmt: skip
    assert clocks(one, WEEK, NOON + timedelta(hours=49)).interim_late
    both = Waiting(1, NOON, settled=settled(Interim.HIV_TB, Interim.HIV_TB_CARE))
    assert not clocks(both, WEEK, NOON + timedelta(hours=49)).interim_late


def test_the_next_contact_is_counted_from_the_last():
    one = Waiting(1, NOON, last_contact=NOON + HOUR)
    assert clocks(one, WEEK, NOON).contact_by == NOON + HOUR + WEEK
    assert clocks(Waiting(1, NOON), WEEK, NOON + WEEK + HOUR).contact_late
    assert not clocks(one, WEEK, NOON + WEEK + HOUR).contact_late


def test_what_is_owed_next_is_the_first_of_the_clocks():
    assert clocks(Waiting(1, NOON), WEEK, NOON).next == NOON + timedelta(hours=48)
    nothing = Waiting(1, NOON, settled=settled(Interim.HIV_TB, Interim.HIV_TB_CARE))
    assert clocks(nothing, WEEK, NOON).next == NOON + WEEK


def test_whoever_injects_has_a_place_in_14_days_or_in_120_with_interim_services_in_time():
    services = (Interim.HIV_TB, Interim.HIV_TB_CARE)
    late = settled(*services, at=NOON + timedelta(hours=50))
    assert clocks(Waiting(1, NOON), WEEK, NOON).place_by is None
    assert clocks(Waiting(1, NOON, injects=True), WEEK, NOON).place_by == NOON + timedelta(days=14)
    assert clocks(Waiting(1, NOON, injects=True, settled=late), WEEK, NOON).place_by == NOON + timedelta(days=14)
    in_time = Waiting(1, NOON, injects=True, settled=settled(*services))
    in_120 = NOON + timedelta(days=120)
    assert clocks(in_time, WEEK, NOON).place_by == in_120
    at_48_hours = settled(*services, at=NOON + timedelta(hours=48))
    assert clocks(Waiting(1, NOON, injects=True, settled=at_48_hours), WEEK, NOON).place_by == in_120
    one_late = settled(services[0]) + settled(services[1], at=NOON + timedelta(hours=50))
    assert clocks(Waiting(1, NOON, injects=True, settled=one_late), WEEK, NOON).place_by == NOON + timedelta(days=14)


@pytest.mark.parametrize(("passed", "late"), [(timedelta(days=14), False), (timedelta(days=14, hours=1), True)])
def test_a_place_is_late_after_its_day_and_not_on_it(passed, late):
    assert clocks(Waiting(1, NOON, injects=True), WEEK, NOON + passed).place_late is late


def test_a_hand_on_is_asked_about_until_somebody_knows():
    day = date(2026, 11, 24)
    assert ask_by(day, [], 7) == day + WEEK
    assert ask_by(day, [("not_reached", day + WEEK)], 7) == day + 2 * WEEK
    assert ask_by(day, [("not_reached", day + WEEK), ("arrived", day + WEEK)], 7) is None
    assert ask_by(day, [("not_arrived", day)], 7) is None
