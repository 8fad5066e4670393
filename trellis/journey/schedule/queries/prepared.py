"""Questions whose SQL is made once: on the busiest pages the ORM takes longer to phrase them than the database to answer.

A question is a function from session keys to a `values_list`. It is phrased with stand-ins, kept for each database and
number of keys, and asked with the real ones.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import QuerySet

#: no row has such a key
STAND_IN = -1_000_000
#: lists of keys are filled up to a multiple, so that few phrasings are kept
STEP = 8

Phrase = Callable[[list[int]], "QuerySet[Any, Any]"]


@dataclass(frozen=True)
class _Phrased:
    sql: str
    params: tuple[Any, ...]
    converters: tuple[tuple[int, list[Any], Any], ...]


class Prepared:
    def __init__(self, phrase: Phrase) -> None:
        self.phrase = phrase
        self._kept: dict[tuple[str, int], _Phrased] = {}

    def __call__(self, keys: Iterable[int]) -> list[tuple[Any, ...]]:
        """The rows for these keys; one statement, none where there is no key."""
        wanted = list(keys)
        if not wanted:
            return []
        wanted += wanted[-1:] * (-len(wanted) % STEP)
        phrased = self._phrased(len(wanted))
        params = [wanted[STAND_IN - p] if isinstance(p, int) and p <= STAND_IN else p for p in phrased.params]
        with connection.cursor() as cursor:
            cursor.execute(phrased.sql, params)
            rows = cursor.fetchall()
        return _converted(rows, phrased.converters) if phrased.converters else rows

    def _phrased(self, number: int) -> _Phrased:
        kept = (connection.vendor, number)
        if kept not in self._kept:
            self._kept[kept] = _phrase(self.phrase([STAND_IN - n for n in range(number)]))
        return self._kept[kept]


def _phrase(rows: "QuerySet[Any, Any]") -> _Phrased:
    compiler = rows.query.get_compiler(connection=connection)
    sql, params = compiler.as_sql()
    converters = compiler.get_converters([chosen[0] for chosen in compiler.select[: compiler.col_count]])
    return _Phrased(sql, tuple(params), tuple((place, *found) for place, found in converters.items()))


def _converted(
    rows: list[tuple[Any, ...]], converters: tuple[tuple[int, list[Any], Any], ...]
) -> list[tuple[Any, ...]]:
    """What the database gave, as Django's fields give it: instants are aware, texts of data are dictionaries."""
    converted = []
    for row in map(list, rows):
        for place, steps, expression in converters:
            for step in steps:
                row[place] = step(row[place], expression, connection)
        converted.append(tuple(row))
    return converted
