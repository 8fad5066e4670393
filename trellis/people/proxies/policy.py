"""Who lets somebody act for a client, who ends it, and what they who act may open."""

from typing import Any

from trellis.foundation.access.actor import Actor
from trellis.foundation.access.policy import ACTS_FOR, ANY, OWN, SYSTEM, register, relation
from trellis.foundation.access.roles import (
    Alumnus,
    ClinicalDirector,
    Counselor,
    FrontDesk,
    IntakeCoordinator,
    LovedOne,
    MedicalDirector,
    ProgramAdministrator,
    Therapist,
)
from trellis.foundation.access.roles import Client as ClientRole
from trellis.people.clients.policy import CASELOAD, Grants, client_id_of
from trellis.people.proxies import queries
from trellis.people.proxies.models import ProxyAccess
from trellis.people.proxies.rules import Part

ACTS_FOR_IN: dict[Part, str] = {part: f"{ACTS_FOR}_{part}" for part in Part}

_GUARDING: Grants = {ProgramAdministrator: ANY, ClinicalDirector: ANY, MedicalDirector: ANY}
_HEARING: Grants = {**_GUARDING, IntakeCoordinator: ANY, FrontDesk: ANY, Counselor: CASELOAD, Therapist: CASELOAD}
_THEMSELVES: Grants = {ClientRole: OWN, Alumnus: OWN}

register("proxy.let_in", _THEMSELVES)
# Whoever enters a representative has seen the paper.
register("proxy.enter", _GUARDING)
register("proxy.read", _HEARING)
# Whoever hears "stop" stops it.
register("proxy.end", {**_HEARING, **_THEMSELVES})
# By a link, and by nothing else.
register("proxy.take_up", {SYSTEM: ANY})
# What they open who act for somebody.
register("proxy.list", {LovedOne: ACTS_FOR})
register("proxy.open", {LovedOne: ACTS_FOR})
register("proxy.week", {LovedOne: ACTS_FOR_IN[Part.WEEK]})
register("proxy.tell", {LovedOne: ACTS_FOR_IN[Part.TELL]})
register("proxy.record", {LovedOne: ACTS_FOR_IN[Part.RECORD]})
register("proxy.ask", {LovedOne: ACTS_FOR_IN[Part.ASK]})


def parts_of(actor: Actor, thing: Any) -> set[Part]:
    """What the actor may do now for whom the thing is about; of one access only what that one gives."""
    client_id = client_id_of(thing)
    if actor.account_id is None or client_id is None:
        return set()
    found = queries.of_account(actor.account_id, client_id)
    if isinstance(thing, ProxyAccess):
        found = [one for one in found if one.row.pk == thing.pk]
    return {part for one in found for part in one.parts}


relation(ACTS_FOR, lambda actor, thing: bool(parts_of(actor, thing)))
for _part, _name in ACTS_FOR_IN.items():
    relation(_name, lambda actor, thing, part=_part: part in parts_of(actor, thing))  # type: ignore[misc]
