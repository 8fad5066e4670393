"""A signed summary as a tagged PDF: its very words, the person and the day on each page."""

from pathlib import Path
from typing import Any

from django.http import HttpResponse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from trellis.foundation.documents import reworking
from trellis.foundation.program import queries as program
from trellis.journey.continuity.leaving import presenters
from trellis.journey.continuity.models import DischargeSummary
from trellis.people.consent.letters import printable

#: how it looks; it holds no word about anybody
SOURCE = Path(__file__).with_name("summary.typ")


def attachment(row: DischargeSummary) -> HttpResponse:
    """To be saved, in the language in which it was signed. Its name says nothing."""
    with translation.override(row.language):
        made = reworking.letter(SOURCE.read_text(), _data(row))
    response = HttpResponse(made.data, content_type="application/pdf")
    response["Content-Disposition"] = 'attachment; filename="summary.pdf"'
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "no-store"
    return response


def _data(row: DischargeSummary) -> dict[str, Any]:
    about, card = program.current().program, presenters.signed_card(row)
    day = date_format(row.at.astimezone(program.zone()), "DATE_FORMAT")
    born = _("Born on %(day)s") % {"day": date_format(row.client.born_on, "DATE_FORMAT")} if row.client.born_on else ""
    said: dict[str, Any] = printable({
        "language": row.language, "title": _("Summary at the end of the stay"),
        "head": presenters.here(), "foot": f"{presenters.here()} · {about.contact.phone}",
        "about": f"{row.client.chosen_name} · {day}", "signed": card.signed,
        "person": " · ".join(filter(None, (row.client.chosen_name, born))),
        "amends": _("Written again: %(why)s") % {"why": card.why} if card.why else "",
        "notice": _(
            "This stays private under federal law (42 CFR part 2). Whoever gets it from us may not pass it on."
        ),
        "parts": [{"title": title, "lines": text.splitlines()} for title, text in card.parts],
    })  # fmt: skip
    return said
