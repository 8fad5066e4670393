"""What pages print of the notice, and where somebody stands with it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from trellis.people.clients.models import Client
from trellis.people.rights.models import Acknowledgement, NoticeVersion
from trellis.people.rights.notice.queries import Reading


def language() -> str:
    """The language in which the page shows the notice."""
    return (get_language() or "en")[:2]


@dataclass(frozen=True)
class Notice:
    """One version in the language of the reader."""

    number: int
    effective_on: date
    parts: list[dict[str, Any]]
    language: str


def notice(version: NoticeVersion) -> Notice:
    return Notice(version.number, version.effective_on, version.texts[language()], language())


def state(reading: Reading) -> tuple[str, str]:
    """One word and its colour: may be taken in at a glance."""
    newest = reading.newest
    return _state(newest.how if newest else None, reading.is_current)


def _state(how: str | None, is_current: bool) -> tuple[str, str]:
    if how is None:
        return _("Not given yet"), "gold"
    if how == Acknowledgement.How.NOT_SIGNED:
        return _("Not signed"), "dusk"
    return (_("Read"), "leaf") if is_current else (_("Read an earlier one"), "gold")


def sentence(reading: Reading) -> str:
    """What is known, for those who work here."""
    newest = reading.newest
    if newest is None:
        return _("Nothing is written down yet. The law asks for it on the first day.")
    return why_words(newest.how, newest.why_not) or str(newest.get_how_display())


def why_words(how: str | None, why_not: str | None) -> str:
    """Why the signature is missing; empty where it is not."""
    return str(Acknowledgement.Why(why_not).label) if how == Acknowledgement.How.NOT_SIGNED and why_not else ""


@dataclass(frozen=True)
class Line:
    """Somebody who has not acknowledged the words in force."""

    client: Client
    word: str
    tone: str
    detail: str


def lines(people: Iterable[Client]) -> list[Line]:
    return [_line(one) for one in people]


def _line(client: Client) -> Line:
    how, why_not = client.notice_how, client.notice_why_not  # type: ignore[attr-defined]
    word, tone = _state(how, is_current=False)
    return Line(client, word, tone, why_words(how, why_not))


def heading(number: int) -> str:
    if not number:
        return _("Everybody here has read the notice")
    words = ngettext("One person has not read the notice", "%(number)d people have not read the notice", number)
    return words % {"number": number}
