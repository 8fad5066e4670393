"""Nearly everybody has the notice: on paper from the front desk, some by a tap, and one chose not to sign.

One client has asked for things: a correction that was denied, one that takes longer, one way to be reached, and a copy
that is due soon.
"""

from datetime import timedelta

from trellis.doors.demo.build.house import House
from trellis.foundation import clock
from trellis.people.accounts.queries import actor_for
from trellis.people.clients.models import Client
from trellis.people.clients.queries import clients_in_program
from trellis.people.consent.rules.words import Information
from trellis.people.rights import states
from trellis.people.rights.models import Acknowledgement, RightsRequest
from trellis.people.rights.notice import actions, queries
from trellis.people.rights.requests import actions as requests
from trellis.people.rights.requests.actions import Wish
from trellis.people.rights.rules import Kind

How = Acknowledgement.How


def told(house: House, accounts: list[int]) -> None:
    """The first who signs in has not read it yet, so that the page asks; two more are owed it."""
    own = sorted(Client.objects.filter(account__in=accounts), key=lambda one: accounts.index(one.account_id or 0))
    with house.at(clock.now() - timedelta(days=6)):
        for client in own[1:]:
            _tap(client)
        others = list(clients_in_program().exclude(pk__in=[one.pk for one in own]).order_by("pk"))
        _on_paper(house, others[:-1])
    if own:
        _ask(house, own[0], others[0] if others else own[0])


def _tap(client: Client) -> None:
    if client.account is not None:
        number = queries.in_force().number
        actions.acknowledge(by=actor_for(client.account), client=client, number=number, language=client.language)


def _on_paper(house: House, clients: list[Client]) -> None:
    desk = house.one("front_desk").actor
    for place, client in enumerate(clients):
        how, why = (How.PAPER, "") if place else (How.NOT_SIGNED, Acknowledgement.Why.CHOSE_NOT_TO)
        actions.record(by=desk, client=client, how=how, why_not=why, language=client.language)


def _ask(house: House, client: Client, other: Client) -> None:
    """On their own page, over weeks; the director answers. Another told the front desk of a complaint."""
    if client.account is None:
        return
    by, director, own_page = actor_for(client.account), house.one("clinical_director").actor, RightsRequest.How.OWN_PAGE
    with house.at(clock.now() - timedelta(days=13)):
        copy = Wish(Kind.COPY, wanted="The last month, on paper")
        requests.ask(by=by, client=client, wish=copy, how=own_page)
        late = Wish(Kind.CORRECTION, "It says that I was late on my first Monday", "I was there when it began")
        correction = requests.ask(by=by, client=client, wish=late, how=own_page)
    with house.at(clock.now() - timedelta(days=5)):
        requests.answer(
            by=director, request=correction, step=states.DENY, parts=[Information.ATTENDANCE],
            words="We looked at the list of that evening. You came in at 5:42. You may add your own words.",
        )  # fmt: skip
        name = Wish(Kind.CORRECTION, "My first day is written down as a Tuesday", "I began on the Monday")
        longer = requests.ask(by=by, client=client, wish=name, how=own_page)
        requests.answer(
            by=director, request=longer, step=states.EXTEND, words="We are looking for the sheet of that week."
        )
        evening = Wish(Kind.CHANNEL, wanted="Only by text, and only after 6 pm")
        channel = requests.ask(by=by, client=client, wish=evening, how=own_page)
        requests.answer(by=director, request=channel, step=states.ACCEPT, words="From today we only text, after 6 pm.")
        heard = Wish(Kind.COMPLAINT, "My name was called out loud in the waiting room", "Call a number")
        desk = house.one("front_desk").actor
        requests.ask(by=desk, client=other, wish=heard, how=RightsRequest.How.TOLD)
