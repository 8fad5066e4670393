"""What leaves: a letter that says who it is for, or a line about what was said or handed over."""

from collections.abc import Callable, Iterable
from datetime import tzinfo
from pathlib import Path
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from trellis.foundation import clock
from trellis.foundation.access.actor import Actor
from trellis.foundation.documents import reworking
from trellis.foundation.program import queries as program
from trellis.people.clients.models import Client
from trellis.people.consent import contents, paper, presenters, queries
from trellis.people.consent import people_words as words
from trellis.people.consent.actions.gate import Content, Make, Wanted
from trellis.people.consent.paper import NOTICE, SHORT_NOTICE, Section
from trellis.people.consent.rules import Decision

#: how a letter looks; it holds no word about anybody
SOURCE = Path(__file__).with_name("letter.typ")


def writer(
    client: Client, wanted: Wanted, zone: tzinfo, by: Actor, own: Callable[[Decision], Iterable[Section]] | None = None
) -> Make:
    """Writes what may go and nothing else, with the notice and the scope of the consent where they must go along.

    `own`: the parts of a letter of a kind of its own, in the place of the usual ones; it writes no more than may go.
    """

    def make(decision: Decision) -> Content:
        told = decision.information
        parts = (
            *(own(decision) if own else contents.written(client, told, by)), *contents.beside(client, told),
            *going_along(client, decision, zone),
        )  # fmt: skip
        text = paper.text_of(" ".join(wanted.recipient.name.split()), parts)
        line = _("Letter: %(what)s") % {"what": words.information(decision.information)}
        return Content(line, text, reworking.letter(SOURCE.read_text(), _data(client, wanted, parts, zone)))

    return make


def _data(client: Client, wanted: Wanted, parts: Iterable[Section], zone: tzinfo) -> dict[str, Any]:
    """What the letter's page is filled with: values, in the language that is active."""
    here, day = program.current().program, date_format(clock.now().astimezone(zone), "DATE_FORMAT")
    who = {"who": wanted.recipient.name, "day": day}
    said: dict[str, Any] = printable({
        "language": (get_language() or "en")[:2], "title": _("For %(who)s") % who, "address": wanted.address,
        "mark": _("Given to %(who)s on %(day)s. For nobody else.") % who,
        "about": f"{_('About:')} {client.chosen_name}",
        "head": f"{here.names} · {day}", "foot": f"{here.names} · {here.contact.phone}",
        "parts": [
            {"title": one.title, "text": one.text, "items": list(one.items), "language": _language(one)}
            for one in parts
        ],
    })  # fmt: skip
    return said


def _language(part: Section) -> str:
    return "en" if part.is_english else (get_language() or "en")[:2]


def printable(value: Any) -> Any:
    """Without signs that nobody sees: a name that turns the line around would make another name of it."""
    if isinstance(value, dict):
        return {name: printable(one) for name, one in value.items()}
    if isinstance(value, list):
        return [printable(one) for one in value]
    return " ".join("".join(sign if sign.isprintable() else " " for sign in str(value)).split())


def spoken(line: str) -> Make:
    """Something said or handed over: its words are the line that whoever did it wrote."""
    return lambda decision: Content(line, line)


def going_along(client: Client, decision: Decision, zone: tzinfo) -> Iterable[Section]:
    """The statement of 2.32(a) and a clear statement of the consent's scope (2.32(b))."""
    if not decision.notice:
        return []
    held = next(one for one in queries.known(client).held if decision.ground == f"consent:{one.row.public_id}")
    scope = paper.scope(presenters.terms_of(held), zone)
    return [Section(_("What the consent covers"), scope), Section(_("Notice"), NOTICE)]


__all__ = ["NOTICE", "SHORT_NOTICE", "going_along", "printable", "spoken", "writer"]
