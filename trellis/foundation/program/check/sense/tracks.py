"""Tracks: each reaches its hours and days net of breaks, with half an hour to spare, and holds its people."""

from collections.abc import Iterator
from itertools import combinations

from trellis.foundation.program.check.draft import Draft
from trellis.foundation.program.check.form import Finding
from trellis.foundation.program.check.lines import Loc
from trellis.foundation.program.check.sense.groups import together
from trellis.foundation.program.check.sense.rules import ages_of
from trellis.foundation.program.rules import SPARE_MINUTES, TrackWeek, track_week
from trellis.foundation.program.schema import DAY_NAMES, HourRule, Series, Track

Numbered = list[tuple[int, Series]]


def hours(draft: Draft) -> Iterator[Finding]:
    """The proof: each track against every rule under which somebody may join it."""
    if not (draft.kinds.whole and draft.series.whole):
        return  # a group that cannot be read may belong to any track: nothing can be proved
    for i, track in draft.tracks:
        series = _own(draft, track)
        if any(draft.kinds.get(one.kind) is None for _, one in series):
            continue
        if not series:
            yield ("tracks", i), f'No series names the track "{track.key}". Add it to the tracks of its groups.'
            continue
        week = track_week(track, [one for _, one in series], draft.kinds.values)
        yield from _against_rules(draft, i, track, week)


def _against_rules(draft: Draft, i: int, track: Track, week: TrackWeek) -> Iterator[Finding]:
    fitting = [rule for _, rule in draft.hour_rules if _may_hold(draft, track, rule)]
    if not fitting:
        return
    hardest = max(fitting, key=lambda rule: rule.min_minutes)
    if week.minutes < hardest.min_minutes + SPARE_MINUTES:
        yield ("tracks", i, "key"), _too_short(track, week, hardest)
    tightest = min(fitting, key=lambda rule: rule.max_minutes)
    if week.minutes > tightest.max_minutes:
        yield (
            ("tracks", i, "key"),
            f'The groups and individual hours of the track "{track.key}" add up to {spoken(week.minutes)} a week, '
            f"more than the {tightest.max_hours} hours of the rule {_of(tightest)}. Shorten or remove groups.",
        )
    most = max(fitting, key=lambda rule: rule.days)
    if week.days < most.days:
        yield (
            ("tracks", i, "key"),
            f'The groups of the track "{track.key}" stand on {week.days} days a week; '
            f"the rule {_of(most)} asks for "
            f"{most.days}. Add a group on another day.",
        )


def _too_short(track: Track, week: TrackWeek, rule: HourRule) -> str:
    short = rule.min_minutes + SPARE_MINUTES - week.minutes
    return (
        f'Without breaks the track "{track.key}" reaches {spoken(week.minutes)} a week. '
        f"The rule {_of(rule)} asks for "
        f"{rule.min_hours} hours, and {SPARE_MINUTES} minutes to spare. Add {short} minutes of groups or individual "
        "hours that count, or shorten breaks."
    )


def _may_hold(draft: Draft, track: Track, rule: HourRule) -> bool:
    """Whether somebody in the track may fall under the rule; a payer's own rule stands before the general one."""
    if not rule.meets(track.min_age, track.max_age):
        return False
    if rule.payer != "any":
        return not track.payers or rule.payer in track.payers
    accepted = track.payers or tuple(payer.key for payer in draft.payers.values)
    return any(not _replaced(draft, payer, track, rule) for payer in accepted)


def _replaced(draft: Draft, payer: str, track: Track, rule: HourRule) -> bool:
    """Whether the payer's own rules hold at every age at which the general rule would."""
    own = [other for _, other in draft.hour_rules if other.payer == payer]
    first = max(track.min_age, rule.min_age)
    last = min(track.max_age if track.max_age is not None else 120, rule.max_age if rule.max_age is not None else 120)
    return all(any(other.holds_for(age) for other in own) for age in range(first, last + 1))


def _of(rule: HourRule) -> str:
    whose = "" if rule.payer == "any" else f' for payer "{rule.payer}"'
    return f"for care {ages_of(rule.min_age, rule.max_age)}{whose}".replace("for care from", "for")


def spoken(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    return f"{hours} h {rest} min" if rest else f"{hours} h"


def _own(draft: Draft, track: Track) -> Numbered:
    return [(i, one) for i, one in draft.series if track.key in one.tracks]


def ages(draft: Draft) -> Iterator[Finding]:
    for i, track in draft.tracks:
        if track.max_age is not None and track.max_age < track.min_age:
            yield ("tracks", i, "max_age"), f"max_age comes before min_age {track.min_age}. Correct one of them."


def places(draft: Draft) -> Iterator[Finding]:
    """Everybody in the tracks of a group has a place in it; of a choice, in one of its groups."""
    if not draft.tracks.whole:
        return
    for i, one in draft.series:
        alternatives = [other for _, other in _alternatives(draft, one)]
        held = sum(other.capacity for other in alternatives)
        coming = sum(track.capacity for track in filter(None, map(draft.tracks.get, one.tracks)))
        if coming > held:
            yield (
                ("series", i, "capacity"),
                f"{coming} people of its tracks come to this group and {held} have a place. Raise capacity here "
                "or lower the capacity of a track.",
            )


def _alternatives(draft: Draft, one: Series) -> Numbered:
    if one.choice is None:
        return [(0, one)]
    return [(i, other) for i, other in draft.series if other.choice == one.choice]


def choices(draft: Draft) -> Iterator[Finding]:
    """Groups of a choice are equal in time, so that choosing never costs minutes."""
    if not draft.series.whole:
        return
    for i, one in draft.series:
        if one.choice is None:
            continue
        others = [other for j, other in _alternatives(draft, one) if j != i]
        if not others:
            yield (
                ("series", i, "choice"),
                f'No other group has the choice "{one.choice}". Add one or remove it.',
            )
        elif any(_when(other) != _when(one) for other in others) and i == _alternatives(draft, one)[-1][0]:
            yield (
                ("series", i, "choice"),
                f'Groups of the choice "{one.choice}" must have the same weekday, start, minutes, break and tracks.',
            )


def _when(one: Series) -> tuple[object, ...]:
    return (one.weekday, one.start, one.minutes, one.break_minutes, one.break_after, set(one.tracks))


def one_place_at_a_time(draft: Draft) -> Iterator[Finding]:
    for (_, one), (j, other) in combinations(draft.series, 2):
        shared = set(one.tracks) & set(other.tracks)
        if not shared or not together(one, other) or (one.choice and one.choice == other.choice):
            continue
        yield (
            ("series", j, "start"),
            f'This overlaps "{one.key}" on {DAY_NAMES[one.weekday]} in the track "{min(shared)}"; a minute counts '
            "once. Move one, or give both the same choice.",
        )


def both_pathways(draft: Draft) -> Iterator[Finding]:
    """Where a twelve-step group stands, a secular one stands beside it: nobody is sent to only one."""
    if not (draft.series.whole and draft.kinds.whole):
        return
    ways = {kind.key: kind.pathway for kind in draft.kinds.values}
    for i, one in draft.series:
        way = ways.get(one.kind)
        if way is None:
            continue
        other_way = {"twelve_step": "secular", "secular": "twelve_step"}[way]
        if other_way not in {ways.get(other.kind) for _, other in _alternatives(draft, one)}:
            yield _alone(("series", i, "kind"), other_way)


def _alone(loc: Loc, other_way: str) -> Finding:
    word = {"secular": "secular", "twelve_step": "twelve-step"}[other_way]
    return loc, f"No {word} group stands beside this one. Add one at the same time and give both the same choice."


CHECKS = (ages, hours, places, choices, one_place_at_a_time, both_pathways)
