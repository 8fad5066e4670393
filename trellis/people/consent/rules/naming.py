"""A recipient who is spelled a little differently is asked about, and never taken for the other."""

import unicodedata
from collections.abc import Iterable
from difflib import SequenceMatcher

from trellis.people.consent.rules.case import Recipient, same
from trellis.people.consent.rules.words import Who

ALIKE = 0.8  # share of letters in common and in order


def near(asked: Recipient, named: Iterable[Recipient]) -> list[Recipient]:
    """Whom a consent names almost like that, of either kind; nobody where one is named exactly so."""
    others = [one for one in named if one.kind != Who.CLASS]
    if any(one.kind == asked.kind and one.same_name == asked.same_name for one in others):
        return []
    return [one for one in dict.fromkeys(others) if _alike(asked.name, one.name)]


def _alike(first: str, second: str) -> bool:
    """Accents and marks apart, most letters in order; or every word of the shorter is in the longer."""
    one, other = _plain(first), _plain(second)
    if not one or not other:
        return False
    shorter, longer = sorted((set(one.split()), set(other.split())), key=len)
    return shorter <= longer or SequenceMatcher(None, one, other).ratio() >= ALIKE


def _plain(name: str) -> str:
    letters = unicodedata.normalize("NFKD", same(name))
    return " ".join("".join(c if c.isalnum() else " " for c in letters if not unicodedata.combining(c)).split())
