"""Who may be admitted to which level of care, and by whom. Plain values in, plain values out."""

from collections.abc import Collection
from datetime import date, timedelta

from trellis.foundation.program.rules import LEVELS, LevelHours

#: how far from today an admission may be dated: papers may follow the person, or go ahead a little
REACH = timedelta(days=30)


def may_admit(roles: Collection[str]) -> bool:
    """Whether somebody in these roles may decide on an admission.

    Medical necessity is an LPHA's or physician's decision; counselors gather what it rests on (DMC-ODS, LPHA rule).
    """
    return not ADMITTING.isdisjoint(roles)


ADMITTING = frozenset({"therapist", "clinical_director", "medical_director"})


def hours_of(level: str, age: int) -> LevelHours | None:
    """What a level asks of a week at an age in whole years; None where the level is unknown.

    ASAM 2.1: 9 to 19 hours, 6 to 19 under 21; 2.5: 20 hours or more.
    """
    return next((hours for hours in LEVELS.get(level, ()) if takes(hours.min_age, hours.max_age, age)), None)


def takes(min_age: int, max_age: int | None, age: int) -> bool:
    """Whether an age in whole years lies between two, both included; `max_age` None: no upper end."""
    return min_age <= age and (max_age is None or age <= max_age)


def dated_well(admitted_on: date, today: date) -> bool:
    """Whether the day is within 30 days of today, either way."""
    return abs(admitted_on - today) <= REACH
