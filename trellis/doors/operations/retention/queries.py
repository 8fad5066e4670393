"""What is due, what is held, what was deleted. A fixed number of statements: one for each table that has a time."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Max, QuerySet

from trellis.doors.operations.models import LegalHold, Tombstone
from trellis.doors.operations.retention import rules
from trellis.doors.operations.retention.rules import Span
from trellis.doors.operations.retention.terms import Rows, SubjectKind, Terms, is_plain, lookup, read
from trellis.doors.operations.retention.walking import Subjects, closure, led, pieces

#: kind of subject and key
Key = tuple[str, int]
Spans = dict[Key, dict[str, list[Span]]]


@dataclass(frozen=True)
class Due:
    """A record whose time is over; `names`: everybody who goes along, as the trail names them."""

    kind: str
    key: int
    on: date
    kinds: tuple[str, ...]
    names: frozenset[str]
    held: bool

    @property
    def subject(self) -> str:
        return f"{self.kind}:{self.key}"


def due(terms: Terms, today: date) -> list[Due]:
    """Every record whose time is over, longest first; those that are held among them, and marked."""
    spans, roots = _spans(terms), _roots(terms)
    groups: dict[Key, list[Key]] = defaultdict(list)
    for key in spans:
        groups[roots.get(key, key)].append(key)
    born = {key: day for kind in terms.subjects.values() if kind.born for key, day in _born(kind)}
    held = held_subjects()
    found = (_due(terms, root, keys, spans, born.get(root), held) for root, keys in groups.items())
    return sorted((one for one in found if one and one.on <= today), key=lambda one: (one.on, one.kind, one.key))


def one_due(terms: Terms, row: Any, today: date) -> Due | None:
    """The same about one record, whatever else is there; None also for what belongs to somebody's record."""
    root = key_of(row)
    if any(True for _ in _parents_of(terms, root)):
        return None
    spans = _spans(terms, closure(terms, *root))
    found = _due(
        terms, root, list(spans), spans, getattr(row, terms.subjects[root[0]].born or "_", None), held_subjects()
    )
    return found if found and found.on <= today else None


def key_of(row: Any) -> Key:
    kinds = {kind.model: kind.key for kind in read().subjects.values()}
    return kinds[type(row)], row.pk


def _due(terms: Terms, root: Key, keys: list[Key], spans: Spans, born: date | None, held: frozenset[str]) -> Due | None:
    joined = _joined(spans, keys)
    on = rules.due_on(joined, terms.keep, born)
    names = frozenset(f"{kind}:{key}" for kind, key in [root, *keys])
    return Due(*root, on, tuple(sorted(joined)), names, not held.isdisjoint(names)) if on else None


def _spans(terms: Terms, only: Subjects | None = None) -> Spans:
    spans: Spans = defaultdict(lambda: defaultdict(list))
    for kind in terms.subjects:
        for rows in terms.rows:
            if rows.time and kind in rows.of and rows.kind in terms.keep:
                _read(spans, rows, kind, only)
    return spans


def _read(spans: Spans, rows: Rows, kind: str, only: Subjects | None) -> None:
    """The latest moment of each subject in one table, and in whose record something goes on."""
    way = rows.of[kind][0]
    whose, query = lookup(way), rows.model._base_manager.order_by()
    if only is not None:
        query = query.filter(led(rows.model, {kind: (way,)}, only))
    elif is_plain(rows.model, way):
        query = query.filter(**{f"{whose}__startswith": f"{kind}:"})
    else:
        query = query.filter(**{f"{whose}__isnull": False})
    latest = {f"latest_{name}": Max(name) for name in rows.time}
    for who, *moments in query.values(whose).annotate(**latest).values_list(whose, *latest):
        days = [_day(one) for one in moments if one is not None]
        spans[(kind, _number(who))][rows.kind].append(Span(max(days, default=None)))
    if rows.runs:
        going = query.filter(**{f"{name}__in": values for name, values in rows.runs.items()})
        for who in going.values_list(whose, flat=True).distinct():
            spans[(kind, _number(who))][rows.kind].append(Span(goes_on=True))


def _joined(spans: Spans, keys: Iterable[Key]) -> dict[str, Span]:
    found: dict[str, list[Span]] = defaultdict(list)
    for key in keys:
        for kind, some in spans[key].items():
            found[kind] += some
    return {kind: rules.together(some) for kind, some in found.items()}


def _roots(terms: Terms) -> dict[Key, Key]:
    """To whom each belongs in the end: the note to the inquiry, the inquiry to the client that it became."""
    parents: dict[Key, Key] = {}
    for child in terms.subjects.values():
        for kind, ways in child.of.items():
            for way in ways:
                parents |= {(child.key, key): parent for key, parent in _parents(child, kind, way)}
    return {child: _top(child, parents) for child in parents}


def _parents_of(terms: Terms, key: Key) -> Iterable[Key]:
    child = terms.subjects[key[0]]
    for kind, ways in child.of.items():
        for way in ways:
            yield from (parent for _, parent in _parents(child, kind, way, pk=key[1]))


def _parents(child: SubjectKind, kind: str, way: str, **which: Any) -> Iterable[tuple[int, Key]]:
    name = lookup(way)
    rows = child.model._base_manager.filter(**child.only, **which, **{f"{name}__isnull": False})
    for key, whose in rows.values_list("pk", name):
        if whose != "":
            yield key, (kind, _number(whose))


def _top(key: Key, parents: dict[Key, Key]) -> Key:
    seen = {key}
    while key in parents and parents[key] not in seen:
        key = parents[key]
        seen.add(key)
    return key


def _born(kind: SubjectKind) -> Iterable[tuple[Key, date]]:
    rows = kind.model._base_manager.exclude(**{f"{kind.born}__isnull": True})
    return (((kind.key, key), day) for key, day in rows.values_list("pk", kind.born))


def _number(who: Any) -> int:
    return int(who.partition(":")[2]) if isinstance(who, str) else int(who)


def _day(moment: Any) -> date:
    # The day in UTC is never earlier than that of a program in America: nothing goes a day too early.
    return moment.date() if isinstance(moment, datetime) else moment


# --- holds and tombstones ---------------------------------------------------------------------------------------------


def standing() -> "QuerySet[LegalHold]":
    """Holds that nobody ended, the oldest first."""
    return LegalHold.objects.filter(end__isnull=True).order_by("since", "pk")


def held_subjects() -> frozenset[str]:
    return frozenset(standing().values_list("subject", flat=True))


def deleted() -> "QuerySet[Tombstone]":
    return Tombstone.objects.order_by("-at", "-pk")


def called(terms: Terms, subjects: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Name and public id of each subject that is there; a statement a kind and piece."""
    wanted: dict[str, list[int]] = defaultdict(list)
    for subject in subjects:
        wanted[subject.partition(":")[0]].append(_number(subject))
    found = {}
    for kind, keys in wanted.items():
        known = terms.subjects[kind]
        for piece in pieces(keys):
            names = ["pk", "public_id", *([known.name] if known.name else [])]
            for key, public_id, *name in known.model._base_manager.filter(pk__in=piece).values_list(*names):
                found[f"{kind}:{key}"] = (name[0] if name else "", public_id)
    return found
