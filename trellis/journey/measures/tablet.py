"""What stands on a device of ours while a client answers on it: what is due for them, and nothing of before."""

from datetime import datetime

from trellis.foundation import clock
from trellis.foundation.program import queries as program
from trellis.journey.measures import queries
from trellis.journey.measures.blueprint import measures
from trellis.journey.measures.models import Administration, Answer, Outcome, SafetyAlert
from trellis.journey.measures.queries import Asked
from trellis.journey.measures.rules.forms import BY_STAFF, Form, fits
from trellis.people.clients.models import Client

TABLET = Administration.Way.TABLET


def due(client: Client, language: str) -> list[Asked]:
    """What they can answer by themselves there, in this language."""
    return [one for one in _due(client) if _fits(one.form, language)]


def together(client: Client, language: str) -> list[Asked]:
    """What somebody asks together with them: it has no confirmed words in this language."""
    return [one for one in _due(client) if one.form.key not in BY_STAFF and not _fits(one.form, language)]


def _due(client: Client) -> list[Asked]:
    return queries.due(client, clock.today(program.zone()))


def _fits(form: Form, language: str) -> bool:
    return fits(form, way=TABLET, language=language, reviewed=measures().reviewed_spanish)


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
    """Something was said in these minutes that does not wait, whether it raised an alert or one stood already."""
    said = queries.worry_said_at(form)
    return (said is not None and said >= since) or SafetyAlert.objects.filter(
        administration=form, at__gte=since
    ).exists()
