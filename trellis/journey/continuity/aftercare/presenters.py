"""Plans, agreements and follow-ups as pages print them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, tzinfo
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from trellis.foundation.program import queries as program
from trellis.foundation.record import crypto
from trellis.journey.continuity.aftercare import queries, rules, words
from trellis.journey.continuity.models import AftercarePlan, ContactAgreement, FollowUpDone
from trellis.people.clients.models import Client, Episode
from trellis.people.clients.queries import open_episode
from trellis.people.consent.deaths import has_died


@dataclass(frozen=True)
class Person:
    name: str
    reach: str
    #: to be called with one tap; empty where no number was written
    telephone: str


@dataclass(frozen=True)
class Shown:
    number: int
    day: date
    #: with whom it was written; empty: by themselves
    beside: str
    people: list[Person]
    parts: list[tuple[str, list[str]]]


def plan(row: AftercarePlan, zone: tzinfo) -> Shown:
    kept = queries.words_of(row)
    parts = [(str(title), kept.get(key, [])) for key, title in words.PARTS.items()]
    return Shown(
        number=row.number,
        day=row.at.astimezone(zone).date(),
        beside=row.with_staff.first_name if row.with_staff else "",
        people=[
            Person(name or reach, reach if name else "", rules.telephone_of(reach)) for name, reach in kept["people"]
        ],
        parts=[(title, lines) for title, lines in parts if lines],
    )


def agreement_words(row: ContactAgreement | None) -> str:
    """ "Yes: a call, an email. A message may be left." """
    if row is None:
        return _("Nobody has asked yet.")
    if not row.yes:
        return _("No. Nobody calls or writes.")
    ways = [(row.by_phone, _("a call")), (row.by_text, _("a text")), (row.by_mail, _("an email"))]
    said = _("Yes: %(ways)s.") % {"ways": ", ".join(word for yes, word in ways if yes)}
    return f"{said} {_('A message may be left.')}" if row.may_leave_message else said


@dataclass(frozen=True)
class Agreed:
    """How it stands at the end of a stay. `ask`: why somebody asks them now; empty where they said it in this stay."""

    words: str
    ask: str


def agreed(client: Client, stay: Episode) -> Agreed | None:
    """None after a death. At most two statements and the program's own."""
    if has_died(client):
        return None
    row = queries.agreement_of(client)
    said_on = row.at.astimezone(program.zone()).date() if row else None
    if not rules.is_to_ask(said_on, stay.opened_on):
        return Agreed(agreement_words(row), "")
    old = _("This was said before this stay. Ask them again.")
    return Agreed(agreement_words(row), old if row else _("Ask them. Without a yes nobody calls and nobody writes."))


def safely(row: ContactAgreement | None) -> str:
    return crypto.unseal(row.safely_sealed) if row and row.safely_sealed else ""


def after_stay_words(client: Client) -> str:
    """For whoever must reach them now: how they said that we may. At most two statements."""
    row = queries.agreement_of(client)
    if row is None or not row.yes or open_episode(client) is not None:
        return ""
    return f"{agreement_words(row)} {safely(row)}".strip()


def as_typed(row: ContactAgreement | None) -> dict[str, Any]:
    if row is None:
        return {}
    same = {name: getattr(row, name) for name in ("by_phone", "by_text", "by_mail", "may_leave_message")}
    return {"yes": "yes" if row.yes else "no", "safely": safely(row), **same}


def after_words(day: int) -> str:
    return ngettext("%(number)d day after", "%(number)d days after", day) % {"number": day}


@dataclass(frozen=True)
class Line:
    title: str
    detail: str
    word: str
    tone: str


def lines(found: Iterable[rules.FollowUp]) -> list[Line]:
    """All follow-ups of a stay, each with its day once the stay has ended."""
    return [
        Line(after_words(one.day), date_format(one.due_on) if one.due_on else "", *_state(one.state)) for one in found
    ]


def _state(state: rules.State) -> tuple[str, str]:
    word, tone = words.STATES[state]
    return str(word), tone


@dataclass(frozen=True)
class Try:
    day: str
    title: str
    answers: list[tuple[str, str]]
    note: str
    is_not_safe: bool


def tries(rows: Iterable[FollowUpDone]) -> list[Try]:
    """The newest first."""
    return [_try(row) for row in reversed(list(rows))]


def _try(row: FollowUpDone) -> Try:
    said = queries.answers_of(row)
    answers = [(str(words.QUESTIONS[key]), str(words.ANSWERS[said[key]])) for key in rules.QUESTIONS if key in said]
    title = f"{row.get_outcome_display()} · {row.get_how_display()} · {after_words(row.day)}"
    return Try(date_format(row.on), title, answers, said.get("note", ""), rules.is_not_safe(said))


@dataclass(frozen=True)
class ListLine:
    name: str
    public_id: str
    detail: str
    word: str
    tone: str


@dataclass(frozen=True)
class ShelfOf:
    key: str
    title: str
    rows: list[ListLine]


def shelves(found: Iterable[queries.Listed]) -> list[ShelfOf]:
    listed = list(found)
    made = [
        ShelfOf(shelf.value, str(title), [_line(one) for one in listed if one.shelf is shelf])
        for shelf, title in words.SHELVES.items()
    ]
    return [one for one in made if one.rows]


def _line(one: queries.Listed) -> ListLine:
    now = one.standing.present or rules.coming(one.standing.found)
    tried = sum(
        row.outcome == FollowUpDone.Outcome.NOT_REACHED for row in one.standing.tries if now and row.day == now.day
    )
    parts = [after_words(now.day) if now else "", agreement_words(one.agreement), safely(one.agreement)]
    if tried:
        parts.append(ngettext("tried once", "tried %(number)d times", tried) % {"number": tried})
    word, tone = _("wants a call"), "citrus"
    if one.shelf is not rules.Shelf.WAITS:
        word, tone = (date_format(now.call_on, "M j") if now and now.call_on else ""), "plain"
    elif _said_not_safe(one):
        word, tone = _("does not feel safe"), "rose"
    return ListLine(one.client.chosen_name, one.client.public_id, " · ".join(filter(None, parts)), word, tone)


def _said_not_safe(one: queries.Listed) -> bool:
    newest = next((row for row in reversed(one.standing.tries) if row.waits), None)
    return newest is not None and rules.is_not_safe(queries.answers_of(newest))


def heading(found: Iterable[queries.Listed]) -> str:
    number = sum(one.shelf is not rules.Shelf.SOON for one in found)
    if not number:
        return _("Nobody is to be called today")
    return ngettext("One person to hear from", "%(number)d people to hear from", number) % {"number": number}
