"""Who asks, who answers, who reads what was answered, and who answers for what cannot wait."""

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
    FrontDesk,
    IntakeCoordinator,
    MedicalDirector,
    Therapist,
)
from trellis.foundation.access.roles import Client as ClientRole
from trellis.journey.measures import duty
from trellis.journey.measures.alert_queries import NOBODY
from trellis.journey.measures.models import AlertStep, SafetyAlert
from trellis.people.clients.models import Client
from trellis.people.clients.policy import CASELOAD, CASELOAD_OR_EMERGENCY, LAST_TEAM, Grants

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

#: whoever answers for an alert asks what comes next, whether or not they know the client; and the last care team asks
#: after the stay
_ASKING: Grants = {
    ClinicalDirector: ANY, MedicalDirector: ANY, Counselor: (CASELOAD, CALLED, LAST_TEAM),
    Therapist: (CASELOAD, CALLED, LAST_TEAM),
}  # fmt: skip
#: a client, and whoever has finished and is followed up
_OWN: Grants = {ClientRole: OWN, Alumnus: OWN}

# The staff's pages; a client has their own.
register("measures.ask", _ASKING)
register("measures.begin", {**_ASKING, **_OWN})
register("measures.answer", {**_ASKING, **_OWN})
register("measures.finish", {**_ASKING, **_OWN})
register("measures.read", {**_ASKING, Counselor: CASELOAD_OR_EMERGENCY, Therapist: CASELOAD_OR_EMERGENCY})

# Whoever hands the tablet over reads nothing of it; what is answered on it is done in their sign-in, which is locked.
register("measures.hand_over", {**_ASKING, FrontDesk: ANY, IntakeCoordinator: ANY})
register("measures.on_tablet", {**_ASKING, FrontDesk: ANY, IntakeCoordinator: ANY})

# Asked for only by whoever may give the answer: it is never held up by a permission of its own.
register("alerts.raise", {**dict.fromkeys(STAFF, ANY), ClientRole: OWN, Alumnus: OWN, SYSTEM: ANY})
register("alerts.climb", {SYSTEM: ANY})
register("alerts.see", _CLINICIANS)
register("alerts.take", _CLINICIANS)
register("alerts.record", _CLINICIANS)


def is_called(actor: Actor, thing: Any) -> bool:
    """Of an alert; or of whatever is about a client of whom an alert is open."""
    if isinstance(thing, SafetyAlert):
        return _is_called_by(actor, thing)
    client = thing.pk if isinstance(thing, Client) else thing.client_id
    alerts = SafetyAlert.objects.filter(client=client).exclude(steps__kind=AlertStep.Kind.DONE)
    return any(_is_called_by(actor, alert) for alert in alerts)


def _is_called_by(actor: Actor, alert: SafetyAlert) -> bool:
    steps = AlertStep.objects.filter(alert=alert.pk)
    if steps.filter(account=actor.account_id or NOBODY).exists():
        return True
    now = clock.now()
    lasts = now - alert.at < STILL_OPEN or not steps.filter(kind=AlertStep.Kind.DONE).exists()
    return lasts and duty.is_on_duty(actor, now)


relation(CALLED, is_called)
