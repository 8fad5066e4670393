"""By when whom is told of a breach, who was told, and what an assessment may say. Pure.

Days are days where the program is. Federal days are certain. Whether California's laws reach this program is a fact
that somebody writes down: as long as nobody has, their days are shown with "ask counsel".
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from trellis.people.breaches.states import CLEAR, CONFIRM, MACHINE
from trellis.people.rights.rules import working_day_after

PEOPLE = timedelta(days=60)
YEARLY = timedelta(days=60)
CALIFORNIA = timedelta(days=30)
CALIFORNIA_SINCE = date(2026, 1, 1)
LICENSED_WORKING_DAYS = 15
SPOKEN_DELAY = timedelta(days=30)
LARGE = 500
SITE_FROM = 10
SITE_DAYS = 90


class Duty(StrEnum):
    PEOPLE = "people"  # 45 CFR 164.404
    CALIFORNIANS = "californians"  # Civ. Code 1798.82
    PATIENTS = "patients"  # Health and Safety Code 1280.15
    STATE = "state"  # the same
    HHS = "hhs"  # 45 CFR 164.408
    MEDIA = "media"  # 164.406
    ATTORNEY_GENERAL = "attorney_general"  # Civ. Code 1798.82(f)
    SITE = "site"  # 164.404(d)(2)(ii)


SOURCES: dict[Duty, str] = {
    Duty.PEOPLE: "45 CFR 164.404(b)",
    Duty.CALIFORNIANS: "California Civil Code 1798.82",
    Duty.PATIENTS: "California Health and Safety Code 1280.15",
    Duty.STATE: "California Health and Safety Code 1280.15",
    Duty.HHS: "45 CFR 164.408",
    Duty.MEDIA: "45 CFR 164.406",
    Duty.ATTORNEY_GENERAL: "California Civil Code 1798.82(f)",
    Duty.SITE: "45 CFR 164.404(d)(2)(ii)",
}
#: met by letters, one for each person; every other duty is met by a report or a notice that is written down
BY_LETTER = frozenset({Duty.PEOPLE, Duty.CALIFORNIANS, Duty.PATIENTS})
#: laws of California, of which nobody here decides alone whether they reach this program
OF_CALIFORNIA = frozenset({Duty.CALIFORNIANS, Duty.PATIENTS, Duty.STATE, Duty.ATTORNEY_GENERAL})


@dataclass(frozen=True)
class Delay:
    """Police or another agency say that telling would impede them (164.412). `until` None: said, not written."""

    stated_on: date
    until: date | None = None

    @property
    def ends_on(self) -> date:
        """The last day of it. Said aloud, it holds for 30 days at most (164.412(b))."""
        return self.until or self.stated_on + SPOKEN_DELAY


@dataclass(frozen=True)
class Case:
    """What the days hang on. `residents`: of the affected, those who live in one state. None: nobody knows yet."""

    discovered_on: date
    affected: int = 0
    residents: int | None = None
    out_of_reach: int = 0
    licensed: bool | None = None
    unencrypted: bool | None = None
    delays: tuple[Delay, ...] = ()

    @property
    def of_one_state(self) -> int:
        """As long as nobody counted, everybody lives in one state: the careful side."""
        return self.affected if self.residents is None else self.residents


@dataclass(frozen=True)
class Deadline:
    """One duty and its last day. `not_before`: nobody is told earlier, at the police's word."""

    duty: Duty
    due: date
    ask_counsel: bool = False
    not_before: date | None = None

    @property
    def source(self) -> str:
        return SOURCES[self.duty]


def deadlines(case: Case) -> tuple[Deadline, ...]:
    """What is owed, the nearest day first."""
    found = [*_federal(case), *_of_california(case)]
    return tuple(sorted(found, key=lambda one: (one.due, list(Duty).index(one.duty))))


def _federal(case: Case) -> Iterable[Deadline]:
    yield _moved(case, Duty.PEOPLE, people_due(case.discovered_on))
    yield _moved(case, Duty.HHS, hhs_due(case.discovered_on, case.affected))
    if case.of_one_state > LARGE:
        yield _moved(case, Duty.MEDIA, people_due(case.discovered_on))
    if case.out_of_reach >= SITE_FROM:
        yield _moved(case, Duty.SITE, people_due(case.discovered_on))


def _of_california(case: Case) -> Iterable[Deadline]:
    """A delay that police ask for does not move these days by itself: that, too, is a question to counsel."""
    if case.unencrypted is not False:
        unsure = case.unencrypted is None or bool(case.delays)
        due = californians_due(case.discovered_on)
        yield Deadline(Duty.CALIFORNIANS, due, unsure, not_before(case.delays))
        if case.of_one_state > LARGE:
            yield Deadline(Duty.ATTORNEY_GENERAL, due, unsure, not_before(case.delays))
    if case.licensed is not False:
        unsure = case.licensed is None or bool(case.delays)
        due = licensed_due(case.discovered_on)
        yield Deadline(Duty.PATIENTS, due, unsure, not_before(case.delays))
        yield Deadline(Duty.STATE, due, unsure, not_before(case.delays))


def _moved(case: Case, duty: Duty, due: date) -> Deadline:
    after = not_before(case.delays)
    return Deadline(duty, max(due, after) if after else due, False, after)


def people_due(discovered_on: date) -> date:
    """60 calendar days, the day of discovery not counted (164.404(b)). It is the last day, not the right one."""
    return discovered_on + PEOPLE


def hhs_due(discovered_on: date, affected: int) -> date:
    """500 or more: with the letters. Fewer: 60 days after the end of the year of discovery (164.408(b), (c))."""
    if affected >= LARGE:
        return people_due(discovered_on)
    return yearly_due(discovered_on.year)


def yearly_due(year: int) -> date:
    """The last day for the log of a year: March 1, in a leap year February 29."""
    return date(year, 12, 31) + YEARLY


def californians_due(discovered_on: date) -> date:
    """30 calendar days for what is discovered from 2026 on; before, without a number of days: the federal day."""
    return discovered_on + (CALIFORNIA if discovered_on >= CALIFORNIA_SINCE else PEOPLE)


def licensed_due(discovered_on: date) -> date:
    """15 business days (1280.15(a), (b)). Holidays are not taken out, so the day is never too late."""
    return working_day_after(discovered_on, LICENSED_WORKING_DAYS, ())


def not_before(delays: Sequence[Delay]) -> date | None:
    """The first day on which people may be told; None: today."""
    return max(one.ends_on for one in delays) + timedelta(days=1) if delays else None


def is_held(delays: Sequence[Delay], day: date) -> bool:
    """Whether telling somebody on this day would go against what police asked."""
    return any(one.stated_on <= day <= one.ends_on for one in delays)


class Reach(StrEnum):
    """Whether somebody affected was told."""

    TO_WRITE = "to_write"
    TOLD = "told"
    OUT_OF_REACH = "out_of_reach"


def reach(arrived: Sequence[bool]) -> Reach:
    """In: of each letter, whether it went and did not come back."""
    if not arrived:
        return Reach.TO_WRITE
    return Reach.TOLD if any(arrived) else Reach.OUT_OF_REACH


def everybody_told(affected: int, told: int, out_of_reach: int, *, on_site: bool) -> bool:
    """A notice on the site reaches whoever no letter reached (164.404(d)(2)); an empty list tells nobody."""
    return 0 < affected == told + (out_of_reach if on_site else 0)


def unmet(owed: Iterable[Deadline], given: Collection[Duty], *, told: bool) -> tuple[Deadline, ...]:
    """What is still to do, in the same order."""
    return tuple(one for one in owed if not (told if one.duty in BY_LETTER else one.duty in given))


class Outcome(StrEnum):
    """What an assessment comes to (164.402)."""

    BREACH = "breach"
    LOW_PROBABILITY = "low_probability"  # (2): of the four factors together
    GOOD_FAITH = "good_faith"  # (1)(i)
    INADVERTENT = "inadvertent"  # (1)(ii)
    NOT_RETAINED = "not_retained"  # (1)(iii)
    SECURED = "secured"  # no unsecured information: encrypted, and the key is safe


def step_of(outcome: Outcome) -> str:
    return CONFIRM if outcome is Outcome.BREACH else CLEAR


def lacks(outcome: Outcome, factors: Iterable[str], reasons: str, signed: str) -> bool:
    """Whether something is missing. Low probability needs all four factors; each outcome needs reasons and a name."""
    missing_factor = outcome is Outcome.LOW_PROBABILITY and not all(one.strip() for one in factors)
    return missing_factor or not reasons.strip() or not signed.strip()


def state_after(steps: Iterable[str]) -> str:
    """Where an incident stands after these steps, in their order."""
    here = MACHINE.start
    for step in steps:
        here = MACHINE.after(here, step)
    return here
