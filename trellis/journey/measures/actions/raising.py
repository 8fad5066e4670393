"""An answer does not wait: an alert stands at once, and those on duty are told to look."""

from collections.abc import Iterable, Sequence

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import override

from trellis.foundation import clock
from trellis.foundation.access.actions import action
from trellis.foundation.access.actor import Actor
from trellis.foundation.access.roles import ClinicalDirector, MedicalDirector
from trellis.foundation.messaging import actions as messaging
from trellis.journey.measures import alert_queries as queries
from trellis.journey.measures import duty
from trellis.journey.measures.models import Administration, AlertStep, SafetyAlert
from trellis.journey.measures.rules.alerts import about_safety, worse
from trellis.people.accounts.models import Account
from trellis.people.clients.models import Client

MAIL_KIND = "measures.alert"
#: told where nobody is on duty, or nobody of them can be: nothing is promised of them, and nothing is lost
LAST = ((ClinicalDirector.key, MedicalDirector.key),)


def raise_alert(*, by: Actor, administration: Administration, flags: Sequence[str]) -> SafetyAlert | None:
    """Part of the act that writes an answer. None: nothing about safety, or nothing worse than an alert says already.

    `flags`: of the scoring rules; the level of risk may stand among them.
    """
    found = about_safety(administration.instrument, flags)
    if not found:
        return None
    with transaction.atomic():
        # Held until the act ends: of two taps one raises it and the other finds it.
        Client.objects.select_for_update().get(pk=administration.client_id)
        before = SafetyAlert.objects.filter(administration=administration).values_list("flags", flat=True)
        said = [flag for known in before for flag in known]
        if not worse(administration.instrument, said, found):
            return None
        return _raise(by=by, administration=administration, flags=found)


@action("alerts.raise", on="administration")
def _raise(*, by: Actor, administration: Administration, flags: Sequence[str]) -> SafetyAlert:
    now = clock.now()
    alert = SafetyAlert.objects.create(
        client=administration.client, administration=administration, flags=list(flags), at=now, by=by.name
    )
    tell(by, alert, queries.to_tell(alert, (*duty.rota().levels(now), *LAST), 0))
    return alert


def tell(by: Actor, alert: SafetyAlert, people: Iterable[Account]) -> None:
    """Part of an act. A message that says only: look; and beside the alert whom it went to."""
    for account in people:
        with override(account.language):
            url = settings.SITE_URL.rstrip("/") + reverse("alerts:list")
        messaging.queue(
            by=by, key=f"alert:{alert.pk}:{account.pk}", channel="mail", to=account.email or "", kind=MAIL_KIND,
            language=account.language, values={"url": url}, about=f"account:{account.pk}",
        )  # fmt: skip
        AlertStep.objects.create(alert=alert, kind=AlertStep.Kind.TOLD, account=account, at=clock.now(), by=by.name)
