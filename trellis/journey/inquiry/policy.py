"""Who may ask for help, and who answers."""

from trellis.foundation.access.policy import ANY, EVERYBODY, SYSTEM, register
from trellis.foundation.access.roles import (
    ClinicalDirector,
    FrontDesk,
    IntakeCoordinator,
    MedicalDirector,
    ProgramAdministrator,
    Role,
    Therapist,
)

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
