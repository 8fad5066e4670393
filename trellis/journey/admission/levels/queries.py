"""What was found about somebody's level of care, and what the rules make of facts now."""

from collections.abc import Mapping

from trellis.journey.admission.levels.blueprint import care_levels, rules_of
from trellis.journey.admission.levels.rules import Fact, Recommendation, recommend
from trellis.journey.admission.models import LevelAssessment
from trellis.people.clients.models import Client


def recommended(facts: Mapping[Fact, str | None]) -> Recommendation | None:
    """By the rules of the program that counts; None where it has none."""
    section = care_levels()
    return None if section is None else recommend(rules_of(section), facts)


def assessments(client: Client) -> list[LevelAssessment]:
    """The newest first; one statement."""
    return list(LevelAssessment.objects.filter(client=client).order_by("-at", "-id"))


def newest(client: Client) -> LevelAssessment | None:
    return LevelAssessment.objects.filter(client=client).order_by("-at", "-id").first()
