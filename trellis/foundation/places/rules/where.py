"""Where a meeting is, and how far away: degrees in, miles out."""

from dataclasses import dataclass
from math import cos, hypot, radians, sin

from trellis.foundation.places.reading.points import EARTH_KM, kilometres

KILOMETRES_A_MILE = 1.609344
EARTH_MILES = EARTH_KM / KILOMETRES_A_MILE
MILES_A_DEGREE = radians(1) * EARTH_MILES
#: a position is rounded to so many places of a degree: about a kilometer, more than anybody needs to say
PLACES = 2


@dataclass(frozen=True)
class Spot:
    latitude: float
    longitude: float
    name: str = ""


@dataclass(frozen=True)
class Box:
    south: float
    north: float
    west: float
    east: float

    def holds(self, latitude: float, longitude: float) -> bool:
        return self.south <= latitude <= self.north and self.west <= longitude <= self.east


def rounded(latitude: float, longitude: float) -> Spot:
    """What is kept of the position of a device: about a kilometer around it."""
    return Spot(round(latitude, PLACES), round(longitude, PLACES))


def miles(here: Spot, latitude: float, longitude: float) -> float:
    """The way of a bird."""
    return kilometres((here.latitude, here.longitude), (latitude, longitude)) / KILOMETRES_A_MILE


def box(here: Spot, within: float) -> Box:
    """A box that holds everything within so many miles; it may hold more. Not for places near a pole."""
    up = within / MILES_A_DEGREE
    # Away from the equator a degree is shorter: the edge that lies farther from it decides.
    over = up / cos(radians(min(abs(here.latitude) + up, 89)))
    return Box(here.latitude - up, here.latitude + up, here.longitude - over, here.longitude + over)


def flat_miles(here: Spot, latitude: float, longitude: float) -> float:
    """The same for short ways, in sums and products alone, so that a database can ask it: see `finding`.

    A degree of longitude is as long as it is halfway between the two. Within 100 miles, below 60 degrees of latitude,
    less than a thousandth beside `miles`.
    """
    up, over = latitude - here.latitude, longitude - here.longitude
    return MILES_A_DEGREE * hypot(up, over * (shrink(here) - slope(here) * up))


def shrink(here: Spot) -> float:
    """How long a degree of longitude is there, beside one of latitude."""
    return cos(radians(here.latitude))


def slope(here: Spot) -> float:
    """How much of that is lost for each half degree to the north."""
    return radians(0.5) * sin(radians(here.latitude))
