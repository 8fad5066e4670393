"""Who answers for what cannot wait."""

from datetime import timedelta
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
from trellis.journey.measures.alert_queries import NOBODY
from trellis.journey.measures.models import AlertStep
from trellis.people.clients.policy import CASELOAD, Grants

#: the actor was told of this alert, or is on duty while it is open
CALLED = "called"
#: and so long at least, so that who comes second reads what was done
STILL_OPEN = timedelta(days=1)

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
    steps = AlertStep.objects.filter(alert=thing.pk)
    if steps.filter(account=actor.account_id or NOBODY).exists():
        return True
    now = clock.now()
    lasts = now - thing.at < STILL_OPEN or not steps.filter(kind=AlertStep.Kind.DONE).exists()
    return lasts and duty.is_on_duty(actor, now)


relation(CALLED, is_called)
