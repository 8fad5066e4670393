"""What other rooms know of the days that bring questions by themselves: a step, a last day, following up."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django.db.models import CharField, F, QuerySet, Value

from trellis.foundation.program.schema import Blueprint
from trellis.people.clients.models import Client, Episode

#: step: decided for another level; last_day: the day on which a stay is to end
TURNS = ("step", "last_day")
#: before a turn's name, where it stands in one column with names of instruments
MARK = "@"
#: rows with a column `day`; the newest counts. None of them in a stay: no such day
Rows = Callable[[Client, Episode, Blueprint], "QuerySet[Any]"]

#: where no room says otherwise
DAYS = (7, 14, 30, 90, 180, 365)

_turns: dict[str, Rows] = {}
_days: list[Callable[[Blueprint], tuple[int, ...]]] = []


def register(turn: str, rows: Rows) -> None:
    """Called in the `AppConfig.ready` of the room that knows the days."""
    if turn not in TURNS:
        raise ValueError(f"no turn of a stay is called {turn}; there are {', '.join(TURNS)}")
    _turns[turn] = rows


def register_follow_up(days: Callable[[Blueprint], tuple[int, ...]]) -> None:
    """Days after the end of a stay, by the room that follows up."""
    _days[:] = [days]


def follow_up_days(blueprint: Blueprint) -> tuple[int, ...]:
    return _days[0](blueprint) if _days else DAYS


def beside(
    asked: "QuerySet[Any]", client: Client, episode: Episode, blueprint: Blueprint
) -> Iterable[tuple[str, date | None]]:
    """Names with their days, and beside them each turn with its days, the newest last: one statement."""
    known = [
        rows(client, episode, blueprint).order_by().values_list(Value(MARK + turn, output_field=CharField()), F("day"))
        for turn, rows in _turns.items()
    ]
    found = list(asked.union(*known, all=True)) if known else list(asked)
    return sorted(found, key=lambda one: (one[0], one[1] or date.min))
