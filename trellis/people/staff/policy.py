"""Who may do what with the list of people who work here."""

from trellis.foundation.access.policy import ANY, SYSTEM, Grants, register
from trellis.foundation.access.roles import (
    ClinicalDirector,
    FrontDesk,
    IntakeCoordinator,
    MedicalDirector,
    ProgramAdministrator,
)

_HOUSE: Grants = {ProgramAdministrator: ANY, SYSTEM: ANY}

register(
    "staff.see",
    {ProgramAdministrator: ANY, ClinicalDirector: ANY, MedicalDirector: ANY, FrontDesk: ANY, IntakeCoordinator: ANY},
)
register("staff.employ", _HOUSE)
register("staff.change", _HOUSE)
register("staff.end", _HOUSE)
# What anybody may sign hangs on it; nobody writes their own.
register("staff.license", {ProgramAdministrator: ANY, ClinicalDirector: ANY, MedicalDirector: ANY, SYSTEM: ANY})
register("staff.open_legal_name", {ProgramAdministrator: ANY})
register("staff.record_legal_name", _HOUSE)
