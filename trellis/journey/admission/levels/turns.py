"""When somebody decided for another level than that of the stay: questions follow from it."""

from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import TruncDate

from trellis.foundation.program.schema import Blueprint
from trellis.journey.admission.models import LevelAssessment
from trellis.people.clients.models import Client, Episode


def stepped(client: Client, episode: Episode, blueprint: Blueprint) -> "QuerySet[Any]":
    """Decided within this stay, by the program's days."""
    rows = LevelAssessment.objects.filter(client=client, episode=episode, kind=LevelAssessment.Kind.DECIDED)
    return rows.exclude(level=episode.level).annotate(day=TruncDate("at", tzinfo=blueprint.program.zone))
