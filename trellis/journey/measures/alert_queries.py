"""What can be asked about alerts. That one is open is derived from its steps each time."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from trellis.foundation.access.actor import Actor
from trellis.foundation.access.policy import ANY, relations_of
from trellis.journey.measures import duty
from trellis.journey.measures.alert_waiting import Waiting
from trellis.journey.measures.models import Administration, AlertStep, SafetyAlert
from trellis.journey.measures.rules.duty import Level
from trellis.people.accounts.models import Account
from trellis.people.clients.kept_out import queries as kept_out
from trellis.people.clients.models import CareAssignment
from trellis.people.clients.states import OPEN
from trellis.people.consent.deaths import the_dead

#: an account that nobody has
NOBODY = 0
_STEPS = AlertStep.objects.select_related("account", "administration").order_by("id")


def _has(kind: str) -> Exists:
    return Exists(AlertStep.objects.filter(alert=OuterRef("pk"), kind=kind))


def alerts() -> "QuerySet[SafetyAlert]":
    """With what a page shows of one: two statements, whatever there is."""
    rows = SafetyAlert.objects.select_related("client", "administration")
    return rows.prefetch_related(Prefetch("steps", queryset=_STEPS, to_attr="known_steps"))


def open_alerts() -> "QuerySet[SafetyAlert]":
    """Nobody has written what was done; the oldest first."""
    return SafetyAlert.objects.filter(~_has("done")).order_by("at", "id")


def is_open(alert: SafetyAlert) -> bool:
    return not AlertStep.objects.filter(alert=alert, kind=AlertStep.Kind.DONE).exists()


def open_after(administration: Administration) -> SafetyAlert | None:
    """The open alert because of which a form was asked, held until the act ends; None: asked for another reason."""
    asked = AlertStep.objects.filter(administration=administration, kind=AlertStep.Kind.ASKED)
    alert = (
        SafetyAlert.objects.filter(pk__in=asked.values("alert")).select_for_update(of=("self",)).order_by("pk").last()
    )
    return alert if alert is not None and is_open(alert) else None


def waiting_alerts() -> "QuerySet[SafetyAlert]":
    """Nobody has taken it on; of somebody who died nobody is asked to."""
    return open_alerts().exclude(client__in=the_dead()).filter(~_has("seen"))


def standing_alerts(actor: Actor, now: datetime) -> list[SafetyAlert]:
    """Those that the reader answers for, without clients closed to them; two statements and the program's own."""
    return list(_for(actor, now, alerts().filter(~_has("done")).order_by("at", "id")))


def waiting_for(actor: Actor, now: datetime) -> Waiting:
    """For first screens and the strip; whoever answers for none is told nothing, and nothing is asked."""
    if not relations_of(actor, "alerts.see"):
        return Waiting()
    counted = _for(actor, now, open_alerts().order_by()).aggregate(
        number=Count("pk"), waiting=Count("pk", filter=~_has("seen"))
    )
    return Waiting(**counted)


def _for(actor: Actor, now: datetime, rows: "QuerySet[SafetyAlert]") -> "QuerySet[SafetyAlert]":
    closed = kept_out.clients_kept_from(actor)
    rows = rows.exclude(client__in=closed) if closed else rows
    rows = rows.exclude(client__in=the_dead())
    held = relations_of(actor, "alerts.see")
    me = actor.account_id or NOBODY
    if ANY in held or (held and duty.is_on_duty(actor, now)):
        return rows
    mine = CareAssignment.objects.filter(staff_member__account_id=me, until__isnull=True, episode__status=OPEN)
    told = AlertStep.objects.filter(account_id=me)
    return rows.filter(Q(client__in=mine.values("episode__client")) | Q(pk__in=told.values("alert")))


def people(level: Iterable[str]) -> list[Account]:
    """Whom of one level a message reaches: by a role they hold, or a clinician by their address; one statement."""
    names = list(level)
    held = Q(grants__role__in=names)
    named = Q(grants__role__in=duty.ROLES, email__in=[name.lower() for name in names if "@" in name])
    found = Account.objects.filter(
        held | named, grants__until__isnull=True, is_active=True, email__isnull=False
    ).exclude(email="")
    return list(found.distinct().order_by("pk"))


def to_tell(alert: SafetyAlert, levels: Iterable[Level], up_to: int, *, again: bool = False) -> list[Account]:
    """Whom to tell who was not told (`again`: also who was): everybody up to this level, and on until somebody can be.

    Whoever is kept out of the client's record is left out, and the next level told in their place.
    """
    closed = set(kept_out.kept_out_of(alert.client).values_list("account_id", flat=True))
    steps = AlertStep.objects.filter(alert=alert, kind__in=(AlertStep.Kind.TOLD, AlertStep.Kind.SEEN))
    told = set() if again else set(steps.values_list("account_id", flat=True))
    found: dict[int, Account] = {}
    for depth, level in enumerate(levels):
        if depth > up_to and found:
            break
        found |= {one.pk: one for one in people(level) if one.pk not in closed}
    return [one for pk, one in found.items() if pk not in told]
