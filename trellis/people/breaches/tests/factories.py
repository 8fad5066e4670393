"""Incidents as somebody worked on them, through the actions themselves."""

from datetime import date
from typing import Any

from trellis.foundation.access.actor import Actor
from trellis.people.breaches import actions
from trellis.people.breaches.actions import Factors, Facts, Sending
from trellis.people.breaches.models import Affected, Incident, Letter
from trellis.people.breaches.rules import Outcome
from trellis.people.clients.tests.factories import StaffMemberFactory, actor, actor_of

TODAY = date(2026, 10, 5)
FOUND_OUT = date(2026, 10, 1)
FACTS = Facts(FOUND_OUT, ("presence", "attendance"), date(2026, 9, 28), date(2026, 9, 30))
TEXTS = {
    "en": {"happened": "A folder was left on a bus.", "doing": "We looked for it.", "can_do": "Call us at once."},
    "es": {"happened": "Una carpeta quedó en un autobús.", "doing": "La buscamos.", "can_do": "Llámenos."},
}
SIGNER = "Dana Cole"


def guard() -> Actor:
    """Whoever guards privacy here."""
    return actor("program_administrator")


def signer() -> Actor:
    member = StaffMemberFactory(account__roles=["clinical_director"], account__chosen_name=SIGNER)
    return actor_of(member.account)


def happened(**given: Any) -> Incident:
    said = {"what": "A folder was left on a bus.", "facts": FACTS, **given}
    return actions.record(by=guard(), **said)


def affects(incident: Incident, *things: Any, why: str = "picked") -> list[Affected]:
    """Clients, or plain subjects."""
    subjects = [one if isinstance(one, str) else one.audit_subjects[0] for one in things]
    actions.put_on_list(by=guard(), incident=incident, subjects=subjects, why=why)
    return [Affected.objects.get(incident=incident, subject=subject) for subject in subjects]


def assessed(incident: Incident, outcome: str = "breach", **given: Any) -> None:
    factors = Factors("Names and days", "A stranger on a bus", "Nobody knows", "It was not found")
    said = {"factors": factors, "reasons": "Nobody knows who has it.", "signed": SIGNER, **given}
    actions.assess(by=signer(), incident=incident, outcome=Outcome(outcome), **said)


def worded(incident: Incident) -> None:
    actions.write_letter(by=guard(), incident=incident, texts=TEXTS)


def told(affected: Affected, how: str = "post", **given: Any) -> Letter:
    return actions.tell(by=guard(), affected=affected, sending=Sending(how, given.pop("on", TODAY), **given))
