"""Who says which meetings fit a client: they themselves, or staff who may write down their contact, at their asking."""

from trellis.foundation.access.policy import ANY, OWN, SYSTEM, register
from trellis.foundation.access.roles import (
    Alumnus,
    ClinicalDirector,
    Counselor,
    FrontDesk,
    GroupFacilitator,
    IntakeCoordinator,
    MedicalDirector,
    ProgramAdministrator,
    Therapist,
)
from trellis.foundation.access.roles import Client as ClientRole
from trellis.people.clients.policy import CASELOAD, Grants

_AT_THE_DESK: Grants = {
    IntakeCoordinator: ANY,
    FrontDesk: ANY,
    ProgramAdministrator: ANY,
    ClinicalDirector: ANY,
    MedicalDirector: ANY,
    Counselor: CASELOAD,
    Therapist: CASELOAD,
    GroupFacilitator: CASELOAD,
}

# The staff's page; a client has their own.
register("recovery.help_choose_meetings", _AT_THE_DESK)
# Meetings go on after the program: whoever has finished chooses too.
register("recovery.choose_meetings", {**_AT_THE_DESK, ClientRole: OWN, Alumnus: OWN, SYSTEM: ANY})
