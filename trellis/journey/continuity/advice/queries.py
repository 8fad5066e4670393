"""What the record holds about which care is next, and whose level is due to be looked at again."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from json import loads
from typing import Any

from django.db.models import CharField, DateField, DateTimeField, Exists, F, OuterRef, QuerySet, Value
from django.db.models.functions import Cast

from trellis.foundation.access.actor import Actor
from trellis.foundation.access.permissions import shown_to
from trellis.foundation.access.policy import ANY, relations_of
from trellis.foundation.program import queries as program
from trellis.foundation.program.rules import WEEK, Week, week_with
from trellis.journey.admission.models import LevelAssessment
from trellis.journey.care.blueprint import expected_band
from trellis.journey.care.trajectories import queries as trajectories
from trellis.journey.care.trajectories.rules import Scale, compared, scales, trend, values
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
from trellis.people.clients.policy import CASELOAD
from trellis.people.clients.states import OPEN
from trellis.people.consent.deaths import the_dead

#: what is looked at of sessions, alerts and forms about use
LATELY = timedelta(weeks=4)
#: ratings from so long before a stay are those with which it began
INTAKE = timedelta(days=30)
WEEKS = 4
#: the flags with which forms of the BAM say it (VA manual; scoring rules of measures)
SOME_USE, NO_USE = "use_present", "abstinent"
ABOUT_USE = ("bam", "bam-iop", "bam-r")
NO_BAND = Usual(0, 1)
DECIDED = LevelAssessment.Kind.DECIDED
#: an account that nobody has
NOBODY = 0
#: states in which a session was theirs to come to
_OFFERED = frozenset(
    {LineState.ATTENDED, LineState.ABSENT, LineState.EXCUSED, LineState.NOT_SEATED, LineState.CANNOT_COME}
)


def reviews(client: Client) -> list[Review]:
    """The newest first; one statement."""
    return list(Review.objects.filter(client=client).order_by("-at", "-id"))


def _open_stays() -> "QuerySet[Episode]":
    """Nobody decides about the care of somebody who died."""
    return Episode.objects.filter(status=OPEN).exclude(client__in=the_dead())


def open_stay(client: Client) -> Episode | None:
    return _open_stays().filter(client=client).first()


def stay_of(client: Client, actor: Actor) -> tuple[Episode | None, bool]:
    """The open stay, and whether this reader may decide about it: the act asks again. One statement."""
    held = relations_of(actor, "advice.review")
    team = CareAssignment.objects.filter(
        episode=OuterRef("pk"), staff_member__account_id=actor.account_id or NOBODY, until__isnull=True
    )
    stay = _open_stays().filter(client=client).annotate(is_mine=Exists(team)).first()
    return stay, stay is not None and (ANY in held or (CASELOAD in held and stay.is_mine))


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
    """How many stand on that list; nothing is asked for who reads no level."""
    return len(due(actor, now)) if relations_of(actor, "advice.read") else 0


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
    rows = _open_stays().select_related("client")
    if ANY not in relations_of(actor, "advice.read"):
        mine = CareAssignment.objects.filter(staff_member__account_id=actor.account_id or NOBODY, until__isnull=True)
        rows = rows.filter(pk__in=mine.values("episode"))
    return shown_to(actor, rows.order_by("client__search_name", "client_id"), lambda stay: stay.client)


@dataclass(frozen=True)
class _Happened:
    """One thing that happened to somebody, of whatever table. `data` is JSON as text."""

    tag: str
    client: int
    on: date | None
    at: datetime | None
    kind: str
    level: str
    data: str

    @property
    def day(self) -> date:
        assert self.on is not None or self.at is not None
        return self.on if self.at is None else _day(self.at)  # type: ignore[return-value]


def _known(stays: Sequence[Episode]) -> list[rhythm.Known]:
    """What happened in each of these stays; one statement."""
    rows: dict[int, list[_Happened]] = {stay.client_id: [] for stay in stays}
    for row in _ask_happened(list(rows), min(stay.opened_on for stay in stays)):
        rows[row.client].append(row)
    return [_known_of(stay, rows[stay.client_id]) for stay in stays]


def _known_of(stay: Episode, rows: Sequence[_Happened]) -> rhythm.Known:
    return rhythm.Known(
        stay.opened_on,
        decided=max(_instants([row for row in rows if row.tag == "level" and row.kind == DECIDED]), default=None),
        reviewed=max(_instants([row for row in rows if row.tag == "review"]), default=None),
        alerts=_instants([row for row in rows if row.tag == "alert"]),
        uses=rhythm.returns([one for one in _said_of_use(rows) if one[0] >= stay.opened_on]),
    )


def _instants(rows: Sequence[_Happened]) -> list[datetime]:
    """By the clock of the program."""
    return [row.at.astimezone(program.zone()) for row in rows if row.at is not None]


def _said_of_use(rows: Sequence[_Happened]) -> list[tuple[date, bool]]:
    """What forms said about use, oldest first."""
    said = [(row.day, SOME_USE in row.data) for row in rows if row.tag == "form" and _is_about_use(row.data)]
    return sorted(said)


def _is_about_use(flags: str) -> bool:
    return SOME_USE in flags or NO_USE in flags


def _ask_happened(clients: Collection[int], since: date) -> list[_Happened]:
    """Levels proposed and decided, reviews, alerts, and forms that say something about use; one statement."""
    begins = datetime.combine(since, time(), program.zone())
    forms = Outcome.objects.filter(administration__client__in=clients, administration__on__gte=since)
    rows = _row(
        LevelAssessment.objects.filter(client__in=clients, at__gte=begins), "level", "client_id", at="at", kind="kind",
        level="recommended", data="facts",
    ).union(
        _row(Review.objects.filter(client__in=clients, on__gte=since), "review", "client_id", at="at"),
        _row(SafetyAlert.objects.filter(client__in=clients, at__gte=begins), "alert", "client_id", at="at"),
        _row(
            forms.filter(administration__instrument__in=ABOUT_USE), "form", "administration__client_id",
            on="administration__on", data="flags",
        ),
        all=True,
    )  # fmt: skip
    return [_Happened(tag, client, *rest) for tag, client, _key, *rest in rows]


def _row(rows: "QuerySet[Any]", tag: str, client: str, **columns: str) -> Any:
    """The same columns of whatever table."""
    kinds: dict[str, Any] = {
        "on": DateField(), "at": DateTimeField(), "kind": CharField(), "level": CharField(), "data": CharField()
    }  # fmt: skip
    named = {
        f"f_{name}": Cast(F(columns[name]) if name in columns else Value(None), kind) for name, kind in kinds.items()
    }
    tagged = rows.order_by().annotate(f_tag=Value(tag, CharField()), f_client=F(client), **named)
    return tagged.values_list("f_tag", "f_client", "pk", *named)


# --- weeks ------------------------------------------------------------------------------------------------------------


def whole_weeks(now: datetime, number: int) -> list[Week]:
    """The newest weeks of the program that are over, oldest first."""
    about = program.current().program
    this = week_with(now.astimezone(about.zone).date(), about.zone, about.week_start)
    return [week_with(this.start - WEEK * back, about.zone, about.week_start) for back in range(number, 0, -1)]


def _asked(ledger: WeekLedger) -> int:
    """A week in which no group was theirs asks nothing: whoever plans is told of it elsewhere."""
    return ledger.target if ledger.planned else 0


def _week_of(ledger: WeekLedger) -> rhythm.WeekOf:
    return rhythm.WeekOf(ledger.start, ledger.end, _asked(ledger), ledger.countable)


def _dose(ledger: WeekLedger) -> Dose:
    theirs = [line for line in ledger.lines if line.cut is None and line.state in _OFFERED]
    sat = [line for line in theirs if line.state == LineState.ATTENDED]
    late = sum(1 for line in sat if line.sitting.mark is not None and line.sitting.mark.late)
    return Dose(len(theirs), len(sat), late, _asked(ledger), ledger.countable)


# --- what the record holds about one stay -----------------------------------------------------------------------------


@dataclass(frozen=True)
class Looked:
    """What a page about the next care is made of."""

    record: Record
    reasons: tuple[rhythm.Reason, ...]
    before: Sequence[Review]


def looked(client: Client, stay: Episode, now: datetime) -> Looked:
    """Seven statements of our own, however long the stay."""
    today = _day(now)
    past = ledgers_of_weeks([client], whole_weeks(now, WEEKS), now)[client.pk]
    weeks = [one for one in past if one.end >= stay.opened_on]
    rows, before = _ask_happened([client.pk], stay.opened_on - INTAKE), reviews(client)
    rated = sorted((row for row in rows if row.tag == "level"), key=lambda row: row.at or now)
    record = Record(
        level=stay.level, days=(today - stay.opened_on).days, today=today,
        rated=[Rated(row.day, row.level, loads(row.data)) for row in rated],
        weeks=[_dose(one) for one in weeks], measures=_measured(client, stay),
        alerts=[row.day for row in rows if row.tag == "alert" and row.day > today - LATELY],
        uses=[one for one in _said_of_use(rows) if one[0] > today - LATELY],
    )  # fmt: skip
    known, section = replace(_known_of(stay, rows), weeks=[_week_of(one) for one in weeks]), reassessment()
    return Looked(record, rhythm.due(known, section.terms, today) if section else (), before)


def _day(at: datetime) -> date:
    return at.astimezone(program.zone()).date()


def _measured(client: Client, stay: Episode) -> list[Measured]:
    """Each scale of each instrument with a number, beside what is usual here; one statement."""
    section = expected_band()
    forms, past = trajectories.forms_since(client, stay.opened_on)
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
