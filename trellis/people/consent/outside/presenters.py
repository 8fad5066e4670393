"""What the pages print: the words in both languages, the choices of askers, the notes that wait."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import get_language, ngettext, override
from django.utils.translation import gettext as _

from trellis.people.consent.models import OutsideRequest
from trellis.people.consent.outside import guidance
from trellis.people.consent.outside.queries import names_of

#: each language under its own name
LANGUAGES = {"en": "English", "es": "Español"}


@dataclass(frozen=True)
class Spoken:
    """The words to read aloud, in one language."""

    language: str
    name: str
    lines: tuple[str, ...]


def to_say() -> list[Spoken]:
    """Both languages on every page, the page's own first: the caller's language decides, not ours."""
    own = (get_language() or "en")[:2]
    return [_in(language) for language in sorted(LANGUAGES, key=lambda one: one != own)]


def _in(language: str) -> Spoken:
    with override(language):
        return Spoken(language, LANGUAGES[language], tuple(str(line) for line in guidance.SAY))


def groups() -> list[tuple[str, list[tuple[str, str]]]]:
    """Askers as they stand on the page: a heading, and key and words of each."""
    labels = dict(OutsideRequest.Asker.choices)
    return [(str(title), [(key, str(labels[key])) for key in keys]) for title, keys in guidance.GROUPS]


@dataclass(frozen=True)
class Line:
    """One note that waits; it says nothing of what was heard."""

    request: OutsideRequest
    who: str
    is_late: bool

    @property
    def state(self) -> tuple[str, str]:
        """One word and its colour."""
        if self.request.danger:
            return _("Perhaps danger"), "rose"
        if self.is_late:
            return _("Longer than a day"), "gold"
        return _("New"), "dusk"


def lines(found: Iterable[OutsideRequest], late_before: datetime) -> list[Line]:
    rows = list(found)
    names = names_of(one.by for one in rows)
    return [Line(one, names.get(one.by, one.by), one.at < late_before) for one in rows]


def heading(number: int) -> str:
    if not number:
        return _("Nothing from outside waits")
    words = ngettext("One note from outside waits", "%(number)d notes from outside wait", number)
    return words % {"number": number}
