"""Finders for ends of stays, next places and letters."""

from tests.walk.finders import finder
from tests.walk.houses import House
from trellis.journey.continuity.models import Discharge, DischargeSummary, LetterRequest, TransitionPlan
from trellis.journey.continuity.tests.left import ended, signed
from trellis.people.clients.models import Client


def _who_left() -> Client | None:
    """Somebody with a signed summary."""
    row = Discharge.objects.filter(summaries__isnull=False).order_by("pk").first()
    if row is None and (client := Client.objects.order_by("pk").first()) is not None:
        row = ended(client)
        signed(row)
    return row.client if row else None


@finder
def client_who_left(house: House) -> str | None:
    found = None if house.is_empty else _who_left()
    return found.public_id if found else None


@finder
def signed_summary(house: House) -> str | None:
    found = None if house.is_empty else _who_left()
    row = DischargeSummary.objects.filter(client=found).order_by("pk").first() if found else None
    return row.public_id if row else None


@finder
def next_place(house: House) -> str | None:
    row = TransitionPlan.objects.order_by("pk").first()
    return row.public_id if row else None


@finder
def letter_asked_for(house: House) -> str | None:
    row = LetterRequest.objects.filter(answer__isnull=True).order_by("pk").first()
    return row.public_id if row else None


@finder
def own_summary(house: House) -> str | None:
    """Of whoever walks the client's pages."""
    if house.is_empty:
        return None
    client = Client.objects.get(account=house.person("client"))
    row = DischargeSummary.objects.filter(client=client).first() or signed(ended(client))
    return row.public_id
