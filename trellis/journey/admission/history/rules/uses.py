"""One substance as it was told, and which scale of withdrawal is due."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from trellis.journey.admission.history.rules.answers import Fault, Wrong, day, number


class Substance(StrEnum):
    """As ICD-10-CM groups them, F10 to F19."""

    ALCOHOL = "alcohol"
    OPIOID = "opioid"
    CANNABIS = "cannabis"
    SEDATIVE = "sedative"
    COCAINE = "cocaine"
    STIMULANT = "stimulant"
    HALLUCINOGEN = "hallucinogen"
    NICOTINE = "nicotine"
    INHALANT = "inhalant"
    OTHER = "other"


class Pattern(StrEnum):
    NEVER = "never"
    BEFORE = "before"
    SOME_MONTHS = "some_months"
    SOME_WEEKS = "some_weeks"
    DAILY = "daily"


class Route(StrEnum):
    MOUTH = "mouth"
    SMOKED = "smoked"
    NOSE = "nose"
    INJECTED = "injected"
    OTHER = "other"


#: what no answer of a person older than this can be
OLDEST = 120


@dataclass(frozen=True)
class Use:
    """The history of one substance, as somebody told it. Any part may be left open."""

    pattern: str = ""
    first_age: int | None = None
    last_on: date | None = None
    route: str = ""
    help_before: str = ""


def age_on(born_on: date, today: date) -> int:
    return today.year - born_on.year - ((today.month, today.day) < (born_on.month, born_on.day))


def first_age(text: str, *, born_on: date | None, today: date) -> int | None:
    """Raises Wrong."""
    if not text.strip():
        return None
    found = number(text.strip(), 0, OLDEST)
    if born_on is not None and found > age_on(born_on, today):
        raise Wrong(Fault.OLDER_THAN_THEY_ARE)
    return found


def last_use(text: str, *, first: int | None, born_on: date | None, today: date) -> date | None:
    """Raises Wrong."""
    if not text.strip():
        return None
    found = day(text.strip(), born_on=born_on, last=today)
    if first is not None and born_on is not None and age_on(born_on, found) < first:
        raise Wrong(Fault.BEFORE_FIRST_USE)
    return found


def whole(use: Use) -> Use:
    """Who never used it used it at no age, in no way."""
    return Use(Pattern.NEVER) if use.pattern == Pattern.NEVER else use


# --- the last use that counts ----------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Heard:
    """What one kind of speaker said, and on which day."""

    use: Use
    on: date
    speaker: str


@dataclass(frozen=True, order=True)
class Used:
    """A day of use that calls for care. Not `known`: they said "every day" then, and named no last day."""

    day: date
    known: bool = True


def last_used(heard: Iterable[Heard]) -> Used | None:
    """Of one substance, newest first: nobody takes back what somebody else said, and the latest day counts."""
    by_speaker: dict[str, list[Heard]] = {}
    for one in heard:
        by_speaker.setdefault(one.speaker, []).append(one)
    found = (_last_said(rows) for rows in by_speaker.values())
    return max((used for used in found if used), default=None)


def _last_said(rows: Iterable[Heard]) -> Used | None:
    """Of one speaker. Whoever leaves the day open takes none back; only "never" does."""
    for one in rows:
        if one.use.pattern == Pattern.NEVER:
            return None
        if one.use.last_on:
            return Used(one.use.last_on)
        if one.use.pattern == Pattern.DAILY:
            return Used(one.on, known=False)
    return None


# --- withdrawal -------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Line:
    """Of the program: for these substances this scale, so many days after the last use; from this total on elsewhere.
    Without a scale somebody is called."""

    key: str
    substances: tuple[str, ...]
    within: timedelta
    transfer: int = 0

    @property
    def has_scale(self) -> bool:
        return self.transfer > 0


@dataclass(frozen=True)
class Scored:
    """The newest total of a scale; None: it was begun and came to no total."""

    total: int | None
    on: date


class Verdict(StrEnum):
    ABOVE = "above"
    ASK = "ask"
    CALL = "call"
    BELOW = "below"
    OLD = "old"


@dataclass(frozen=True)
class Judged:
    line: Line
    verdict: Verdict
    scored: Scored | None = None
    #: the substance that calls for it, and its last use
    substance: str = ""
    used: Used | None = None


def withdrawal(
    lines: Iterable[Line], scores: Mapping[str, Scored], uses: Mapping[str, Used], today: date
) -> list[Judged]:
    """What each line says today, what is most urgent first; nothing of a line that nothing calls for."""
    found = [one for line in lines if (one := _judged(line, scores.get(line.key), uses, today))]
    return sorted(found, key=lambda one: list(Verdict).index(one.verdict))


def _judged(line: Line, scored: Scored | None, uses: Mapping[str, Used], today: date) -> Judged | None:
    substance, used = _newest_use(line, uses, today)
    if not line.has_scale:
        return Judged(line, Verdict.CALL, None, substance, used) if used else None
    if scored is not None and scored.total is not None:
        if scored.total >= line.transfer and today - scored.on <= line.within:
            return Judged(line, Verdict.ABOVE, scored, substance, used)
        # Withdrawal rises for days: a low total says nothing of tomorrow.
        if scored.total < line.transfer and scored.on == today:
            return Judged(line, Verdict.BELOW, scored, substance, used)
    if used:
        return Judged(line, Verdict.ASK, scored, substance, used)
    return Judged(line, Verdict.OLD, scored) if scored is not None else None


def _newest_use(line: Line, uses: Mapping[str, Used], today: date) -> tuple[str, Used | None]:
    """Of the line's substances the one that was used last, lately enough."""
    lately = [(used, key) for key in line.substances if (used := uses.get(key)) and today - used.day <= line.within]
    if not lately:
        return "", None
    used, substance = max(lately)
    return substance, used
