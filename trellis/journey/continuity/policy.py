"""Who may decide which care is next, end a stay, write the letters about it, and stay in touch afterwards."""

from trellis.foundation.access.policy import ANY, register
from trellis.foundation.access.roles import ClinicalDirector, Counselor, MedicalDirector, Therapist
from trellis.people.clients.policy import CASELOAD, CASELOAD_OR_EMERGENCY

# What speaks for each way, read by the care team; decided by whoever may decide a level.
register("advice.read", {
    ClinicalDirector: ANY, MedicalDirector: ANY, Therapist: CASELOAD_OR_EMERGENCY, Counselor: CASELOAD_OR_EMERGENCY,
})  # fmt: skip
register("advice.review", {Therapist: CASELOAD, ClinicalDirector: ANY, MedicalDirector: ANY})
