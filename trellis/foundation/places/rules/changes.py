"""What a new reading of a list changes: plain values in, a plan out."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import NamedTuple

from trellis.foundation.places.reading import Listed


class Known(NamedTuple):
    """A meeting that is in the record: its row's number there, and what tells whether it changed."""

    pk: int
    digest: str
    row_key: str
    listed: bool


@dataclass
class Plan:
    """Which meetings to write and which have ended; and the same counted in rows of the source."""

    to_write: list[Listed] = field(default_factory=list)
    gone: list[int] = field(default_factory=list)
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    ended: int = 0
    #: the list lost more than half of its rows
    shrinks: bool = False

    @property
    def changes_anything(self) -> bool:
        return bool(self.to_write or self.gone)


def plan(known: Mapping[str, Known], meetings: Collection[Listed]) -> Plan:
    """`known` by identity, ended ones too; `meetings` in the order of the source, the days of a row together."""
    made = Plan()
    for _row, row in groupby(meetings, key=lambda meeting: meeting.row):
        _sort_in(made, known, list(row))
    here = {meeting.identity for meeting in meetings}
    made.gone = [one.pk for identity, one in known.items() if one.listed and identity not in here]
    before = {one.row_key for one in known.values() if one.listed}
    staying = {one.row_key for identity, one in known.items() if one.listed and identity in here}
    made.ended = len(before - staying)
    made.shrinks = 2 * (made.added + made.changed + made.unchanged) < len(before)
    return made


def _sort_in(made: Plan, known: Mapping[str, Known], row: list[Listed]) -> None:
    before = [known.get(meeting.identity) for meeting in row]
    stood = [one is not None and one.listed for one in before]
    other = [
        meeting
        for meeting, one in zip(row, before, strict=True)
        if one is None or not one.listed or one.digest != meeting.digest
    ]
    made.to_write += other
    if not any(stood):
        made.added += 1
    elif other:
        made.changed += 1
    else:
        made.unchanged += 1
