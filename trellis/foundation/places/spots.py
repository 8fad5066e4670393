"""Where a ZIP code or a named place is, without asking anybody."""

import re
from functools import lru_cache

from trellis.foundation.places import gazetteer
from trellis.foundation.places.gazetteer import STATES, Gazetteer, plain
from trellis.foundation.places.rules.where import Spot, miles
from trellis.foundation.program import queries as program

ZIP = re.compile(r"([0-9]{5})(?:[-\s]?[0-9]{4})?")
STATE_AT_THE_END = re.compile(r"(.+?)[\s,]+([A-Za-z]{2})\.?")


def spot_of(text: str, home: Spot | None = None) -> Spot | None:
    """Where "91766", "Pomona" or "pomona, ca" is. Of several places with one name the one nearest to `home`."""
    text = " ".join(text.split())
    found = ZIP.fullmatch(text)
    if found:
        return of_zip(found[1])
    if not text or text[0].isdecimal():
        return None
    return _of_town(text, home)


def warm() -> None:
    """Read the table now: whoever asks for a place first would wait seconds for it."""
    _gazetteer()


def home_spot() -> Spot | None:
    """Where the program is: of several towns with one name the nearest is meant."""
    code = program.current().program.contact.zip_code
    return of_zip(str(code)[:5]) if code else None


def of_zip(code: str) -> Spot | None:
    found = _gazetteer().codes.rows(code)
    return Spot(*found[0][:2], name=f"{code} {found[0][2]}") if found else None


def _of_town(text: str, home: Spot | None) -> Spot | None:
    split = STATE_AT_THE_END.fullmatch(text)
    if split and split[2].upper() in STATES:
        in_it = [spot for spot in _named(split[1]) if spot.name.endswith(f", {split[2].upper()}")]
        if in_it:
            return in_it[0]
    found = _named(text)
    if home is None:
        return found[0] if found else None
    return min(found, key=lambda spot: miles(home, spot.latitude, spot.longitude), default=None)


def _named(name: str) -> list[Spot]:
    return [Spot(*row) for row in _gazetteer().towns.rows(plain(name))]


@lru_cache(maxsize=1)
def _gazetteer() -> Gazetteer:
    return gazetteer.opened()
