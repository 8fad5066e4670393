"""Who may decide which care is next, end a stay, write the letters about it, and stay in touch afterwards."""

from trellis.foundation.access.policy import ANY, EVEN_CLOSED, EVERYBODY, OWN, SYSTEM, register
from trellis.foundation.access.roles import (
    Alumnus,
    ClinicalDirector,
    Counselor,
    FrontDesk,
    IntakeCoordinator,
    MedicalDirector,
    ProgramAdministrator,
    Therapist,
)
from trellis.foundation.access.roles import Client as ClientRole
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
# Whoever is asked for a letter writes that down, on the staff's page; a client asks on their own.
_NOTING: Grants = {**_DIRECTORS, **_TEAM, **_OFFICE, FrontDesk: ANY}
register("letters.note", _NOTING)
register("letters.ask", {**_NOTING, ClientRole: OWN, Alumnus: OWN, SYSTEM: ANY})
register("letters.answer", {**_DIRECTORS, Counselor: CASELOAD, Therapist: CASELOAD})
register("letters.close", {**_DIRECTORS, **_TEAM, **_OFFICE})

# --- which care is next -----------------------------------------------------------------------------------------------
# What speaks for each way, read by the care team; decided by whoever may decide a level.
register("advice.read", {
    ClinicalDirector: ANY, MedicalDirector: ANY, Therapist: CASELOAD_OR_EMERGENCY, Counselor: CASELOAD_OR_EMERGENCY,
})  # fmt: skip
register("advice.review", {Therapist: CASELOAD, ClinicalDirector: ANY, MedicalDirector: ANY})

# --- aftercare -------------------------------------------------------------------------------------------------------
# A caseload ends with the stay. Whoever was on the last care team goes on with what is below, and with nothing else:
# the record itself stays closed to them. Once the person is in the program again, the new team has them.
_THEMSELVES: Grants = {ClientRole: OWN, Alumnus: OWN}
# Intake calls after a stay; the signs and people of a plan are for clinicians.
_CALLING: Grants = {**_DIRECTORS, IntakeCoordinator: ANY, Counselor: LAST_TEAM, Therapist: LAST_TEAM}

register("aftercare.read", {
    **_DIRECTORS, Counselor: (CASELOAD_OR_EMERGENCY, LAST_TEAM), Therapist: (CASELOAD_OR_EMERGENCY, LAST_TEAM),
})  # fmt: skip
register("aftercare.write", {**_DIRECTORS, **_TEAM, **_THEMSELVES})
# The staff's page about it; a client has their own.
register("contact_after.see", {**_DIRECTORS, **_TEAM, IntakeCoordinator: ANY})
register("contact_after.agree", {**_DIRECTORS, **_TEAM, **_THEMSELVES, IntakeCoordinator: ANY})
# By the link of a message, without a sign-in: it can only end. Whoever is signed in beside it gets no other answer.
register("contact_after.end", {EVERYBODY: EVEN_CLOSED})
register("follow_up.list", {**_CALLING, SYSTEM: ANY})
register("follow_up.call", _CALLING)
register("follow_up.answer", _THEMSELVES)
register("follow_up.remind", {SYSTEM: ANY})
register("return.ask", {**_CALLING, **_THEMSELVES})
