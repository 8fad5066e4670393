"""Who may open a record in an emergency, and who reads afterwards why."""

from trellis.foundation.access.policy import ANY, EVEN_CLOSED, register
from trellis.foundation.access.roles import (
    ClinicalDirector,
    Counselor,
    GroupFacilitator,
    MedicalDirector,
    ProgramAdministrator,
    Therapist,
)

#: everybody else at work here finds every client as it is, or none
register("client.open_in_emergency", dict.fromkeys((Counselor, Therapist, GroupFacilitator), EVEN_CLOSED))
register("client.miss_in_emergency", {Counselor: ANY, Therapist: ANY, GroupFacilitator: ANY})
REVIEWERS = (ProgramAdministrator, ClinicalDirector, MedicalDirector)
register("client.review_emergency", dict.fromkeys(REVIEWERS, ANY))
