"""Which records may be one person's. Plain values in, plain values out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from trellis.journey.admission.rules import Person, may_be_known


@dataclass(frozen=True)
class Closing:
    """A record that is, or was, closed to an account; `until` None: it still is."""

    client: int
    account: str
    since: datetime
    until: datetime | None = None


@dataclass(frozen=True)
class Made:
    """A client whom an account admitted."""

    client: int
    account: str
    at: datetime


def may_be_one(
    closings: Iterable[Closing], made: Iterable[Made], names: Mapping[int, Sequence[Person]]
) -> list[tuple[int, int]]:
    """Pairs (second record, first record), the oldest admission first, each pair once.

    Only where the first was closed to whoever made the second, at that moment: from everybody else the page asked
    itself. `names`: under which names each client is known, as on papers too.
    """
    closed = list(closings)
    pairs = [
        (one.client, first.client)
        for one in sorted(made, key=lambda one: (one.at, one.client))
        for first in closed
        if first.client != one.client and was_closed(first, one) and _alike(names[one.client], names[first.client])
    ]
    return list(dict.fromkeys(pairs))


def was_closed(closing: Closing, made: Made) -> bool:
    """From the instant it was closed to the instant it was opened, which is not part of it."""
    if closing.account != made.account or made.at < closing.since:
        return False
    return closing.until is None or made.at < closing.until


def _alike(these: Sequence[Person], those: Sequence[Person]) -> bool:
    return any(may_be_known(this, those) for this in these)
