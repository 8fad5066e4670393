"""Who tells clients of their rights, and who notes what they answered."""

from trellis.foundation.access.policy import ANY, OWN, SYSTEM, register
from trellis.foundation.access.roles import (
    Alumnus,
    Biller,
    ClinicalDirector,
    Counselor,
    FrontDesk,
    GroupFacilitator,
    IntakeCoordinator,
    LovedOne,
    MedicalDirector,
    ProgramAdministrator,
    Therapist,
)
from trellis.foundation.access.roles import Client as ClientRole
from trellis.people.clients.policy import CASELOAD, Grants
from trellis.people.proxies.policy import ACTS_FOR_IN
from trellis.people.proxies.rules import Part

_DIRECTORS: Grants = {ClinicalDirector: ANY, MedicalDirector: ANY}
_OFFICE: Grants = {IntakeCoordinator: ANY, FrontDesk: ANY, ProgramAdministrator: ANY}
_CARE_TEAM: Grants = {Counselor: CASELOAD, Therapist: CASELOAD, GroupFacilitator: CASELOAD}
_THEMSELVES: Grants = {ClientRole: OWN, Alumnus: OWN}

# The part of a client's page, and the page behind it.
register("rights.read", {**_DIRECTORS, **_OFFICE, **_CARE_TEAM, Biller: ANY})
# Who has not read it yet: for those who see everybody.
register("notice.list", {**_DIRECTORS, **_OFFICE})
register("notice.record", {**_DIRECTORS, **_OFFICE, Counselor: CASELOAD, Therapist: CASELOAD})
register("notice.acknowledge", _THEMSELVES)
# Whoever loads the program changes what the notice says of it; the worker looks every hour.
register("notice.publish", {ProgramAdministrator: ANY, SYSTEM: ANY})
# Asking: a client for themselves, or somebody here who writes down what they say.
_HEARING: Grants = {**_DIRECTORS, **_OFFICE, **_CARE_TEAM}
register("rights.help_ask", _HEARING)
# Whoever acts for a client asks in their name.
register("rights.ask", {**_HEARING, **_THEMSELVES, LovedOne: ACTS_FOR_IN[Part.ASK]})
# Answering is for few: the directors, and whoever keeps the house in order. They read complaints, too.
_ANSWERING: Grants = {**_DIRECTORS, ProgramAdministrator: ANY}
register("rights.answer", _ANSWERING)
register("rights.follow", {**_ANSWERING, **_THEMSELVES})
# One's own record needs no consent (42 CFR 2.23); nobody takes another's.
register("record.download", _THEMSELVES)
