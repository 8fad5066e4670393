"""What happened beside the numbers: a mark in the picture, and a line in the list."""

from django.db.models import Value
from django.utils.translation import gettext as _

from trellis.foundation.program import queries as program
from trellis.journey.admission.models import LevelAssessment
from trellis.journey.measures.models import SafetyAlert
from trellis.people.clients.models import Client
from trellis.ui.trajectory import Event


def marks(client: Client) -> list[Event]:
    """For the team: answers that needed a person, and decisions about the level of care. One statement."""
    alerts = SafetyAlert.objects.filter(client=client).order_by().values_list("at", Value(""))
    decided = LevelAssessment.objects.filter(client=client, kind=LevelAssessment.Kind.DECIDED).order_by()
    zone = program.zone()
    return [
        Event(at.astimezone(zone).date(), _words(level))
        for at, level in alerts.union(decided.values_list("at", "level"), all=True)
    ]


def _words(level: str) -> str:
    return _("Level of care: %(level)s.") % {"level": level} if level else _("An answer needed a person.")
