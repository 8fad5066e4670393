"""What the record holds about which care is next, and whose level is due to be looked at again."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import CharField, DateField, DateTimeField, F, QuerySet, Value
from django.db.models.functions import Cast

from trellis.foundation.access.actor import Actor
from trellis.foundation.access.permissions import shown_to
from trellis.foundation.access.policy import ANY, relations_of
from trellis.foundation.program import queries as program
from trellis.foundation.program.rules import WEEK, Week, week_with
from trellis.journey.admission.levels.queries import assessments
from trellis.journey.admission.models import LevelAssessment
from trellis.journey.care.blueprint import expected_band
from trellis.journey.care.trajectories import queries as trajectories
from trellis.journey.care.trajectories.rules import Finished, Scale, compared, scales, trend, values
from trellis.journey.care.trajectories.rules import Value as Point
from trellis.journey.care.trajectories.usual import Outside, Usual, off_track
from trellis.journey.continuity.advice import rhythm
from trellis.journey.continuity.advice.blueprint import reassessment
from trellis.journey.continuity.advice.rules import Dose, Measured, Rated, Record
from trellis.journey.continuity.models import Review
from trellis.journey.measures.library import instruments, subscore_ranges
from trellis.journey.measures.models import Outcome, SafetyAlert
from trellis.journey.schedule.queries import weeks as ledgers_of_weeks
from trellis.journey.schedule.rules.week import WeekLedger
from trellis.journey.schedule.states import LineState
from trellis.people.clients.models import CareAssignment, Client, Episode
from trellis.people.clients.states import OPEN

#: what is looked at of sessions, alerts and forms about use
LATELY = timedelta(weeks=4)
WEEKS = 4
#: the flags with which forms of the BAM say it (VA manual; scoring rules of measures)
SOME_USE, NO_USE = "use_present", "abstinent"
ABOUT_USE = ("bam", "bam-iop", "bam-r")
NO_BAND = Usual(0, 1)
#: an account that nobody has
NOBODY = 0
#: states in which a session was theirs to come to
_OFFERED = frozenset(
    {LineState.ATTENDED, LineState.ABSENT, LineState.EXCUSED, LineState.NOT_SEATED, LineState.CANNOT_COME}
)


def reviews(client: Client) -> list[Review]:
    """The newest first; one statement."""
    return list(Review.objects.filter(client=client).order_by("-at", "-id"))


# --- who is due -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Due:
    client: Client
    reasons: tuple[rhythm.Reason, ...]


def due(actor: Actor, now: datetime) -> list[Due]:
    """Everybody whose level the actor may read and who is due, by name; six statements for one and for many."""
    stays = _stays_for(actor)
    if not stays:
        return []
    past = whole_weeks(now, _weeks_asked())
    ledgers = ledgers_of_weeks([stay.client for stay in stays], past, now) if past else {}
    return _due(stays, now, {key: [_week_of(one) for one in row] for key, row in ledgers.items()})


def due_number(actor: Actor, now: datetime) -> int:
    """How many by days and by what happened; hours are left to the list. Two statements, or none."""
    return len(_due(_stays_for(actor), now, {})) if relations_of(actor, "advice.read") else 0


def due_of(client: Client, stay: Episode, now: datetime, weeks: Sequence[WeekLedger] = ()) -> tuple[rhythm.Reason, ...]:
    """Of one client; one statement."""
    stay.client = client
    found = _due([stay], now, {client.pk: [_week_of(one) for one in weeks]})
    return found[0].reasons if found else ()


def _due(stays: Sequence[Episode], now: datetime, weeks: dict[int, list[rhythm.WeekOf]]) -> list[Due]:
    section = reassessment()
    if section is None or not stays:
        return []
    today, known = now.astimezone(program.zone()).date(), _known(stays)
    found = [
        Due(stay.client, rhythm.due(replace(one, weeks=weeks.get(stay.client_id, ())), section.terms, today))
        for stay, one in zip(stays, known, strict=True)
    ]
    return [one for one in found if one.reasons]


def _weeks_asked() -> int:
    section = reassessment()
    return section.events.short_weeks if section else 0


def _stays_for(actor: Actor) -> list[Episode]:
    rows = Episode.objects.filter(status=OPEN).select_related("client")
    if ANY not in relations_of(actor, "advice.read"):
        mine = CareAssignment.objects.filter(staff_member__account_id=actor.account_id or NOBODY, until__isnull=True)
        rows = rows.filter(pk__in=mine.values("episode"))
    return shown_to(actor, rows.order_by("client__search_name", "client_id"), lambda stay: stay.client)


def _known(stays: Sequence[Episode]) -> list[rhythm.Known]:
    """What happened in each of these stays; one statement."""
    clients = [stay.client_id for stay in stays]
    zone = program.zone()
    happened: dict[tuple[int, str], list[date]] = {}
    said: dict[int, list[tuple[date, bool]]] = {}
    for tag, client, on, at, flags in _ask_happened(clients, min(stay.opened_on for stay in stays)):
        day = on or at.astimezone(zone).date()
        if tag != "form":
            happened.setdefault((client, tag), []).append(day)
        elif SOME_USE in flags or NO_USE in flags:
            said.setdefault(client, []).append((day, SOME_USE in flags))
    return [
        rhythm.Known(
            stay.opened_on,
            decided=max(happened.get((stay.client_id, "level"), ()), default=None),
            reviewed=max(happened.get((stay.client_id, "review"), ()), default=None),
            alerts=happened.get((stay.client_id, "alert"), ()),
            uses=rhythm.returns([one for one in said.get(stay.client_id, ()) if one[0] >= stay.opened_on]),
        )
        for stay in stays
    ]


def _ask_happened(clients: Collection[int], since: date) -> list[tuple[str, int, Any, Any, str]]:
    """Levels decided, reviews, alerts, and forms that say something about use, as rows of one shape."""
    levels = LevelAssessment.objects.filter(kind=LevelAssessment.Kind.DECIDED, client__in=clients)
    alerts = SafetyAlert.objects.filter(client__in=clients, at__gte=datetime.combine(since, time(), program.zone()))
    forms = Outcome.objects.filter(administration__client__in=clients, administration__on__gte=since)
    rows = _row(levels, "level", "client_id", at="at").union(
        _row(Review.objects.filter(client__in=clients), "review", "client_id", on="on"),
        _row(alerts, "alert", "client_id", at="at"),
        _row(
            forms.filter(administration__instrument__in=ABOUT_USE), "form", "administration__client_id",
            on="administration__on", flags="flags",
        ),
        all=True,
    )  # fmt: skip
    return [(tag, client, on, at, flags or "") for tag, client, _key, on, at, flags in rows]


def _row(rows: "QuerySet[Any]", tag: str, client: str, **columns: str) -> Any:
    """The same six columns of whatever table."""
    kinds: dict[str, Any] = {"on": DateField(), "at": DateTimeField(), "flags": CharField()}
    named = {
        f"f_{name}": Cast(F(columns[name]) if name in columns else Value(None), kind) for name, kind in kinds.items()
    }
    tagged = rows.order_by().annotate(f_tag=Value(tag, CharField()), f_client=F(client), **named)
    return tagged.values_list("f_tag", "f_client", "pk", "f_on", "f_at", "f_flags")


# --- weeks ------------------------------------------------------------------------------------------------------------


def whole_weeks(now: datetime, number: int) -> list[Week]:
    """The newest weeks of the program that are over, oldest first."""
    about = program.current().program
    this = week_with(now.astimezone(about.zone).date(), about.zone, about.week_start)
    return [week_with(this.start - WEEK * back, about.zone, about.week_start) for back in range(number, 0, -1)]


def _week_of(ledger: WeekLedger) -> rhythm.WeekOf:
    return rhythm.WeekOf(ledger.start, ledger.end, ledger.target, ledger.countable)


def _dose(ledger: WeekLedger) -> Dose:
    theirs = [line for line in ledger.lines if line.cut is None and line.state in _OFFERED]
    sat = [line for line in theirs if line.state == LineState.ATTENDED]
    late = sum(1 for line in sat if line.sitting.mark is not None and line.sitting.mark.late)
    return Dose(len(theirs), len(sat), late, ledger.target, ledger.countable)


# --- what the record holds about one stay -----------------------------------------------------------------------------


@dataclass(frozen=True)
class Looked:
    """What a page about the next care is made of."""

    record: Record
    reasons: tuple[rhythm.Reason, ...]
    before: Sequence[Review]


def looked(client: Client, stay: Episode, now: datetime) -> Looked:
    """Nine statements of our own, however long the stay."""
    today = now.astimezone(program.zone()).date()
    weeks = [
        one
        for one in ledgers_of_weeks([client], whole_weeks(now, WEEKS), now)[client.pk]
        if one.end >= stay.opened_on
    ]  # fmt: skip
    rated = [row for row in reversed(assessments(client)) if _day(row.at) >= stay.opened_on]
    forms, before = trajectories.finished_since(client, stay.opened_on), reviews(client)
    alerts = [_day(at) for at in SafetyAlert.objects.filter(client=client).order_by("at").values_list("at", flat=True)]
    said = _said_of_use(forms)
    record = Record(
        level=stay.level, days=(today - stay.opened_on).days, today=today,
        rated=[Rated(_day(row.at), row.recommended, row.facts) for row in rated],
        weeks=[_dose(one) for one in weeks], measures=_measured(forms, stay),
        alerts=[day for day in alerts if day > today - LATELY], uses=[one for one in said if one[0] > today - LATELY],
    )  # fmt: skip
    decided = [_day(row.at) for row in rated if row.kind == LevelAssessment.Kind.DECIDED]
    known = rhythm.Known(
        stay.opened_on, decided=max(decided, default=None),
        reviewed=max((row.on for row in before), default=None), alerts=alerts, uses=rhythm.returns(said),
        weeks=[_week_of(one) for one in weeks],
    )  # fmt: skip
    section = reassessment()
    return Looked(record, rhythm.due(known, section.terms, today) if section else (), before)


def _day(at: datetime) -> date:
    return at.astimezone(program.zone()).date()


def _said_of_use(forms: Mapping[str, Sequence[Finished]]) -> list[tuple[date, bool]]:
    """What forms said about use, oldest first."""
    return sorted(
        (form.on, SOME_USE in form.flags)
        for key in ABOUT_USE
        for form in forms.get(key, ())
        if SOME_USE in form.flags or NO_USE in form.flags
    )


def _measured(forms: Mapping[str, Sequence[Finished]], stay: Episode) -> list[Measured]:
    """Each scale of each instrument with a number; one statement for what is usual here."""
    section = expected_band()
    past = trajectories.past_forms(list(forms)) if section and forms else {}
    found = []
    for key, finished in forms.items():
        for scale in scales(instruments()[key], subscore_ranges(key)):
            if points := values(finished, scale):
                usual = trajectories.usual_here(past.get(key, ()), scale, section.at_least) if section else NO_BAND
                found.append(_one(key, scale, points, off_track(points, stay.opened_on, usual, scale)))
    return found


def _one(key: str, scale: Scale, points: Sequence[Point], off: Sequence[Outside]) -> Measured:
    compared_now = compared(instruments()[key], points, scale)
    change = compared_now.change if compared_now else None
    return Measured(
        key, scale.key, points[0].value, points[-1].value, len(points),
        change=change.reliable if change else None, target=change.target if change else None,
        trend=trend(points, scale), off=tuple(one.value for one in off), edge=off[-1].edge if off else 0,
    )  # fmt: skip
