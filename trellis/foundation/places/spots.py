"""ZIP codes and names of places, without asking anybody: the package `zipcodes` brings its own table."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from statistics import median
from typing import Any

import zipcodes

from trellis.foundation.places.rules.names import fold
from trellis.foundation.places.rules.where import Spot, miles
from trellis.foundation.program import queries as program

ZIP = re.compile(r"([0-9]{5})(?:[-\s]?[0-9]{4})?")
STATE_AT_THE_END = re.compile(r"(.+?)[\s,]+([A-Za-z]{2})\.?")
#: where one place's name is another's too, and the program says no more than its state
_STATES = (
    "AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR "
    "PA PR RI SC SD TN TX UT VT VA VI WA WV WI WY GU AS MP"
)
STATES = frozenset(_STATES.split())
#: as people write the beginning of a name, and as the table does
SHORT_FORMS = {"st": "saint", "ste": "sainte", "ft": "fort", "mt": "mount"}


def spot_of(text: str, home: Spot | None = None) -> Spot | None:
    """Where "91766", "Pomona" or "pomona, ca" is. Of several places with one name the one nearest to `home`."""
    text = " ".join(text.split())
    found = ZIP.fullmatch(text)
    if found:
        return of_zip(found[1])
    if not text or text[0].isdecimal():
        return None
    return _of_city(text, home)


def warm() -> None:
    """Read the tables now: whoever asks for a town first would wait seconds for them."""
    of_zip("91766")
    _cities()


def home_spot() -> Spot | None:
    """Where the program is: of several towns with one name the nearest is meant."""
    code = program.current().program.contact.zip_code
    return of_zip(str(code)[:5]) if code else None


@lru_cache(maxsize=4096)
def of_zip(code: str) -> Spot | None:
    found = zipcodes.matching(code)  # type: ignore[no-untyped-call]
    place = _position(found[0]) if found else None
    return Spot(*place, name=f"{code} {found[0]['city']}") if place else None


def _of_city(text: str, home: Spot | None) -> Spot | None:
    split = STATE_AT_THE_END.fullmatch(text)
    if split and split[2].upper() in STATES:
        found = _cities().get(_plain(split[1]), {}).get(split[2].upper())
        if found:
            return found
    candidates = list(_cities().get(_plain(text), {}).values())
    if home is None:
        return candidates[0] if candidates else None
    return min(candidates, key=lambda spot: miles(home, spot.latitude, spot.longitude), default=None)


@lru_cache(maxsize=1)
def _cities() -> dict[str, dict[str, Spot]]:
    """Folded name → state → the middle of its ZIP codes. Made at the first question, state by state to stay small."""
    named: dict[str, dict[str, Spot]] = {}
    for state in sorted(STATES):
        gathered: dict[str, list[tuple[float, float]]] = {}
        titles: dict[str, str] = {}
        for row in zipcodes.filter_by(state=state):  # type: ignore[no-untyped-call]
            for title in _titles(row):
                place = _position(row)
                if place:
                    name = _plain(title)
                    gathered.setdefault(name, []).append(place)
                    titles.setdefault(name, title)
        for name, places in gathered.items():
            named.setdefault(name, {})[state] = Spot(*_middle(places), name=f"{titles[name]}, {state}")
    return named


def _plain(name: str) -> str:
    first, *others = fold(name).split() or [""]
    return " ".join([SHORT_FORMS.get(first, first), *others])


def _titles(row: dict[str, Any]) -> Iterator[str]:
    yield row["city"]
    yield from row["acceptable_cities"]


def _position(row: dict[str, Any]) -> tuple[float, float] | None:
    try:
        latitude, longitude = float(row["lat"]), float(row["long"])
    except (TypeError, ValueError):
        return None
    return (latitude, longitude) if latitude or longitude else None


def _middle(places: Iterable[tuple[float, float]]) -> tuple[float, float]:
    latitudes, longitudes = zip(*places, strict=True)
    return median(latitudes), median(longitudes)
