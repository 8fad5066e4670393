"""Rules and hours of opening: that they can be kept, and that they keep the level of care."""

from collections.abc import Iterable, Iterator

from trellis.foundation.program.check.draft import Draft
from trellis.foundation.program.check.form import Finding
from trellis.foundation.program.check.lines import Loc
from trellis.foundation.program.rules import LEVELS
from trellis.foundation.program.schema import DAY_NAMES, HourRule, OpenHours


def opening_hours(draft: Draft) -> Iterator[Finding]:
    yield from _hours(("business_hours",), list(draft.business_hours))
    for i, site in draft.sites:
        yield from _hours(("sites", i, "hours"), list(enumerate(site.hours)))


def _hours(above: Loc, hours: list[tuple[int, OpenHours]]) -> Iterator[Finding]:
    taken: dict[str, list[OpenHours]] = {}
    for i, one in hours:
        if one.opens >= one.closes:
            yield (*above, i, "closes"), f"Closing must come after opening at {one.opens:%H:%M}. Correct one of them."
            continue
        for day in one.days:
            if any(one.opens < other.closes and other.opens < one.closes for other in taken.get(day, [])):
                yield (*above, i), f"{DAY_NAMES[day]} has two overlapping times. Join them or move one."
            taken.setdefault(day, []).append(one)


def hour_rules(draft: Draft) -> Iterator[Finding]:
    for i, rule in draft.hour_rules:
        loc: Loc = ("hour_rules", i)
        if rule.max_age is not None and rule.max_age < rule.min_age:
            yield (*loc, "max_age"), f"max_age comes before min_age {rule.min_age}. Correct one of them."
        if rule.max_hours < rule.min_hours:
            yield (*loc, "max_hours"), f"max_hours is less than min_hours {rule.min_hours}. Correct one of them."
        yield from _level(draft, loc, rule)
    if draft.hour_rules.whole:
        yield from _one_rule_each(draft)


def _level(draft: Draft, loc: Loc, rule: HourRule) -> Iterator[Finding]:
    level = draft.program.level_of_care if draft.program else None
    for bound in LEVELS.get(level or "", ()):
        if not rule.meets(bound.min_age, bound.max_age):
            continue
        ages = ages_of(bound.min_age, bound.max_age)
        if rule.min_minutes < bound.min_minutes:
            hours = bound.min_minutes // 60
            yield (
                (*loc, "min_hours"),
                f"Level {level} asks for at least {hours} hours a week {ages}. Set min_hours to {hours} or more, "
                "or change program.level_of_care.",
            )
        if bound.max_minutes and rule.max_minutes > bound.max_minutes:
            hours = bound.max_minutes // 60
            yield (
                (*loc, "max_hours"),
                f"Level {level} ends at {hours} hours a week {ages}. Set max_hours to {hours} or less, "
                "or change program.level_of_care.",
            )


def _one_rule_each(draft: Draft) -> Iterator[Finding]:
    """Whoever may join a track has exactly one rule."""
    rules = list(draft.hour_rules)
    for n, (i, rule) in enumerate(rules):
        for _, other in rules[:n]:
            if other.payer == rule.payer and rule.meets(other.min_age, other.max_age):
                yield (
                    ("hour_rules", i),
                    f'Two rules for payer "{rule.payer}" hold for the same age. Change min_age or max_age of one.',
                )
    general = [rule for _, rule in rules if rule.payer == "any"]
    for i, track in draft.tracks:
        ages = range(track.min_age, (track.max_age if track.max_age is not None else 120) + 1)
        alone = next((age for age in ages if not any(rule.holds_for(age) for rule in general)), None)
        if alone is not None:
            yield (
                ("tracks", i),
                f'No hour rule holds at age {alone} in this track. Add one under [[hour_rules]] with payer = "any".',
            )


def service_kinds(draft: Draft) -> Iterator[Finding]:
    for i, kind in draft.kinds:
        if kind.group_max < kind.group_min:
            yield (
                ("service_kinds", i, "group_max"),
                f"group_max is less than group_min {kind.group_min}. Correct one of them.",
            )
        for field in ("below_counts_as", "above_counts_as"):
            other = draft.kinds.get(getattr(kind, field) or "")
            if other is kind or (other and not other.countable):
                yield (
                    ("service_kinds", i, field),
                    "Name another kind that counts, or leave this out when the minutes do not count.",
                )


def holidays(draft: Draft) -> Iterator[Finding]:
    seen: dict[tuple[object, ...], str] = {}
    for i, one in draft.holidays:
        day = (one.month, one.day, one.weekday, one.nth, one.days_after, one.date)
        if day in seen:
            yield ("holidays", i), f'This is the same day as the holiday "{seen[day]}". Remove one of them.'
        seen.setdefault(day, one.key)


def ages_of(min_age: int, max_age: int | None) -> str:
    if max_age is None:
        return f"from people of {min_age} and older" if min_age else "from everybody"
    return f"from people under {max_age + 1}" if not min_age else f"from people of {min_age} to {max_age}"


CHECKS: Iterable = (opening_hours, hour_rules, service_kinds, holidays)
