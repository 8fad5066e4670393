"""Groups: each fits its time, its room and the people who lead it, and none stands in the way of another."""

from collections.abc import Iterator
from itertools import combinations

from trellis.foundation.program.check.draft import Draft
from trellis.foundation.program.check.form import Finding
from trellis.foundation.program.check.lines import Loc
from trellis.foundation.program.schema import DAY_NAMES, Room, Series, Site

DAY_END = 24 * 60
#: the clock skips or repeats an hour here, on two Sundays a year
CHANGES = (60, 180)
OFFICES = "Use a room of kind group."


def times(draft: Draft) -> Iterator[Finding]:
    for i, one in draft.series:
        loc: Loc = ("series", i)
        if one.break_after + one.break_minutes >= one.minutes and one.break_minutes:
            yield (*loc, "break_minutes"), f"The break does not fit inside {one.minutes} minutes. Shorten or move it."
        if one.end_minute > DAY_END:
            yield (*loc, "minutes"), "The group runs past midnight. Start earlier or shorten it."
        if one.weekday == "sun" and one.start_minute < CHANGES[1] and one.end_minute > CHANGES[0]:
            yield (*loc, "start"), "Clocks change on Sundays between 1:00 and 3:00. Choose another time."
        if one.first_day and one.last_day and one.last_day < one.first_day:
            yield (*loc, "last_day"), f"last_day comes before first_day {one.first_day}. Correct one of them."
        yield from _inside_opening(draft, loc, one)


def _inside_opening(draft: Draft, loc: Loc, one: Series) -> Iterator[Finding]:
    site = _site_of(draft, one)
    if site is None:
        return
    hours = [h for h in site.hours if one.weekday in h.days]
    if not hours:
        yield (*loc, "weekday"), f'The site "{site.key}" is closed on {DAY_NAMES[one.weekday]}. Choose another day.'
    elif not any(h.open_minute <= one.start_minute and one.end_minute <= h.close_minute for h in hours):
        open_times = " and ".join(f"{h.opens:%H:%M} to {h.closes:%H:%M}" for h in hours)
        yield (
            (*loc, "start"),
            f"{one.start:%H:%M} to {one.end:%H:%M} is outside the hours of the site on {DAY_NAMES[one.weekday]} "
            f"({open_times}). Move the group or change the hours.",
        )


def _site_of(draft: Draft, one: Series) -> Site | None:
    room = draft.rooms.get(one.room)
    return draft.sites.get(room.site) if room else None


def sizes(draft: Draft) -> Iterator[Finding]:
    for i, one in draft.series:
        loc: Loc = ("series", i, "capacity")
        kind, room = draft.kinds.get(one.kind), draft.rooms.get(one.room)
        if kind and not kind.group_min <= one.capacity <= kind.group_max:
            yield (
                loc,
                f'A group of kind "{kind.key}" has {kind.group_min} to {kind.group_max} people. '
                f"Set capacity between them.",
            )
        if room:
            yield from _room_fits(i, one, room)


def _room_fits(i: int, one: Series, room: Room) -> Iterator[Finding]:
    people = one.capacity + len(one.facilitator_roles)
    if room.kind != "group":
        yield ("series", i, "room"), f'"{room.key}" is an office. {OFFICES}'
    elif people > room.capacity:
        yield (
            ("series", i, "capacity"),
            f'"{room.key}" holds {room.capacity} people; {one.capacity} clients and {len(one.facilitator_roles)} '
            f"who lead are {people}. Lower capacity or use a larger room.",
        )


def together(one: Series, other: Series) -> bool:
    """True when both may meet at the same minute of the same day."""
    if one.weekday != other.weekday:
        return False
    if one.start_minute >= other.end_minute or other.start_minute >= one.end_minute:
        return False
    ends_before = one.last_day and other.first_day and one.last_day < other.first_day
    starts_after = other.last_day and one.first_day and other.last_day < one.first_day
    return not (ends_before or starts_after)


def rooms(draft: Draft) -> Iterator[Finding]:
    for (_, one), (j, other) in combinations(draft.series, 2):
        if one.room == other.room and together(one, other):
            yield (
                ("series", j, "room"),
                f'"{other.room}" is taken by "{one.key}" on {DAY_NAMES[one.weekday]} from {one.start:%H:%M} '
                f"to {one.end:%H:%M}. Use another room or another time.",
            )


def facilitators(draft: Draft) -> Iterator[Finding]:
    """At no minute do groups need more people of a role than the program has."""
    if draft.staffing is None:
        return
    for i, one in draft.series:
        for role in dict.fromkeys(one.facilitator_roles):
            has = draft.staffing.get(role, 0)
            needed = _needed(draft, i, one, role)
            if needed > has:
                yield (
                    ("series", i, "facilitator_roles"),
                    f"On {DAY_NAMES[one.weekday]} at {one.start:%H:%M} groups need {needed} people of role "
                    f'"{role}" at once and staffing has {has}. Move this group, give it another role, '
                    f"or raise staffing.{role}.",
                )


def _needed(draft: Draft, index: int, one: Series, role: str) -> int:
    """How many are needed when `one` starts, by it and by groups that stand before it in the file or began earlier."""
    others = [
        other
        for j, other in draft.series
        if together(one, other)
        and other.start_minute <= one.start_minute
        and (j <= index or other.start_minute < one.start_minute)
    ]
    return sum(other.facilitator_roles.count(role) for other in others)  # type: ignore[arg-type]


CHECKS = (times, sizes, rooms, facilitators)
