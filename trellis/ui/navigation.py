"""Navigation as data: rooms register places, a higher room asks for those a person may use, the shell draws them."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from django.urls import NoReverseMatch
from django.utils.functional import Promise

from trellis.ui.addresses import address

Words = str | Promise
#: beside the four shells: what the list of clients offers
Place = Literal["staff", "client", "family", "public", "clients"]
MOST_CLIENT_PLACES = 4


@dataclass(frozen=True)
class NavItem:
    place: Place
    key: str
    label: Words
    url_name: str
    icon: str
    order: int
    verb: str | None = None


@dataclass(frozen=True)
class Count:
    """A number beside an item. Its words are for those who hear the page, for example "2 waiting"."""

    number: int
    tone: str = "gold"
    words: Words = ""


@dataclass(frozen=True)
class NavLink:
    key: str
    label: Words
    url: str
    icon: str
    count: Count | None = None


class NavigationFault(ValueError):
    """An item was registered wrongly; raised while the program starts."""


_items: dict[tuple[Place, str], NavItem] = {}


def register(item: NavItem) -> None:
    if item.place not in get_args(Place):
        raise NavigationFault(f"{item.place!r} is not a place: {', '.join(get_args(Place))}.")
    if _items.get((item.place, item.key), item) != item:
        raise NavigationFault(f"{item.place}/{item.key} is registered twice, with different words.")
    _items[item.place, item.key] = item


def items(place: Place) -> list[NavItem]:
    return sorted((i for i in _items.values() if i.place == place), key=lambda i: (i.order, i.key))


def links(place: Place, *, allowed: Callable[[str], bool], counts: Mapping[str, Count] | None = None) -> list[NavLink]:
    """The items of a place that this person may use. An item whose page is not mounted is left out."""
    found = _links(items(place), allowed, counts or {})
    return found[:MOST_CLIENT_PLACES] if place == "client" else found


def _links(candidates: Iterable[NavItem], allowed: Callable[[str], bool], counts: Mapping[str, Count]) -> list[NavLink]:
    found = []
    for item in candidates:
        if item.verb is not None and not allowed(item.verb):
            continue
        try:
            url = address(item.url_name)
        except NoReverseMatch:
            continue
        count = counts.get(item.key)
        found.append(NavLink(item.key, item.label, url, item.icon, count if count and count.number else None))
    return found
