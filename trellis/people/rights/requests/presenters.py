"""What pages print of requests: to the client in their words, to people at work by what is due first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from trellis.people.clients.models import Client
from trellis.people.rights import rules, states
from trellis.people.rights.models import RequestAnswer, RightsRequest
from trellis.people.rights.requests.queries import Asked, opened_text
from trellis.people.rights.rules import Kind

#: what it is, as a heading for everybody
KINDS: dict[Kind, "Promise | str"] = {
    Kind.CORRECTION: gettext_lazy("Correct the record"),
    Kind.LOOK: gettext_lazy("Look at the record"),
    Kind.COPY: gettext_lazy("A copy of the record"),
    Kind.RESTRICTION: gettext_lazy("Tell somebody less"),
    Kind.SELF_PAID: gettext_lazy("Paid for by themselves: the health plan is not told"),
    Kind.CHANNEL: gettext_lazy("One way to reach them, and no other"),
    Kind.COMPLAINT: gettext_lazy("A complaint"),
    Kind.PASSED_ON: gettext_lazy("The list of where it was passed on"),
}
#: the same, to the client
OWN_KINDS: dict[Kind, "Promise | str"] = KINDS | {
    Kind.CORRECTION: gettext_lazy("Correct your record"),
    Kind.LOOK: gettext_lazy("Look at your record"),
    Kind.COPY: gettext_lazy("A copy of your record"),
    Kind.SELF_PAID: gettext_lazy("You paid: your health plan is not told"),
    Kind.CHANNEL: gettext_lazy("One way to reach you, and no other"),
    Kind.COMPLAINT: gettext_lazy("Your complaint"),
}
#: headings over the two texts of a request
_ABOUT = {Kind.CORRECTION: gettext_lazy("What is wrong"), Kind.COMPLAINT: gettext_lazy("What happened")}
_WANTED = {
    Kind.CORRECTION: gettext_lazy("What it should say"),
    Kind.CHANNEL: gettext_lazy("Only this way"),
    Kind.COMPLAINT: gettext_lazy("What would put it right"),
}
#: what is answered, and neither granted nor refused
ANSWERED = (Kind.COMPLAINT, Kind.PASSED_ON)
TONES = {
    states.OPEN: "dusk", states.EXTENDED: "gold", states.ACCEPTED: "leaf", states.DENIED: "plain",
    states.DISAGREED: "plain", states.REBUTTED: "plain", states.WITHDRAWN: "plain", states.ENDED: "plain",
}  # fmt: skip
#: a state in a word to the client
_OWN_STATES: dict[str, "Promise | str"] = {
    states.OPEN: gettext_lazy("We have it"),
    states.EXTENDED: gettext_lazy("We need longer"),
    states.ACCEPTED: gettext_lazy("Yes"),
    states.DENIED: gettext_lazy("No"),
    states.DISAGREED: gettext_lazy("No, with your statement"),
    states.REBUTTED: gettext_lazy("No, with your statement and our reply"),
    states.WITHDRAWN: gettext_lazy("You took it back"),
    states.ENDED: gettext_lazy("No longer holds"),
}
_OWN_STEPS: dict[str, "Promise | str"] = {
    states.EXTEND: gettext_lazy("Why we need longer"),
    states.ACCEPT: gettext_lazy("Our answer: yes"),
    states.DENY: gettext_lazy("Our answer: no"),
    states.WITHDRAW: gettext_lazy("You took it back"),
    states.DISAGREE: gettext_lazy("Your statement, which stays with it"),
    states.REBUT: gettext_lazy("Our reply to your statement"),
    states.END: gettext_lazy("You no longer want it"),
}
_SOON = 3


@dataclass(frozen=True)
class Said:
    """Something that stands there in somebody's own words."""

    heading: "Promise | str"
    words: str
    on: date | None = None


@dataclass(frozen=True)
class Shown:
    """A request as a page prints it."""

    asked: Asked
    title: "Promise | str"
    word: "Promise | str"
    tone: str
    deadline: str
    said: list[Said]
    answers: list[Said]

    @property
    def public_id(self) -> str:
        return self.asked.row.public_id

    @property
    def by_another(self) -> bool:
        """Somebody who acts for the client asked it, on pages of their own."""
        row = self.asked.row
        return row.how == RightsRequest.How.OWN_PAGE and row.by != f"account:{row.client.account_id}"

    @property
    def how(self) -> str:
        return _("by somebody who acts for them") if self.by_another else str(self.asked.row.get_how_display())


def own(asked: Asked, today: date) -> Shown:
    """To the client."""
    deadline = _by(asked.due, today) if asked.waits else ""
    return Shown(
        asked, OWN_KINDS[asked.kind], own_state(asked), TONES[asked.state], deadline, _said(asked.row),
        [_answered(one, own_heading(asked, one)) for one in asked.answers],
    )  # fmt: skip


def own_heading(asked: Asked, one: RequestAnswer) -> "Promise | str":
    """Nobody says yes or no to a complaint, or to a list."""
    is_answer = asked.kind in ANSWERED and one.step == states.ACCEPT
    return gettext("Our answer") if is_answer else _OWN_STEPS[one.step]


def own_state(asked: Asked) -> "Promise | str":
    """In a word, to the client."""
    return gettext("Answered") if _is_answered(asked) else _OWN_STATES[asked.state]


def _is_answered(asked: Asked) -> bool:
    return asked.kind in ANSWERED and asked.state == states.ACCEPTED


def _by(due: date, today: date) -> str:
    if due < today:
        return gettext("It should have been answered by %(day)s. Call us.") % {"day": day_words(due)}
    return gettext("You hear from us by %(day)s.") % {"day": day_words(due)}


def at_work(asked: Asked, today: date) -> Shown:
    """To whoever answers."""
    word = gettext("Answered") if _is_answered(asked) else states.MACHINE.status(asked.state).label
    return Shown(
        asked, KINDS[asked.kind], word, _tone(asked, today), deadline_words(asked.due, today) if asked.waits else "",
        _said(asked.row), [_answered(one, one.get_step_display()) for one in asked.answers],
    )  # fmt: skip


def _tone(asked: Asked, today: date) -> str:
    if not asked.waits:
        return TONES[asked.state]
    return due_tone(asked.due, today)


def due_tone(due: date, today: date) -> str:
    left = rules.days_left(due, today)
    return "rose" if left < 0 else "gold" if left <= _SOON else "dusk"


def deadline_words(due: date, today: date) -> str:
    """By when, as people say it."""
    left = rules.days_left(due, today)
    if left < 0:
        return ngettext("one day late", "%(number)d days late", -left) % {"number": -left}
    if left == 0:
        return _("due today")
    if left == 1:
        return _("due tomorrow")
    return _("due by %(day)s, in %(number)d days") % {"day": day_words(due), "number": left}


def day_words(day: date) -> str:
    return date_format(day, "DATE_FORMAT")


@dataclass(frozen=True)
class Line:
    """One request that waits, as the list shows it; nothing of what was said."""

    public_id: str
    client: Client
    title: "Promise | str"
    deadline: str
    tone: str


def lines(rows: Iterable[RightsRequest], today: date) -> list[Line]:
    return [_line(row, today) for row in rows]


def _line(row: RightsRequest, today: date) -> Line:
    due = row.due  # type: ignore[attr-defined]
    return Line(row.public_id, row.client, KINDS[Kind(row.kind)], deadline_words(due, today), due_tone(due, today))


def heading(number: int) -> str:
    if not number:
        return _("No request waits for an answer")
    words = ngettext("One request waits for an answer", "%(number)d requests wait for an answer", number)
    return words % {"number": number}


def _said(row: RightsRequest) -> list[Said]:
    kind = Kind(row.kind)
    found = [
        (_("Who is not to be told"), row.whom),
        (_ABOUT.get(kind, _("In their words")), opened_text(row.about_sealed)),
        (_WANTED.get(kind, _("What they want")), opened_text(row.wanted_sealed)),
    ]
    return [Said(title, text) for title, text in found if text]


def _answered(one: RequestAnswer, title: "Promise | str") -> Said:
    return Said(title, opened_text(one.words_sealed), one.at.date())
