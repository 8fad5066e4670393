from datetime import date, timedelta

import pytest
from hypothesis import given
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
def test_an_admission_is_dated_within_thirty_days(today, away):
    assert rules.dated_well(today + timedelta(days=away), today) is (abs(away) <= 30)
