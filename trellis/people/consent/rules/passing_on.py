"""What an intermediary tells us of its passing on: entity, date, a short description (42 CFR 2.24(b)(2)). Pure."""

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

#: a lazy text
Sentence = Any

YEARS = 3  # 42 CFR 2.24(a)(2)
SAY_WHOM = _("Write to whom it was passed on.")
SAY_WHAT = _("Write in a line what was passed on.")
TOO_EARLY = _("It was passed on before we told it. Check the day.")
AHEAD = _("This day lies ahead. Check it.")
FEBRUARY = 2
LEAP_DAY = 29


def why_not(entity: str, what: str, on: date, *, told_on: date, today: date) -> Sentence | None:
    """In: what was noted, the day on which we told the intermediary, today. Out: why it cannot stand, or None."""
    if not entity.strip():
        return SAY_WHOM
    if not what.strip():
        return SAY_WHAT
    if on > today:
        return AHEAD
    return TOO_EARLY if on < told_on else None


def listed_since(today: date) -> date:
    """The first day that the list names: the same day three years before; of 29 February, the 28th."""
    if (today.month, today.day) == (FEBRUARY, LEAP_DAY):
        return date(today.year - YEARS, FEBRUARY, LEAP_DAY - 1)
    return today.replace(year=today.year - YEARS)
