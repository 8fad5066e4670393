"""What pages print of the next care: ways with reasons, what is missing, why it is due, what was decided before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from trellis.foundation.record import crypto
from trellis.journey.continuity.advice import rhythm
from trellis.journey.continuity.advice.keeping import read
from trellis.journey.continuity.advice.queries import Due, Looked
from trellis.journey.continuity.advice.rules import Advice, Terms, advise
from trellis.journey.continuity.advice.words import WAYS, in_short, sentence
from trellis.journey.continuity.models import Review
from trellis.ui.words import spoken_minutes


@dataclass(frozen=True)
class Card:
    """One way on, and the names of what speaks for and against it; the figures stand once, in `says`. `word`: the
    record speaks for it most, or as much as for another."""

    way: str
    name: str
    word: str
    speaks_for: tuple[str, ...]
    against: tuple[str, ...]


@dataclass(frozen=True)
class Decided:
    """A review of before: what was decided, and what the record spoke for then."""

    on: date
    name: str
    words: str
    first: str
    says: tuple[str, ...]
    cards: tuple[Card, ...]


@dataclass(frozen=True)
class Next:
    says: tuple[str, ...]
    cards: tuple[Card, ...]
    even: str
    missing: tuple[str, ...]
    due: tuple[str, ...]
    before: tuple[Decided, ...]
    seen: str


@dataclass(frozen=True)
class DueRow:
    name: str
    public_id: str
    reasons: str


def next_care(looked: Looked, terms: Terms | None) -> Next:
    """Without terms there is no advice: what is due and what was decided before still stand there."""
    advice = advise(looked.record, terms) if terms else Advice((), (), ())
    return Next(
        says(advice), cards(advice), _even(advice), tuple(sentence(one) for one in advice.missing),
        tuple(due_words(one) for one in looked.reasons), tuple(decided(row) for row in looked.before),
        looked.before[0].public_id if looked.before else "",
    )  # fmt: skip


def says(advice: Advice) -> tuple[str, ...]:
    """Every reason once, in a sentence with its figures; first what counts most for the first way."""
    reasons = (reason for one in advice.options for reason in (*one.speaks_for, *one.against))
    return tuple(dict.fromkeys(sentence(reason) for reason in reasons))


def cards(advice: Advice) -> tuple[Card, ...]:
    return tuple(
        Card(
            one.way, str(WAYS[one.way]), _word(advice, place), tuple(in_short(reason) for reason in one.speaks_for),
            tuple(in_short(reason) for reason in one.against),
        )
        for place, one in enumerate(advice.options)
    )  # fmt: skip


def _word(advice: Advice, place: int) -> str:
    if advice.options[place].way in advice.even:
        return _("As much speaks for this")
    return _("Most speaks for this") if place == 0 and not advice.even else ""


def _even(advice: Advice) -> str:
    """Where the record does not tell them apart."""
    if not advice.even:
        return ""
    if not any(one.speaks_for for one in advice.options):
        return _("Nothing in the record speaks for one way or another yet.")
    ways = "; ".join(str(WAYS[way]) for way in advice.even)
    return _("The record does not tell these apart: %(ways)s.") % {"ways": ways}


def decided(row: Review) -> Decided:
    advice = read(row.advice)
    return Decided(
        row.on, str(Review.Decided(row.decided).label), crypto.unseal(row.words_sealed) if row.words_sealed else "",
        _even(advice) or str(WAYS[advice.options[0].way]), says(advice), cards(advice),
    )  # fmt: skip


def due_words(reason: rhythm.Reason) -> str:
    """ "32 days since the level was decided (Oct. 29, 2026)." """
    if reason.kind == "days":
        return _since(reason)
    if reason.kind == "hours":
        return _hours(reason.weeks)
    said = {
        "alert": _("An answer about safety that could not wait, on %(day)s."),
        "use": _("A form says some use again, on %(day)s."),
    }[reason.kind]
    return said % {"day": _day(reason.on)}


def _since(reason: rhythm.Reason) -> str:
    said = {
        "decided": ngettext(
            "%(days)d day since the last level was decided (%(day)s).",
            "%(days)d days since the last level was decided (%(day)s).",
            reason.days,
        ),
        "reviewed": ngettext(
            "%(days)d day since somebody last looked at it (%(day)s).",
            "%(days)d days since somebody last looked at it (%(day)s).",
            reason.days,
        ),
        "began": ngettext(
            "%(days)d day since the stay began (%(day)s), and no level was decided.",
            "%(days)d days since the stay began (%(day)s), and no level was decided.",
            reason.days,
        ),
    }[reason.looked]
    return said % {"days": reason.days, "day": _day(reason.on)}


def _hours(weeks: Sequence[rhythm.WeekOf]) -> str:
    """ "2 weeks below what they asked: 5 h 20 min of 9 h, 4 h of 9 h." """
    each = ", ".join(
        _("%(countable)s of %(asked)s")
        % {"countable": spoken_minutes(one.countable), "asked": spoken_minutes(one.asked)}
        for one in weeks
    )
    return ngettext(
        "%(weeks)d week far below its hours: %(each)s.", "%(weeks)d weeks in a row far below their hours: %(each)s.",
        len(weeks),
    ) % {"weeks": len(weeks), "each": each}  # fmt: skip


def _day(day: date) -> str:
    return date_format(day, "DATE_FORMAT")


def rows(found: Sequence[Due]) -> list[DueRow]:
    return [
        DueRow(one.client.chosen_name, one.client.public_id, " ".join(due_words(reason) for reason in one.reasons))
        for one in found
    ]


def heading(number: int) -> str:
    if not number:
        return _("Nobody is due to be looked at again")
    return ngettext(
        "For one person it is time to look again", "For %(number)d people it is time to look again", number
    ) % {"number": number}  # fmt: skip
