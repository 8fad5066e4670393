"""What the finder is asked. Links to it are shared and kept: what a link says and nobody knows any more is left out."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

from trellis.foundation.places import kinds
from trellis.foundation.places.finding import APPOINTMENT, MOST_PAGES, Offer, Wish
from trellis.foundation.places.models import Attendance
from trellis.foundation.places.rules import when, where
from trellis.foundation.places.rules.where import Spot
from trellis.foundation.places.spots import spot_of

FAR = (1, 2, 5, 10, 15, 25, 50)
DAYS = ("today", "tomorrow", *map(str, range(7)), APPOINTMENT)
#: in person near the place, and online from anywhere
BOTH = "both"
WAYS = (Attendance.IN_PERSON.value, Attendance.ONLINE.value, BOTH)
NEEDS = ("families", "newcomers", "wheelchair")
LONGEST = 80


@dataclass(frozen=True)
class Asked:
    """`near` is what was typed. `located`: the place is that of the device, and stands in no address."""

    wish: Wish
    near: str = ""
    located: bool = False
    problem: str = ""
    page: int = 1

    @property
    def query(self) -> str:
        """As an address says it."""
        return urlencode(self.carried)

    @property
    def carried(self) -> list[tuple[str, str]]:
        """The fields of the form, without what is empty, the page, and the position of a device."""
        wish = self.wish
        one_each = {
            "near": self.near, "within": wish.within if self.near or self.located else "", "day": wish.day,
            "part": wish.part, "way": way_of(wish), "language": wish.language, "type": wish.trait, "q": wish.text,
            **{need: "on" for need in (*NEEDS, "secular") if getattr(wish, need)},
        }  # fmt: skip
        said = [(name, str(value)) for name, value in one_each.items() if value]
        return [*said, *(("kind", kind) for kind in wish.kinds)]

    def but(self, **changes: Any) -> "Asked":
        """The same question with another wish."""
        return replace(self, wish=replace(self.wish, **changes))


def asked(sent: QueryDict, offered: Offer, home: Callable[[], Spot | None]) -> Asked:
    """From an address, or from the form that a device's position was sent with. `home`: where the program is."""
    near = _text(sent, "near")
    position = _position(sent)
    spot = position or (spot_of(near, home()) if near else None)
    way = _one_of(sent, "way", WAYS)
    wish = Wish(
        text=_text(sent, "q"),
        day=_one_of(sent, "day", DAYS),
        part=_one_of(sent, "part", when.PARTS),
        spot=None if way == Attendance.ONLINE else spot,
        within=int(_one_of(sent, "within", map(str, FAR)) or Wish.within),
        or_online=way == BOTH,
        way="" if way == BOTH else way,
        language=_one_of(sent, "language", ("en", *offered.languages)),
        kinds=tuple(kind for kind in offered.kinds if kind in sent.getlist("kind")),
        trait=_one_of(sent, "type", kinds.TRAIT_OF),
        **{need: bool(sent.get(need)) for need in (*NEEDS, "secular")},
    )
    problem = "" if spot or not near else unknown_place(near)
    return Asked(wish, near if not position else "", bool(position), problem, _page(sent))


def way_of(wish: Wish) -> str:
    """As the form and an address name it."""
    return BOTH if wish.or_online else wish.way


def unknown_place(near: str) -> str:
    return _("We do not know the place “%(place)s”. Try a ZIP code, such as 91766, or the name of a city.") % {
        "place": near
    }


def _text(sent: QueryDict, name: str) -> str:
    return " ".join(sent.get(name, "").replace("\0", " ").split())[:LONGEST]


def _one_of(sent: QueryDict, name: str, known: Iterable[str] | Mapping[str, Any]) -> str:
    value = sent.get(name, "")
    return value if value in set(known) else ""


def _page(sent: QueryDict) -> int:
    text = sent.get("page", "")
    return min(int(text), MOST_PAGES) if text.isascii() and text.isdecimal() and len(text) < 5 and int(text) else 1


def _position(sent: QueryDict) -> Spot | None:
    try:
        latitude, longitude = float(sent.get("latitude", "")), float(sent.get("longitude", ""))
    except ValueError:
        return None
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):  # nor NaN, which is between nothing
        return None
    return where.rounded(latitude, longitude)
