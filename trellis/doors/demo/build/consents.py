"""Clients who can sign in have signed for their care; one shares with a sister, and a letter went to her."""

from datetime import timedelta

from trellis.doors.demo.build.house import House
from trellis.foundation import clock
from trellis.foundation.program import queries as program
from trellis.people.accounts.queries import actor_for
from trellis.people.clients.models import Client
from trellis.people.consent import letters, paper
from trellis.people.consent.actions import sign
from trellis.people.consent.actions.gate import Wanted, disclose
from trellis.people.consent.rules.case import Recipient
from trellis.people.consent.rules.completing import Signature, Terms
from trellis.people.consent.rules.words import CLASSES, ORDINARY, TPO, Information, Kind, Purpose, Signer, Who

SISTER = Recipient(Who.PERSON, "Ana Demo")
FOR_CARE = Terms(
    Kind.TPO, tuple(Recipient(Who.CLASS, name) for name in sorted(CLASSES)),
    tuple(one for one in Information if one in ORDINARY), tuple(one for one in Purpose if one in TPO),
    never_expires=True,
)  # fmt: skip
FOR_A_SISTER = Terms(
    Kind.SPECIFIC, (SISTER,), (Information.PRESENCE, Information.ATTENDANCE), (Purpose.FAMILY_SUPPORT,),
    expires_with_treatment=True,
)  # fmt: skip


def signed(house: House, accounts: list[int]) -> None:
    """Each for themselves, last week; the first of them shares with a sister, whom the director writes to."""
    clients = list(Client.objects.filter(account__in=accounts, born_on__isnull=False).select_related("account"))
    clients.sort(key=lambda client: accounts.index(client.account_id or 0))
    with house.at(clock.now() - timedelta(days=6)):
        for client in clients:
            _sign(client, FOR_CARE)
        if clients:
            _sign(clients[0], FOR_A_SISTER)
    if clients:
        with house.at(clock.now() - timedelta(days=2)):
            _write_to_the_sister(house, clients[0])


def _sign(client: Client, terms: Terms) -> None:
    if client.account is None:
        return
    about = program.current().program
    text = paper.text_of(
        paper.title(terms.kind), paper.sections(terms, client.chosen_name, str(about.names), about.zone)
    )
    sign(
        by=actor_for(client.account), client=client, terms=terms, shown=text, language="en", signed_on="own_device",
        signature=Signature(Signer.CLIENT, client.chosen_name),
    )  # fmt: skip


def _write_to_the_sister(house: House, client: Client) -> None:
    wanted = Wanted(SISTER, Purpose.FAMILY_SUPPORT, (Information.PRESENCE, Information.ATTENDANCE))
    by = house.one("clinical_director").actor
    make = letters.writer(client, wanted, program.zone(), by)
    disclose(by=by, client=client, wanted=wanted, how="letter", make=make)
