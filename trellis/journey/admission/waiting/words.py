"""How priorities, interim services and clocks are said to people."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from trellis.foundation.program import queries as program
from trellis.foundation.record import crypto
from trellis.journey.admission.models import HandOn, WaitStep
from trellis.journey.admission.waiting.actions import Off
from trellis.journey.admission.waiting.queries import OnList
from trellis.journey.admission.waiting.rules import Clocks, Interim, Priority, ask_by, priority

PRIORITIES = {
    Priority.PREGNANT_INJECTS: gettext_lazy("Pregnant, and injects"),
    Priority.PREGNANT: gettext_lazy("Pregnant"),
    Priority.INJECTS: gettext_lazy("Injects"),
    Priority.OTHERS: gettext_lazy("No legal priority"),
}
SERVICES = {
    Interim.HIV_TB: gettext_lazy("Talk about HIV and TB, and how to keep from passing them on"),
    Interim.HIV_TB_CARE: gettext_lazy("Referral for HIV or TB care, if they want it"),
    Interim.FETUS: gettext_lazy("Talk about alcohol, drugs and the baby"),
    Interim.PRENATAL: gettext_lazy("Referral for care during pregnancy"),
}


def service(key: str) -> str:
    return str(SERVICES[Interim(key)])


@dataclass(frozen=True)
class Clock:
    words: str
    late: bool

    @property
    def tone(self) -> str:
        return "gold" if self.late else "plain"


def clocks_of(found: Clocks, now: datetime) -> list[Clock]:
    """What is owed, each with its time; what is done is not named."""
    lines = []
    if found.owed:
        lines.append(Clock(_("Interim services %(when)s") % {"when": when(found.interim_by, now)}, found.interim_late))
    lines.append(Clock(_("Next contact %(when)s") % {"when": when(found.contact_by, now)}, found.contact_late))
    if found.place_by:
        lines.append(Clock(_("A place %(when)s") % {"when": when(found.place_by, now)}, found.place_late))
    return lines


def when(by: datetime, now: datetime) -> str:
    """ "by Nov 27, 9 am"; past it, for how long: hours in the first two days, then days."""
    if by >= now:
        return _("by %(time)s") % {"time": date_format(by.astimezone(program.zone()), "SHORT_DATETIME_FORMAT")}
    hours = max(1, int((now - by).total_seconds() // 3600))
    if hours < 48:
        return ngettext("%(hours)d hour late", "%(hours)d hours late", hours) % {"hours": hours}
    return ngettext("%(days)d day late", "%(days)d days late", hours // 24) % {"days": hours // 24}


def waits_for(since: datetime, now: datetime) -> str:
    days = (now - since).days
    if not days:
        return _("waits since today")
    return ngettext("waits for %(days)d day", "waits for %(days)d days", days) % {"days": days}


def priority_of(one: OnList) -> str:
    return str(PRIORITIES[priority(one.person.pregnant, one.person.injects)])


@dataclass(frozen=True)
class Happened:
    at: datetime
    words: str
    note: str


def happened(step: WaitStep) -> Happened:
    what = ""
    if step.kind in (WaitStep.Kind.GIVEN, WaitStep.Kind.DECLINED):
        what = service(step.what)
    elif step.kind == WaitStep.Kind.OFF:
        what = str(Off(step.what).label)
    elif step.kind == WaitStep.Kind.FACTS:
        what = str(PRIORITIES[priority(bool(step.pregnant), bool(step.injects))])
    kind = str(step.get_kind_display())
    return Happened(step.at, f"{kind}: {what}" if what else kind, _note(step.note_sealed))


@dataclass(frozen=True)
class Handed:
    """A hand-on with what was heard since; `ask_by` None: somebody knows."""

    row: HandOn
    note: str
    heard: list[tuple[str, date, str]]
    ask_by: date | None
    late: bool

    @property
    def clock(self) -> str:
        if self.ask_by is None:
            return str(self.heard[-1][0])
        return _("Ask by %(day)s") % {"day": date_format(self.ask_by, "DATE_FORMAT")}

    @property
    def tone(self) -> str:
        return "leaf" if self.ask_by is None else "gold" if self.late else "plain"


def handed(row: HandOn, days: int, today: date) -> Handed:
    steps = list(row.steps.all())
    by = ask_by(row.on, [(step.found, step.on) for step in steps], days)
    heard = [(str(step.get_found_display()), step.on, _note(step.note_sealed)) for step in steps]
    return Handed(row, _note(row.note_sealed), heard, by, by is not None and today > by)


def _note(sealed: str) -> str:
    return crypto.unseal(sealed) if sealed else ""
