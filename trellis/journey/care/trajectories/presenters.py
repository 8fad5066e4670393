"""A picture of one measure with its numbers beside it, for the chart and for the person themselves."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from trellis.journey.care.response.presenters import Answered, answered
from trellis.journey.care.response.queries import responses
from trellis.journey.care.trajectories import queries, rules
from trellis.journey.care.trajectories.beside import Beside, beside, off_words
from trellis.journey.care.trajectories.feedback_words import sentence
from trellis.journey.care.trajectories.marks import marks
from trellis.journey.care.trajectories.rules import Compared, Finished, Scale, Value
from trellis.journey.measures import presenters as measures
from trellis.journey.measures.library import instruments, subscore_ranges
from trellis.journey.measures.rules import Instrument
from trellis.people.clients.models import Client, Episode
from trellis.ui.trajectory import Band, Bar, Dot, Event, Trajectory, trajectory


@dataclass(frozen=True)
class Picture:
    """One scale: the drawing, what it says in sentences, and how many forms it is made of."""

    title: str
    caption: str
    drawn: Trajectory
    first_day: str
    last_day: str
    sentences: tuple[str, ...]
    #: it stays harder than is usual here; empty where it does not
    off: str = ""


@dataclass(frozen=True)
class Row:
    """One finished form in the table. A number that could not be said is a dash with the reason."""

    day: date
    numbers: tuple[str, ...]
    words: str
    usual: str = ""


@dataclass(frozen=True)
class Chosen:
    key: str
    title: str
    current: bool


@dataclass(frozen=True)
class OverTime:
    chosen: tuple[Chosen, ...]
    title: str
    pictures: tuple[Picture, ...]
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    #: sessions a week, as the bars underneath
    came: tuple[tuple[date, int], ...]
    no_rule: bool
    key: str = ""
    #: what is said of the band behind the pictures, and whether there is one
    usual_words: str = ""
    has_usual: bool = False
    #: what the team answered about this measure, the newest first
    answered: tuple[Answered, ...] = ()
    off_since: date | None = None
    #: what happened, as the marks in the pictures, the newest first
    marks: tuple[Event, ...] = ()

    @property
    def is_off(self) -> bool:
        return self.off_since is not None

    @property
    def is_answered(self) -> bool:
        """Somebody wrote what the team does since it lies outside."""
        return self.off_since is not None and any(one.on >= self.off_since for one in self.answered)


@dataclass(frozen=True)
class _Around:
    """What a picture shows beside the numbers."""

    came: Mapping[date, int]
    stays: Sequence[Episode]
    answered: Sequence[Answered] = ()
    beside: Beside = field(default_factory=Beside)
    own: bool = False
    happened: Sequence[Event] = ()


def over_time(client: Client, wanted: str, *, own: bool = False) -> OverTime | None:
    """The measure that was asked for, else the one filled in first; None before any form is finished. Eight statements.

    `own`: for the person themselves, without the words that the bands have among clinicians, and without what is usual
    here, what the team answered or what happened beside it; five statements.
    """
    known = [key for key in queries.instruments_of(client) if rules.scales(instruments()[key], subscore_ranges(key))]
    if not known:
        return None
    key = wanted if wanted in known else known[0]
    called = measures.plain if own else measures.name
    instrument, forms = instruments()[key], queries.finished(client, key)
    scales = rules.scales(instrument, subscore_ranges(key))
    if own:
        scales = tuple(replace(scale, bands=()) for scale in scales)
    around = _around(client, key, forms, scales, own=own)
    pictures = tuple(
        _picture(instrument, scale, points, around) for scale in scales if (points := rules.values(forms, scale))
    )
    return OverTime(
        chosen=tuple(Chosen(one, str(called(one)), one == key) for one in known),
        title=str(called(key)),
        pictures=pictures,
        columns=tuple(_scale_words(scale) for scale in scales),
        rows=_rows(forms, scales, around),
        came=tuple(around.came.items()),
        no_rule=instrument.change is None,
        key=key,
        usual_words=around.beside.words,
        has_usual=around.beside.is_drawn,
        answered=tuple(around.answered),
        off_since=around.beside.off_since,
        marks=_drawn(_events(around), pictures),
    )


def _drawn(events: Iterable[Event], pictures: Sequence[Picture]) -> tuple[Event, ...]:
    """Those that stand in a picture, the newest first."""
    drawn = [one.drawn for one in pictures]
    found = [one for one in events if any(picture.first_day <= one.on <= picture.last_day for picture in drawn)]
    return tuple(sorted(found, key=lambda one: one.on, reverse=True))


def _around(
    client: Client, key: str, forms: Sequence[Finished], scales: Sequence[Scale], *, own: bool
) -> _Around:  # fmt: skip
    came, stays = queries.came(client), queries.stays(client)
    if own:
        return _Around(came, stays, own=True)
    said = answered([row for row in responses(client) if row.instrument == key])
    return _Around(came, stays, said, beside(key, forms, scales, stays), happened=marks(client))


def _picture(instrument: Instrument, scale: Scale, points: Sequence[Value], around: _Around) -> Picture:
    shown = rules.thinned(points)
    drawn = trajectory(
        [Dot(one.on, one.value) for one in shown], low=scale.low, high=scale.high,
        bands=[Band(low, high, str(measures.SEVERITY.get(code, code))) for low, high, code in scale.bands],
        bars=[Bar(week, number) for week, number in around.came.items()], events=_events(around),
        usual=around.beside.ranges(scale),
    )  # fmt: skip
    sentences = _sentences(instrument, scale, points, own=around.own)
    if len(shown) < len(points):
        sentences.append(_("Each point is the mean of a week."))
    off = around.beside.off.get(scale.key, ())
    return Picture(
        _scale_words(scale), _caption(points, scale), drawn, day_words(drawn.first_day), day_words(drawn.last_day),
        tuple(sentences), off_words(off, scale) if off else "",
    )  # fmt: skip


def _sentences(instrument: Instrument, scale: Scale, points: Sequence[Value], *, own: bool) -> list[str]:
    """To the person themselves one sentence says what it means; clinicians read what was published about it."""
    compared = rules.compared(instrument, points, scale)
    if own:
        return [*filter(None, [sentence(instrument, points, scale)]), *_change(compared)[:1]]
    return [*_trend(points, scale), *_change(compared)]


def _events(around: _Around) -> list[Event]:
    begun = [Event(stay.opened_on, _("The stay began")) for stay in around.stays]
    ended = [Event(stay.closed_on, _("The stay ended")) for stay in around.stays if stay.closed_on]
    return begun + ended + [Event(one.on, _("The team answered")) for one in around.answered] + list(around.happened)


def _scale_words(scale: Scale) -> str:
    return str(measures.SUBSCORES.get(scale.key, scale.key)).capitalize() if scale.key else _("Points")


def _caption(points: Sequence[Value], scale: Scale) -> str:
    direction = _("Higher is better.") if scale.rising else _("Lower is better.")
    number = ngettext("%(number)d form", "%(number)d forms", len(points)) % {"number": len(points)}
    return _("%(low)d to %(high)d points. %(direction)s %(number)s.") % {
        "low": scale.low, "high": scale.high, "direction": direction, "number": number,
    }  # fmt: skip


def _trend(points: Sequence[Value], scale: Scale) -> list[str]:
    said = {
        "better": _("The last three look better than those before."),
        "worse": _("The last three look harder than those before."),
        "steady": _("The last three are much like those before."),
    }
    found = rules.trend(points, scale)
    return [said[found]] if found else []


def _change(compared: Compared | None) -> list[str]:
    if compared is None:
        return []
    facts = {
        "first": f"{compared.first.value:g}",
        "last": f"{compared.last.value:g}",
        "day": day_words(compared.first.on),
    }
    begun = _("%(first)s on %(day)s, %(last)s now.") % facts
    change = compared.change
    if change is None:
        return [begun]
    said = [begun]
    if change.reliable == "improved":
        said.append(_("That is more than chance: it got better."))
    elif change.reliable == "worsened":
        said.append(_("That is more than chance: it got harder."))
    elif change.meaningful:
        said.append(_("That is enough to be felt, and may still be chance."))
    else:
        said.append(_("That may be chance."))
    if change.response:
        said.append(_("It is at most half of what it was at first."))
    if change.target:
        said.append(_("It is where one hopes to be."))
    return said


def _rows(forms: Sequence[Finished], scales: Sequence[Scale], around: _Around) -> tuple[Row, ...]:
    """Newest first: each form, or of very many the weeks that the picture shows."""
    if len(forms) <= rules.MOST_FORMS:
        return tuple(_row(form, scales, around) for form in reversed(forms))
    weeks = [{one.on: f"{one.value:g}" for one in rules.thinned(rules.values(forms, scale))} for scale in scales]
    days = sorted({day for found in weeks for day in found}, reverse=True)
    return tuple(
        Row(day, tuple(found.get(day, "–") for found in weeks), "", _usual(day, scales, around)) for day in days
    )


def _row(form: Finished, scales: Sequence[Scale], around: _Around) -> Row:
    found = [form.subscores.get(scale.key) if scale.key else form.total for scale in scales]
    numbers = tuple("–" if number is None else str(number) for number in found)
    severity = "" if around.own else measures.SEVERITY.get(form.severity, form.severity)
    said = measures.STATUS.get(form.status) or severity
    return Row(form.on, numbers, str(said), _usual(form.on, scales, around))


def _usual(day: date, scales: Sequence[Scale], around: _Around) -> str:
    """One cell: each scale in the order of the columns."""
    return " · ".join(around.beside.cell(day, scale) for scale in scales)


def day_words(day: date) -> str:
    return date_format(day, "SHORT_DATE_FORMAT")
