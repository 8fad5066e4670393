"""What a client takes out of their own record: each room gives its sections, registered in its `AppConfig.ready`.

A section is written once and read twice: by a person, with labels in their language, and by a program, with keys and
plain values that stay the same in every language. What others told us in confidence is nobody's section.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from trellis.foundation.program import queries as program
from trellis.people.clients import queries
from trellis.people.clients.models import Client, KeptOut, Watch

Value = str | int | bool | list[str] | None
Words = Promise | str


@dataclass(frozen=True)
class Line:
    """One thing that is known. `value` is for programs, `shown` for people."""

    key: str
    label: Words
    value: Value
    shown: str


Entry = tuple[Line, ...]
#: the entries of one client, each a few lines, with a fixed number of statements
Gather = Callable[[Client], Iterable[Entry]]


@dataclass(frozen=True)
class Section:
    key: str
    title: Words
    entries: list[Entry]


@dataclass(frozen=True)
class _Registered:
    key: str
    title: Words
    gather: Gather
    order: int


_sections: dict[str, _Registered] = {}


def register(key: str, title: Words, gather: Gather, order: int) -> None:
    _sections[key] = _Registered(key, title, gather, order)


def sections(client: Client) -> list[Section]:
    """In order; one that has nothing to say stands there too, so that nobody wonders."""
    ordered = sorted(_sections.values(), key=lambda one: (one.order, one.key))
    return [Section(one.key, one.title, list(one.gather(client))) for one in ordered]


# --- lines of every kind ----------------------------------------------------------------------------------------------
def text(key: str, label: Words, value: str, shown: "Words | None" = None) -> Line:
    return Line(key, label, value, value if shown is None else str(shown))


def number(key: str, label: Words, value: int, shown: str = "") -> Line:
    return Line(key, label, value, shown or str(value))


def yes_no(key: str, label: Words, value: bool) -> Line:
    return Line(key, label, value, _("Yes") if value else _("No"))


def day(key: str, label: Words, value: date | None) -> Line:
    return Line(key, label, value.isoformat() if value else None, date_format(value, "DATE_FORMAT") if value else "")


def instant(key: str, label: Words, value: datetime | None) -> Line:
    """With its offset for programs, on the program's own clock for people."""
    if value is None:
        return Line(key, label, None, "")
    local = value.astimezone(program.zone())
    return Line(key, label, local.isoformat(timespec="seconds"), date_format(local, "DATETIME_FORMAT"))


def several(key: str, label: Words, value: Iterable[str], shown: str) -> Line:
    return Line(key, label, list(value), shown)


# --- what this room knows ---------------------------------------------------------------------------------------------
def person(client: Client) -> Iterable[Entry]:
    yield (
        text("chosen_name", _("Name you go by"), client.chosen_name),
        text("pronouns", _("Pronouns"), client.pronouns),
        day("born_on", _("Born"), client.born_on),
        text("language", _("Language"), client.language, client.get_language_display()),
        text("telephone", _("Telephone"), client.telephone),
        text("email", _("Email"), client.email),
        yes_no("may_leave_message", _("We may leave a message"), client.may_leave_message),
        yes_no("may_text", _("We may send a text"), client.may_text),
        text("safe_times", _("When and how it is safe to reach you"), client.safe_times),
        text("safe_word", _("The word for calls"), client.safe_word),
    )
    for name in queries.legal_names(client):
        yield (
            text("given", _("Given names, as on papers"), name.given),
            text("family", _("Family names, as on papers"), name.family),
            day("since", _("From which day on"), name.since),
        )


def stays(client: Client) -> Iterable[Entry]:
    for episode in queries.episodes_of(client):
        yield (
            text("level", _("Level of care"), episode.level),
            day("opened_on", _("First day"), episode.opened_on),
            day("closed_on", _("Last day"), episode.closed_on),
            text("close_reason", _("Why it ended"), episode.close_reason, episode.get_close_reason_display()),
        )


def closed_to(client: Client) -> Iterable[Entry]:
    """To whom the record is or was closed. Why somebody who works here closed it to themselves is theirs to keep."""
    closed_by = {
        KeptOut.Why.ASKED: ("you", _("You asked for it")),
        KeptOut.Why.KNOWS: ("themselves", _("They closed it to themselves")),
    }
    for row in KeptOut.objects.filter(client=client).select_related("account").order_by("since", "pk"):
        yield (
            text("name", _("Closed to"), row.account.chosen_name),
            text("closed_by", _("How it came"), *closed_by[KeptOut.Why(row.why)]),
            instant("since", _("Closed since"), row.since),
            instant("until", _("Open again since"), row.until),
        )


def watched(client: Client) -> Iterable[Entry]:
    """When the record was watched closely. Our own reason may speak of somebody else: it is not in it."""
    for row in Watch.objects.filter(client=client).select_related("end").order_by("since", "pk"):
        end = getattr(row, "end", None)
        yield (
            text(
                "asked_by",
                _("How it came"),
                row.why,
                _("You asked for it") if row.why == Watch.Why.WISH else _("We did it"),
            ),
            instant("since", _("Since"), row.since),
            instant("until", _("Until"), end.at if end else row.until),
        )
