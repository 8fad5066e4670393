"""Who belongs to a session: enrolled on the day that its rule gave, or added for this once."""

from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import F, Q, QuerySet

from trellis.foundation.record.prepared import Prepared
from trellis.journey.schedule.models import Enrollment, RosterAddition, Session


def enrollments_in(sessions: "Iterable[int] | QuerySet[Session]") -> "QuerySet[Enrollment]":
    """Enrollments joined to the sessions they put the client in; `series__sessions` is the session."""
    return Enrollment.objects.filter(
        Q(until__isnull=True) | Q(until__gte=F("series__sessions__planned_on")),
        Q(episode__closed_on__isnull=True) | Q(episode__closed_on__gte=F("series__sessions__planned_on")),
        series__sessions__in=sessions,
        since__lte=F("series__sessions__planned_on"),
    )


def clients_on(session: Session, among: Collection[int]) -> set[int]:
    """Which of these clients belong to the session; one statement."""
    return {row[0] for row in _ask_clients_on(session.pk, list(among))}


@Prepared
def _ask_clients_on(session: int, among: list[int]) -> "QuerySet[Any, Any]":
    enrolled = enrollments_in([session]).filter(episode__client__in=among).values_list("episode__client_id")
    return enrolled.union(RosterAddition.objects.filter(session=session, client__in=among).values_list("client_id"))
