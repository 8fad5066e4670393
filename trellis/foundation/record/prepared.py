"""Questions whose SQL is made once: on busy pages the ORM takes longer to phrase one than the database to answer it.

A question is a function of plain values that gives a queryset. It is phrased with stand-ins for the values, kept for
each database and length of lists, and asked with the real ones; what comes back is what the queryset would give.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import QuerySet
from django.db.models.query import get_related_populators

#: no row has such a key, nor was anything recorded in that year
FIRST_KEY, FIRST_INSTANT = -1_000_000, datetime(1000, 1, 1, tzinfo=UTC)
#: lists are filled up to this length, or its double, or the double of that, so that few phrasings are kept
SHORTEST = 8
WORD = re.compile("⟨([0-9]+)⟩")

Row = tuple[Any, ...]
#: the place in a row, and what makes the value of Django's field out of what the database gave
Converters = tuple[tuple[int, Callable[[Any], Any]], ...]


class NotAsked(TypeError):
    """A value of the question is not in its SQL as it was given, so that another one would not be either."""


@dataclass(frozen=True)
class _Slot:
    """A parameter that is the value of this number; `before` and `after` are of a pattern for LIKE."""

    number: int
    before: str = ""
    after: str = ""

    def fill(self, values: list[Any]) -> Any:
        value = values[self.number]
        if not (self.before or self.after):
            return value
        return f"{self.before}{connection.ops.prep_for_like_query(value)}{self.after}"


@dataclass(frozen=True)
class _Phrased:
    sql: str
    params: tuple[Any, ...]
    converters: Converters
    build: Callable[[Row], Any] | None

    @property
    def keeps_its_plan(self) -> bool:
        """A pattern finds one name or all of them: the way to the rows depends on what is asked."""
        return not any(type(param) is _Slot and (param.before or param.after) for param in self.params)

    def ask(self, values: list[Any]) -> list[Any]:
        params = [param.fill(values) if type(param) is _Slot else param for param in self.params]
        with _cursor(self.keeps_its_plan) as cursor:
            cursor.execute(self.sql, params)
            rows = cursor.fetchall()
        if self.converters:
            rows = [list(row) for row in rows]
            for place, convert in self.converters:
                for row in rows:
                    row[place] = convert(row[place])
            rows = rows if self.build else [tuple(row) for row in rows]
        return [self.build(row) for row in rows] if self.build else rows


def _cursor(keeps_its_plan: bool) -> Any:
    """PostgreSQL keeps the plan, too: making one takes it longer than finding the rows."""
    if connection.vendor != "postgresql" or not keeps_its_plan:
        return connection.cursor()
    from trellis.foundation.record.planned import PlannedCursor

    connection.ensure_connection()
    return connection._prepare_cursor(PlannedCursor(connection.connection))  # type: ignore[attr-defined]


class Prepared:
    """Decorates a function of int, str, date, datetime and lists of int or str, all of them required."""

    def __init__(self, phrase: Callable[..., "QuerySet[Any, Any]"]) -> None:
        self.phrase = phrase
        self.kinds = [kind for name, kind in phrase.__annotations__.items() if name != "return"]
        self._kept: dict[tuple[str, tuple[int, ...]], _Phrased] = {}

    def __call__(self, *given: Any) -> list[Any]:
        """Objects of the model, or tuples where the question names columns; one statement, none about an empty list."""
        if given == ([],):
            return []
        if len(given) != len(self.kinds):
            raise TypeError(f"{self.phrase.__name__} takes {len(self.kinds)} values")
        filled = [_filled(value, kind) for value, kind in zip(given, self.kinds, strict=True)]
        return self._phrased(filled).ask(_adapted(filled))

    def first(self, *given: Any) -> Any:
        """The first answer, or None; the question itself says how many there may be."""
        found = self(*given)
        return found[0] if found else None

    def _phrased(self, filled: list[Any]) -> _Phrased:
        lengths = tuple(len(value) for value in filled if isinstance(value, list))
        kept = (connection.vendor, lengths)
        if kept not in self._kept:
            self._kept[kept] = _phrase(self.phrase, filled)
        return self._kept[kept]


def _filled(value: Any, kind: Any) -> Any:
    if not isinstance(value, list):
        return value
    length = SHORTEST
    while length < len(value):
        length *= 2
    last = value[-1:] or [FIRST_KEY if kind == list[int] else ""]
    return value + last * (length - len(value))


def _adapted(filled: list[Any]) -> list[Any]:
    """One value after the other, as the database takes them."""
    found = []
    for value in filled:
        if isinstance(value, list):
            found += value
        elif isinstance(value, datetime):
            found.append(connection.ops.adapt_datetimefield_value(value))
        elif isinstance(value, date):
            found.append(connection.ops.adapt_datefield_value(value))
        else:
            found.append(value)
    return found


# --- phrasing ---------------------------------------------------------------------------------------------------------


def _phrase(phrase: Callable[..., "QuerySet[Any, Any]"], filled: list[Any]) -> _Phrased:
    numbers = count()
    stand_ins = [
        [_stand_in(one, next(numbers)) for one in value] if isinstance(value, list) else _stand_in(value, next(numbers))
        for value in filled
    ]
    rows = phrase(*stand_ins)
    compiler = rows.query.get_compiler(connection=connection)
    sql, params = compiler.as_sql()
    known = {value: number for number, value in enumerate(_adapted(stand_ins))}
    slots = tuple(_slot(param, known) for param in params)
    missing = set(known.values()) - {slot.number for slot in slots if isinstance(slot, _Slot)}
    if missing:
        raise NotAsked(f"{phrase.__name__} does not ask with what it is given: {sorted(missing)}")
    converters = compiler.get_converters([chosen[0] for chosen in compiler.select[: compiler.col_count]])
    build = None if rows.query.values_select or rows.query.combinator else _builder(compiler)
    return _Phrased(sql, slots, tuple((place, _converter(*found)) for place, found in converters.items()), build)


def _stand_in(value: Any, number: int) -> Any:
    if isinstance(value, datetime):
        return FIRST_INSTANT + timedelta(hours=number)
    if isinstance(value, date):
        return FIRST_INSTANT.date() + timedelta(days=number)
    return f"⟨{number}⟩" if isinstance(value, str) else FIRST_KEY - 1 - number


def _slot(param: Any, known: dict[Any, int]) -> Any:
    if isinstance(param, bool):
        return param
    if param in known:
        return _Slot(known[param])
    found = WORD.search(param) if isinstance(param, str) else None
    return _Slot(int(found[1]), param[: found.start()], param[found.end() :]) if found else param


def _builder(compiler: Any) -> Callable[[Row], Any]:
    """What the ORM does with a row, its related objects and annotations included."""
    select, info = compiler.select, compiler.klass_info
    first, last = info["select_fields"][0], info["select_fields"][-1] + 1
    names = [chosen[0].target.attname for chosen in select[first:last]]
    related = get_related_populators(info, select, DEFAULT_DB_ALIAS)  # type: ignore[call-arg] # stubs of a later Django
    annotations = tuple((compiler.annotation_col_map or {}).items())

    def build(row: Row) -> Any:
        made = info["model"].from_db(DEFAULT_DB_ALIAS, names, row[first:last])
        for one in related:
            one.populate(row, made)
        for name, place in annotations:
            setattr(made, name, row[place])
        return made

    return build


def _converter(steps: list[Any], expression: Any) -> Callable[[Any], Any]:
    """What Django's fields make of what the database gave: instants are aware, texts of data are dictionaries."""

    def convert(value: Any) -> Any:
        for step in steps:
            value = step(value, expression, connection)
        return value

    def convert_instant(value: Any) -> Any:
        # Most values of a busy page; Django's own steps ask five questions about each.
        return value.replace(tzinfo=UTC) if type(value) is datetime and value.tzinfo is None else convert(value)

    is_instant = [step.__name__ for step in steps] == ["convert_datetimefield_value"]
    return convert_instant if is_instant and connection.timezone == UTC else convert
