"""Who may ask for help, and who answers."""

from trellis.foundation.access.policy import ANY, EVERYBODY, OWN, SYSTEM, register
from trellis.foundation.access.roles import (
    Alumnus,
    ClinicalDirector,
    Counselor,
    FrontDesk,
    IntakeCoordinator,
    MedicalDirector,
    ProgramAdministrator,
    Role,
    Therapist,
)
from trellis.foundation.access.roles import Client as ClientRole
from trellis.people.clients.policy import CASELOAD, LAST_TEAM

_ANSWERING: dict[type[Role] | str, str | tuple[str, ...]] = {
    IntakeCoordinator: ANY,
    ProgramAdministrator: ANY,
    ClinicalDirector: ANY,
}

register("inquiry.ask", {EVERYBODY: ANY})
register("inquiry.take", {**_ANSWERING, FrontDesk: ANY})
register("inquiry.board", {**_ANSWERING, FrontDesk: ANY})
register("inquiry.work", _ANSWERING)
register("inquiry.funnel", _ANSWERING)
# whoever may admit ends the inquiry that led to it
register(
    "inquiry.convert",
    {IntakeCoordinator: ANY, ClinicalDirector: ANY, MedicalDirector: ANY, Therapist: ANY, SYSTEM: ANY},
)

# Whoever was here before asks to come back, or says so in a call after their stay.
register(
    "inquiry.return",
    {
        ClientRole: OWN, Alumnus: OWN, IntakeCoordinator: ANY, ClinicalDirector: ANY, MedicalDirector: ANY,
        Counselor: LAST_TEAM, Therapist: LAST_TEAM,
    },
)  # fmt: skip

# What another place sent is clinical: for whoever brings people in, and for clinicians. The office has the inquiry.
_BRINGING_IN: dict[type[Role] | str, str | tuple[str, ...]] = {
    IntakeCoordinator: ANY,
    ClinicalDirector: ANY,
    MedicalDirector: ANY,
    Therapist: ANY,
}
register("referral.receive", {**_BRINGING_IN, SYSTEM: ANY})
register("referral.list", _BRINGING_IN)
# Whoever works on the wait-list hears of a death; it ends the inquiry.
register("inquiry.died", _BRINGING_IN)
register("referral.read", {**_BRINGING_IN, Counselor: CASELOAD})
# It joins inquiries, too: for those who work on them.
register("referral.match", {IntakeCoordinator: ANY, ClinicalDirector: ANY})
