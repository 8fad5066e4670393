"""Every row about somebody, found on the ways that the file names. It reads, and writes nothing."""

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model, Q

from trellis.doors.operations.retention.terms import Rows, SubjectKind, Terms, Ways, is_plain, lookup

#: SQLite takes few values in one statement
AT_ONCE = 500
#: kind of subject → keys
Subjects = dict[str, set[int]]


@dataclass
class Found:
    subjects: Subjects
    #: in the order of the file
    rows: list[tuple[Rows, list[Any]]] = field(default_factory=list)
    #: by which a text may name what goes: random ids, and `invitation:9`
    marks: set[str] = field(default_factory=set)
    #: where the person was reached, folded
    addresses: set[str] = field(default_factory=set)

    @property
    def names(self) -> list[str]:
        """As the trail names them."""
        return [f"{kind}:{key}" for kind, keys in self.subjects.items() for key in sorted(keys)]

    @property
    def kinds(self) -> list[str]:
        return sorted({rows.kind for rows, keys in self.rows if keys})

    @property
    def number(self) -> int:
        return sum(len(keys) for _, keys in self.rows)


def gather(terms: Terms, kind: str, key: int) -> Found:
    found = Found(closure(terms, kind, key))
    for rows in terms.rows:
        keys = list(_keys(rows, found.subjects))
        found.rows.append((rows, keys))
        _note(found, rows, keys)
    for place, (rows, keys) in enumerate(found.rows):
        if rows.names_in:
            named = [one for one in _naming(rows, found.marks) if one not in set(keys)]
            found.rows[place] = (rows, keys + named)
    return found


def closure(terms: Terms, kind: str, key: int) -> Subjects:
    """Who goes together: a client and the inquiry that they were, notes about them, their hour alone."""
    found: Subjects = {kind: {key}}
    grown = True
    while grown:
        grown = False
        for child in terms.subjects.values():
            new = set(_belonging(child, found)) - found.get(child.key, set())
            if new:
                found.setdefault(child.key, set()).update(new)
                grown = True
    return found


def mark_of(row: Any) -> str:
    """What a tombstone knows a record by: nobody guesses a random id back from its hash."""
    return hashlib.sha256(row.public_id.encode()).hexdigest()


def pieces(keys: list[Any]) -> Iterator[list[Any]]:
    return (keys[at : at + AT_ONCE] for at in range(0, len(keys), AT_ONCE))


def led(model: type[Model], ways: Ways, subjects: Subjects) -> Q:
    """Rows that one of the ways leads to one of the subjects; with nobody to lead to, none."""
    asked = Q(pk__in=[])
    for kind, all_ways in ways.items():
        keys = subjects.get(kind, set())
        for way in all_ways if keys else ():
            values = [f"{kind}:{key}" for key in keys] if is_plain(model, way) else list(keys)
            asked |= Q(**{f"{lookup(way)}__in": values})
    return asked


def _keys(rows: Rows, subjects: Subjects) -> Iterable[Any]:
    query = rows.model._base_manager.filter(led(rows.model, rows.of, subjects))
    if rows.unless:
        query = query.filter(**{f"{rows.unless}__isnull": True})
    return query.order_by("pk").values_list("pk", flat=True).distinct() if rows.of else ()


def _belonging(child: SubjectKind, subjects: Subjects) -> Iterator[int]:
    """Those that belong to nobody else: what several people share stays."""
    query = child.model._base_manager.filter(led(child.model, child.of, subjects), **child.only)
    candidates = set(query.values_list("pk", flat=True))
    for kind, ways in child.of.items() if candidates else ():
        for way in ways:
            plain = is_plain(child.model, way)
            ours = {f"{kind}:{key}" if plain else key for key in subjects.get(kind, ())} | {None, ""}
            pairs = child.model._base_manager.filter(pk__in=candidates).values_list("pk", lookup(way))
            candidates -= {key for key, whose in pairs if whose not in ours}
    yield from candidates


def _note(found: Found, rows: Rows, keys: list[Any]) -> None:
    """By what texts elsewhere may name these rows, and where messages to the person went."""
    wanted = [*(["public_id"] if "public_id" in rows.fields else []), *rows.reach]
    for piece in pieces(keys):
        found.marks.update(f"{rows.model._meta.model_name}:{key}" for key in piece)
        for values in rows.model._base_manager.filter(pk__in=piece).values_list(*wanted) if wanted else ():
            here = dict(zip(wanted, values, strict=True))
            found.marks.update(filter(None, [here.pop("public_id", None)]))
            found.addresses.update(folded(one) for one in here.values() if one)


def folded(address: str) -> str:
    """An address as it is compared: capitals count nothing, and of a telephone number the last ten digits count."""
    return address.strip().lower() if "@" in address else re.sub(r"\D", "", address)[-10:]


def _naming(rows: Rows, marks: set[str]) -> Iterator[Any]:
    """Rows in which one of these texts holds one of the marks as a whole word."""
    for key, *texts in rows.model._base_manager.values_list("pk", *rows.names_in):
        if any(_words(text) & marks for text in texts):
            yield key


def _words(text: str) -> set[str]:
    """`inquiry:4:promise` → every run of its parts: inquiry, 4, promise, inquiry:4, 4:promise, …"""
    parts = re.split("[^A-Za-z0-9_]", text)
    return {":".join(parts[a:b]) for a in range(len(parts)) for b in range(a + 1, len(parts) + 1)}
