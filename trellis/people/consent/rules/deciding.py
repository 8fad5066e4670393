"""The decision: a consent that serves, or the ground that was named. Without an answer the answer is no."""

from dataclasses import dataclass
from typing import Any

from trellis.people.consent.rules.case import Case, Malformed, asked_of, read
from trellis.people.consent.rules.grounds import GROUNDS, missing, still_to_record
from trellis.people.consent.rules.reasons import SENTENCES, Reason
from trellis.people.consent.rules.serving import CLOSENESS, fault_of, lets_through, matches
from trellis.people.consent.rules.words import Purpose

RECORD = ("recipient", "purpose", "information", "at", "by")
PURPOSES = frozenset(map(str, Purpose))


@dataclass(frozen=True)
class Decision:
    """`information` may go, `withheld` may not, each in the order asked. `ground`: `consent:<id>` or a section.

    `record` must be written down when it goes; `missing` does not hold yet, or is still to be written down.
    """

    reason: Reason
    information: tuple[str, ...] = ()
    withheld: tuple[Any, ...] = ()
    ground: str | None = None
    record: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()

    @property
    def allow(self) -> bool:
        return bool(self.information)

    @property
    def notice(self) -> bool:
        """The statement of 2.32 goes with what a consent lets through, and only with that."""
        return self.reason is Reason.CONSENT

    @property
    def why(self) -> str:
        return str(SENTENCES[self.reason])


def judge(value: dict[str, Any]) -> Decision:
    """A case as JSON has it. What is missing or malformed never allows."""
    try:
        return decide(read(value))
    except Malformed:
        return Decision(Reason.MALFORMED, withheld=asked_of(value))


def decide(case: Case) -> Decision:
    """May this go? Pure: nothing is stored, and nothing is known but the case."""
    return _by_consent(case) if case.ask.ground is None else _by_ground(case, case.ask.ground)


def _by_consent(case: Case) -> Decision:
    if case.ask.purpose not in PURPOSES:
        return _no(case, Reason.UNKNOWN_PURPOSE)
    if any(matches(entry, case.ask.recipient, classes=True) for entry in case.client.restricted):
        return _no(case, Reason.RESTRICTED)
    faults = [(consent, fault_of(consent, case)) for consent in case.consents]
    serving = [consent for consent, fault in faults if fault is None]
    if not serving:
        failed = [fault for _, fault in faults if fault]
        return _no(case, max(failed, key=CLOSENESS.__getitem__, default=Reason.NO_CONSENT))
    best = max(serving, key=lambda consent: (len(case.ask.split(lets_through(consent))[0]), consent.signed_at))
    return _yes(case, lets_through(best), Reason.CONSENT, f"consent:{best.id}")


def _by_ground(case: Case, name: str) -> Decision:
    """Only the ground that was named is tried: a consent is another question."""
    ground = GROUNDS.get(name)
    if ground is None:
        return _no(case, Reason.UNKNOWN_GROUND)
    lacking = missing(ground, case)
    if case.ask.purpose not in ground.purposes:
        return _no(case, Reason.GROUND_PURPOSE, lacking)
    if ground.roles and not ground.roles & case.ask.recipient.roles:
        return _no(case, Reason.GROUND_RECIPIENT, lacking)
    if lacking:
        return _no(case, Reason.GROUND_FACTS, lacking)
    through = ground.through(case)
    if not case.ask.split(through)[0]:
        return _no(case, Reason.GROUND_INFORMATION)
    return _yes(case, through, Reason.GROUND, ground.section, ground.recorded, still_to_record(ground, case))


def _yes(
    case: Case,
    through: frozenset[str],
    reason: Reason,
    ground: str,
    recorded: tuple[str, ...] = (),
    lacking: tuple[str, ...] = (),
) -> Decision:
    goes, stays = case.ask.split(through)
    return Decision(reason, goes, stays, ground, (*RECORD, *recorded), lacking)


def _no(case: Case, reason: Reason, lacking: tuple[str, ...] = ()) -> Decision:
    return Decision(reason, withheld=case.ask.information, missing=lacking)
