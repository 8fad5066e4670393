"""A client, or somebody who was one, asks for a letter themselves, and sees what became of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from trellis.foundation.access.actor import Actor
from trellis.foundation.access.permissions import Refused
from trellis.foundation.program import queries as program
from trellis.journey.continuity.leaving import actions, presenters, queries, rules
from trellis.journey.continuity.leaving.forms import WhichLetter
from trellis.journey.continuity.models import LetterAnswer, LetterRequest
from trellis.people.clients.models import Client
from trellis.people.clients.queries import episodes_of

PASSED = gettext_lazy("This day has passed. Choose a later one.")
TOO_NEAR = gettext_lazy("This day is too near: we need two days to write it. Choose a later one, or call us.")
NO_DAYS = gettext_lazy("There are no days here yet that a letter could speak of.")
ASKED_ALREADY = gettext_lazy("You asked for this letter already. It stands above.")


class OwnLetterForm(WhichLetter):
    def clean_due_on(self) -> date:
        due_on: date = self.cleaned_data["due_on"]
        why = _unfit(due_on)
        if why:
            raise forms.ValidationError(why)
        return due_on


def _unfit(due_on: date) -> str:
    today = queries.today()
    if due_on < today:
        return str(PASSED)
    return str(TOO_NEAR) if rules.is_too_near(due_on, today) else ""


def ask(
    *, by: Actor, client: Client, audience: str, kind: str, recipient: str, recipient_kind: str, due_on: date,
    address: str = "",
) -> LetterRequest:  # fmt: skip
    """About the newest stay, up to today or its last day; staff write down other days."""
    if why := _unfit(due_on):
        raise Refused(why)
    today, stays = queries.today(), episodes_of(client)
    if not stays or stays[0].opened_on > today:
        raise Refused(NO_DAYS)
    named = (audience, kind, " ".join(recipient.split()).casefold())
    if any((one.audience, one.kind, one.recipient.casefold()) == named for one in _open(queries.letters_of(client))):
        raise Refused(ASKED_ALREADY)
    return actions.ask_letter(
        by=by, client=client, audience=audience, kind=kind, recipient=recipient, recipient_kind=recipient_kind,
        address=address, since=stays[0].opened_on, until=min(stays[0].closed_on or today, today),
        asked_by=client.chosen_name, due_on=due_on,
    )  # fmt: skip


def _open(rows: Iterable[LetterRequest]) -> list[LetterRequest]:
    return [row for row in rows if getattr(row, "answer", None) is None]


@dataclass(frozen=True)
class OwnLine:
    title: str
    state: str


def lines(client: Client) -> list[OwnLine]:
    """The newest first; one statement."""
    return [OwnLine(presenters.letter_title(row), _state(row)) for row in queries.letters_of(client)]


def _state(row: LetterRequest) -> str:
    found: LetterAnswer | None = getattr(row, "answer", None)
    if found is None:
        due = _("Asked for. Due %(day)s") % {"day": date_format(row.due_on, "DATE_FORMAT")}
        return f"{due} · " + _("Without your yes to %(who)s we send none.") % {"who": row.recipient}
    if found.how == LetterAnswer.How.SENT:
        day = date_format(found.at.astimezone(program.zone()), "DATE_FORMAT")
        return _("Written and signed on %(day)s") % {"day": day}
    # Why not may hold what somebody else said: they hear it from a person.
    return (
        _("There is no letter. Ask us why.") if found.how == LetterAnswer.How.REFUSED else str(found.get_how_display())
    )
