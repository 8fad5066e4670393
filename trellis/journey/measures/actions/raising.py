"""An answer does not wait: an alert stands at once, and those on duty are told to look."""

from collections.abc import Iterable, Sequence

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import override

from trellis.foundation import clock
from trellis.foundation.access.actions import action
from trellis.foundation.access.actor import Actor
from trellis.foundation.access.policy import relations_of
from trellis.foundation.messaging import actions as messaging
from trellis.journey.measures import alert_queries as queries
from trellis.journey.measures import duty
from trellis.journey.measures.models import Administration, AlertStep, SafetyAlert
from trellis.journey.measures.queries import worry_said_at
from trellis.journey.measures.rules.alerts import about_safety, seriousness, worse
from trellis.people.accounts.models import Account
from trellis.people.clients.models import Client

MAIL_KIND = "measures.alert"


def raise_alert(
    *, by: Actor, administration: Administration, flags: Sequence[str], finished: bool = False
) -> SafetyAlert | None:
    """Part of the act that writes an answer. None: nothing about safety, or nothing worse than an alert says already.

    `flags`: of the scoring rules; the level of risk may stand among them. What was asked because of an alert that is
    still open joins it, in place of another one beside it; handed in it says what it came to, whatever that is.
    """
    found = about_safety(administration.instrument, flags)
    if not found and not finished:
        return None
    with transaction.atomic():
        # Held until the act ends: of two taps one raises it and the other finds it.
        Client.objects.select_for_update().get(pk=administration.client_id)
        before = queries.open_after(administration)
        if before is not None:
            return _joins(by=by, administration=administration, alert=before, flags=found, finished=finished)
        if not found or not worse(administration.instrument, _known(administration), found):
            return None
        return _raise(by=by, administration=administration, flags=found)


def _known(administration: Administration) -> list[str]:
    """What is said of this form already. Of an alert that is done it counts until they answer something new."""
    rows = SafetyAlert.objects.select_for_update().filter(administration=administration)
    said = list(rows.values_list("pk", "flags"))
    joined = AlertStep.objects.filter(administration=administration, kind=AlertStep.Kind.FOUND)
    said += joined.values_list("alert_id", "flags")
    steps = AlertStep.objects.filter(alert__in={pk for pk, _flags in said}, kind=AlertStep.Kind.DONE)
    done = dict(steps.values_list("alert_id", "at"))
    newest = worry_said_at(administration) if done else None
    return [flag for pk, flags in said if pk not in done or not newest or newest <= done[pk] for flag in flags]


@action("alerts.raise", on="administration")
def _raise(*, by: Actor, administration: Administration, flags: Sequence[str]) -> SafetyAlert:
    now = clock.now()
    alert = SafetyAlert.objects.create(
        client=administration.client, administration=administration, flags=list(flags), at=now, by=by.name
    )
    tell(by, alert, queries.to_tell(alert, duty.rota().steps(now), 0))
    return alert


@action("alerts.raise", on="client")
def raise_without_form(*, by: Actor, client: Client, source: str, flags: Sequence[str]) -> SafetyAlert:
    """Part of the act that writes it: they said so where nothing is scored, after their stay or in their history."""
    now = clock.now()
    alert = SafetyAlert.objects.create(
        client=client, source=SafetyAlert.Source(source), flags=list(flags), at=now, by=by.name
    )
    if by.account_id is not None and relations_of(by, "alerts.see"):
        # A clinician who wrote it down knows: no message, now or later, and the alert is open to them.
        AlertStep.objects.create(
            alert=alert, kind=AlertStep.Kind.TOLD, account_id=by.account_id, at=now, by=by.name
        )  # fmt: skip
    tell(by, alert, queries.to_tell(alert, duty.rota().steps(now), 0))
    return alert


def asked_because(by: Actor, alert: SafetyAlert, administration: Administration) -> None:
    """Part of the act that begins a form: from here on what is answered joins the alert while it is open."""
    SafetyAlert.objects.select_for_update().get(pk=alert.pk)
    linked = AlertStep.objects.filter(alert=alert, administration=administration)
    if queries.is_open(alert) and not linked.exists():
        _step(by, alert, AlertStep.Kind.ASKED, administration)


def _joins(
    *, by: Actor, administration: Administration, alert: SafetyAlert, flags: Sequence[str], finished: bool
) -> SafetyAlert | None:  # fmt: skip
    """What is new is written beside the alert; whoever is on duty is told once more where it is worse."""
    steps = list(AlertStep.objects.filter(alert=alert, kind=AlertStep.Kind.FOUND).select_related("administration"))
    mine = [step for step in steps if step.administration_id == administration.pk]
    serious = seriousness(administration.instrument, flags)
    grew = serious > max((seriousness(administration.instrument, step.flags) for step in mine), default=0)
    changed = not mine or list(flags) != mine[-1].flags
    if not grew and not (finished and changed):
        return None
    said = [(alert.asked_in, alert.flags)]
    said += [(step.administration.instrument, step.flags) for step in steps if step.administration]
    is_worse = serious > max(seriousness(*one) for one in said)
    return _join(by=by, administration=administration, alert=alert, flags=flags, is_worse=is_worse)


@action("alerts.raise", on="administration")
def _join(
    *, by: Actor, administration: Administration, alert: SafetyAlert, flags: Sequence[str], is_worse: bool
) -> SafetyAlert:  # fmt: skip
    step = _step(by, alert, AlertStep.Kind.FOUND, administration, flags)
    if is_worse:
        steps = duty.rota().steps(clock.now())
        people = [one for one in queries.to_tell(alert, steps, 0, again=True) if one.pk != by.account_id]
        tell(by, alert, people, again=f":worse:{step.pk}")
    return alert


def _step(
    by: Actor, alert: SafetyAlert, kind: str, administration: Administration, flags: Sequence[str] = ()
) -> AlertStep:  # fmt: skip
    assert by.account_id is not None  # only people ask, and only people answer
    return AlertStep.objects.create(
        alert=alert, kind=kind, account_id=by.account_id, administration=administration, flags=list(flags),
        at=clock.now(), by=by.name,
    )  # fmt: skip


def tell(by: Actor, alert: SafetyAlert, people: Iterable[Account], *, again: str = "") -> None:
    """Part of an act. A message that says only: look; and beside the alert whom it went to."""
    for account in people:
        with override(account.language):
            url = settings.SITE_URL.rstrip("/") + reverse("alerts:list")
        messaging.queue(
            by=by, key=f"alert:{alert.pk}:{account.pk}{again}", channel="mail", to=account.email or "", kind=MAIL_KIND,
            language=account.language, values={"url": url}, about=f"account:{account.pk}",
        )  # fmt: skip
        AlertStep.objects.create(alert=alert, kind=AlertStep.Kind.TOLD, account=account, at=clock.now(), by=by.name)
