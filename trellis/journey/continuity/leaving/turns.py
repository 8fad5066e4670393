"""The day on which a stay is to end: they are expected at the next place. Questions follow from it."""

from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, TruncDate

from trellis.foundation.program.schema import Blueprint
from trellis.journey.continuity.models import TransitionPlan, TransitionStep
from trellis.people.clients.models import Client, Episode

Kind, Place = TransitionStep.Kind, TransitionPlan.PlaceKind


def last_day(client: Client, episode: Episode, blueprint: Blueprint) -> "QuerySet[Any]":
    """Of the plans that hold, the day of the appointment that was set last, by the program's days.

    One that was missed or taken back names no day until another appointment is set. A home is not the end: people
    live in one and go on coming here.
    """
    steps = TransitionStep.objects.filter(plan=OuterRef("pk")).order_by("-id")
    moved = steps.filter(kind__in=(Kind.APPOINTMENT, Kind.MISSED, Kind.WITHDRAWN))
    appointment = steps.filter(kind=Kind.APPOINTMENT)
    rows = TransitionPlan.objects.filter(client=client, episode=episode).exclude(place_kind=Place.HOME).annotate(
        moved=Subquery(moved.values("kind")[:1]),
        expected_at=Coalesce(Subquery(appointment.values("appointment_at")[:1]), "appointment_at"),
    )  # fmt: skip
    holds = Q(moved__isnull=True) | Q(moved=Kind.APPOINTMENT)
    return rows.filter(holds, expected_at__isnull=False).annotate(
        day=TruncDate("expected_at", tzinfo=blueprint.program.zone)
    )
