"""Somebody who may see both records says whether they are one person's."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from trellis.foundation import clock
from trellis.foundation.access.actions import action
from trellis.foundation.access.actor import Actor
from trellis.foundation.access.permissions import Refused
from trellis.journey.admission.models import RecordsCompared
from trellis.journey.admission.one_person.queries import Pair, is_written_on
from trellis.people.clients import actions as clients
from trellis.people.clients.kept_out import actions as kept_out
from trellis.people.clients.models import Client

Found = RecordsCompared.Found
LOOKED_AT = _("Somebody has looked at these two records already.")


def _both(compared: RecordsCompared, arguments: dict[str, Any]) -> tuple[str, ...]:
    return compared.audit_subjects


@action("admission.compare", on="pair", about=_both)
def join(*, by: Actor, pair: Pair) -> RecordsCompared:
    """One person: the stay goes on under the first record, and whoever is kept out of one is kept out of both.

    Where something was signed or marked under the second it stays there, for such rows never change; the two records
    then name each other.
    """
    compared = _look(by, pair, Found.ONE)
    if not is_written_on(pair.second):
        clients.take_over(by=by, client=pair.first, other=pair.second)
    kept_out.renew(pair.first)
    kept_out.renew(pair.second)
    return compared


@action("admission.compare", on="pair", about=_both)
def part(*, by: Actor, pair: Pair) -> RecordsCompared:
    """Two people: nothing changes, and nobody asks again."""
    return _look(by, pair, Found.TWO)


def _look(by: Actor, pair: Pair, found: str) -> RecordsCompared:
    # Held until the act ends, and as they stand now: of two who look at the same time one says what they are.
    held = Client.objects.select_for_update().order_by("pk").in_bulk([pair.first.pk, pair.second.pk])
    pair.first.account_id, pair.second.account_id = held[pair.first.pk].account_id, held[pair.second.pk].account_id
    if RecordsCompared.objects.filter(first=pair.first, second=pair.second).exists():
        raise Refused(LOOKED_AT)
    return RecordsCompared.objects.create(second=pair.second, first=pair.first, found=found, at=clock.now(), by=by.name)
