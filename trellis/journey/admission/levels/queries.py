"""What was found about somebody's level of care, and what the rules make of facts now."""

from collections.abc import Mapping
from datetime import datetime, time

from django.db.models import Max, Q, QuerySet

from trellis.foundation import clock
from trellis.foundation.program import queries as program
from trellis.journey.admission.levels.blueprint import care_levels, rules_of
from trellis.journey.admission.levels.rules import Fact, Recommendation, is_recent, recommend
from trellis.journey.admission.models import LevelAssessment
from trellis.people.clients.models import Client, Episode


def recommended(facts: Mapping[Fact, str | None]) -> Recommendation | None:
    """By the rules of the program that counts; None where it has none."""
    section = care_levels()
    return None if section is None else recommend(rules_of(section), facts)


def assessments(client: Client) -> list[LevelAssessment]:
    """The newest first; one statement."""
    return list(LevelAssessment.objects.filter(client=client).order_by("-at", "-id"))


def newest(client: Client) -> LevelAssessment | None:
    return LevelAssessment.objects.filter(client=client).order_by("-at", "-id").first()


def decided(client: Client, stay: Episode | None) -> "QuerySet[LevelAssessment]":
    """Decisions within this stay, and those made before it, since the last one ended. The newest first. Two
    statements."""
    stays = Episode.objects.filter(client=client)
    ended = (stays.exclude(pk=stay.pk) if stay else stays).aggregate(last=Max("closed_on"))["last"]
    before = Q(episode=None)
    if ended is not None:
        before &= Q(at__gte=datetime.combine(ended, time.min, tzinfo=program.zone()))
    rows = LevelAssessment.objects.filter(before | Q(episode=stay) if stay else before, client=client)
    return rows.filter(kind=LevelAssessment.Kind.DECIDED).order_by("-at", "-id")


def decided_lately(client: Client) -> LevelAssessment | None:
    """What was decided about a stay that is to begin: since the last one ended, and lately. Two statements."""
    row, zone = decided(client, None).first(), program.zone()
    return row if row and is_recent(row.at.astimezone(zone).date(), clock.today(zone)) else None
