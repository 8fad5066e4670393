"""Which openings stand out. Pure: openings and plain facts in, reasons to ask out.

An opening is one record opened by itself; a list or a group that was shown is none.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

MANY = 30
MANY_WITHIN = timedelta(hours=1)
GONE_FOR = timedelta(days=90)


class Why(StrEnum):
    OWN = "own"  # their own record, as somebody who works here
    FAMILY = "family"  # of the same family name, and not on the care team
    GONE = "gone"  # of somebody who left long ago, and not on the last care team
    MANY = "many"  # very many in one hour


@dataclass(frozen=True)
class Opening:
    at: datetime
    account: int
    client: int


@dataclass(frozen=True)
class Known:
    """What is known about a client: the account, the words that may be a family name, since when they are gone."""

    account: int | None = None
    families: frozenset[str] = frozenset()
    gone_since: date | None = None


@dataclass(frozen=True)
class StandsOut:
    why: Why
    account: int
    clients: tuple[int, ...]
    first: datetime
    times: int


def standing_out(
    openings: Iterable[Opening],
    clients: Mapping[int, Known],
    families: Mapping[int, Collection[str]],
    team: Collection[tuple[int, int]],
) -> list[StandsOut]:
    """The newest first. `families`: of each account, the words that may be its family name.

    `team`: pairs of an account and a client it cared for, now or once.
    """
    rows = sorted(openings, key=lambda one: one.at)
    pairs: dict[tuple[int, int], list[datetime]] = defaultdict(list)
    for one in rows:
        pairs[one.account, one.client].append(one.at)
    found = [
        StandsOut(why, account, (client,), times[0], len(times))
        for (account, client), times in pairs.items()
        if (why := _why(account, client, times[-1], clients.get(client, Known()), families, team)) is not None
    ]
    found += _many(rows)
    return sorted(found, key=lambda one: (one.first, one.account, one.clients), reverse=True)


def _why(
    account: int,
    client: int,
    last: datetime,
    known: Known,
    families: Mapping[int, Collection[str]],
    team: Collection[tuple[int, int]],
) -> Why | None:
    if known.account == account:
        return Why.OWN
    if (account, client) in team:
        return None
    if known.families & set(families.get(account, ())):
        return Why.FAMILY
    if known.gone_since is not None and last.date() - known.gone_since > GONE_FOR:
        return Why.GONE
    return None


def _many(rows: Iterable[Opening]) -> Iterable[StandsOut]:
    """For each person the fullest hour, where it holds very many different records."""
    of_account: dict[int, list[Opening]] = defaultdict(list)
    for one in rows:
        of_account[one.account].append(one)
    for account, theirs in of_account.items():
        fullest = max(
            (_hour_from(theirs, n) for n in range(len(theirs))), key=lambda hour: len({o.client for o in hour})
        )
        records = tuple(sorted({one.client for one in fullest}))
        if len(records) >= MANY:
            yield StandsOut(Why.MANY, account, records, fullest[0].at, len(fullest))


def _hour_from(rows: list[Opening], start: int) -> list[Opening]:
    end = rows[start].at + MANY_WITHIN
    hour = []
    for one in rows[start:]:
        if one.at >= end:
            break
        hour.append(one)
    return hour
