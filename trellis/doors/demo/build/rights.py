"""Nearly everybody has the notice: on paper from the front desk, some by a tap, and one chose not to sign."""

from datetime import timedelta

from trellis.doors.demo.build.house import House
from trellis.foundation import clock
from trellis.people.accounts.queries import actor_for
from trellis.people.clients.models import Client
from trellis.people.clients.queries import clients_in_program
from trellis.people.rights.models import Acknowledgement
from trellis.people.rights.notice import actions, queries

How = Acknowledgement.How


def told(house: House, accounts: list[int]) -> None:
    """The first who signs in has not read it yet, so that the page asks; two more are owed it."""
    own = sorted(Client.objects.filter(account__in=accounts), key=lambda one: accounts.index(one.account_id or 0))
    with house.at(clock.now() - timedelta(days=6)):
        for client in own[1:]:
            _tap(client)
        others = list(clients_in_program().exclude(pk__in=[one.pk for one in own]).order_by("pk"))
        _on_paper(house, others[:-1])


def _tap(client: Client) -> None:
    if client.account is not None:
        number = queries.in_force().number
        actions.acknowledge(by=actor_for(client.account), client=client, number=number, language=client.language)


def _on_paper(house: House, clients: list[Client]) -> None:
    desk = house.one("front_desk").actor
    for place, client in enumerate(clients):
        how, why = (How.PAPER, "") if place else (How.NOT_SIGNED, Acknowledgement.Why.CHOSE_NOT_TO)
        actions.record(by=desk, client=client, how=how, why_not=why, language=client.language)
