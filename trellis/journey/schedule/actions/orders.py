"""Dated orders and decisions about one client's week."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from trellis.foundation import clock
from trellis.foundation.access.actions import action
from trellis.foundation.access.actor import Actor
from trellis.foundation.access.permissions import Refused
from trellis.journey.schedule.models import Leave, PrescribedHours, SilenceDecision
from trellis.journey.schedule.states import AfterSilence, LeaveKind
from trellis.people.clients.models import Client
from trellis.people.staff.models import StaffMember

WEEK_MINUTES = _("Give hours a week from 1 to 40.")
ENDS_TOO_EARLY = _("The last day cannot be before the first.")
BACK_ALREADY = _("This ended already.")
SAY_WHY = _("Say in a few words why.")


@action("schedule.prescribe", on="client")
def prescribe_hours(
    *, by: Actor, client: Client, minutes_a_week: int, since: date, ordered_by: StaffMember, reason: str = ""
) -> PrescribedHours:
    """An order from a day on. The order before stays as it was; the newest that has begun holds."""
    if not 60 <= minutes_a_week <= 40 * 60:
        raise Refused(WEEK_MINUTES)
    return PrescribedHours.objects.create(
        client=client,
        minutes_a_week=minutes_a_week,
        since=since,
        ordered_by=ordered_by,
        reason=reason[:200],
        recorded_at=clock.now(),
        by=by.name,
    )


@action("schedule.record_leave", on="client")
def record_leave(*, by: Actor, client: Client, kind: str, since: date, until: date | None = None) -> Leave:
    """Days on which the client cannot come: leave, hospital, custody, transfer. Never their shortfall."""
    if until is not None and until < since:
        raise Refused(ENDS_TOO_EARLY)
    return Leave.objects.create(
        client=client, kind=LeaveKind(kind), since=since, until=until, recorded_at=clock.now(), by=by.name
    )


@action("schedule.record_leave", on="leave")
def end_leave(*, by: Actor, leave: Leave, until: date) -> Leave:
    """The client is back: `until` was the last day away."""
    if leave.until is not None:
        raise Refused(BACK_ALREADY)
    if until < leave.since:
        raise Refused(ENDS_TOO_EARLY)
    leave.until = until
    leave.save(update_fields=["until"])
    return leave


@action("schedule.decide_silence", on="client")
def decide_after_silence(
    *, by: Actor, client: Client, decision: str, reason: str, decided_by: StaffMember
) -> SilenceDecision:
    """What a clinician decides after the blueprint's days without word."""
    if not reason.strip():
        raise Refused(SAY_WHY)
    return SilenceDecision.objects.create(
        client=client,
        decision=AfterSilence(decision),
        reason=reason.strip()[:200],
        decided_by=decided_by,
        decided_at=clock.now(),
        by=by.name,
    )
