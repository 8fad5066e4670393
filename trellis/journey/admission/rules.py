"""Who may be admitted to which level of care, and by whom. Plain values in, plain values out."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext_lazy

from trellis.foundation.program.rules import LEVELS, LevelHours
from trellis.journey.inquiry.rules import Sketch, duplicates
from trellis.people.clients.rules import alike, words

#: how far from today an admission may be dated: papers may follow the person, or go ahead a little
REACH = timedelta(days=30)
#: where nobody knows when somebody was born
LONG_AGO = date(1900, 1, 1)
TOO_FAR_BACK = gettext_lazy("This day lies too far back. Check the date.")


def is_too_far_back(day: date, born_on: date | None) -> bool:
    """Before they lived: 0202-05-01 is a slip for 2026-05-01."""
    return day < (born_on or LONG_AGO)


def may_admit(roles: Collection[str]) -> bool:
    """Whether somebody in these roles may decide on an admission, if their license says so too.

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


# --- somebody we know? ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Person:
    """What is compared of a client, and of what was typed (its key is 0)."""

    key: int
    name: str = ""
    telephone: str = ""
    email: str = ""
    born_on: date | None = None


def may_be_known(typed: Person, known: Iterable[Person]) -> list[int]:
    """Keys of those who may be the person typed, surest first; a person is asked, nothing is joined without one.

    The telephone, the email and names written alike as the board of inquiries compares them; and a birth date with a
    word of the name.
    """
    people = list(known)
    born = [one.key for one in people if _same_birth(typed, one)]
    like = [found.key for found in duplicates(_sketch(typed), map(_sketch, people))]
    both = [key for key in born if key in like]
    return list(dict.fromkeys([*both, *born, *like]))


def _same_birth(typed: Person, other: Person) -> bool:
    known = words(other.name)
    return typed.born_on is not None and typed.born_on == other.born_on and any(
        word in known or alike(word, known) for word in words(typed.name)
    )  # fmt: skip


def _sketch(person: Person) -> Sketch:
    return Sketch(person.key, person.telephone, person.email, person.name)
