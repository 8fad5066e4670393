"""Who may decide which care is next, end a stay, write the letters about it, and stay in touch afterwards."""

from trellis.foundation.access.policy import ANY, EVERYBODY, OWN, SYSTEM, register
from trellis.foundation.access.roles import (
    Alumnus,
    ClinicalDirector,
    Counselor,
    IntakeCoordinator,
    MedicalDirector,
    Therapist,
)
from trellis.foundation.access.roles import Client as ClientRole
from trellis.people.clients.policy import CASELOAD, CASELOAD_OR_EMERGENCY, LAST_TEAM, Grants

# --- aftercare -------------------------------------------------------------------------------------------------------
# A caseload ends with the stay. Whoever was on the last care team goes on with what is below, and with nothing else:
# the record itself stays closed to them. Once the person is in the program again, the new team has them.
_TEAM: Grants = {Counselor: (CASELOAD, LAST_TEAM), Therapist: (CASELOAD, LAST_TEAM)}
_DIRECTORS: Grants = {ClinicalDirector: ANY, MedicalDirector: ANY}
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
# By the link of a message, without a sign-in: it can only end.
register("contact_after.end", {EVERYBODY: ANY})
register("follow_up.list", {**_CALLING, SYSTEM: ANY})
register("follow_up.call", _CALLING)
register("follow_up.answer", _THEMSELVES)
register("follow_up.remind", {SYSTEM: ANY})
register("return.ask", {**_CALLING, **_THEMSELVES})
