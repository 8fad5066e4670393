"""The two files of an own copy: a page that prints, and JSON with a version. Neither name says what it is about."""

import json
from collections.abc import Callable
from typing import Any

from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from trellis.foundation.program import queries as program
from trellis.people.rights.own_copy.actions import OwnCopy

#: grows by one whenever a key changes its meaning or goes; new keys and sections may come without
SCHEMA, VERSION = "trellis.own-copy", 1


def as_page(copy: OwnCopy) -> str:
    """One file that needs no other: it opens and prints anywhere."""
    about = program.current().program
    made = date_format(copy.at.astimezone(about.zone), "DATETIME_FORMAT")
    shown = [(one.title, [[line for line in entry if line.shown] for entry in one.entries]) for one in copy.sections]
    return render_to_string("rights/own_copy.html", {
        "name": copy.client.chosen_name, "sections": shown, "made": made, "about": about,
        "language": _language(),
    })  # fmt: skip


def as_data(copy: OwnCopy) -> str:
    """The same sections, with keys that are the same in every language."""
    said: dict[str, Any] = {
        "schema": SCHEMA, "version": VERSION, "made_at": copy.at.isoformat(timespec="seconds"), "language": _language(),
        "sections": {
            one.key: [{line.key: line.value for line in entry} for entry in one.entries] for one in copy.sections
        },
    }  # fmt: skip
    return json.dumps(said, ensure_ascii=False, indent=1)


#: the last part of the address → how it is written, its type, and the ending of its name
FORMS: dict[str, tuple[Callable[[OwnCopy], str], str, str]] = {
    "page": (as_page, "text/html; charset=utf-8", "html"),
    "data": (as_data, "application/json", "json"),
}


def name(copy: OwnCopy, form: str) -> str:
    """Neutral: a list of downloads is seen by others."""
    day = copy.at.astimezone(program.zone()).date().isoformat()
    return f"{_('my-copy')}-{day}.{FORMS[form][2]}"


def _language() -> str:
    return (get_language() or "en")[:2]
