"""The lists that are shown, and what they hold together."""

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.db.models import QuerySet

from trellis.foundation.places import kinds
from trellis.foundation.places.kinds import Trait
from trellis.foundation.places.models import Meeting, MeetingList
from trellis.foundation.record.prepared import Prepared


@dataclass(frozen=True)
class Offer:
    """What the lists that are switched on hold, so that nobody is offered what nobody has."""

    lists: tuple[MeetingList, ...] = ()
    zones: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    codes: frozenset[tuple[str, str]] = field(default=frozenset())  # format, code

    def has(self, trait: Trait) -> bool:
        return any((format, code) in self.codes for format, codes in trait.codes.items() for code in codes)

    @property
    def kinds(self) -> list[str]:
        """By the alphabet: no fellowship stands before another."""
        return sorted({kind_of(one) for one in self.lists}, key=str.casefold)


def kind_of(one: MeetingList) -> str:
    return one.kind or one.title


def lists() -> list[MeetingList]:
    """Those whose meetings are shown, by title."""
    return list(_ask_lists())


def offer() -> Offer:
    """One statement; two more when a list was read since this process asked last."""
    shown = tuple(lists())
    return _offer(_Lists(shown)) if shown else Offer()


@Prepared
def _ask_lists() -> "QuerySet[MeetingList]":
    return MeetingList.objects.filter(switched_on=True).order_by("title", "pk")


class _Lists(tuple[MeetingList, ...]):
    """Compares as what was read and when, so that what was gathered of it can be kept."""

    def __hash__(self) -> int:
        return hash(self._key())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Lists) and self._key() == other._key()

    def _key(self) -> tuple[Any, ...]:
        return tuple(
            (one.public_id, one.changed_at, one.title, one.kind, one.secular, one.for_families) for one in self
        )


@lru_cache(maxsize=4)
def _offer(shown: _Lists) -> Offer:
    formats = {one.pk: one.format or kinds.GUIDE for one in shown}
    listed = Meeting.objects.filter(ended_at=None, list__in=formats).order_by()
    marked = listed.values_list("list_id", "marks").distinct()
    marks = {(formats[key], mark) for key, text in marked for mark in text.split()}
    return Offer(
        lists=tuple(shown),
        zones=tuple(sorted(listed.values_list("time_zone", flat=True).distinct())),
        languages=tuple(sorted({mark.removeprefix("LANG-") for _format, mark in marks if mark.startswith("LANG-")})),
        codes=frozenset(marks),
    )


def forget() -> None:
    """What was gathered of the lists, for tests that change meetings behind their backs."""
    _offer.cache_clear()
