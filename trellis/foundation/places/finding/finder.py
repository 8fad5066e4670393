from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.db.models import QuerySet

from trellis.foundation.places.finding.offers import Offer, offer
from trellis.foundation.places.finding.phrases import Chosen, Hit, ask_ahead, ask_appointments
from trellis.foundation.places.finding.wishes import APPOINTMENT, Found, Line, Wish
from trellis.foundation.places.models import Meeting
from trellis.foundation.places.rules import when, where
from trellis.foundation.places.rules.names import may_be_meant, sought
from trellis.foundation.places.rules.where import Spot
from trellis.foundation.record.prepared import Prepared

PAGE = 20
MOST_PAGES = 50


def find(
    wish: Wish, now: datetime, home: ZoneInfo, *, among: Offer | None = None, page: int = 1, most: int = PAGE
) -> Found:
    """The meetings that answer, the next to begin first; by appointment by name. `home`: the zone of who asks."""
    offered = offer() if among is None else among
    page = min(max(page, 1), MOST_PAGES)
    skip, enough = (page - 1) * most, page * most + 1
    chosen = Chosen(wish, offered)
    if not chosen.lists:
        return Found(page=page)
    now = now.replace(second=0, microsecond=0)
    hits, guessed = _hits(wish, chosen, offered, now, home, enough)
    shown = hits[skip : skip + most]
    return Found(tuple(_lines(shown, offered, now, wish.spot)), page, len(hits) > skip + most, guessed and bool(shown))


def _hits(
    wish: Wish, chosen: Chosen, offered: Offer, now: datetime, home: ZoneInfo, enough: int
) -> tuple[list[Hit], bool]:
    """Keys, with minutes from now."""
    ask: Callable[[list[list[str]] | None], list[Hit]]
    if wish.day == APPOINTMENT:

        def ask(names: list[list[str]] | None) -> list[Hit]:
            return ask_appointments(chosen.also(names), enough)

    else:
        stretches = _stretches(wish.day, wish.part, offered.zones, home, now)

        def ask(names: list[list[str]] | None) -> list[Hit]:
            return ask_ahead(stretches, chosen.also(names), enough, at_once=bool(names))

    parts = sought(wish.text)
    if not parts:
        return ask(None), False
    found = ask([[part] for part in parts])
    if found:
        return found, False
    meant = _meant(parts, chosen)
    return (ask(meant), True) if all(meant) and meant != [[part] for part in parts] else ([], False)


def _meant(parts: list[str], chosen: Chosen) -> list[list[str]]:
    """Nothing is spelled like this: the words that names are made of are compared letter by letter."""
    names = (
        Meeting.objects.filter(ended_at=None, list__in=chosen.lists).order_by().values_list("search_name", flat=True)
    )
    known = sorted({word for name in names.distinct() for word in name.split()})
    return [may_be_meant(part, known) for part in parts]


def _stretches(day: str, part: str, zones: Sequence[str], home: ZoneInfo, now: datetime) -> list[when.Stretch]:
    windows = when.windows(day, part, home, now)
    return [piece for stretch in _week(tuple(zones), home, now) for piece in stretch.within(windows)]


@lru_cache(maxsize=8)
def _week(zones: tuple[str, ...], home: ZoneInfo, now: datetime) -> tuple[when.Stretch, ...]:
    """Kept for the minute. A list that says no zone is read by the program's own clock."""
    return tuple(stretch for name in zones for stretch in when.coming_week(name, zone_of(name, home), now))


def zone_of(name: str, home: ZoneInfo) -> ZoneInfo:
    try:
        return ZoneInfo(name) if name else home
    except (ZoneInfoNotFoundError, ValueError):  # this machine knows fewer zones than the one that read the list
        return home


def _lines(hits: list[Hit], offered: Offer, now: datetime, spot: Spot | None) -> Iterator[Line]:
    meetings = {meeting.pk: meeting for meeting in _ask_meetings([key for key, _ahead in hits])}
    of = {one.pk: one for one in offered.lists}
    for key, ahead in hits:
        meeting = meetings[key]
        yield Line(
            meeting,
            of[meeting.list_id],
            None if meeting.week_minute is None else now + timedelta(minutes=ahead),
            where.miles(spot, meeting.latitude, meeting.longitude) if spot and meeting.placed else None,
        )


@Prepared
def _ask_meetings(keys: list[int]) -> "QuerySet[Meeting]":
    return Meeting.objects.filter(pk__in=keys)
