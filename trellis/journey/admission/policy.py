"""Who may bring somebody into the program, and who reads why."""

from trellis.foundation.access.policy import ANY, SYSTEM, register
from trellis.foundation.access.roles import (
    ClinicalDirector,
    Counselor,
    IntakeCoordinator,
    MedicalDirector,
    Therapist,
)
from trellis.people.clients.emergency.policy import REVIEWERS
from trellis.people.clients.policy import CASELOAD, CASELOAD_OR_EMERGENCY

# The intake coordinator writes it down; the clinician named in it decides.
register(
    "admission.admit",
    {IntakeCoordinator: ANY, Therapist: ANY, ClinicalDirector: ANY, MedicalDirector: ANY, SYSTEM: ANY},
)
# The reason is clinical: the desk does not read it.
register(
    "admission.read",
    {
        IntakeCoordinator: ANY,
        ClinicalDirector: ANY,
        MedicalDirector: ANY,
        Therapist: CASELOAD_OR_EMERGENCY,
        Counselor: CASELOAD_OR_EMERGENCY,
    },
)
# A counselor gathers and proposes; an LPHA or a physician decides (DMC-ODS).
register("level.read", {
    ClinicalDirector: ANY, MedicalDirector: ANY, Therapist: CASELOAD_OR_EMERGENCY, Counselor: CASELOAD_OR_EMERGENCY,
})  # fmt: skip
# Which of both it is follows from the license (staff/licenses): whoever may decide by role may propose without one.
register("level.propose", {Counselor: CASELOAD, Therapist: CASELOAD, ClinicalDirector: ANY, MedicalDirector: ANY})
register("level.decide", {Therapist: CASELOAD, ClinicalDirector: ANY, MedicalDirector: ANY})
# Whether two records are one person's: for those who guard privacy, and see both.
register("admission.compare", dict.fromkeys(REVIEWERS, ANY))
# A counselor proposes; what is signed hangs on the license beside.
register("diagnosis.read", {
    ClinicalDirector: ANY, MedicalDirector: ANY, Therapist: CASELOAD_OR_EMERGENCY, Counselor: CASELOAD_OR_EMERGENCY,
})  # fmt: skip
register("diagnosis.propose", {Counselor: CASELOAD, Therapist: CASELOAD, ClinicalDirector: ANY, MedicalDirector: ANY})
register("diagnosis.sign", {Therapist: CASELOAD, ClinicalDirector: ANY, MedicalDirector: ANY})
