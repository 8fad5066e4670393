"""The program's week and therapies, as the public pages show them; from the blueprint alone."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from trellis.foundation.program import rules
from trellis.foundation.program.schema import DAYS, Blueprint, Series, Therapy, Track, clock_of
from trellis.journey.inquiry.presenters import clock_words, weekday_name
from trellis.ui.weekgrid import Block, WeekGrid, week_grid
from trellis.ui.words import spoken_minutes

WORK = (8 * 60, 17 * 60)
EVENING = 17 * 60
ADULT = 21


@dataclass(frozen=True)
class Row:
    """One stretch of a day: a group, or the groups of which one is chosen, or the break."""

    time: str
    what: str
    is_break: bool = False


@dataclass(frozen=True)
class Day:
    name: str
    rows: tuple[Row, ...]
    times: str


@dataclass(frozen=True)
class TrackPage:
    track: Track
    grid: WeekGrid
    caption: str
    days: tuple[Day, ...]
    languages: str


def reader_language() -> str:
    return (get_language() or "en")[:2]


def tracks(blueprint: Blueprint) -> list[TrackPage]:
    """Those in the reader's language first."""
    here = reader_language()
    ordered = sorted(blueprint.tracks, key=lambda track: here not in track.languages)
    return [_track_page(blueprint, track) for track in ordered if blueprint.series_of(track.key)]


def _track_page(blueprint: Blueprint, track: Track) -> TrackPage:
    series = blueprint.series_of(track.key)
    return TrackPage(
        track=track,
        grid=week_grid([*_work_around(series), *_groups(series)]),
        caption=hours_caption(blueprint, track),
        days=tuple(_days(series)),
        languages=", ".join(_("English") if code == "en" else _("Spanish") for code in track.languages),
    )


def evening_track(blueprint: Blueprint) -> Track:
    """The track that shows best that care fits around a day job: in the reader's language, all of it after five."""

    def order(track: Track) -> tuple[bool, bool, bool]:
        series = blueprint.series_of(track.key)
        late = bool(series) and all(one.start_minute >= EVENING for one in series)
        return (not series, not late, reader_language() not in track.languages)

    return min(blueprint.tracks, key=order)


def evening_grid(blueprint: Blueprint) -> dict[str, object]:
    track = evening_track(blueprint)
    series = blueprint.series_of(track.key)
    return {"drawing": week_grid([*_work_around(series), *_groups(series)]), "caption": hours_caption(blueprint, track)}


def hours_caption(blueprint: Blueprint, track: Track) -> str:
    """ "9 h 30 min of care: groups on 3 days, and 1 h alone with a therapist"."""
    series = blueprint.series_of(track.key)
    week = rules.track_week(track, series, blueprint.service_kinds)
    values = {"hours": spoken_minutes(week.minutes), "days": week.days}
    if track.individual is None:
        return (
            ngettext(
                "%(hours)s of care: groups on %(days)d day.", "%(hours)s of care: groups on %(days)d days.", week.days
            )
            % values
        )
    values["alone"] = spoken_minutes(track.individual.week_minutes)
    return (
        ngettext(
            "%(hours)s of care: groups on %(days)d day, and %(alone)s alone with a therapist.",
            "%(hours)s of care: groups on %(days)d days, and %(alone)s alone with a therapist.",
            week.days,
        )
        % values
    )


def _groups(series: Iterable[Series]) -> list[Block]:
    """One block for each day's stretch of groups: what is chosen between stands at the same time."""
    spans: dict[int, list[tuple[int, int]]] = {}
    for one in series:
        spans.setdefault(one.weekday_number, []).append((one.start_minute, one.end_minute))
    return [
        Block(day, start, end, "group", _("group")) for day, found in spans.items() for start, end in _joined(found)
    ]


def _joined(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined


def _work_around(series: Iterable[Series]) -> Iterator[Block]:
    """A day job, on the days on which the groups leave room for one."""
    taken = {one.weekday_number for one in series if one.start_minute < WORK[1] and one.weekday_number < 5}
    if not taken:
        yield from (Block(day, *WORK, "work", _("work")) for day in range(5))


def _days(series: Iterable[Series]) -> Iterator[Day]:
    for number in range(len(DAYS)):
        here = [one for one in series if one.weekday_number == number]
        if here:
            spans = _joined((one.start_minute, one.end_minute) for one in here)
            times = ", ".join(_span(*span) for span in spans)
            yield Day(capfirst(weekday_name(number)), tuple(day_rows(here)), times)


def day_rows(series: Iterable[Series]) -> Iterator[Row]:
    """A day of groups in order; groups of one choice share a row, the break stands where it falls."""
    seen: set[str] = set()
    series = sorted(series, key=lambda one: (one.start_minute, one.key))
    for one in series:
        if one.choice is not None and one.choice in seen:
            continue
        names = [str(one.names)]
        if one.choice is not None:
            seen.add(one.choice)
            names = [str(other.names) for other in series if other.choice == one.choice]
        yield from _stretches(one, _(" or ").join(names))


def _stretches(one: Series, what: str) -> Iterator[Row]:
    """A group as people live it: until the break, the break, and on."""
    pause = one.start_minute + one.break_after
    for start, end in one.counted_spans:
        yield Row(_span(start, end), what)
        if one.break_minutes and end == pause:
            minutes = spoken_minutes(one.break_minutes)
            yield Row(
                _span(pause, pause + one.break_minutes), _("%(minutes)s break") % {"minutes": minutes}, is_break=True
            )


def _span(start: int, end: int) -> str:
    """ "5:30 to 7 pm", "11 am to 12:30 pm"."""
    starts, ends = clock_of(start), clock_of(end)
    first = clock_words(starts)
    if starts.hour // 12 == ends.hour // 12:
        first = first.partition("\u00a0")[0]
    return _("%(start)s to %(end)s") % {"start": first, "end": clock_words(ends)}


def one_evening(blueprint: Blueprint) -> Day:
    """The first day of the evening track, hour by hour."""
    track = evening_track(blueprint)
    return next(_days(blueprint.series_of(track.key)))


@dataclass(frozen=True)
class Rung:
    """A kind of care beside ours: hours in a week, and how long its bar is (of 100)."""

    name: str
    hours: str
    share: int
    here: bool = False


def ladder(blueprint: Blueprint) -> list[Rung]:
    """ASAM levels 1, 2.1, 2.5 and 3 by their hours; ours by the blueprint's rule for adults."""
    rule = blueprint.hour_rule(age=ADULT, payer="any")
    ours = _("%(least)d to %(most)d hours") % {"least": rule.min_hours, "most": rule.max_hours}
    return [
        Rung(_("Visits to a counselor"), _("fewer than %(hours)d hours") % {"hours": rule.min_hours}, 6),
        Rung(_("Intensive outpatient program"), ours, 28, here=True),
        Rung(_("Day program"), _("20 hours or more"), 52),
        Rung(_("Living in a house for treatment"), _("day and night"), 100),
    ]


@dataclass(frozen=True)
class TherapyLine:
    therapy: Therapy
    given_in: str


def therapies(blueprint: Blueprint) -> list[TherapyLine]:
    return [TherapyLine(therapy, _given_in(blueprint, therapy)) for therapy in blueprint.therapies]


def _given_in(blueprint: Blueprint, therapy: Therapy) -> str:
    names = dict.fromkeys(str(one.names) for one in blueprint.series if therapy.key in one.therapies)
    places = [*names, *([_("your hour alone")] if therapy.individual else [])]
    return ", ".join(places)
