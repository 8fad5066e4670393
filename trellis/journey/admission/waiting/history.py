"""What somebody's history says already of what decides the order: shown with its source, written down by a person."""

from trellis.foundation.access.actor import Actor
from trellis.foundation.access.permissions import may
from trellis.journey.admission.history import presenters, queries, words
from trellis.journey.admission.history.bank import questions
from trellis.journey.admission.history.presenters import Line
from trellis.journey.admission.history.queries import Told
from trellis.journey.admission.history.rules import ANSWERED, Route, Row, Standing, Substance
from trellis.journey.admission.knowing import behind
from trellis.journey.admission.waiting.rules import Waiting
from trellis.journey.inquiry.models import Inquiry
from trellis.people.consent.outside.queries import names_of

PREGNANT = "pregnant"
#: "it could be" is asked about
MAY_BE = ("yes", "maybe")


def says(actor: Actor, inquiry: Inquiry, person: Waiting) -> list[Line]:
    """What stands there and is not known on the list, for whoever may read the history."""
    client = behind(inquiry)
    if client is None or not may(actor, "history.read", client):
        return []
    row = None if person.pregnant else _pregnant(queries.as_it_stands(client))
    told = [] if person.injects else _injected(queries.substances(client))
    by = {one.by for one in told} | ({row.by} if row else set())
    names = names_of(by - {f"account:{client.account_id}"})
    question = questions()[PREGNANT]
    lines = [Line(f"{question.ask} {presenters.answer(question, row)}", presenters.said_by(row, names))] if row else []
    return lines + [Line(_words(one), presenters.said_by(one, names)) for one in told]


def _pregnant(found: dict[str, Standing]) -> Row | None:
    row = found[PREGNANT].now if PREGNANT in found else None
    return row if row and row.said.state == ANSWERED and row.said.value in MAY_BE else None


def _injected(found: dict[str, list[Told]]) -> list[Told]:
    """By what counts of each substance: the newest that says something."""
    newest = (next((one for one in rows if one.state == ANSWERED), None) for rows in found.values())
    return [one for one in newest if one and one.use.route == Route.INJECTED]


def _words(one: Told) -> str:
    return f"{words.SUBSTANCES[Substance(one.substance)]}: {words.ROUTES[Route.INJECTED]}"
