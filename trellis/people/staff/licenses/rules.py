"""Who may sign what on a day: by license or registration, by its days, and by the five years of a registration. Pure.

An LPHA decides what is medically necessary and how much care; a diagnosis also needs a license whose scope holds one. A
counselor is registered or certified with a body that the state approved (9 CCR 13000 and after), and is certified
within five years of registering.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

#: a text in the language of whoever reads
Sentence = str

SOURCE = "DMC-ODS (LPHA); 9 CCR 13000 and after"
YEARS_REGISTERED = 5
SOON = timedelta(days=60)


class Signing(StrEnum):
    """What is signed."""

    DIAGNOSIS = "diagnosis"
    LEVEL = "level"
    ASSESSMENT = "assessment"
    DISCHARGE_SUMMARY = "discharge_summary"
    LETTER = "letter"
    MEDICAL = "medical"


class Kind(StrEnum):
    """Licenses and registrations, as California names them."""

    PHYSICIAN = "physician"
    NURSE_PRACTITIONER = "np"
    PHYSICIAN_ASSISTANT = "pa"
    PSYCHOLOGIST = "psychologist"
    LCSW = "lcsw"
    LMFT = "lmft"
    LPCC = "lpcc"
    REGISTERED_NURSE = "rn"
    PHARMACIST = "pharmacist"
    # registered with a board and supervised: license-eligible
    PSYCHOLOGICAL_ASSOCIATE = "psychological_associate"
    ASSOCIATE_SOCIAL_WORKER = "asw"
    ASSOCIATE_MFT = "amft"
    ASSOCIATE_PCC = "apcc"
    # counselors, 9 CCR 13000 and after
    COUNSELOR_CERTIFIED = "counselor_certified"
    COUNSELOR_REGISTERED = "counselor_registered"


PRESCRIBERS = frozenset({Kind.PHYSICIAN, Kind.NURSE_PRACTITIONER, Kind.PHYSICIAN_ASSISTANT})
ASSOCIATES = frozenset(
    {Kind.PSYCHOLOGICAL_ASSOCIATE, Kind.ASSOCIATE_SOCIAL_WORKER, Kind.ASSOCIATE_MFT, Kind.ASSOCIATE_PCC}
)
LICENSED = PRESCRIBERS | {Kind.PSYCHOLOGIST, Kind.LCSW, Kind.LMFT, Kind.LPCC}
DIAGNOSE = LICENSED | ASSOCIATES
LPHA = DIAGNOSE | {Kind.REGISTERED_NURSE, Kind.PHARMACIST}
COUNSELORS = frozenset({Kind.COUNSELOR_CERTIFIED, Kind.COUNSELOR_REGISTERED})
#: whoever may supervise an associate
SUPERVISE = LICENSED
MAY: dict[Signing, frozenset[Kind]] = {
    Signing.DIAGNOSIS: DIAGNOSE,
    Signing.LEVEL: LPHA,
    Signing.ASSESSMENT: LPHA | COUNSELORS,
    Signing.DISCHARGE_SUMMARY: LPHA | COUNSELORS,
    Signing.LETTER: LPHA | COUNSELORS,
    Signing.MEDICAL: PRESCRIBERS,
}


@dataclass(frozen=True)
class Held:
    """One license or registration; both days count. `since` of a registration is the first day that they registered."""

    kind: Kind
    name: str
    since: date
    until: date
    #: of an associate: the last day on which whoever supervises them is licensed and works here
    supervised_until: date | None = None


def last_day(one: Held, licenses: Iterable[Held]) -> date:
    """Until when it lets somebody sign. A registration counts five years from the first, whoever renewed it; an
    associate's counts as long as somebody licensed supervises them."""
    if one.kind == Kind.COUNSELOR_REGISTERED:
        return min(one.until, five_years_from(min(held.since for held in licenses if held.kind == one.kind)))
    return min(one.until, one.supervised_until or one.until)


def five_years_from(first: date) -> date:
    """The last of the five years: the day before the fifth anniversary."""
    year = first.year + YEARS_REGISTERED
    leaps = (first.month, first.day) == (2, 29)
    return (date(year, 3, 1) if leaps else first.replace(year=year)) - timedelta(days=1)


def signs_with(what: Signing, licenses: Collection[Held], on: date) -> Held | None:
    """The license that lets them sign this on a day: the one that ends last."""
    counts = [one for one in licenses if one.kind in MAY[what] and one.since <= on <= last_day(one, licenses)]
    return max(counts, key=lambda one: last_day(one, licenses), default=None)


def may_sign(what: Signing, licenses: Collection[Held], on: date) -> Sentence | None:
    """None where they may; otherwise a sentence to whoever wants to sign."""
    if signs_with(what, licenses, on) is not None:
        return None
    fitting = [one for one in licenses if one.kind in MAY[what]]
    if not fitting:
        return _not_enough(what, licenses)
    over = [one for one in fitting if last_day(one, licenses) < on]
    return _over(max(over, key=lambda one: last_day(one, licenses)), licenses) if over else _ahead(fitting)


def _not_enough(what: Signing, licenses: Collection[Held]) -> Sentence:
    if not licenses:
        return _("No license or registration of yours is written down here. Ask a director to write it down.")
    if what == Signing.MEDICAL:
        return _("A physician, nurse practitioner or physician assistant signs this.")
    if what == Signing.DIAGNOSIS:
        return _("Somebody licensed to diagnose signs this. You can write a proposal.")
    return _("A licensed clinician (LPHA) signs this. You can write a proposal.")


def _over(one: Held, licenses: Collection[Held]) -> Sentence:
    end = last_day(one, licenses)
    day = date_format(end, "DATE_FORMAT")
    if end < one.until and one.kind in ASSOCIATES:
        sentence = _("Nobody licensed supervises you (%(name)s) since %(day)s. Ask a director to write down who does.")
    elif end < one.until:
        sentence = _("The five years of your registration (%(name)s) ended on %(day)s. A certified counselor may sign.")
    else:
        sentence = _("Your license or registration (%(name)s) ended on %(day)s. Since then you cannot sign.")
    return sentence % {"name": one.name, "day": day}


def _ahead(fitting: Iterable[Held]) -> Sentence:
    one = min(fitting, key=lambda held: held.since)
    sentence = _("Your license or registration (%(name)s) counts from %(day)s on.")
    return sentence % {"name": one.name, "day": date_format(one.since, "DATE_FORMAT")}


# --- writing one down -------------------------------------------------------------------------------------------------


def why_not(kind: str, since: date, until: date, supervisor: Collection[Held] | None, on: date) -> Sentence | None:
    """Why a license cannot be written down so. `supervisor`: what whoever supervises holds; None where nobody does."""
    if until < since:
        return _("The last day cannot come before the first. Check the date.")
    if kind not in ASSOCIATES:
        return None if supervisor is None else _("Only an associate is supervised here. Leave it empty.")
    if supervisor is None:
        return _("An associate works under a licensed clinician. Say who supervises them.")
    if any(one.kind in SUPERVISE and one.since <= on <= one.until for one in supervisor):
        return None
    return _("Whoever supervises an associate is licensed themselves. Write down that license first.")


def ends_soon(one: Held, licenses: Collection[Held], on: date) -> bool:
    """Ended already, or ends within 60 days, and nothing of its kind goes on after it."""
    end = last_day(one, licenses)
    later: Any = [held for held in licenses if held.kind == one.kind and last_day(held, licenses) > end]
    return one.since <= on and end <= on + SOON and not later
