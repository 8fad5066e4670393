"""What goes along with a letter about a part of the record that the client disputes (45 CFR 164.526(d)(5))."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from trellis.people.clients.models import Client
from trellis.people.consent import people_words
from trellis.people.consent.paper import Section
from trellis.people.rights import states
from trellis.people.rights.requests import queries
from trellis.people.rights.requests.queries import Asked, opened_text


def disputes(client: Client, information: Iterable[str]) -> Iterable[Section]:
    """Their request, our no, their statement, and our reply where there is one; two statements."""
    told = list(information)
    return [_section(one, told) for one in queries.in_dispute(client, told)]


def _section(one: Asked, told: list[str]) -> Section:
    about = people_words.information(part for part in told if part in one.parts)
    said = {answer.step: opened_text(answer.words_sealed) for answer in one.answers}
    found = [
        (_("They asked: %(words)s"), opened_text(one.row.about_sealed)),
        (_("It should say: %(words)s"), opened_text(one.row.wanted_sealed)),
        (_("We said no: %(words)s"), said[states.DENY]),
        (_("Their statement: %(words)s"), said[states.DISAGREE]),
        (_("Our reply: %(words)s"), said.get(states.REBUT, "")),
    ]
    items = tuple(line % {"words": words} for line, words in found if words)
    return Section(_("The client disagrees with this part: %(part)s") % {"part": about}, "", items)
