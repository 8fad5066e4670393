"""Coordinates: which can be used, which are absurd, how far two are apart."""

import math
from collections.abc import Sequence
from statistics import median
from typing import Any

from trellis.foundation.places.reading.values import Point

EARTH_KM = 6371.0088  # mean radius, IUGG
#: where a BMLT server puts a meeting that nobody placed on the map, until somebody sets another centre
NOBODY_PLACED_IT = (34.235918, -118.563659)
#: a list is of one region when most of its places lie this close to their middle …
REGION_KM = 500.0
MOST = 0.6
#: … and then what lies further off than this is not where it says
FAR_KM = 1000.0


def degrees(value: Any) -> float | None:
    """A number of degrees, or None."""
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        return None
    try:
        found = float(value)
    except (ValueError, OverflowError):
        return None
    return found if math.isfinite(found) else None


def point(latitude: Any, longitude: Any) -> Point | None:
    """A place on earth, or None: out of range, half a pair, or 0,0, which is what an empty field becomes."""
    lat, lon = degrees(latitude), degrees(longitude)
    if lat is None or lon is None or abs(lat) > 90 or abs(lon) > 180:
        return None
    return None if abs(lat) < 1e-6 and abs(lon) < 1e-6 else (lat, lon)


def kilometres(one: Point, other: Point) -> float:
    """The way over the ground, by the haversine; good to half a percent."""
    (lat1, lon1), (lat2, lon2) = (tuple(map(math.radians, place)) for place in (one, other))
    half = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(half)))


def is_default(place: Point) -> bool:
    return abs(place[0] - NOBODY_PLACED_IT[0]) < 2e-5 and abs(place[1] - NOBODY_PLACED_IT[1]) < 2e-5


def middle_of(places: Sequence[Point]) -> Point | None:
    """The middle of a list that is of one region, or None: too few places, or all over the map."""
    known = [place for place in places if not is_default(place)]
    if len(known) < 3:
        return None
    middle = (median(lat for lat, _ in known), median(lon for _, lon in known))
    near = sum(kilometres(middle, place) <= REGION_KM for place in known)
    return middle if near >= MOST * len(known) else None


def is_absurd(place: Point, middle: Point | None) -> bool:
    """Whether coordinates cannot be meant: a server's own default, or another part of the world than its list."""
    return is_default(place) or (middle is not None and kilometres(place, middle) > FAR_KM)
