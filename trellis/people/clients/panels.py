"""Parts of a client's page that later rooms give: registered in their `AppConfig.ready`."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from itertools import groupby

from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from trellis.foundation.access.requests import Request
from trellis.people.clients.models import Client

#: the part as HTML, or None where there is nothing to show to this reader
Render = Callable[[Request, Client], SafeString | None]


class Group(Enum):
    """Where a part stands, in the order of the page; what is not of now stands together under one heading."""

    NOW = "now"
    RECORD = "record"
    SHARING = "sharing"
    PRACTICAL = "practical"


HEADINGS: dict[Group, "Promise | str"] = {
    Group.NOW: "",
    Group.RECORD: _("What we know"),
    Group.SHARING: _("Sharing and rights"),
    Group.PRACTICAL: _("Practical things"),
}
BESIDE = (Group.SHARING, Group.PRACTICAL)
_ORDER = list(Group)


@dataclass(frozen=True)
class Panel:
    key: str
    title: "Promise | str"
    render: Render
    order: int
    group: Group


@dataclass(frozen=True)
class Shown:
    key: str
    title: "Promise | str"
    html: SafeString
    group: Group


@dataclass(frozen=True)
class ShownGroup:
    key: str
    heading: "Promise | str"
    panels: tuple[Shown, ...]
    #: in the second column of a wide page
    beside: bool


_panels: dict[str, Panel] = {}


def register(key: str, title: "Promise | str", render: Render, order: int = 50, group: Group = Group.NOW) -> None:
    """`order` counts within the group."""
    _panels[key] = Panel(key, title, render, order, group)


def shown(request: Request, client: Client) -> list[Shown]:
    """The parts that have something to show, in order."""
    ordered = sorted(_panels.values(), key=lambda panel: (_ORDER.index(panel.group), panel.order, panel.key))
    rendered = ((panel, panel.render(request, client)) for panel in ordered)
    return [Shown(panel.key, panel.title, html, panel.group) for panel, html in rendered if html]


def grouped(request: Request, client: Client) -> list[ShownGroup]:
    """The same under their headings; a group without parts is left out."""
    parts = groupby(shown(request, client), key=lambda panel: panel.group)
    return [ShownGroup(one.value, HEADINGS[one], tuple(panels), one in BESIDE) for one, panels in parts]
