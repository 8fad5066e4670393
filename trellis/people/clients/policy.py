"""Who may do what with a client's record."""

from datetime import date, timedelta
from typing import Any

from trellis.foundation import clock
from trellis.foundation.access.actor import Actor
from trellis.foundation.access.policy import ANY, OWN, SYSTEM, is_kept_out, register, relation
from trellis.foundation.access.roles import (
    Alumnus,
    Biller,
    ClinicalDirector,
    Counselor,
    FrontDesk,
    GroupFacilitator,
    IntakeCoordinator,
    MedicalDirector,
    ProgramAdministrator,
    Role,
    Therapist,
)
from trellis.foundation.access.roles import Client as ClientRole
from trellis.foundation.program import queries as program
from trellis.people.clients import near
from trellis.people.clients.emergency import policy as _who  # noqa: F401
from trellis.people.clients.emergency import queries as emergency
from trellis.people.clients.emergency.policy import REVIEWERS
from trellis.people.clients.models import CareAssignment, Client, Episode
from trellis.people.clients.states import OPEN
from trellis.people.clients.watched import policy as _watching  # noqa: F401

CASELOAD = "caseload"
#: the same, or the record is open to the actor for an hour because of an emergency
CASELOAD_OR_EMERGENCY = "caseload_or_emergency"
#: on the care team until the client's last stay ended, not too long ago, and nobody has opened another since
LAST_TEAM = "last_team"
#: so many days after the last day of the stay, and with it what a year of follow-ups asks last; directors read longer
LAST_TEAM_DAYS = 425

Grants = dict[type[Role] | str, str | tuple[str, ...]]

_DIRECTORS: Grants = {ClinicalDirector: ANY, MedicalDirector: ANY}
_ADMITTING: Grants = {**_DIRECTORS, IntakeCoordinator: ANY, Therapist: ANY, SYSTEM: ANY}
_OFFICE: Grants = {IntakeCoordinator: ANY, FrontDesk: ANY, ProgramAdministrator: ANY}
_CARE_TEAM: Grants = {Counselor: CASELOAD, Therapist: CASELOAD, GroupFacilitator: CASELOAD}

register("client.find", {**_DIRECTORS, **_OFFICE, **_CARE_TEAM, Biller: ANY})
register("client.read", {**_DIRECTORS, **_OFFICE, **dict.fromkeys(_CARE_TEAM, CASELOAD_OR_EMERGENCY), Biller: ANY})
register("client.register", _ADMITTING)
# The staff's pages about a name and a contact; a client has their own.
register("client.edit", {**_DIRECTORS, **_OFFICE, **_CARE_TEAM})
register("client.change_name", {**_DIRECTORS, **_OFFICE, **_CARE_TEAM, ClientRole: OWN, SYSTEM: ANY})
register("client.change_contact", {**_DIRECTORS, **_OFFICE, **_CARE_TEAM, ClientRole: OWN, SYSTEM: ANY})
# What papers say is for those who deal with law and payers.
register(
    "client.record_legal_name",
    {**_DIRECTORS, IntakeCoordinator: ANY, ProgramAdministrator: ANY, Therapist: CASELOAD, SYSTEM: ANY},
)
register(
    "client.open_legal_name",
    {**_DIRECTORS, ProgramAdministrator: ANY, Biller: ANY, Therapist: CASELOAD},
)
register("client.open_episode", _ADMITTING)
# Two records that turned out to be one person's.
register("client.take_over", dict.fromkeys(REVIEWERS, ANY))
register("client.close_episode", {**_DIRECTORS, Therapist: CASELOAD, SYSTEM: ANY})
register("client.assign", {**_ADMITTING, ProgramAdministrator: ANY})
# Out of whose record somebody is kept who works here: for the client to say, and for those who guard privacy.
register("client.keep_out", {**dict.fromkeys(REVIEWERS, ANY), ClientRole: OWN, Alumnus: OWN, SYSTEM: ANY})
register("client.let_in", {**dict.fromkeys(REVIEWERS, ANY), ClientRole: OWN, Alumnus: OWN})
# The staff's page about it; a client has their own.
register("client.see_kept_out", dict.fromkeys(REVIEWERS, ANY))
# Whoever meets somebody they know closes the record to themselves.
register("client.step_back", {**_DIRECTORS, **_OFFICE, **_CARE_TEAM, Biller: ANY})
# The same people as account.set_up_at_desk: a sign-in and the record it opens are given in one act.
register("client.link_account", {**_OFFICE, SYSTEM: ANY})


def is_own(actor: Actor, thing: Any) -> bool:
    """The record is about the actor: their own as a client, or something that names it."""
    if actor.account_id is None:
        return False
    if isinstance(thing, Client):
        return thing.account_id == actor.account_id
    client_id = client_id_of(thing)
    return client_id is not None and Client.objects.filter(pk=client_id, account_id=actor.account_id).exists()


def is_on_caseload(actor: Actor, thing: Any) -> bool:
    """The actor is on the care team of the client's open episode, or as near to them before there is one."""
    client_id = client_id_of(thing)
    if actor.account_id is None or client_id is None:
        return False
    team = CareAssignment.objects.filter(
        staff_member__account_id=actor.account_id,
        until__isnull=True,
        episode__client_id=client_id,
        episode__status=OPEN,
    )
    return team.exists() or near.is_near(actor.account_id, client_id)


def is_on_caseload_or_in_emergency(actor: Actor, thing: Any) -> bool:
    if not is_kept_out(actor, thing) and is_on_caseload(actor, thing):
        return True
    client_id = client_id_of(thing)
    if actor.account_id is None or client_id is None:
        return False
    return emergency.is_open(actor.account_id, client_id, clock.now())


def is_on_last_team(actor: Actor, thing: Any) -> bool:
    """The actor was on the care team on the day on which the client's last episode closed, and it has not run out."""
    client_id = client_id_of(thing)
    if actor.account_id is None or client_id is None:
        return False
    last = Episode.objects.filter(client=client_id).order_by("-opened_on", "-pk").first()
    if last is None or last.closed_on is None or last.closed_on < last_teams_since():
        return False
    return last.assignments.filter(staff_member__account_id=actor.account_id, until__gte=last.closed_on).exists()


def last_teams_since() -> date:
    """Of stays that ended before this day nobody is the last team any more; by the program's calendar."""
    return clock.today(program.zone()) - timedelta(days=LAST_TEAM_DAYS)


def client_id_of(thing: Any) -> int | None:
    """The client that a row is about: a client, or anything with a `client_id`."""
    if isinstance(thing, Client):
        return thing.pk
    if isinstance(thing, CareAssignment):
        return thing.episode.client_id
    found = getattr(thing, "client_id", None)
    return found if isinstance(found, int) else None


relation(OWN, is_own)
relation(CASELOAD, is_on_caseload)
# A life in danger opens also what is closed; those who read why it was opened see that it was.
relation(CASELOAD_OR_EMERGENCY, is_on_caseload_or_in_emergency, even_kept_out=True)
relation(LAST_TEAM, is_on_last_team)
