"""Every URL says who may open it."""

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver


def addresses(
    patterns: list[Any] | None = None, spaces: tuple[str, ...] = (), at: str = ""
) -> Iterator[tuple[str, str, Any]]:
    """Each URL of the running URLconf: its route, its full name, its view."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        route = at + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = (*spaces, pattern.namespace) if pattern.namespace else spaces
            yield from addresses(pattern.url_patterns, inner, route)
        elif isinstance(pattern, URLPattern):
            yield route, ":".join((*spaces, pattern.name or "")), pattern.callback


def addresses_without_policy(patterns: list[Any] | None = None) -> list[str]:
    from trellis.foundation.access import policy

    faults = []
    for route, name, view in addresses(patterns):
        access = getattr(view, "access", None)
        if access is None:
            faults.append(f"/{route} ({name}): the page does not say who may open it; use @page or @public")
        elif access.verb is None and not access.reason:
            faults.append(f"/{route} ({name}): a public page says why it is public")
        elif access.verb and access.verb not in policy.verbs():
            faults.append(f"/{route} ({name}): {access.verb} does not stand in the policy table")
    return faults
