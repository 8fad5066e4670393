"""Somebody takes an alert on, writes what was done, or it climbs to the next ones."""

from django.utils.translation import gettext_lazy as _

from trellis.foundation import clock
from trellis.foundation.access.actions import action
from trellis.foundation.access.actor import Actor
from trellis.foundation.access.permissions import Refused
from trellis.foundation.record import crypto
from trellis.journey.measures import alert_queries as queries
from trellis.journey.measures import duty
from trellis.journey.measures.actions.raising import tell
from trellis.journey.measures.models import AlertStep, SafetyAlert
from trellis.journey.measures.rules.alerts import standing
from trellis.journey.measures.rules.duty import Level

TAKEN = _("%(name)s has taken this on already. Ask them how you can help.")
DONE_ALREADY = _("%(name)s has written what was done. It stands below; nothing was changed.")
SAY_WHAT_WAS_DONE = _("Write what you did, in a few words.")


@action("alerts.take", on="alert")
def take_on(*, by: Actor, alert: SafetyAlert) -> AlertStep:
    """Two at once: one takes it, the other reads who did. Asked twice by the same person, it is done once."""
    _hold(alert)
    _not_done(alert)
    seen = _step(alert, AlertStep.Kind.SEEN)
    if seen is None:
        return _write(by, alert, AlertStep.Kind.SEEN)
    if seen.account_id != by.account_id:
        raise Refused(TAKEN % {"name": seen.account.chosen_name})
    return seen


@action("alerts.record", on="alert")
def record_done(*, by: Actor, alert: SafetyAlert, done: str, words: str) -> AlertStep:
    """Whoever answers for it may write, whoever took it on; where nobody did, they take it on with this."""
    _hold(alert)
    _not_done(alert)
    if not words.strip():
        raise Refused(SAY_WHAT_WAS_DONE)
    if _step(alert, AlertStep.Kind.SEEN) is None:
        _write(by, alert, AlertStep.Kind.SEEN)
    sealed = crypto.seal(words.strip())
    return _write(by, alert, AlertStep.Kind.DONE, done=AlertStep.Done(done), words_sealed=sealed)


@action("alerts.climb", on="alert")
def climb(*, by: Actor, alert: SafetyAlert) -> list[AlertStep]:
    """Tell those whom it has reached by now and who were not told; asked again, nobody is told twice."""
    _hold(alert)
    if _step(alert, AlertStep.Kind.SEEN) is None and _step(alert, AlertStep.Kind.DONE) is None:
        tell(by, alert, queries.to_tell(alert, *reached(alert)))
    return list(AlertStep.objects.filter(alert=alert, kind=AlertStep.Kind.TOLD))


def climbs(alert: SafetyAlert) -> bool:
    """Whether there is anybody to tell; reads, and changes nothing."""
    return bool(queries.to_tell(alert, *reached(alert)))


def reached(alert: SafetyAlert) -> tuple[tuple[Level, ...], int]:
    """Whom it reaches in turn now, and up to which of them it has climbed."""
    now, rota = clock.now(), duty.rota()
    steps = rota.steps(now)
    return steps, standing(rota.since(alert.at), alert.at, (), len(steps), now).level


def _hold(alert: SafetyAlert) -> None:
    """Until the act ends: of two who act on it, one goes after the other."""
    SafetyAlert.objects.select_for_update().get(pk=alert.pk)


def _step(alert: SafetyAlert, kind: str) -> AlertStep | None:
    return AlertStep.objects.filter(alert=alert, kind=kind).select_related("account").order_by("id").first()


def _not_done(alert: SafetyAlert) -> None:
    done = _step(alert, AlertStep.Kind.DONE)
    if done is not None:
        raise Refused(DONE_ALREADY % {"name": done.account.chosen_name})


def _write(by: Actor, alert: SafetyAlert, kind: str, *, done: str = "", words_sealed: str = "") -> AlertStep:
    assert by.account_id is not None  # the table lets in only people who signed in
    return AlertStep.objects.create(
        alert=alert, kind=kind, account_id=by.account_id, done=done, words_sealed=words_sealed, at=clock.now(),
        by=by.name,
    )  # fmt: skip
