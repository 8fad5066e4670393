"""Whose turn it is when a place comes free, and which clocks run meanwhile.

45 CFR 96.131(a): pregnant people who inject first, then pregnant people, then people who inject, then everybody else.
45 CFR 96.126(b): who injects is admitted within 14 days, or 120 where interim services were given within 48 hours.
45 CFR 96.121: interim services are counseling and education about HIV and TB, a referral for their care where it is
wanted, and for pregnant people counseling about effects on the fetus, and a referral for prenatal care.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import IntEnum, StrEnum

INTERIM_WITHIN = timedelta(hours=48)
PLACE_WITHIN, PLACE_WITHIN_WITH_INTERIM = timedelta(days=14), timedelta(days=120)


class Priority(IntEnum):
    PREGNANT_INJECTS = 1
    PREGNANT = 2
    INJECTS = 3
    OTHERS = 4


class Interim(StrEnum):
    HIV_TB = "hiv_tb"
    HIV_TB_CARE = "hiv_tb_care"
    FETUS = "fetus"
    PRENATAL = "prenatal"


_FOR_ALL = (Interim.HIV_TB, Interim.HIV_TB_CARE)
_FOR_PREGNANT = (Interim.FETUS, Interim.PRENATAL)


@dataclass(frozen=True)
class Waiting:
    """One person on the list, as the record says it."""

    key: int
    since: datetime
    pregnant: bool = False
    injects: bool = False
    #: of each interim service that was given or declined, when it first was
    settled: "tuple[tuple[str, datetime], ...]" = ()
    #: the last time that we spoke, or tried to
    last_contact: datetime | None = None


@dataclass(frozen=True)
class Clocks:
    #: interim services that nobody has given or heard a no to
    owed: tuple[Interim, ...]
    interim_by: datetime
    interim_late: bool
    contact_by: datetime
    contact_late: bool
    #: None: the law sets no day
    place_by: datetime | None
    place_late: bool

    @property
    def next(self) -> datetime:
        """When the next thing is owed."""
        return min(self.contact_by, self.interim_by) if self.owed else self.contact_by


def priority(pregnant: bool, injects: bool) -> Priority:
    if pregnant:
        return Priority.PREGNANT_INJECTS if injects else Priority.PREGNANT
    return Priority.INJECTS if injects else Priority.OTHERS


def in_order(people: Iterable[Waiting]) -> list[Waiting]:
    """By priority, then by how long they wait; the key parts two who asked at the same instant."""
    return sorted(people, key=lambda one: (priority(one.pregnant, one.injects), one.since, one.key))


def interim_services(pregnant: bool) -> tuple[Interim, ...]:
    return (*_FOR_ALL, *_FOR_PREGNANT) if pregnant else _FOR_ALL


def clocks(one: Waiting, rhythm: timedelta, now: datetime) -> Clocks:
    """`rhythm`: how long nobody who waits stays without a word from us."""
    settled = dict(one.settled)
    services = interim_services(one.pregnant)
    owed = tuple(service for service in services if service not in settled)
    interim_by, contact_by = one.since + INTERIM_WITHIN, (one.last_contact or one.since) + rhythm
    place_by = _place_by(one, not owed and all(settled[service] <= interim_by for service in services))
    return Clocks(
        owed=owed, interim_by=interim_by, interim_late=bool(owed) and now > interim_by, contact_by=contact_by,
        contact_late=now > contact_by, place_by=place_by, place_late=place_by is not None and now > place_by,
    )  # fmt: skip


def _place_by(one: Waiting, interim_in_time: bool) -> datetime | None:
    if not one.injects:
        return None
    return one.since + (PLACE_WITHIN_WITH_INTERIM if interim_in_time else PLACE_WITHIN)


# --- handed on --------------------------------------------------------------------------------------------------------

ASKED_AGAIN = "not_reached"


def ask_by(handed_on: date, found: Collection[tuple[str, date]], days: int) -> date | None:
    """By when we ask whether they got there; None once somebody knows. `found`: what was heard, and when."""
    if any(what != ASKED_AGAIN for what, _day in found):
        return None
    return max([handed_on, *(day for _what, day in found)]) + timedelta(days=days)
