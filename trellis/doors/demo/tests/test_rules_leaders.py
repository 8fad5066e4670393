"""Who leads what: nobody twice at once, and everybody's hours apart."""

from datetime import time
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trellis.doors.demo import leaders as l
from trellis.doors.demo.plan_of_bulk import A_DAY, meetings

TEAM = (
    l.Leader("Ana", "therapist", ("es", "en")),
    l.Leader("Ben", "therapist", ("en",)),
    l.Leader("Cy", "group_facilitator", ("en",)),
)
NINE = l.Slot(0, 540, 630)


def group(key: str, slot: l.Slot = NINE, roles=("therapist",), language="en") -> l.Group:
    return l.Group(key, slot, roles, language)


def test_two_groups_at_once_have_two_leaders_and_a_third_has_none():
    given_leaders = l.lead([group("a"), group("b"), group("c")], TEAM, l.Diary(), "")
    assert given_leaders == {"a": ["Ben"], "b": ["Ana"], "c": []}


def test_a_group_in_spanish_is_led_by_somebody_who_speaks_it():
    assert l.lead([group("a", language="es")], TEAM, l.Diary(), "Ben") == {"a": ["Ana"]}


def test_who_is_named_first_is_given_what_they_can_do():
    team = (*TEAM, l.Leader("Abe", "group_facilitator", ("en",)))
    assert l.lead([group("a", roles=("group_facilitator",))], team, l.Diary(), "Cy") == {"a": ["Cy"]}


def test_each_role_of_a_group_has_its_leader():
    assert l.lead([group("a", roles=("therapist", "group_facilitator"))], TEAM, l.Diary(), "") == {"a": ["Ben", "Cy"]}


def test_slots_that_touch_do_not_meet():
    assert not NINE.meets(l.Slot(0, 630, 720))
    assert not l.Slot(0, 630, 720).meets(NINE)
    assert not NINE.meets(l.Slot(1, 540, 630))
    assert NINE.meets(l.Slot(0, 629, 720))


def test_free_hours_meet_no_group_of_their_leader_and_no_other_hour_of_the_office():
    diary = l.Diary()
    l.lead([group("a"), group("b")], TEAM, diary, "")
    hours = list(l.free_hours(TEAM, diary))
    assert hours
    assert {hour.leader for hour in hours} == {"Ana", "Ben"}
    assert not any(hour.slot.meets(NINE) for hour in hours)
    for one, other in combinations(hours, 2):
        if one.slot.meets(other.slot):
            assert one.leader != other.leader
            assert one.office != other.office
    assert (hours[0].start, hours[0].minutes) == (time(9), 60)


def test_with_all_offices_held_nobody_has_an_hour():
    diary = l.Diary()
    for office in l.OFFICES:
        for day in l.DAYS:
            diary.hold(office, l.Slot(day, 0, 1440))
    assert list(l.free_hours(TEAM, diary)) == []


def test_an_hour_is_given_once_by_language_first():
    hours = [l.Hour("Ben", None, l.Slot(2, 540, 600)), l.Hour("Ana", None, l.Slot(2, 600, 660))]
    assert l.choose_hour(hours, [], {"Ana"}).leader == "Ana"
    assert l.choose_hour(hours, [], {"Ana"}).leader == "Ben"
    assert l.choose_hour(hours, [], {"Ana"}) is None


def test_an_hour_never_meets_the_clients_own_groups():
    assert l.choose_hour([l.Hour("Ben", None, NINE)], [NINE], {"Ben"}) is None


@given(st.integers(1, 20))
def test_in_bulk_each_group_meets_nine_times_and_once_on_wednesday(groups):
    plan = meetings(groups, rooms=5, leaders=9)
    assert len(plan) == groups * sum(A_DAY) == groups * 9
    for number in range(groups):
        assert sum(m.group == number and m.weekday == 2 for m in plan) == 1


@given(st.integers(1, 20), st.integers(5, 8), st.integers(5, 9))
def test_in_bulk_no_room_no_leader_and_no_group_is_held_twice(groups, rooms, leaders):
    plan = meetings(groups, rooms, leaders)
    for what in ("room", "leader"):
        held = [(m.weekday, m.start, getattr(m, what)) for m in plan]
        assert len(set(held)) == len(held)


def test_a_week_that_is_too_small_is_refused():
    with pytest.raises(ValueError, match="too few hours"):
        meetings(20, rooms=1, leaders=1)
