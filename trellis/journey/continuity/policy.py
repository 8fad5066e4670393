"""Who may decide which care is next, end a stay, write the letters about it, and stay in touch afterwards."""

from trellis.foundation.access.policy import ANY, SYSTEM, register
from trellis.foundation.access.roles import (
    ClinicalDirector,
    Counselor,
    FrontDesk,
    IntakeCoordinator,
    MedicalDirector,
    ProgramAdministrator,
    Therapist,
)
from trellis.people.clients.policy import CASELOAD, CASELOAD_OR_EMERGENCY, LAST_TEAM, Grants

# --- leaving ----------------------------------------------------------------------------------------------------------
_DIRECTORS: Grants = {ClinicalDirector: ANY, MedicalDirector: ANY}
# The team of a stay that has ended still writes what it owes about it.
_TEAM: Grants = {Counselor: (CASELOAD, LAST_TEAM), Therapist: (CASELOAD, LAST_TEAM)}
_OFFICE: Grants = {IntakeCoordinator: ANY, ProgramAdministrator: ANY}

# The same people as schedule.finish, which it calls.
register("discharge.record", {**_DIRECTORS, Therapist: (CASELOAD, LAST_TEAM), SYSTEM: ANY})
register("discharge.read", {**_DIRECTORS, **_TEAM})
register("discharge.sign", {**_DIRECTORS, **_TEAM})
register("transition.read", {**_DIRECTORS, **_TEAM, IntakeCoordinator: ANY})
register("transition.plan", {**_DIRECTORS, **_TEAM, IntakeCoordinator: ANY, SYSTEM: ANY})
register("letters.list", {**_DIRECTORS, **_TEAM, **_OFFICE})
register("letters.read", {**_DIRECTORS, **_TEAM, **_OFFICE})
# Whoever is asked for a letter writes that down.
register("letters.ask", {**_DIRECTORS, **_TEAM, **_OFFICE, FrontDesk: ANY, SYSTEM: ANY})
register("letters.answer", {**_DIRECTORS, Counselor: CASELOAD, Therapist: CASELOAD})
register("letters.close", {**_DIRECTORS, **_TEAM, **_OFFICE})

# --- which care is next -----------------------------------------------------------------------------------------------
# What speaks for each way, read by the care team; decided by whoever may decide a level.
register("advice.read", {
    ClinicalDirector: ANY, MedicalDirector: ANY, Therapist: CASELOAD_OR_EMERGENCY, Counselor: CASELOAD_OR_EMERGENCY,
})  # fmt: skip
register("advice.review", {Therapist: CASELOAD, ClinicalDirector: ANY, MedicalDirector: ANY})
