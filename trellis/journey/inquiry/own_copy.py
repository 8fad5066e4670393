"""What a client takes out of their own record of what other places sent about them."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from trellis.journey.inquiry.queries import referrals as queries
from trellis.people.clients.models import Client
from trellis.people.clients.own_copy import Entry, day, instant, several, text, yes_no


def referrals(client: Client) -> Iterable[Entry]:
    """Only what counts as theirs: by an admission, or because somebody recognized them in it; one statement."""
    for row in reversed(queries.of_client(client)):
        found = row.found
        typed = found.get("typed") or {}
        yield (
            instant("received_at", _("When it came"), row.received_at),
            text("organization", _("From where"), row.organisation),
            text("practitioner", _("From whom"), row.sender),
            day("discharged_on", _("You were discharged on"), row.discharged_on),
            _named("diagnoses", _("Diagnoses"), found["diagnoses"]),
            _named("medications", _("Medications"), found["medications"]),
            _named("allergies", _("Allergies"), found["allergies"]),
            text("why", _("Why they sent you"), typed.get("why", "")),
            text("urgent", _("What cannot wait"), typed.get("urgent", "")),
            yes_no("part2", _("Protected by 42 CFR part 2"), row.part2),
        )


def _named(key: str, label: str, rows: list[dict[str, Any]]) -> Any:
    names = list(dict.fromkeys(row["display"] for row in rows if row["display"]))
    return several(key, label, names, "; ".join(names))
