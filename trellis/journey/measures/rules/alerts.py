"""What an answer about safety means in a sentence, and how an alert about it stands. Pure."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

#: whoever is on duty takes it on within this time, or the next ones are told
CLIMBS_AFTER = timedelta(minutes=10)


@dataclass(frozen=True)
class Meaning:
    """`worse`: how serious, to tell what is new and worse from what was said already."""

    words: Promise
    source: Promise
    worse: int


_PHQ_9 = _("PHQ-9, question 9")
_C_SSRS = _("C-SSRS screener")
_HISTORY = _("Assessment history")
#: somebody said so when they were asked after their stay, without a form: as if it were an instrument, and its flag
FOLLOW_UP, NOT_SAFE = "follow_up", "not_safe"
#: or when we came to know them; which answers mean which of these stands in the data of those questions
HISTORY = "history"

#: instrument → flag of its scoring rules → what it means. A level of risk stands here as `suicide_risk_<level>`.
MEANINGS: Mapping[str, Mapping[str, Meaning]] = {
    "phq-9": {
        "suicidal_ideation_item": Meaning(
            _("Had thoughts of being better off dead, or of hurting themselves, in the last two weeks."), _PHQ_9, 2
        ),
        "safety_item_missing": Meaning(
            _("Left open the question about thoughts of being better off dead."), _PHQ_9, 1
        ),
    },
    "c-ssrs-screener": {
        "suicide_risk_high": Meaning(
            _("High risk: means to act on thoughts of ending their life, or acted in the last three months."),
            _C_SSRS, 4,
        ),
        "recent_behavior": Meaning(
            _("Did something to end their life, or began to, in the last three months."), _C_SSRS, 4
        ),
        "recency_unknown": Meaning(
            _("Did something to end their life once, and did not say when. It counts as recent."), _C_SSRS, 4
        ),
        "suicide_risk_moderate": Meaning(
            _("Moderate risk: thought about how to end their life, or acted longer than three months ago."),
            _C_SSRS, 3,
        ),
        "suicide_risk_low": Meaning(_("Low risk: wished to be dead, or thought of ending their life."), _C_SSRS, 2),
        "inconsistent_answers": Meaning(
            _("Some answers do not fit together. The most serious one counts."), _C_SSRS, 1
        ),
        "safety_item_missing": Meaning(_("Left a question about ending their life open."), _C_SSRS, 1),
    },
    FOLLOW_UP: {
        NOT_SAFE: Meaning(_("They said after their stay that they are not safe."), _("Question after the stay"), 2),
    },
    HISTORY: {
        "thoughts_of_death": Meaning(
            _("Wished not to wake up, or thought of ending their life, in the last month."), _HISTORY, 2
        ),
        "not_safe_at_home": Meaning(_("Not safe where they live, or with the people around them."), _HISTORY, 2),
        "unsure_of_thoughts": Meaning(
            _("Not sure whether they wished not to wake up, or thought of ending their life, in the last month."),
            _HISTORY, 1,
        ),
        "not_always_safe_at_home": Meaning(
            _("Not always safe where they live, or with the people around them."), _HISTORY, 1
        ),
    },
}  # fmt: skip


def about_safety(instrument: str, flags: Iterable[str]) -> tuple[str, ...]:
    """Of what a form came to, that which does not wait, the most serious first."""
    said = set(flags)
    return tuple(flag for flag in MEANINGS.get(instrument, {}) if flag in said)


def worse(instrument: str, before: Iterable[str], flags: Iterable[str]) -> bool:
    """Whether something is said now that is more serious than everything before."""
    return seriousness(instrument, flags) > seriousness(instrument, before)


def seriousness(instrument: str, flags: Iterable[str]) -> int:
    """Of the most serious thing that was said; 0: nothing about safety. It compares instruments, too."""
    known = MEANINGS.get(instrument, {})
    return max((known[name].worse for name in flags if name in known), default=0)


def meanings(instrument: str, flags: Collection[str]) -> list[Meaning]:
    """In order of the table: the most serious first."""
    return [meaning for flag, meaning in MEANINGS.get(instrument, {}).items() if flag in flags]


class State(StrEnum):
    WAITING = "waiting"
    TAKEN = "taken"
    DONE = "done"


@dataclass(frozen=True)
class Standing:
    """`level`: up to whom it has climbed, 0 first. `late`: longer than it may wait for somebody, or past its day."""

    state: State
    level: int
    climbs_at: datetime | None
    late: bool


def standing(since: datetime, due: datetime, steps: Collection[str], levels: int, now: datetime) -> Standing:
    """`since`: from when somebody on duty could have it. `due`: the end of its day. `steps`: their kinds.

    Only the clock is asked and never whether a message went out: it stands right while no worker runs.
    """
    if "done" in steps:
        return Standing(State.DONE, 0, None, late=False)
    if "seen" in steps:
        return Standing(State.TAKEN, 0, None, late=now >= due)
    waits = max(now - since, timedelta(0)) // CLIMBS_AFTER
    level = min(waits, max(levels - 1, 0))
    climbs = level + 1 < levels
    return Standing(State.WAITING, level, since + (level + 1) * CLIMBS_AFTER if climbs else None, late=waits > 0)
