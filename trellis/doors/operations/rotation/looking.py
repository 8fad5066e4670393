"""Which key opens what: every sealed text of every room is tried. Nobody is shown any."""

from collections.abc import Callable, Iterator
from typing import Any

from trellis.doors.operations.rotation.rules import Found
from trellis.foundation.record import crypto, keys, sealed
from trellis.foundation.record.sealed import Place

Row = tuple[int, Any]
Tell = Callable[[str, int, int], None]
AT_ONCE = 100  # rows; sealed anew in one transaction, which takes some hundredths of a second


def look(tell: Tell, ends: int | None = None) -> list[Found]:
    """All that lies there; with `ends`, only so many of the oldest and of the newest rows in each place."""
    held = keys.current()
    places = sealed.places()
    found = []
    for number, place in enumerate(places, 1):
        found.append(_look_at(place, held, ends))
        tell("Looked", number, len(places))
    return found


def _look_at(place: Place, held: keys.Keys, ends: int | None) -> Found:
    found = Found(str(place), place.never_changes)
    for pk, value in rows(place) if ends is None else _ends(place, ends):
        opened = [crypto.opened_by(text, held) for text in place.texts(value)]
        found.texts.update(key for key in opened if key)
        if None in opened:
            found.closed.append(pk)
    return found


def batches(place: Place) -> Iterator[list[Row]]:
    """By number, each batch asked for when it is its turn: no transaction and no cursor stays open meanwhile."""
    last = 0
    while batch := list(_query(place).filter(pk__gt=last).order_by("pk")[:AT_ONCE]):
        yield batch
        last = batch[-1][0]


def rows(place: Place) -> Iterator[Row]:
    for batch in batches(place):
        yield from batch


def _ends(place: Place, many: int) -> list[Row]:
    query = _query(place)
    return list(dict([*query.order_by("pk")[:many], *query.order_by("-pk")[:many]]).items())


def _query(place: Place) -> Any:
    return place.model._base_manager.values_list("pk", place.field)
