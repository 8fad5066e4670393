"""The openings of some days with what is known about both sides: five statements, whatever their number."""

from dataclasses import dataclass
from datetime import date, datetime

from trellis.doors.staff_desk.standing_out.rules import Known, Opening, StandsOut, standing_out
from trellis.foundation.access.actor import Actor
from trellis.foundation.access.permissions import shown_to
from trellis.foundation.audit.models import AuditEvent
from trellis.people.accounts.models import Account
from trellis.people.clients.models import CareAssignment, Client, Episode
from trellis.people.clients.rules import fold
from trellis.people.clients.states import OPEN
from trellis.people.staff.models import StaffMember

#: shorter words are no family names: an initial, "de", "la"
FEWEST_LETTERS = 3


@dataclass(frozen=True)
class Line:
    """One reason to ask, with the rows it names."""

    one: StandsOut
    account: Account
    clients: tuple[Client, ...]


def lines(since: datetime, actor: Actor) -> list[Line]:
    """Without those about somebody whose record is closed to the actor; of very many only the number counts them."""
    accounts = {one.account_id: one.account for one in StaffMember.objects.select_related("account")}
    openings = [one for one in _openings(since) if one.account in accounts]
    clients = Client.objects.in_bulk({one.client for one in openings})
    families = {pk: _families(one.chosen_name) for pk, one in accounts.items()}
    found = standing_out(openings, _known(clients), families, _team(clients))
    named = [(one, shown_to(actor, [clients[pk] for pk in one.clients if pk in clients])) for one in found]
    return [Line(one, accounts[one.account], tuple(shown)) for one, shown in named if shown]


def _openings(since: datetime) -> list[Opening]:
    """Events that opened one client's record and nobody else's. Whoever opens their own pages is meant to."""
    rows = (
        AuditEvent.objects.filter(
            at__gte=since, verb__startswith="opened ", actor__startswith="account:", subjects__icontains="client:"
        )
        .exclude(verb__startswith="opened my.")
        .values_list("at", "actor", "subjects")
    )
    return [
        Opening(at, int(actor.removeprefix("account:")), int(subjects[0].removeprefix("client:")))
        for at, actor, subjects in rows
        if len(subjects) == 1
    ]


def _known(clients: dict[int, Client]) -> dict[int, Known]:
    here: set[int] = set()
    left: dict[int, date] = {}
    stays = Episode.objects.filter(client__in=clients).values_list("client_id", "status", "closed_on")
    for client, status, closed_on in stays:
        if status == OPEN:
            here.add(client)
        elif closed_on is not None:
            left[client] = max(closed_on, left.get(client, closed_on))
    return {
        pk: Known(one.account_id, frozenset(_families(one.chosen_name)), None if pk in here else left.get(pk))
        for pk, one in clients.items()
    }


def _team(clients: dict[int, Client]) -> set[tuple[int, int]]:
    rows = CareAssignment.objects.filter(episode__client__in=clients)
    return set(rows.values_list("staff_member__account_id", "episode__client_id"))


def _families(name: str) -> set[str]:
    """Any word after the first may be a family name: many people have two."""
    return {word for word in fold(name).split()[1:] if len(word) >= FEWEST_LETTERS}
