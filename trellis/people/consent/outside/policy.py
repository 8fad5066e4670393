"""Everybody who works here may be asked; clinicians read what was heard."""

from typing import Any

from trellis.foundation.access.actor import Actor
from trellis.foundation.access.policy import ANY, register, relation
from trellis.foundation.access.roles import STAFF, ClinicalDirector, Counselor, MedicalDirector, Therapist
from trellis.people.clients.policy import is_on_caseload
from trellis.people.consent.models import OutsideRequest, OutsideReview

#: nobody has read it yet, or it belongs to somebody on the reader's caseload
TO_READ = "to_read"

#: who is told of danger, and who reads
CLINICIANS = (ClinicalDirector, MedicalDirector, Therapist, Counselor)

register("outside.record", dict.fromkeys(STAFF, ANY))
register("outside.review", {ClinicalDirector: ANY, MedicalDirector: ANY, Therapist: TO_READ, Counselor: TO_READ})


def is_to_read(actor: Actor, thing: Any) -> bool:
    if not isinstance(thing, OutsideRequest):
        return False
    review = OutsideReview.objects.filter(request=thing).first()
    return review is None or is_on_caseload(actor, review)


relation(TO_READ, is_to_read)
