"""What stands on a device of ours while a client answers on it: what is due for them, and nothing of before."""

from datetime import datetime

from trellis.foundation import clock
from trellis.foundation.program import queries as program
from trellis.journey.measures import queries
from trellis.journey.measures.blueprint import measures
from trellis.journey.measures.models import Administration, Answer, Outcome, SafetyAlert
from trellis.journey.measures.queries import Asked
from trellis.journey.measures.rules.forms import fits
from trellis.people.clients.models import Client

TABLET = Administration.Way.TABLET


def due(client: Client, language: str) -> list[Asked]:
    """What they can answer by themselves there, in this language."""
    reviewed = measures().reviewed_spanish
    asked = queries.due(client, clock.today(program.zone()))
    return [one for one in asked if fits(one.form, way=TABLET, language=language, reviewed=reviewed)]


def minutes(asked: list[Asked]) -> int:
    return sum(one.form.minutes for one in asked)


def form_of(client: Client, public_id: str, since: datetime) -> Administration | None:
    """A form of this client on this device; one that was handed in before is none."""
    rows = queries.administrations().filter(client=client, way=TABLET, public_id=public_id)
    form = rows.first()
    handed_in = Outcome.objects.filter(administration=form).first() if form else None
    return None if handed_in is not None and handed_in.at < since else form


def answered_before(form: Administration, since: datetime) -> frozenset[str]:
    """Questions answered before the device was handed over, and not again since; one statement."""
    rows = Answer.objects.filter(administration=form).order_by("id").values_list("item", "value", "at")
    newest = {item: (value, at) for item, value, at in rows}
    return frozenset(item for item, (value, at) in newest.items() if value is not None and at < since)


def worries(form: Administration, since: datetime) -> bool:
    """Something was said in these minutes that does not wait."""
    return SafetyAlert.objects.filter(administration=form, at__gte=since).exists()
