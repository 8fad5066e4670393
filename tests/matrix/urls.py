"""Every URL of the running house, by name."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, get_resolver


@dataclass(frozen=True)
class Url:
    name: str
    arguments: tuple[str, ...]
    view: Any

    @property
    def access(self) -> Any:
        return getattr(self.view, "access", None)


def every_url() -> list[Url]:
    return sorted(_walk(get_resolver().url_patterns, ()), key=lambda url: url.name)


def _walk(patterns: list[Any], spaces: tuple[str, ...], arguments: tuple[str, ...] = ()) -> Iterator[Url]:
    for pattern in patterns:
        found = (*arguments, *pattern.pattern.regex.groupindex)
        if isinstance(pattern, URLPattern):
            if not pattern.name:
                raise AssertionError(f"{pattern.pattern} has no name")
            yield Url(":".join((*spaces, pattern.name)), found, pattern.callback)
        else:
            inner = (*spaces, pattern.namespace) if pattern.namespace else spaces
            yield from _walk(pattern.url_patterns, inner, found)
