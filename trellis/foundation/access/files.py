"""Which pages take a file, and how large it may be. A page that does not say so takes none."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest

from trellis.foundation.access.permissions import may

View = Callable[..., Any]


def takes_file(most: int) -> Callable[[View], View]:
    """One file of at most so many bytes; stands below `@page`, which says who may send it."""

    def decorate(view: View) -> View:
        view.takes_file = most  # type: ignore[attr-defined]
        return view

    return decorate


def largest_file(request: HttpRequest) -> int:
    """How many bytes this request's page takes from this actor. 0: no file at all."""
    match = getattr(request, "resolver_match", None)
    view: Any = match.func if match else None
    most = int(getattr(view, "takes_file", 0))
    return most if most and may(request.actor, view.access.verb) else 0  # type: ignore[attr-defined]
