from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from trellis.foundation.access.roles import ROLES
from trellis.journey.admission import rules

AGES = st.integers(0, 110)


@pytest.mark.parametrize("role", [role.key for role in ROLES])
def test_a_therapist_or_a_director_of_care_decides_on_an_admission_nobody_else(role):
    assert rules.may_admit([role]) is (role in {"therapist", "clinical_director", "medical_director"})


def test_one_role_that_may_is_enough():
    assert rules.may_admit({"counselor", "therapist"})
    assert not rules.may_admit(())


@pytest.mark.parametrize(("age", "minutes"), [(17, 360), (20, 360), (21, 540), (64, 540)])
def test_level_2_1_asks_nine_hours_and_six_under_21(age, minutes):
    hours = rules.hours_of("2.1", age)
    assert (hours.min_minutes, hours.max_minutes) == (minutes, 19 * 60)


@given(AGES)
def test_a_level_that_we_do_not_know_asks_nothing(age):
    assert rules.hours_of("3.7", age) is None


@given(AGES)
def test_every_age_has_its_hours_at_the_levels_that_we_know(age):
    for level in ("2.1", "2.5"):
        hours = rules.hours_of(level, age)
        assert rules.takes(hours.min_age, hours.max_age, age)


@given(AGES, AGES)
def test_an_open_end_takes_everybody_old_enough(start, age):
    assert rules.takes(start, None, age) is (age >= start)
    assert rules.takes(start, start, age) is (age == start)


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.integers(-60, 60))
@example(date(2026, 11, 24), 30)
@example(date(2026, 11, 24), 31)
@example(date(2026, 11, 24), -31)
def test_an_admission_is_dated_within_thirty_days(today, away):
    assert rules.dated_well(today + timedelta(days=away), today) is (abs(away) <= 30)


# --- somebody we know? ------------------------------------------------------------------------------------------------

TYPED = rules.Person(0, "Rosa Lima", "(909) 555-0177", "rosa@example.org", date(1988, 5, 2))


@pytest.mark.parametrize(
    ("known", "same"),
    [
        ({"telephone": "+1 909 555 0177"}, True),
        ({"email": "ROSA@example.org"}, True),
        ({"name": "Lima, Rosa"}, True),
        ({"name": "Roza Lima"}, True),
        ({"name": "Rosa Quintero", "born_on": date(1988, 5, 2)}, True),
        ({"name": "Rossa Quintero", "born_on": date(1988, 5, 2)}, True),
        ({"name": "Peter Quintero", "born_on": date(1988, 5, 2)}, False),
        ({"name": "Rosa Quintero", "born_on": date(1988, 5, 3)}, False),
        ({"name": "Rosa Quintero"}, False),
        ({}, False),
    ],
)
def test_who_may_be_the_person_typed(known, same):
    assert rules.may_be_known(TYPED, [rules.Person(4, **known)]) == ([4] if same else [])


def test_the_surest_stand_first():
    people = [
        rules.Person(1, "Rosa Lima"),
        rules.Person(2, "Somebody", telephone="9095550177"),
        rules.Person(3, "Rosa Quintero", born_on=date(1988, 5, 2)),
        rules.Person(4, "Rosa Lima", born_on=date(1988, 5, 2)),
    ]
    assert rules.may_be_known(TYPED, people) == [4, 3, 2, 1]


@given(st.lists(st.builds(rules.Person, st.integers(1, 9), st.text(max_size=9), st.text(max_size=9)), max_size=5))
def test_nobody_is_named_twice_or_made_up(people):
    found = rules.may_be_known(TYPED, people)
    assert len(found) == len(set(found))
    assert set(found) <= {person.key for person in people}


def test_nothing_typed_is_like_nobody():
    assert rules.may_be_known(rules.Person(0), [rules.Person(1), TYPED]) == []
