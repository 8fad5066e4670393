"""What this room adds: the notices that somebody acknowledged, and everything they asked, with the answers."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from trellis.people.clients.models import Client
from trellis.people.clients.own_copy import Entry, Line, day, instant, number, text
from trellis.people.rights.models import Acknowledgement
from trellis.people.rights.requests import presenters, queries
from trellis.people.rights.requests.queries import Asked, opened_text


def notices(client: Client) -> Iterable[Entry]:
    rows = Acknowledgement.objects.filter(client=client).select_related("version").defer("version__texts")
    for row in rows.order_by("id"):
        yield (
            number("version", _("Version"), row.version.number),
            day("effective_on", _("In force since"), row.version.effective_on),
            text("language", _("Language"), row.language, row.get_language_display()),
            text("how", _("How"), row.how, row.get_how_display()),
            text("why_not", _("Why it was not signed"), row.why_not, row.get_why_not_display()),
            text("sha256", _("Hash of the words"), row.shown_sha256),
            instant("at", _("When"), row.at),
        )


def requests(client: Client) -> Iterable[Entry]:
    for asked in queries.of_client(client):
        row = asked.row
        yield (
            text("kind", _("What you asked for"), row.kind, presenters.OWN_KINDS[asked.kind]),
            instant("at", _("When"), row.at),
            text("about", _("In your words"), opened_text(row.about_sealed)),
            text("wanted", _("What you want"), opened_text(row.wanted_sealed)),
            text("whom", _("Who is not to be told"), row.whom),
            day("due_on", _("Answered by"), asked.due),
            text("state", _("Where it stands"), asked.state, presenters.own_state(asked)),
            *_answers(asked),
        )


def _answers(asked: Asked) -> Iterable[Line]:
    for one in asked.answers:
        yield text(one.step, presenters.own_heading(asked, one), opened_text(one.words_sealed))
        yield instant(f"{one.step}_at", _("When"), one.at)
