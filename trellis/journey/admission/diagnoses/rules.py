"""Substance use disorders by the count of criteria, remission by dates. The rule suggests, a person decides. Pure.

Eleven criteria with our own labels; 2 to 3 are mild, 4 to 5 moderate, 6 and more severe. Remission is only judged where
a clinician says that it is one: 3 to under 12 months early, 12 and more sustained; craving may go on.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from trellis.journey.admission.rules import TOO_FAR_BACK, is_too_far_back


class Substance(StrEnum):
    """A family of ICD-10-CM."""

    ALCOHOL = "F10"
    OPIOID = "F11"
    CANNABIS = "F12"
    SEDATIVE = "F13"
    COCAINE = "F14"
    STIMULANT = "F15"
    HALLUCINOGEN = "F16"
    NICOTINE = "F17"
    INHALANT = "F18"
    OTHER = "F19"


class Criterion(StrEnum):
    MORE_OR_LONGER = "more_or_longer"
    CANNOT_CUT_DOWN = "cannot_cut_down"
    MUCH_TIME = "much_time"
    CRAVING = "craving"
    ROLE_FAILURE = "role_failure"
    SOCIAL_HARM = "social_harm"
    ACTIVITIES_DROPPED = "activities_dropped"
    HAZARDOUS = "hazardous"
    HEALTH_HARM = "health_harm"
    TOLERANCE = "tolerance"
    WITHDRAWAL = "withdrawal"


class Severity(StrEnum):
    NONE = "none"
    MILD = "mild"
    MODERATE = "moderate"
    SEVERE = "severe"


class Remission(StrEnum):
    EARLY = "early"
    SUSTAINED = "sustained"


#: not counted for a medicine that is taken as prescribed
BODY = frozenset({Criterion.TOLERANCE, Criterion.WITHDRAWAL})
#: no withdrawal is described for these
NO_WITHDRAWAL = frozenset({Substance.HALLUCINOGEN, Substance.INHALANT})
#: with a medicine for the disorder itself
MAINTENANCE = frozenset({Substance.OPIOID, Substance.NICOTINE})
EARLY_MONTHS, SUSTAINED_MONTHS = 3, 12
#: tobacco has no code for a mild disorder
TOBACCO_USE = "Z72.0"


@dataclass(frozen=True)
class Use:
    """What somebody says about the use of one substance."""

    substance: Substance
    met: frozenset[Criterion]
    as_prescribed: bool = False
    in_remission: bool = False
    #: the last day with a criterion beside craving
    last_met_on: date | None = None
    controlled_environment: bool = False
    on_maintenance: bool = False


class Wrong(NamedTuple):
    """Why something cannot be written down so, and at which field of the form that is said."""

    field: str
    sentence: str


@dataclass(frozen=True)
class Suggestion:
    count: int
    severity: Severity
    remission: Remission | None
    #: empty where there is no disorder, or no code for it
    code: str
    #: met, and not counted
    left_out: tuple[Criterion, ...]


def counted(use: Use) -> frozenset[Criterion]:
    without = BODY if use.as_prescribed else frozenset()
    if use.substance in NO_WITHDRAWAL:
        without |= {Criterion.WITHDRAWAL}
    return use.met - without


def severity_of(count: int) -> Severity:
    if count < 2:
        return Severity.NONE
    if count < 4:
        return Severity.MILD
    return Severity.MODERATE if count < 6 else Severity.SEVERE


def months_between(since: date, until: date) -> int:
    """Whole months; a month is over on the same day of the next, or on the day after where there is none."""
    months = (until.year - since.year) * 12 + until.month - since.month
    return months - (until.day < since.day)


def remission_of(last_met_on: date, on: date) -> Remission | None:
    months = months_between(last_met_on, on)
    if months >= SUSTAINED_MONTHS:
        return Remission.SUSTAINED
    return Remission.EARLY if months >= EARLY_MONTHS else None


def suggest(use: Use, on: date) -> Suggestion:
    """What the criteria and dates call for on a day."""
    met = counted(use)
    severity = severity_of(len(met))
    remission = remission_of(use.last_met_on, on) if use.in_remission and use.last_met_on else None
    left_out = tuple(one for one in Criterion if one in use.met - met)
    return Suggestion(len(met), severity, remission, code_for(use.substance, severity, remission), left_out)


def code_for(substance: Substance, severity: Severity, remission: Remission | None) -> str:
    if severity == Severity.NONE:
        return ""
    if substance == Substance.NICOTINE:
        if severity == Severity.MILD:
            return "" if remission else TOBACCO_USE
        return "F17.201" if remission else "F17.200"
    return f"{substance}.{'1' if severity == Severity.MILD else '2'}{'1' if remission else '0'}"


def why_not(use: Use, on: date, born_on: date | None = None) -> Wrong | None:
    """Why this cannot be written down so, or None."""
    if use.controlled_environment and not use.in_remission:
        return Wrong("controlled_environment", _("A controlled environment is said of a remission only."))
    if use.on_maintenance and use.substance not in MAINTENANCE:
        sentence = _("A medicine for the disorder itself is said of opioids and nicotine only.")
        return Wrong("on_maintenance", sentence)
    no_remission = _no_remission(use, on, born_on) if use.in_remission else None
    return Wrong("last_met_on", no_remission) if no_remission else None


def _no_remission(use: Use, on: date, born_on: date | None) -> str | None:
    if use.last_met_on is None:
        return _("Write the last day on which a criterion other than craving was met.")
    if use.last_met_on > on:
        return _("This day lies ahead. Check the date.")
    if is_too_far_back(use.last_met_on, born_on):
        return str(TOO_FAR_BACK)
    if remission_of(use.last_met_on, on) is None:
        return _("A remission begins after three months without a criterion other than craving. It is not there yet.")
    return None


def why_not_code(use: Use, code: str, on: date) -> Wrong | None:
    """Why this code does not go with the criteria and dates, or None. A longer code of the same kind does."""
    found = suggest(use, on)
    if found.severity == Severity.NONE:
        return Wrong("criteria", _("With fewer than two criteria there is no disorder to write down."))
    if use.substance == Substance.NICOTINE and found.severity == Severity.MILD:
        sentence = _("For mild nicotine use the code is Z72.0, and none in remission.")
        return None if code == found.code else Wrong("code", sentence)
    if use.substance == Substance.NICOTINE:
        fits = code.startswith("F17.2") and _is_over(code) == (found.remission is not None)
    else:
        fits = code[:5] == found.code[:5] and _is_over(code) == (found.remission is not None)
    if fits:
        return None
    sentence = _("%(code)s does not go with %(count)d criteria. The rule says %(suggested)s; change one of both.")
    return Wrong("code", sentence % {"code": code, "count": found.count, "suggested": found.code})


def standing_against(code: str, standing: Iterable[str]) -> str | None:
    """Why a code cannot stand beside those that stand already, or None. One substance is one kind of disorder, and in
    remission or not."""
    for other in standing:
        if other == code:
            return _("%(code)s stands there already. Look at that one anew.") % {"code": code}
        if _contradict(code, other) or {TOBACCO_USE, "F17"} == {_tobacco(code), _tobacco(other)}:
            return _("%(other)s stands there for the same substance. Look at that one anew, or end it first.") % {
                "other": other
            }
    return None


def _contradict(code: str, other: str) -> bool:
    """One may smoke no more and still chew: each product of tobacco (F17.21, F17.22) has a remission of its own."""
    if not (_kind(code) and _kind(other)) or code[:3] != other[:3]:
        return False
    products = {code[5:6], other[5:6]} - {"0"} if code.startswith("F17") else set()
    return _kind(code) != _kind(other) or (len(products) < 2 and _is_over(code) != _is_over(other))


def _is_over(code: str) -> bool:
    """In remission: a 1 after the kind, of tobacco after the product."""
    return code[6:7] == "1" if code.startswith("F17") else code[5:] == "1"


def _kind(code: str) -> str:
    """Mild, moderate or severe, or unspecified: the place after the dot, of a substance's code."""
    return code[4:5] if code[:3] in list(Substance) else ""


def _tobacco(code: str) -> str:
    return "F17" if code.startswith("F17") else code


# --- ending one -------------------------------------------------------------------------------------------------------


def why_not_end(how: str, on: date | None, reason: str, began: date, today: date) -> str | None:
    if on is None or not reason.strip():
        return _("Write the day and why, in a sentence.")
    if on > today:
        return _("This day lies ahead. Check the date.")
    if how == "resolved" and on < began:
        day = date_format(began, "DATE_FORMAT")
        return _("It was written down on %(day)s; it cannot be over before that.") % {"day": day}
    return None


def from_elsewhere(rows: Collection[Mapping[str, object]], standing: Collection[str]) -> list[Mapping[str, object]]:
    """Active diagnoses that another place sent and that do not stand here yet, each once."""
    found: dict[object, Mapping[str, object]] = {}
    for row in rows:
        if row.get("active") and row.get("code") not in standing:
            found.setdefault((row.get("system"), row.get("code"), row.get("display")), row)
    return list(found.values())
