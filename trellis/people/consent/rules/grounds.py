"""What the law lets through without consent: one row a ground, with the facts that must be given."""

from dataclasses import dataclass
from typing import Any

from trellis.people.consent.rules.case import Case, same
from trellis.people.consent.rules.words import ALL, ORDINARY, TPO, Information, Purpose, named

ANY_PURPOSE = frozenset(map(str, Purpose))
OTHER = frozenset({Purpose.OTHER})


@dataclass(frozen=True)
class Ground:
    """`facts` decide. `afterwards` are facts that the record must hold and that never hold up care.

    `roles`: the recipient must be one of these; empty is anybody. `recorded`: what is written down beside the usual.
    """

    section: str
    facts: tuple[str, ...]
    purposes: frozenset[str] = ANY_PURPOSE
    roles: frozenset[str] = frozenset()
    information: frozenset[str] = ORDINARY
    afterwards: tuple[str, ...] = ()
    recorded: tuple[str, ...] = ()
    not_presence_alone: bool = False

    def through(self, case: Case) -> frozenset[str]:
        """The kinds that may go: those of the ground, and only those that an order covers where one decides."""
        covered = self.information
        if COVERS in self.facts:
            covered &= named(tuple(word for word in case.ask.facts[COVERS] if isinstance(word, str) and word != ALL))
        if self.not_presence_alone and set(case.ask.split(covered)[0]) == {Information.PRESENCE}:
            return frozenset()
        return covered


COVERS = "covers"
GROUNDS = {
    "medical_emergency": Ground(
        "2.51",
        ("bona_fide", "consent_cannot_be_obtained", "recipient_is_medical_personnel"),
        purposes=frozenset({Purpose.TREATMENT}),
        afterwards=("recipient_name", "recipient_affiliation", "disclosed_by", "nature"),
        recorded=("recipient_affiliation", "disclosed_by", "nature"),
    ),
    "child_abuse_report": Ground(
        "2.12(c)(6)",
        ("initial_report",),
        purposes=OTHER,
        roles=frozenset({"child_protection", "law_enforcement"}),
        information=frozenset({Information.PRESENCE, Information.INCIDENT}),
    ),
    "crime_on_premises": Ground(
        "2.12(c)(5)",
        ("against_program_or_staff",),
        purposes=OTHER,
        roles=frozenset({"law_enforcement"}),
        information=frozenset({Information.PRESENCE, Information.INCIDENT}),
    ),
    "court_order": Ground("2.61", ("order_under_subpart_e", "recipient_in_order", COVERS)),
    "audit": Ground("2.53", ("authorized_body", "written_agreement"), purposes=frozenset({Purpose.AUDIT})),
    "research": Ground("2.52", ("board_approval",), purposes=frozenset({Purpose.RESEARCH})),
    "public_health": Ground("2.54", ("deidentified",), purposes=OTHER, not_presence_alone=True),
    "qualified_service": Ground("2.12(c)(4)", ("written_agreement",), purposes=TPO),
    "internal": Ground("2.12(c)(3)", ("need_to_know",), purposes=TPO, roles=frozenset({"staff"})),
    "vital_statistics": Ground(
        "2.15(b)",
        ("law_requires_cause_of_death", "deceased"),
        purposes=OTHER,
        information=frozenset({Information.PRESENCE, Information.DIAGNOSIS}),
    ),
    "client_access": Ground("2.23", ("client",)),
}


def missing(ground: Ground, case: Case) -> tuple[str, ...]:
    """The facts without which the ground does not hold, in the order of the table."""
    return tuple(fact for fact in ground.facts if not _holds(fact, case))


def still_to_record(ground: Ground, case: Case) -> tuple[str, ...]:
    """What the record lacks when it went (2.51(c))."""
    return tuple(fact for fact in ground.afterwards if not _recorded(fact, case))


def _holds(fact: str, case: Case) -> bool:
    if fact == "deceased":
        return case.client.deceased
    if fact == "client":
        return "client" in case.ask.recipient.roles and not case.client.deceased
    if fact == COVERS:
        covers = case.ask.facts.get(COVERS)
        return isinstance(covers, list) and bool(covers)
    return _given(case.ask.facts.get(fact))


def _recorded(fact: str, case: Case) -> bool:
    """A name that is another's than the recipient's is not the one that is asked for."""
    said, recipient = case.ask.facts.get(fact), case.ask.recipient
    if fact == "recipient_name" and isinstance(said, str) and recipient.same_name:
        return same(said) == recipient.same_name
    return _given(said)


def _given(value: Any) -> bool:
    """JSON true, or text that is not blank."""
    return value is True or (isinstance(value, str) and bool(value.strip()))
