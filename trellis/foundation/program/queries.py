"""What the program is now. Every lookup is one statement, and within `remembered()` one for all of them."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from trellis.foundation.access.permissions import Refused
from trellis.foundation.program.check.toml import parse
from trellis.foundation.program.models import BlueprintVersion, Room, Site
from trellis.foundation.program.schema import Blueprint, build
from trellis.foundation.record.prepared import Prepared


class NoBlueprint(Refused):
    """Nothing was loaded into this database yet."""


NOT_LOADED = _("No program is loaded yet. Load one with: trellis blueprint load FILE")


@dataclass
class _Memory:
    digest: str | None = None


_memory: ContextVar[_Memory | None] = ContextVar("program", default=None)


@contextmanager
def remembered() -> Iterator[None]:
    """Ask the database at most once which version counts: for one request, one job, one command."""
    token = _memory.set(_Memory())
    try:
        yield
    finally:
        _memory.reset(token)


def forget() -> None:
    """A version was loaded: whoever remembers asks again."""
    memory = _memory.get()
    if memory is not None:
        memory.digest = None


def current() -> Blueprint:
    """The blueprint that counts; NoBlueprint before the first one is loaded."""
    return _parsed(digest())


def digest() -> str:
    """Which blueprint counts, without reading it; NoBlueprint before the first one is loaded."""
    found = _current_digest()
    if found is None:
        raise NoBlueprint(NOT_LOADED)
    return found


def zone() -> ZoneInfo:
    """The program's own time zone."""
    return current().program.zone


def current_version() -> BlueprintVersion | None:
    return BlueprintVersion.objects.order_by("-number").first()


def versions() -> QuerySet[BlueprintVersion]:
    """Every version, newest first, without the texts."""
    return BlueprintVersion.objects.order_by("-number").defer("source")


def sites() -> QuerySet[Site]:
    return Site.objects.filter(retired=False).order_by("pk")


def rooms() -> QuerySet[Room]:
    """The rooms that can be booked, in the order of the blueprint."""
    return Room.objects.filter(retired=False).select_related("site").order_by("pk")


def _current_digest() -> str | None:
    memory = _memory.get()
    if memory is not None and memory.digest is not None:
        return memory.digest
    newest = _ask_digest.first()
    found = newest[0] if newest else None
    if memory is not None:
        memory.digest = found
    return found


@Prepared
def _ask_digest() -> "QuerySet[BlueprintVersion, tuple[str]]":
    return BlueprintVersion.objects.order_by("-number").values_list("digest")[:1]


@lru_cache(maxsize=8)
def _parsed(digest: str) -> Blueprint:
    # By digest, not by row: the text is what the value depends on, in every database this process may see.
    source = BlueprintVersion.objects.filter(digest=digest).values_list("source", flat=True)[0]
    return build(parse(source))


__all__ = [
    "NoBlueprint", "current", "current_version", "digest", "forget", "remembered", "rooms", "sites", "versions", "zone",
]  # fmt: skip
