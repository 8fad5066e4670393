"""ZIP codes and names of towns in a few compact columns. Run as a program it makes them, and writes them out.

The package `zipcodes` opens its whole table at the first question and keeps it: some 30 MB a process, and twice that
with names to search by. So another process asks it, and ends.
"""

import pickle
import subprocess
import sys
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from statistics import median
from typing import Any, NamedTuple

from trellis.foundation.record.folding import fold

#: where one place's name is another's too, and the program says no more than its state
_STATES = (
    "AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR "
    "PA PR RI SC SD TN TX UT VT VA VI WA WV WI WY GU AS MP"
)
STATES = frozenset(_STATES.split())
#: as people write the beginning of a name, and as the table does
SHORT_FORMS = {"st": "saint", "ste": "sainte", "ft": "fort", "mt": "mount"}
WITHIN = 60.0  # seconds; it takes one or two

Position = tuple[float, float]


class Columns(NamedTuple):
    """Rows sorted by key; one key may have several."""

    keys: list[str]
    latitudes: "array[float]"
    longitudes: "array[float]"
    titles: list[str]

    def rows(self, key: str) -> list[tuple[float, float, str]]:
        """Latitude, longitude and title of each."""
        first, after = bisect_left(self.keys, key), bisect_right(self.keys, key)
        return [(self.latitudes[n], self.longitudes[n], self.titles[n]) for n in range(first, after)]


class Gazetteer(NamedTuple):
    """`codes`: 91766 → Pomona. `towns`: plain name → "Pomona, CA" and every other Pomona."""

    codes: Columns
    towns: Columns


def opened() -> Gazetteer:
    """Made by a process of its own; takes a second or two."""
    command = [sys.executable, "-m", "trellis.foundation.places.gazetteer"]
    made = subprocess.run(command, stdout=subprocess.PIPE, check=True, timeout=WITHIN)  # noqa: S603 ourselves
    codes, towns = pickle.loads(made.stdout)  # noqa: S301 our own process wrote it
    return Gazetteer(Columns(*codes), Columns(*towns))


def plain(name: str) -> str:
    """As two spellings of one name are compared."""
    first, *others = fold(name).split() or [""]
    return " ".join([SHORT_FORMS.get(first, first), *others])


def compact(table: Iterable[dict[str, Any]]) -> Gazetteer:
    """From the rows of `zipcodes`. A town is in the middle of its ZIP codes; what has no position is no place."""
    codes: dict[str, tuple[Position, str]] = {}
    middles: dict[tuple[str, str], list[Position]] = {}
    titles: dict[tuple[str, str], str] = {}
    for row in table:
        position = _position(row)
        if position is None:
            continue
        codes.setdefault(row["zip_code"], (position, row["city"]))
        for title in _titles(row) if row["state"] in STATES else ():
            town = (plain(title), row["state"])
            middles.setdefault(town, []).append(position)
            titles.setdefault(town, f"{title}, {row['state']}")
    return Gazetteer(
        _columns((code, position, city) for code, (position, city) in sorted(codes.items())),
        _columns((town[0], _middle(middles[town]), titles[town]) for town in sorted(middles)),
    )


def _columns(rows: Iterable[tuple[str, Position, str]]) -> Columns:
    made = Columns([], array("d"), array("d"), [])
    for key, (latitude, longitude), title in rows:
        made.keys.append(key)
        made.latitudes.append(latitude)
        made.longitudes.append(longitude)
        made.titles.append(title)
    return made


def _titles(row: dict[str, Any]) -> Iterator[str]:
    yield row["city"]
    yield from row["acceptable_cities"]


def _position(row: dict[str, Any]) -> Position | None:
    try:
        latitude, longitude = float(row["lat"]), float(row["long"])
    except (TypeError, ValueError):
        return None
    return (latitude, longitude) if latitude or longitude else None


def _middle(places: list[Position]) -> Position:
    latitudes, longitudes = zip(*places, strict=True)
    return median(latitudes), median(longitudes)


if __name__ == "__main__":
    import zipcodes

    found = compact(zipcodes.list_all())  # type: ignore[no-untyped-call]
    sys.stdout.buffer.write(pickle.dumps(tuple(tuple(columns) for columns in found)))
