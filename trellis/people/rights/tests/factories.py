"""Requests as somebody made them, through the actions themselves."""

from trellis.foundation.access.actor import Actor
from trellis.people.accounts.queries import actor_for
from trellis.people.clients.models import Client
from trellis.people.clients.tests.factories import actor
from trellis.people.consent.rules.case import Recipient
from trellis.people.rights.models import RequestAnswer, RightsRequest
from trellis.people.rights.requests import actions
from trellis.people.rights.requests.actions import Wish
from trellis.people.rights.rules import Kind

PLAN = Recipient("organization", "Alder Health Plan")
WISHES = {
    Kind.CORRECTION: Wish(Kind.CORRECTION, "It says that I was late on Monday", "I was there at 5:25"),
    Kind.LOOK: Wish(Kind.LOOK),
    Kind.COPY: Wish(Kind.COPY, wanted="The last month, on paper"),
    Kind.RESTRICTION: Wish(Kind.RESTRICTION, "That I come here", whom=Recipient("person", "Raul Ruiz")),
    Kind.SELF_PAID: Wish(Kind.SELF_PAID, whom=PLAN),
    Kind.CHANNEL: Wish(Kind.CHANNEL, wanted="Only by text, only after 6 pm"),
    Kind.COMPLAINT: Wish(Kind.COMPLAINT, "Somebody called my name in the waiting room", "Call a number"),
    Kind.PASSED_ON: Wish(Kind.PASSED_ON, wanted="Valley Exchange"),
}


def asks(
    client: Client, kind: Kind | str = Kind.CORRECTION, *, by: Actor | None = None, how: str = "told"
) -> RightsRequest:
    """By the desk, for a client with or without a sign-in."""
    return actions.ask(by=by or actor("front_desk"), client=client, wish=WISHES[Kind(kind)], how=how)


def answers(
    request: RightsRequest, step: str, words: str = "We looked into it.", parts: tuple[str, ...] = ("attendance",)
) -> RequestAnswer:
    return actions.answer(by=actor("clinical_director"), request=request, step=step, words=words, parts=parts)


def own(client: Client) -> Actor:
    assert client.account is not None
    return actor_for(client.account)
