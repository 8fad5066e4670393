"""What somebody is diagnosed with, and what another place sent."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet

from trellis.foundation.access.actor import Actor
from trellis.foundation.access.permissions import may
from trellis.journey.admission.diagnoses import rules
from trellis.journey.admission.models import Diagnosis
from trellis.journey.inquiry.queries.referrals import of_client
from trellis.people.clients.models import Client


def diagnoses() -> "QuerySet[Diagnosis]":
    return Diagnosis.objects.select_related("client", "end", "signed_by__account")


def diagnoses_of(client: Client) -> list[Diagnosis]:
    """Every row, ended or not, the newest first; one statement."""
    return list(diagnoses().filter(client=client).order_by("-at", "-id"))


def standing(client: Client) -> list[Diagnosis]:
    """What was signed and nothing ended, the newest first; one statement. Letters, plans and summaries ask this."""
    rows = diagnoses().filter(client=client, kind=Diagnosis.Kind.SIGNED, end=None)
    return list(rows.order_by("-at", "-id"))


def sent_by_others(actor: Actor, client: Client, rows: list[Diagnosis]) -> list[Mapping[str, Any]]:
    """Of referrals that the actor may read: what is active there and does not stand here; one statement."""
    codes = {row.code for row in rows if not hasattr(row, "end")}
    found = [one for row in of_client(client) if may(actor, "referral.read", row) for one in row.found["diagnoses"]]
    return rules.from_elsewhere(found, codes)
