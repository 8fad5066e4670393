"""What was found about somebody's level of care, and what the rules make of facts now."""

from collections.abc import Mapping

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
    """Decisions within this stay, and those made while nobody was here; never those of another. The newest first."""
    rows = LevelAssessment.objects.filter(Q(episode=stay) | Q(episode=None), client=client)
    return rows.filter(kind=LevelAssessment.Kind.DECIDED).order_by("-at", "-id")


def decided_lately(client: Client) -> LevelAssessment | None:
    """What was decided about a stay that is to begin: since the last one ended, and lately. Two statements at most."""
    row = decided(client, None).first()
    if row is None:
        return None
    zone = program.zone()
    on, today = row.at.astimezone(zone).date(), clock.today(zone)
    ended = Episode.objects.filter(client=client).aggregate(last=Max("closed_on"))["last"]
    return row if is_recent(on, today) and (ended is None or ended <= on) else None
