"""The time zone of a meeting: the source's, else that of its coordinates, its ZIP code or its state, else none."""

from functools import cache, lru_cache
from typing import Any
from zoneinfo import available_timezones

import tzfpy

from trellis.foundation.places.reading.addresses import Address, is_american, state_code
from trellis.foundation.places.reading.text import line
from trellis.foundation.places.reading.values import Point

_EAST, _MIDDLE, _MOUNTAIN, _WEST = "America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles"
#: states that lie in one zone as a whole
ONE_ZONE = (
    dict.fromkeys(("CT", "DC", "DE", "GA", "MA", "MD", "ME", "NC", "NH", "NJ", "NY", "OH", "PA", "RI", "SC"), _EAST)
    | dict.fromkeys(("VA", "VT", "WV"), _EAST)
    | dict.fromkeys(("AL", "AR", "IA", "IL", "LA", "MN", "MO", "MS", "OK", "WI"), _MIDDLE)
    | dict.fromkeys(("CO", "MT", "NM", "UT", "WY"), _MOUNTAIN)
    | {"CA": _WEST, "WA": _WEST, "HI": "Pacific/Honolulu", "PR": "America/Puerto_Rico", "VI": "America/St_Thomas"}
    | {"AS": "Pacific/Pago_Pago", "GU": "Pacific/Guam", "MP": "Pacific/Saipan"}
)


@cache
def _known() -> dict[str, str]:
    """Every zone by its name in small letters; those that name no place of their own are left out."""
    return {name.lower(): name for name in available_timezones() if "/" in name and not name.startswith("Etc/")}


@cache
def named(text: str) -> str:
    """The zone that a source names, as it is spelt; "" for what is none. `UTC` is one."""
    return "UTC" if text.upper() in {"UTC", "ETC/UTC", "GMT"} else _known().get(text.lower(), "")


def of_source(value: Any) -> str:
    return named(line(value)[:60])


@lru_cache(maxsize=5000)
def of_point(place: Point) -> str:
    """The zone at these coordinates; "" on the open sea."""
    latitude, longitude = place
    return _known().get((tzfpy.get_tz(longitude, latitude) or "").lower(), "")


def of_address(address: Address) -> str:
    """By state where it lies in one zone, else by a ZIP code of that state, else ""."""
    if not is_american(address.state, address.country):
        return ""
    code = state_code(address.state)
    return ONE_ZONE.get(code) or _of_zip(address.postal_code[:5], code)


@cache
def _of_zip(zip_code: str, state: str) -> str:
    if len(zip_code) != 5 or not zip_code.isascii() or not zip_code.isdigit():
        return ""
    import zipcodes  # it reads its whole table, which few lists need

    rows = zipcodes.matching(zip_code)  # type: ignore[no-untyped-call]
    zones = {row["timezone"] for row in rows if row["state"] == state}
    return named(zones.pop()) if len(zones) == 1 else ""


def of_place(address: Address, place: Point | None, approximate: bool) -> str:
    """Approximate coordinates count when a city or county is named: the middle of a state may lie in another zone."""
    if place is not None and (not approximate or address.narrow):
        found = of_point(place)
        if found:
            return found
    return of_address(address)
