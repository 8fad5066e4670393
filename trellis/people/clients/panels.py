"""Parts of a client's page that later rooms give: registered in their `AppConfig.ready`."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.safestring import SafeString

from trellis.foundation.access.requests import Request
from trellis.people.clients.models import Client

#: the part as HTML, or None where there is nothing to show to this reader
Render = Callable[[Request, Client], SafeString | None]


@dataclass(frozen=True)
class Panel:
    key: str
    title: "Promise | str"
    render: Render
    order: int


@dataclass(frozen=True)
class Shown:
    key: str
    title: "Promise | str"
    html: SafeString


_panels: dict[str, Panel] = {}


def register(key: str, title: "Promise | str", render: Render, order: int = 50) -> None:
    _panels[key] = Panel(key, title, render, order)


def shown(request: Request, client: Client) -> list[Shown]:
    """The parts that have something to show, in order."""
    ordered = sorted(_panels.values(), key=lambda panel: (panel.order, panel.key))
    rendered = ((panel, panel.render(request, client)) for panel in ordered)
    return [Shown(panel.key, panel.title, html) for panel, html in rendered if html]
