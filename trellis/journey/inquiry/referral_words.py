"""A referral as a page prints it: what a clinician reads in a minute stands first, the rest is folded away."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from trellis.journey.inquiry.models import Inquiry, Referral, ReferralMatch
from trellis.journey.inquiry.presenters import day_words
from trellis.journey.inquiry.queries.referrals import Proposal, Standing
from trellis.journey.inquiry.referral.clock import LATE, NEAR_END, Clock, clocks, next_clock
from trellis.journey.inquiry.referral.matching import Level, Reason
from trellis.journey.inquiry.referral.urgent import Kind, Urgent, urgent
from trellis.people.clients.models import Client

#: rows of a list that stand open
FIRST = 8
#: days
SEASON = 90
TONES = {LATE: "rose", NEAR_END: "gold"}
KINDS_OF_STAY = {
    "inpatient": gettext_lazy("Hospital stay"),
    "emergency": gettext_lazy("Emergency room"),
    "residential": gettext_lazy("Residential stay"),
    "outpatient": gettext_lazy("Visit"),
    "other": gettext_lazy("Other"),
}
URGENT = {
    Kind.SAID: gettext_lazy("They write"),
    Kind.DANGER: gettext_lazy("Danger to life"),
    Kind.EMERGENCY: gettext_lazy("Emergency room in the last 30 days"),
    Kind.MEDICINE: gettext_lazy("Medication that must not stop: ask when the next dose is due"),
    Kind.ALLERGY: gettext_lazy("Severe allergy"),
    Kind.SCREEN: gettext_lazy("High score"),
}
LEVELS = {
    Level.CERTAIN: gettext_lazy("Almost certain"),
    Level.LIKELY: gettext_lazy("Likely"),
    Level.LOOK: gettext_lazy("Worth a look"),
}
REASONS = {
    Reason.SAME_NAME: gettext_lazy("The name is the same."),
    Reason.ALIKE_NAME: gettext_lazy("The names are alike."),
    Reason.OTHER_NAME: gettext_lazy("The names differ."),
    Reason.SAME_BIRTH: gettext_lazy("The birth date is the same."),
    Reason.OTHER_BIRTH: gettext_lazy("The birth dates differ."),
    Reason.SAME_NUMBER: gettext_lazy("The telephone number is the same."),
}


def near_day(day: date, ahead: int) -> str:
    """Within a season a weekday helps; further off it takes the year."""
    return day_words(day) if abs(ahead) <= SEASON else date_format(day, "DATE_FORMAT")


def discharged(left: date | None, today: date) -> str:
    return _("Discharged on %(day)s") % {"day": near_day(left, (left - today).days)} if left else ""


def sent_day(said: str | None) -> str:
    """A whole day of what was sent as people write it; a month or a year alone as it came."""
    try:
        return date_format(date.fromisoformat(said or ""), "DATE_FORMAT")
    except ValueError:
        return said or ""


def clock_line(one: Clock) -> str:
    """ "7 days: 3 days left, until Friday, November 27"."""
    days = abs(one.left)
    if one.left < 0:
        said = ngettext("over for %(days)d day", "over for %(days)d days", days) % {"days": days}
    elif one.left == 0:
        said = _("ends today")
    else:
        said = ngettext("%(days)d day left", "%(days)d days left", days) % {"days": days}
    return _("%(length)d days: %(said)s (%(day)s)") % {
        "length": one.days,
        "said": said,
        "day": near_day(one.due, one.left),
    }


@dataclass(frozen=True)
class Waiting:
    """A line of the list."""

    referral: Referral
    today: date

    @property
    def who(self) -> str:
        return self.referral.inquiry.name or _("No name given")

    @property
    def detail(self) -> str:
        left = self.referral.discharged_on
        said = (
            _("Discharged on %(day)s") % {"day": near_day(left, (left - self.today).days)}
            if left
            else _("No discharge in it")
        )
        return " · ".join(filter(None, [self.referral.organisation, said]))

    @property
    def clock(self) -> str:
        left = self.referral.discharged_on
        return clock_line(next_clock(left, self.today)) if left else ""

    @property
    def tone(self) -> str:
        left = self.referral.discharged_on
        return TONES.get(next_clock(left, self.today).state, "dusk") if left else "plain"


@dataclass(frozen=True)
class Line:
    words: str
    detail: str = ""
    is_strong: bool = False


@dataclass(frozen=True)
class Lines:
    """The first stand open, the others in a fold."""

    first: list[Line] = field(default_factory=list)
    others: list[Line] = field(default_factory=list)


@dataclass(frozen=True)
class Minute:
    name: str
    facts: list[tuple[str, str]]
    clocks: list[tuple[str, str]]
    discharged: str
    urgent: list[Line]
    why: str
    happened: Lines
    takes: Lines
    diagnoses: Lines
    allergies: Lines
    screens: Lines
    problems: list[dict[str, str]]
    ignored: int


def in_a_minute(referral: Referral, today: date) -> Minute:
    found, left = referral.found, referral.discharged_on
    stays, medicines = found["encounters"], found["medications"]
    return Minute(
        name=found["patient"]["name"] or _("No name given"),
        facts=_facts(referral, found["patient"]),
        clocks=[(clock_line(one), TONES.get(one.state, "dusk")) for one in clocks(left, today)] if left else [],
        discharged=discharged(left, today),
        urgent=[_urgent(one) for one in urgent(found, today)],
        why=(found.get("typed") or {}).get("why", ""),
        happened=_parted([_stay(one) for one in stays], [_is_stay(one) for one in stays]),
        takes=_parted([_medicine(one) for one in medicines], [one["active"] for one in medicines]),
        diagnoses=_parted(
            [_diagnosis(one) for one in _use_first(found["diagnoses"])],
            [one["active"] for one in _use_first(found["diagnoses"])],
        ),
        allergies=_parted([Line(_said(one["display"])) for one in found["allergies"]]),
        screens=_parted([Line(f"{one['display']}: {one['value']}", sent_day(one["on"])) for one in found["screens"]]),
        problems=found["problems"],
        ignored=found["counts"]["ignored"],
    )


def _facts(referral: Referral, patient: dict[str, Any]) -> list[tuple[str, str]]:
    named = (
        (_("Born on"), sent_day(patient["birth_date"])),
        (_("Telephone"), " · ".join(patient["phone"])),
        (_("Language"), _language(patient["language"])),
        (_("Sent by"), " · ".join(filter(None, [referral.organisation, referral.sender]))),
        (_("Came as"), str(referral.get_source_display())),
    )
    return [(label, value) for label, value in named if value]


def _language(tag: str | None) -> str:
    """Ours by their names, others by the tag that was sent."""
    ours = {"en": _("English"), "es": _("Spanish")}
    return ours.get((tag or "")[:2].lower(), tag or "")


def _parted(lines: list[Line], opens: list[bool] | None = None) -> Lines:
    """Repeats of one line are one line: a bundle names a medicine at each visit."""
    shown = opens if opens is not None else [True] * len(lines)
    first = list(dict.fromkeys(line for line, is_open in zip(lines, shown, strict=True) if is_open))
    others = [line for line in dict.fromkeys(lines) if line not in first[:FIRST]]
    return Lines(first[:FIRST], others)


def _urgent(one: Urgent) -> Line:
    return Line(str(URGENT[one.kind]), ", ".join(filter(None, [one.words, sent_day(one.on)])), is_strong=True)


def _is_stay(one: dict[str, Any]) -> bool:
    return one["kind"] in ("inpatient", "emergency", "residential") or bool(one["substance_use"])


def _stay(one: dict[str, Any]) -> Line:
    days = " – ".join(dict.fromkeys(filter(None, map(sent_day, (one["start"], one["end"])))))
    words = ": ".join(filter(None, [str(KINDS_OF_STAY[one["kind"]]), one["reason"]]))
    return Line(words, days, bool(one["substance_use"]))


def _medicine(one: dict[str, Any]) -> Line:
    return Line(_said(one["display"]), "" if one["active"] else _("not active"), bool(one["for_substance_use"]))


def _diagnosis(one: dict[str, Any]) -> Line:
    since = _("since %(day)s") % {"day": sent_day(one["onset"])} if one["onset"] else ""
    over = "" if one["active"] else _("not active")
    return Line(_said(one["display"]), " · ".join(filter(None, [one["code"], since, over])), bool(one["substance_use"]))


def _use_first(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(rows, key=lambda one: not one["substance_use"])


def _said(words: str | None) -> str:
    return words or _("Without a name")


# --- whom it may be about ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Proposed:
    subject: str
    who: str
    what: str
    level: str
    reasons: str


def proposal_lines(proposed: Sequence[Proposal]) -> list[Proposed]:
    return [
        Proposed(
            one.match.subject, _name(one.thing), _what(one.thing, one.is_here), str(LEVELS[one.match.level]),
            _sentences(one.match.reasons),
        )
        for one in proposed
    ]  # fmt: skip


@dataclass(frozen=True)
class Decided:
    what: str
    who: str
    subject: str
    may_undo: bool
    reasons: str
    at: Any


def step_lines(steps: Sequence[tuple[ReferralMatch, Client | Inquiry]], standing: Standing) -> list[Decided]:
    """Newest first. What stands can be taken back, once."""
    open_now, found = {standing.confirmed, *standing.not_same}, []
    for step, thing in steps:
        may_undo = step.subject in open_now and step.step != ReferralMatch.Step.UNDONE
        open_now.discard(step.subject)
        reasons = _sentences([Reason(one) for one in step.reasons])
        found.append(Decided(str(step.get_step_display()), _name(thing), step.subject, may_undo, reasons, step.at))
    return found


def _name(thing: Client | Inquiry) -> str:
    return thing.chosen_name if isinstance(thing, Client) else thing.name or _("No name given")


def _what(thing: Client | Inquiry, is_here: bool) -> str:
    if isinstance(thing, Inquiry):
        return _("an inquiry")
    return _("in the program now") if is_here else _("was here before")


def _sentences(reasons: Sequence[Reason]) -> str:
    return " ".join(str(REASONS[one]) for one in reasons)
