"""Questions whose SQL is made once: on busy pages the ORM takes longer to phrase one than the database to answer.

A question is a function from session keys to a queryset. It is phrased with stand-ins, kept for each database and
number of keys, and asked with the real ones.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import QuerySet
from django.db.models.query import get_related_populators

#: no row has such a key
STAND_IN = -1_000_000
#: lists of keys are filled up to a multiple, so that few phrasings are kept
STEP = 8

Row = tuple[Any, ...]
Phrase = Callable[[list[int]], "QuerySet[Any, Any]"]
Converters = tuple[tuple[int, list[Any], Any], ...]


@dataclass(frozen=True)
class _Phrased:
    sql: str
    params: tuple[Any, ...]
    converters: Converters
    build: Callable[[Row], Any] | None


class Prepared:
    def __init__(self, phrase: Phrase) -> None:
        self.phrase = phrase
        self._kept: dict[tuple[str, int], _Phrased] = {}

    def __call__(self, keys: Iterable[int]) -> list[Any]:
        """Rows, or objects of the model where the question names no columns; one statement, none without a key."""
        wanted = list(keys)
        if not wanted:
            return []
        wanted += wanted[-1:] * (-len(wanted) % STEP)
        phrased = self._phrased(len(wanted))
        params = [wanted[STAND_IN - p] if isinstance(p, int) and p <= STAND_IN else p for p in phrased.params]
        with connection.cursor() as cursor:
            cursor.execute(phrased.sql, params)
            rows = cursor.fetchall()
        rows = _converted(rows, phrased.converters) if phrased.converters else rows
        return [phrased.build(row) for row in rows] if phrased.build else rows

    def _phrased(self, number: int) -> _Phrased:
        kept = (connection.vendor, number)
        if kept not in self._kept:
            self._kept[kept] = _phrase(self.phrase([STAND_IN - n for n in range(number)]))
        return self._kept[kept]


def _phrase(rows: "QuerySet[Any, Any]") -> _Phrased:
    compiler = rows.query.get_compiler(connection=connection)
    sql, params = compiler.as_sql()
    converters = compiler.get_converters([chosen[0] for chosen in compiler.select[: compiler.col_count]])
    build = None if rows.query.values_select or rows.query.combinator else _builder(compiler)
    return _Phrased(sql, tuple(params), tuple((place, *found) for place, found in converters.items()), build)


def _builder(compiler: Any) -> Callable[[Row], Any]:
    """What the ORM does with a row, its related objects included."""
    select, info = compiler.select, compiler.klass_info
    first, last = info["select_fields"][0], info["select_fields"][-1] + 1
    names = [chosen[0].target.attname for chosen in select[first:last]]
    related = get_related_populators(info, select, DEFAULT_DB_ALIAS)

    def build(row: Row) -> Any:
        made = info["model"].from_db(DEFAULT_DB_ALIAS, names, row[first:last])
        for one in related:
            one.populate(row, made)
        return made

    return build


def _converted(rows: list[Row], converters: Converters) -> list[Row]:
    """What the database gave, as Django's fields give it: instants are aware, texts of data are dictionaries."""
    converted = []
    for row in map(list, rows):
        for place, steps, expression in converters:
            for step in steps:
                row[place] = step(row[place], expression, connection)
        converted.append(tuple(row))
    return converted
