"""The finder's questions in SQL, phrased by hand: the ORM knows no list of values to join to.

A stretch of the week is joined to the index `meeting_comes_next`: the near hours first, and only where these hold too
few the rest is asked for.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db import connection

from trellis.foundation.places import kinds
from trellis.foundation.places.finding.offers import Offer, kind_of
from trellis.foundation.places.finding.wishes import Wish
from trellis.foundation.places.kinds import Trait
from trellis.foundation.places.models import Attendance, MeetingList
from trellis.foundation.places.rules import when, where
from trellis.foundation.places.rules.where import Spot

#: minutes from now up to which is asked first, then next, then for the whole week
REACHES = (4 * 60, 28 * 60, when.ALL[0][1])
ONLINE = (Attendance.ONLINE.value, Attendance.HYBRID.value)

#: key of a meeting, minutes from now
Hit = tuple[int, int]
Condition = tuple[str, tuple[Any, ...]]


class Chosen:
    """The conditions of a wish."""

    def __init__(self, wish: Wish, offered: Offer) -> None:
        self.offered = offered
        self.lists = [one.pk for one in offered.lists if _is_chosen(one, wish)]
        self.conditions = list(self._of(wish)) if self.lists else []

    def also(self, names: list[list[str]] | None) -> list[Condition]:
        return self.conditions + [_any_of("m.search_name", spellings) for spellings in names or []]

    def _of(self, wish: Wish) -> Iterator[Condition]:
        if len(self.lists) < len(self.offered.lists):
            yield _in("m.list_id", self.lists)
        if wish.spot is not None:
            near = _near(wish.spot, wish.within)
            yield _or([near, _in("m.attendance", [Attendance.ONLINE.value])]) if wish.or_online else near
        if wish.way:
            yield _in("m.attendance", sorted({wish.way, Attendance.HYBRID.value}))
        if wish.language:
            yield _spoken(wish.language)
        if wish.secular and not wish.kinds:
            yield self._marked(kinds.SECULAR, [one.pk for one in self.offered.lists if one.secular])
        if wish.families:
            yield self._marked(kinds.FAMILIES, [one.pk for one in self.offered.lists if one.for_families])
        for asked, trait in ((wish.newcomers, kinds.NEWCOMERS), (wish.wheelchair, kinds.WHEELCHAIR)):
            if asked:
                yield self._marked(trait)
        if wish.trait in kinds.TRAIT_OF:
            yield self._marked(kinds.TRAIT_OF[wish.trait])

    def _marked(self, trait: Trait, whole: list[int] | None = None) -> Condition:
        """Every meeting of some lists, and of the others those that the list itself marks so, in its own codes."""
        ways = [_in("m.list_id", whole)] if whole else []
        for format, codes in trait.codes.items():
            of_format = [one.pk for one in self.offered.lists if (one.format or kinds.GUIDE) == format]
            if of_format and codes:
                ways.append(_and(_in("m.list_id", of_format), _any_of("m.marks", [f" {code} " for code in codes])))
        return _or(ways) if ways else ("1 = 0", ())


def _is_chosen(one: MeetingList, wish: Wish) -> bool:
    if not wish.kinds:
        return True
    return kind_of(one) in wish.kinds or (wish.secular and one.secular)


def ask_ahead(stretches: list[when.Stretch], conditions: list[Condition], enough: int, *, at_once: bool) -> list[Hit]:
    """The nearest first, a few hours at a time; a search by name looks through all at once."""
    found: list[Hit] = []
    start = -when.LATE
    for end in REACHES[-1:] if at_once else REACHES:
        near = [piece for stretch in stretches for piece in stretch.within([(start, end)])]
        found += _ask_stretches(near, conditions, enough - len(found)) if near else []
        if len(found) >= enough:
            break
        start = end
    return found


def _ask_stretches(stretches: list[when.Stretch], conditions: list[Condition], most: int) -> list[Hit]:
    values = ", ".join(
        ["(CAST(%s AS text), CAST(%s AS integer), CAST(%s AS integer), CAST(%s AS integer))"] * len(stretches)
    )
    sql = " ".join([
        "WITH stretch (zone, first, until, shift) AS (VALUES", values, ")",
        "SELECT m.id, m.week_minute + stretch.shift AS ahead FROM stretch CROSS JOIN places_meeting m",
        "WHERE m.time_zone = stretch.zone AND m.week_minute >= stretch.first AND m.week_minute < stretch.until",
        "AND m.ended_at IS NULL", *(f"AND {condition}" for condition, _ in conditions),
        "ORDER BY ahead, m.id LIMIT %s",
    ])  # fmt: skip
    return _ask(sql, [*(x for s in stretches for x in (s.zone, s.first, s.until, s.shift)), *_values(conditions), most])


def ask_appointments(conditions: list[Condition], most: int) -> list[Hit]:
    sql = " ".join([
        "SELECT m.id, 0 FROM places_meeting m WHERE m.week_minute IS NULL AND m.ended_at IS NULL",
        *(f"AND {condition}" for condition, _ in conditions), "ORDER BY m.search_name, m.id LIMIT %s",
    ])  # fmt: skip
    return _ask(sql, [*_values(conditions), most])


def _ask(sql: str, values: list[Any]) -> list[Hit]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return [(int(key), int(ahead)) for key, ahead in cursor.fetchall()]


def _values(conditions: Iterable[Condition]) -> list[Any]:
    return [value for _, values in conditions for value in values]


def _in(column: str, values: Sequence[Any]) -> Condition:
    return f"{column} IN ({', '.join(['%s'] * len(values))})", tuple(values)


def _any_of(column: str, texts: list[str]) -> Condition:
    # Letters, digits and hyphens alone: nothing here that LIKE reads as a sign of its own.
    return _or([(f"{column} LIKE %s", (f"%{text}%",)) for text in texts])


def _spoken(language: str) -> Condition:
    """Lists here say a language only where it is another than English."""
    said = _any_of("m.marks", [f" LANG-{language} "])
    return _or([said, ("m.marks NOT LIKE %s", ("% LANG-%",))]) if language == "en" else said


def _near(spot: Spot, within: float) -> Condition:
    """As `where.flat_miles` counts, after a look at the box that an index can answer."""
    box = where.box(spot, within)
    up, over = "(m.latitude - %s)", "((m.longitude - %s) * (%s - %s * (m.latitude - %s)))"
    values = (
        box.south, box.north, box.west, box.east, spot.latitude, spot.latitude,
        *(spot.longitude, where.shrink(spot), where.slope(spot), spot.latitude) * 2,
        (within / where.MILES_A_DEGREE) ** 2,
    )  # fmt: skip
    return (
        "(m.placed AND m.latitude BETWEEN %s AND %s AND m.longitude BETWEEN %s AND %s "
        f"AND {up} * {up} + {over} * {over} <= %s)",
        values,
    )


def _or(conditions: list[Condition]) -> Condition:
    return f"({' OR '.join(text for text, _ in conditions)})", tuple(_values(conditions))


def _and(*conditions: Condition) -> Condition:
    return f"({' AND '.join(text for text, _ in conditions)})", tuple(_values(conditions))
