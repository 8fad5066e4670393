"""What pages print of ends of stays, next places and letters."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from trellis.foundation.program import queries as program
from trellis.journey.admission.levels import words as levels
from trellis.journey.continuity.leaving import queries, rules, signed_words
from trellis.journey.continuity.leaving.queries import Plan
from trellis.journey.continuity.leaving.words import GIVEN, SECTIONS
from trellis.journey.continuity.models import Discharge, DischargeSummary, LetterAnswer, LetterRequest, TransitionStep
from trellis.journey.continuity.states import ARRANGED, ARRIVED, MISSED, OPEN, TRANSITION
from trellis.people.consent import people_words
from trellis.people.consent.presenters import in_a_line
from trellis.ui.words import spoken_time

TONES = {OPEN: "gold", ARRANGED: "leaf", ARRIVED: "leaf", MISSED: "rose"}


def at_words(at: datetime) -> str:
    """ "December 3, 2026, 10:00 am", where the program is."""
    local = at.astimezone(program.zone())
    return f"{date_format(local, 'DATE_FORMAT')}, {spoken_time(local.time())}"


# --- the next place ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class StepLine:
    title: str
    detail: str


@dataclass(frozen=True)
class PlanCard:
    public_id: str
    title: str
    state: str
    tone: str
    sentence: str
    facts: tuple[tuple[str, str], ...]
    note: str
    clock: str
    clock_late: bool
    steps: tuple[StepLine, ...]
    goes_on: bool


def plan_card(plan: Plan, today: date) -> PlanCard:
    status, clock = TRANSITION.status(plan.state), plan.linkage(today)
    return PlanCard(
        public_id=plan.row.public_id, title=plan.row.place, state=str(status.label),
        tone=TONES.get(plan.state, "plain"), sentence=str(status.sentence), facts=tuple(_facts(plan)),
        note=queries.words(plan.row.note_sealed), clock=clock_words(clock) if clock else "",
        clock_late=bool(clock and clock.late), steps=tuple(map(_step, plan.steps)),
        goes_on=plan.goes_on,
    )  # fmt: skip


def _facts(plan: Plan) -> Iterable[tuple[str, str]]:
    row = plan.row
    yield _("What it is"), f"{row.get_direction_display()} · {row.get_place_kind_display()}"
    if row.level:
        yield _("Level of care"), levels.level(row.level) if row.level in levels.LEVELS else row.level
    if row.telephone:
        yield _("Telephone"), row.telephone
    if plan.appointment_at:
        yield _("Appointment"), at_words(plan.appointment_at)


def _step(row: TransitionStep) -> StepLine:
    said = [queries.words(row.words_sealed)]
    if row.appointment_at:
        said.append(at_words(row.appointment_at))
    if row.disclosure:
        said.append(in_a_line(row.disclosure))
    return StepLine(f"{row.get_kind_display()}, {date_format(row.on, 'DATE_FORMAT')}", " · ".join(filter(None, said)))


def clock_words(one: rules.Linkage) -> str:
    if one.took is not None and one.took <= 0:
        return _("Seen there on the last day here.") if one.took == 0 else _("Seen there before the last day here.")
    if one.took is not None:
        return ngettext(
            "Seen there %(number)d day after the last day here.", "Seen there %(number)d days after the last day here.",
            one.took,
        ) % {"number": one.took}  # fmt: skip
    if one.late:
        return _("More than %(days)d days since the last day here, and nobody has confirmed that they came.") % {
            "days": one.days
        }
    return _("Seen there by %(day)s: within %(days)d days of the last day here.") % {
        "day": date_format(one.due, "DATE_FORMAT"), "days": one.days,
    }  # fmt: skip


def plan_line(plan: Plan) -> str:
    """ "Valley Outpatient, (909) 555-0100. Appointment: December 3, 2026, 10:00 am. Expected there." """
    row = plan.row
    parts = [", ".join(filter(None, (row.place, row.telephone)))]
    if plan.appointment_at:
        parts.append(_("Appointment: %(at)s") % {"at": at_words(plan.appointment_at)})
    parts.append(str(TRANSITION.status(plan.state).label))
    return ". ".join(parts) + "."


# --- ends of stays ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Signed:
    public_id: str
    signed: str
    why: str
    parts: tuple[tuple[str, str], ...]
    sha256: str


@dataclass(frozen=True)
class Ended:
    row: Discharge
    title: str
    facts: tuple[tuple[str, str], ...]
    due: str
    late: bool
    #: the newest first: that one holds
    signed: tuple[Signed, ...]


def ended(row: Discharge, today: date) -> Ended:
    signed: list[DischargeSummary] = getattr(row, "signed", [])
    owed = row.summary_due if not signed else None
    return Ended(
        row=row, title=_ended_title(row), facts=tuple(discharge_facts(row)),
        due=date_format(owed, "DATE_FORMAT") if owed else "", late=bool(owed and owed < today),
        signed=tuple(signed_card(one) for one in reversed(signed)),
    )  # fmt: skip


def _ended_title(row: Discharge) -> str:
    stay = row.episode
    assert stay.closed_on is not None  # a discharge closes it
    days = {"first": date_format(stay.opened_on, "DATE_FORMAT"), "last": date_format(stay.closed_on, "DATE_FORMAT")}
    return _("From %(first)s to %(last)s") % days


def discharge_facts(row: Discharge) -> Iterable[tuple[str, str]]:
    yield _("How it ended"), f"{row.get_kind_display()}. {row.episode.get_close_reason_display()}."
    for key in ("condition", "medicines", "referrals", "helped", "watch"):
        if said := queries.words(getattr(row, f"{key}_sealed")):
            yield str(SECTIONS[key]), said
    if row.given:
        yield _("They took along"), people_words.listed(GIVEN[key] for key in row.given if key in GIVEN)


def signed_card(row: DischargeSummary) -> Signed:
    said = signed_words.read(queries.words(row.words_sealed))
    return Signed(
        row.public_id, signed_line(row), queries.words(row.why_sealed),
        tuple((str(SECTIONS[key]), text) for key, text in said.items()), row.words_sha256,
    )  # fmt: skip


def signed_line(row: DischargeSummary) -> str:
    who = ", ".join(filter(None, (row.signer, row.credential)))
    return _("Signed by %(who)s on %(day)s") % {"who": who, "day": at_words(row.at)}


# --- letters ----------------------------------------------------------------------------------------------------------


def letter_title(row: LetterRequest) -> str:
    """ "Attendance, for an employer: Valley Foods"."""
    return f"{row.get_kind_display()} · {row.get_audience_display()}: {row.recipient}"


def due_words(day: date, today: date) -> tuple[str, str]:
    """The day in words and its colour."""
    if day < today:
        return _("Was due %(day)s") % {"day": date_format(day, "DATE_FORMAT")}, "rose"
    if day == today:
        return _("Due today"), "gold"
    return _("Due %(day)s") % {"day": date_format(day, "DATE_FORMAT")}, "plain"


@dataclass(frozen=True)
class DueLine:
    public_id: str
    who: str
    title: str
    due: str
    tone: str


def letter_line(row: LetterRequest, today: date) -> DueLine:
    due, tone = due_words(row.due_on, today)
    return DueLine(row.public_id, row.client.chosen_name, letter_title(row), due, tone)


def arrival_line(plan: Plan, clock: rules.Linkage) -> DueLine:
    """ "Valley Outpatient. Seen there by November 27, 2026: within 7 days of the last day here." """
    word, tone = _days_words(clock)
    missed = TRANSITION.status(plan.state).sentence if plan.state == MISSED else ""
    said = " ".join(filter(None, (f"{plan.row.place}.", str(missed), clock_words(clock))))
    return DueLine(plan.row.client.public_id, plan.row.client.chosen_name, said, word, tone)


def _days_words(clock: rules.Linkage) -> tuple[str, str]:
    """The days left or past, and their colour; gold once the first of the two ends is over."""
    if clock.late:
        past = -clock.left
        return ngettext("%(days)d day past", "%(days)d days past", past) % {"days": past}, "rose"
    tone = "plain" if clock.days == rules.CLOCK[0] and clock.left else "gold"
    if not clock.left:
        return _("Due today"), tone
    return ngettext("%(days)d day left", "%(days)d days left", clock.left) % {"days": clock.left}, tone


def summary_line(row: Discharge, today: date) -> DueLine:
    assert row.summary_due is not None  # asked for
    due, tone = due_words(row.summary_due, today)
    return DueLine(row.client.public_id, row.client.chosen_name, _ended_title(row), due, tone)


def answer_words(row: LetterAnswer) -> str:
    day = date_format(row.at.astimezone(program.zone()), "DATE_FORMAT")
    who = ", ".join(filter(None, (row.signer, row.credential)))
    return " · ".join(filter(None, (row.get_how_display(), day, who, queries.words(row.why_sealed))))


def here() -> str:
    return str(program.current().program.names)
