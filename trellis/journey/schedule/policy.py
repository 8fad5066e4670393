"""Who may do what with the week."""

from typing import Any

from django.db.models import Q, QuerySet, Subquery

from trellis.foundation.access.actor import Actor
from trellis.foundation.access.policy import ANY, OWN, SYSTEM, is_kept_out, register, relation
from trellis.foundation.access.roles import (
    STAFF,
    Biller,
    ClinicalDirector,
    Counselor,
    FrontDesk,
    GroupFacilitator,
    IntakeCoordinator,
    LovedOne,
    MedicalDirector,
    ProgramAdministrator,
    Role,
    Therapist,
)
from trellis.foundation.access.roles import Client as ClientRole
from trellis.journey.schedule.models import Booking, Session
from trellis.people.clients.models import Client
from trellis.people.clients.policy import CASELOAD, CASELOAD_OR_EMERGENCY, LAST_TEAM
from trellis.people.proxies.policy import ACTS_FOR_IN
from trellis.people.proxies.rules import Part

OWN_GROUP = "own_group"

Grants = dict[type[Role] | str, str | tuple[str, ...]]

_DIRECTORS: Grants = {ClinicalDirector: ANY, MedicalDirector: ANY}
_CARE_TEAM: Grants = {Counselor: CASELOAD, Therapist: CASELOAD}
_LEADERS: Grants = {Counselor: OWN_GROUP, Therapist: OWN_GROUP, GroupFacilitator: OWN_GROUP, ClinicalDirector: ANY}
_PLANNERS: Grants = {ClinicalDirector: ANY, ProgramAdministrator: ANY}

# the plan
register("schedule.see", dict.fromkeys(STAFF, ANY))
register("schedule.generate", {**_PLANNERS, SYSTEM: ANY})
register("schedule.change", {**_PLANNERS, SYSTEM: ANY})
register("schedule.change_room", {**_PLANNERS, FrontDesk: ANY})
# who belongs where
register("schedule.enroll", {IntakeCoordinator: ANY, ClinicalDirector: ANY, **_CARE_TEAM, SYSTEM: ANY})
register("schedule.start", {IntakeCoordinator: ANY, ClinicalDirector: ANY, SYSTEM: ANY})
# Whoever may close an episode; the team of a stay that was just closed still gets a sentence instead of a 404.
register("schedule.finish", {**_DIRECTORS, Therapist: (CASELOAD, LAST_TEAM), SYSTEM: ANY})
register("schedule.wait_list", {IntakeCoordinator: ANY, ClinicalDirector: ANY, SYSTEM: ANY})
register("schedule.agree_hour", {ClinicalDirector: ANY, **_CARE_TEAM, SYSTEM: ANY})
register("schedule.prescribe", {**_DIRECTORS, Therapist: CASELOAD, SYSTEM: ANY})
register("schedule.record_leave", {**_DIRECTORS, **_CARE_TEAM, SYSTEM: ANY})
register("schedule.decide_silence", {**_DIRECTORS, **_CARE_TEAM})
# the group room
register("schedule.my_day", {Counselor: OWN_GROUP, Therapist: OWN_GROUP, GroupFacilitator: OWN_GROUP})
register("schedule.room", _LEADERS)
register("schedule.mark", _LEADERS)
register("schedule.add_to_roster", _LEADERS)
register("schedule.join", _LEADERS)
register("schedule.count_guests", _LEADERS)
# the front desk
register("schedule.day_sheet", {FrontDesk: ANY, ClinicalDirector: ANY})
register("schedule.arrive", {FrontDesk: ANY, **_LEADERS})
register("schedule.not_seat", {FrontDesk: ANY, **_LEADERS})
register("schedule.record_call", {FrontDesk: ANY, **_LEADERS})
register(
    "schedule.notify",
    {
        ClientRole: OWN,
        LovedOne: ACTS_FOR_IN[Part.TELL],
        FrontDesk: ANY,
        ClinicalDirector: ANY,
        **_CARE_TEAM,
        SYSTEM: ANY,
    },
)
# the ledger, for people at work; a client reads their own in the portal
register(
    "schedule.minutes",
    {**_DIRECTORS, **dict.fromkeys((*_CARE_TEAM, GroupFacilitator), CASELOAD_OR_EMERGENCY), Biller: ANY},
)
register("schedule.short", {**_DIRECTORS, ProgramAdministrator: ANY})


def leads(actor: Actor, thing: Any) -> bool:
    """The actor is booked to lead the session, or the one that it joins for the night."""
    if not isinstance(thing, Session) or actor.account_id is None:
        return False
    # A query that already asked whether this account leads it (queries.session_for) spares the second statement.
    known = getattr(thing, "asked_for_account", None)
    if known == actor.account_id:
        return bool(thing.leads)  # type: ignore[attr-defined]
    return bool(leading(actor.account_id).filter(_in_the_room_of(thing)).exists())


def leading(account_id: int) -> "QuerySet[Booking]":
    return Booking.objects.filter(staff_member__account_id=account_id, released=False)


def _in_the_room_of(session: Session) -> Q:
    """Booked for it, or for the one that it joins. By ids alone: a plan that walks through all sessions takes long."""
    joins = Session.objects.filter(pk=session.pk).values("joins")
    return Q(session=session.pk) | Q(session=Subquery(joins))


def is_closed(actor: Actor, session: Session, client: Client) -> bool:
    """The actor is kept out of the client's record and does not lead the room in which they sit together."""
    return is_kept_out(actor, client) and not leads(actor, session)


relation(OWN_GROUP, leads)
