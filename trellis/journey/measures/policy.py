"""Who answers for what cannot wait."""

from typing import Any

from trellis.foundation import clock
from trellis.foundation.access.actor import Actor
from trellis.foundation.access.policy import ANY, OWN, SYSTEM, register, relation
from trellis.foundation.access.roles import (
    STAFF,
    Alumnus,
    ClinicalDirector,
    Counselor,
    MedicalDirector,
    Therapist,
)
from trellis.foundation.access.roles import Client as ClientRole
from trellis.journey.measures import duty
from trellis.journey.measures.models import AlertStep
from trellis.people.clients.policy import CASELOAD, Grants

#: the actor is on duty, or was told of this alert
CALLED = "called"

_CLINICIANS: Grants = {
    ClinicalDirector: ANY,
    MedicalDirector: ANY,
    Therapist: (CASELOAD, CALLED),
    Counselor: (CASELOAD, CALLED),
}

# Asked for only by whoever may give the answer: it is never held up by a permission of its own.
register("alerts.raise", {**dict.fromkeys(STAFF, ANY), ClientRole: OWN, Alumnus: OWN, SYSTEM: ANY})
register("alerts.climb", {SYSTEM: ANY})
register("alerts.see", _CLINICIANS)
register("alerts.take", _CLINICIANS)
register("alerts.record", _CLINICIANS)


def is_called(actor: Actor, thing: Any) -> bool:
    if actor.account_id is None:
        return False
    if duty.is_on_duty(actor, clock.now()):
        return True
    return AlertStep.objects.filter(alert=thing.pk, account=actor.account_id).exists()


relation(CALLED, is_called)
