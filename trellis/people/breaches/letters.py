"""What a letter says: the elements of 45 CFR 164.404(c), under the headings of California Civil Code 1798.82(d)."""

from collections.abc import Mapping
from datetime import date
from hashlib import sha256

from django.utils.formats import date_format
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import override

from trellis.foundation.program import queries as program
from trellis.people.breaches.models import Circumstances
from trellis.people.consent.paper import Section, text_of
from trellis.people.consent.people_words import INFORMATION

#: what staff write in each language, in the order in which a letter says it
PARTS = ("happened", "doing", "can_do")


def sections(facts: Circumstances, texts: Mapping[str, str]) -> list[Section]:
    """In the language that is active; `texts` holds the parts in that language."""
    contact = program.current().program.contact
    reach = [
        _("Phone: %(phone)s") % {"phone": contact.phone}, _("E-mail: %(email)s") % {"email": contact.email},
        contact.website, *([_("Fax: %(fax)s") % {"fax": contact.fax}] if contact.fax else []),
    ]  # fmt: skip
    return [
        Section(_("What happened"), texts["happened"], (when(facts), found_out(facts.discovered_on))),
        Section(
            _("What information was involved"), "", tuple(capital(INFORMATION[word]) for word in facts.information)
        ),
        Section(_("What we are doing"), texts["doing"]),
        Section(_("What you can do"), texts["can_do"]),
        Section(_("For more information"), _("Call or write to us. It costs you nothing to ask."), tuple(reach)),
    ]


def written(facts: Circumstances, wording: Mapping[str, Mapping[str, str]], language: str, name: str) -> str:
    """Every word of somebody's letter, as it is kept."""
    with override(language):
        return text_of(f"{title()}\n{name}", sections(facts, wording[language]))


def title() -> str:
    return _("Notice of data breach")


def program_name() -> str:
    return str(program.current().program.names)


def fingerprint(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def when(facts: Circumstances) -> str:
    if facts.happened_from is None or facts.happened_until is None:
        return _("We do not know the day on which it happened.")
    if facts.happened_from == facts.happened_until:
        return _("It happened on %(day)s.") % {"day": _day(facts.happened_from)}
    return _("It happened between %(first)s and %(last)s.") % {
        "first": _day(facts.happened_from), "last": _day(facts.happened_until),
    }  # fmt: skip


def found_out(day: date) -> str:
    return _("We found out on %(day)s.") % {"day": _day(day)}


def capital(words: object) -> str:
    """As it stands at the beginning of a line."""
    text = str(words)
    return text[:1].upper() + text[1:]


capital_lazy = lazy(capital, str)


def _day(day: date) -> str:
    return date_format(day, "DATE_FORMAT")
