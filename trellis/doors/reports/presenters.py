"""What the pages of the measures print."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from trellis.doors.reports import measures, words
from trellis.doors.reports.measures import Case, Measure, Measured
from trellis.doors.reports.rules import DIED, FEW, Answer, Quarter
from trellis.foundation.access.actor import Actor
from trellis.foundation.access.permissions import may, shown_to
from trellis.journey.inquiry.models import Inquiry
from trellis.people.clients.models import Client, Episode


@dataclass(frozen=True)
class Number:
    """One cell of the table: the number, and the list behind it."""

    name: str
    value: int
    href: str = ""


@dataclass(frozen=True)
class Row:
    found: Measured
    quarter: Quarter
    opens: bool

    @property
    def key(self) -> str:
        return self.found.measure.key

    @property
    def label(self) -> str:
        return words.label(self.found.measure)

    @property
    def percent(self) -> int | None:
        return self.found.tally.percent

    @property
    def share(self) -> str:
        if self.percent is None:
            return _("Nobody yet")
        values = {"percent": self.percent, "yes": self.found.tally.yes, "of": self.found.tally.judged}
        return _("%(percent)d%% (%(yes)d of %(of)d)") % values

    @property
    def numbers(self) -> list[Number]:
        tally = self.found.tally
        counts = (tally.yes, tally.no, tally.not_yet, tally.left_out)
        return [
            Number(str(words.ANSWERS[answer]), count, address if self.opens and count else "")
            for answer, count, address in zip(Answer, counts, self.addresses, strict=True)
        ]

    @property
    def addresses(self) -> list[str]:
        """Of the list behind each number."""
        return [list_address(self.found.measure, self.quarter, answer) for answer in Answer]

    @property
    def is_small(self) -> bool:
        return self.found.tally.is_small


@dataclass(frozen=True)
class Card:
    group: str
    rows: list[Row]
    #: how stays ended, the most frequent first
    reasons: list[Number]

    @property
    def title(self) -> str:
        return str(words.TITLES[self.group])

    @property
    def definition(self) -> list[str]:
        return [str(one) for one in words.DEFINITIONS[self.group]]

    @property
    def source(self) -> str:
        return str(words.SOURCES.get(self.group, _("The days are our own.")))

    @property
    def is_kept(self) -> bool:
        return bool(self.rows)

    @property
    def is_small(self) -> bool:
        return any(row.is_small for row in self.rows)


def cards(found: Iterable[Measured], quarter: Quarter, *, opens: bool) -> list[Card]:
    return [
        _card(group, [Row(one, quarter, opens) for one in of_group if one.is_kept], quarter, opens)
        for group, of_group in groupby(found, lambda one: one.measure.group)
    ]


def _card(group: str, rows: list[Row], quarter: Quarter, opens: bool) -> Card:
    if group != measures.ENDED:
        return Card(group, rows, [])
    counted = Counter(case.reason for row in rows for case in row.found.cases)
    return Card(group, rows, [
        Number(_reason(reason), number, _of_reason(rows[0].found.measure, quarter, reason) if opens else "")
        for reason, number in counted.most_common()
    ])  # fmt: skip


def _reason(reason: str) -> str:
    return str(Episode.CloseReason(reason).label)


def _of_reason(measure: Measure, quarter: Quarter, reason: str) -> str:
    return "" if reason == DIED else list_address(measure, quarter, reason=reason)


def list_address(measure: Measure, quarter: Quarter, answer: Answer | None = None, reason: str = "") -> str:
    asked = {"quarter": quarter.key, **({"answer": answer} if answer else {}), **({"reason": reason} if reason else {})}
    return f"{reverse('reports:people', args=[measure.key])}?{urlencode(asked)}"


def few() -> str:
    sentence = _(
        "Some numbers here are below %(few)d: one person changes a share much, and such a number may "
        "tell who they are. Pass on no number that small."
    )
    return sentence % {"few": FEW}


# --- the list behind a number -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Person:
    case: Case
    measure: Measure
    who: Client | Inquiry
    href: str

    @property
    def name(self) -> str:
        name = self.who.chosen_name if isinstance(self.who, Client) else self.who.name
        return name or _("Somebody without a name")

    @property
    def detail(self) -> str:
        if self.measure.group == measures.ENDED:
            return f"{words.began(self.measure, self.case)} {_reason(self.case.reason)}."
        return f"{words.began(self.measure, self.case)} {words.why(self.case)}"


def unnamed(actor: Actor, cases: Iterable[Case]) -> tuple[list[Case], int, int]:
    """Who may be named, and how many are not: dead, or closed to the reader."""
    known = list(cases)
    living = [one for one in known if not one.has_died]
    shown = shown_to(actor, living)
    return shown, len(known) - len(living), len(living) - len(shown)


def not_named(dead: int, closed: int) -> list[str]:
    found = []
    if dead:
        died = ngettext(
            "One person who died is counted and not named.",
            "%(number)d people who died are counted and not named.",
            dead,
        )
        found.append(died % {"number": dead})
    if closed:
        hidden = ngettext(
            "One person is counted whose record is closed to you.",
            "%(number)d people are counted whose records are closed to you.",
            closed,
        )
        found.append(hidden % {"number": closed})
    return found


def person(actor: Actor, measure: Measure, case: Case, who: Client | Inquiry) -> Person:
    if isinstance(who, Client):
        href = reverse("clients:client", args=[who.public_id]) if may(actor, "client.read", who) else ""
    else:
        href = reverse("inquiry:one", args=[who.public_id]) if may(actor, "inquiry.work", who) else ""
    return Person(case, measure, who, href)
