"""Finders for what clients allow and ask: consents, disclosures, the notice, requests."""

from tests.walk.finders import client, finder
from tests.walk.houses import House
from trellis.doors.operations.tests.planting import hold_on
from trellis.foundation import clock
from trellis.foundation.access.actor import Actor
from trellis.foundation.record.guard import writing
from trellis.journey.admission.tests.factories import AdmissionFactory
from trellis.journey.schedule.queries import sessions_of_client
from trellis.people.accounts.models import Account
from trellis.people.clients.models import Client, KeptOut, Watch
from trellis.people.clients.tests.factories import (
    AccountFactory,
    ClientFactory,
    EpisodeFactory,
    KeptOutFactory,
    WatchedOpeningFactory,
    WatchFactory,
)
from trellis.people.consent.actions.gate import disclose
from trellis.people.consent.models import ConsentScan
from trellis.people.consent.tests.factories import EXCHANGE, for_exchange, in_emergency, say, signed, wanted
from trellis.people.consent.tests.papers import on_paper, scanned, sent_letter
from trellis.people.proxies.models import ProxyAccess, ProxyTakenUp
from trellis.people.proxies.rules import Part
from trellis.people.rights.rules import Kind
from trellis.people.rights.tests.factories import WISHES, answers, asks

ANSWERED = "We looked into it."
#: what clients and staff write on this walk
WRITTEN = [
    ANSWERED,
    EXCHANGE.name,
    *(said for kind in (Kind.CORRECTION, Kind.COPY) for said in (WISHES[kind].about, WISHES[kind].wanted)),
]


@finder
def first_notice(house: House) -> int:
    """Loading the program keeps it."""
    return 1


@finder
def what_to_ask(house: House) -> str:
    return "correction"


@finder
def form_of_copy(house: House) -> str:
    return "data"


@finder
def request(house: House) -> str | None:
    """Of the client whose pages are walked, and nobody has answered it."""
    known = Client.objects.filter(public_id=client(house)).first()
    return asks(known).public_id if known else None


@finder
def told_to_intermediary(house: House) -> str | None:
    """Somebody of whom an intermediary was told."""
    known = Client.objects.filter(public_id=client(house)).first()
    if known is None:
        return None
    signed(known, for_exchange())
    asks = wanted(recipient=EXCHANGE, purpose="treatment")
    disclose(by=Actor.of_system("test"), client=known, wanted=asks, how="spoken", make=say)
    return known.public_id


@finder
def own_request(house: House) -> str | None:
    known = None if house.is_empty else Client.objects.filter(account=house.person("client")).first()
    return asks(known, "copy").public_id if known else None


@finder
def own_denied_request(house: House) -> str | None:
    """Of whoever walks the client's pages: a no, under which they may write."""
    known = None if house.is_empty else Client.objects.filter(account=house.person("client")).first()
    if known is None:
        return None
    asked = asks(known)
    answers(asked, "deny", ANSWERED)
    return asked.public_id


@finder
def kind_of_consent(house: House) -> str:
    return "specific"


@finder
def ground(house: House) -> str:
    return "medical_emergency"


@finder
def consent(house: House) -> str | None:
    """Of the client whose pages are walked; signed where nobody has yet."""
    known = Client.objects.filter(public_id=client(house)).first()
    return signed(known).public_id if known else None


@finder
def own_consent(house: House) -> str | None:
    """Of whoever walks the client's pages."""
    known = None if house.is_empty else Client.objects.filter(account=house.person("client")).first()
    return signed(known).public_id if known else None


@finder
def owed_disclosure(house: House) -> str | None:
    """Something that went in an emergency and is not yet written down whole."""
    known = Client.objects.filter(public_id=client(house)).first()
    if known is None:
        return None
    went = disclose(by=Actor.of_system("walk"), client=known, wanted=in_emergency(), how="spoken", make=say)
    return went.disclosure.public_id


@finder
def closed_record(house: House) -> str | None:
    """A record that is closed to somebody who does not walk here."""
    return None if house.is_empty else _closed().client.public_id


@finder
def kept_out(house: House) -> str | None:
    """The row that a tap ends; each visit finds a new one."""
    return None if house.is_empty else KeptOutFactory(client=_closed().client).public_id


def _closed() -> KeptOut:
    return KeptOut.objects.filter(until=None).order_by("pk").first() or KeptOutFactory()


@finder
def watched_record(house: House) -> str | None:
    return None if house.is_empty else _watched().public_id


@finder
def watch(house: House) -> str | None:
    """The row that a tap ends; each visit finds a new one."""
    return None if house.is_empty else WatchFactory(client=_watched()).public_id


@finder
def watched_opening(house: House) -> str | None:
    """Somebody said why, and nobody has read it."""
    return None if house.is_empty else WatchedOpeningFactory(client=_watched()).public_id


def _watched() -> Client:
    """Nobody else's page on this walk: whoever walks is asked nothing there."""
    found = Watch.objects.filter(end=None).select_related("client").order_by("pk").first()
    return found.client if found else WatchFactory().client


@finder
def own_kept_out(house: House) -> str | None:
    known = None if house.is_empty else Client.objects.filter(account=house.person("client")).first()
    return KeptOutFactory(client=known).public_id if known else None


@finder
def first_record(house: House) -> str | None:
    """Closed to somebody who does not walk here, and who admitted the person once more."""
    return None if house.is_empty else _closed().client.public_id


@finder
def second_record(house: House) -> str | None:
    if house.is_empty:
        return None
    closed = _closed()
    again = ClientFactory(chosen_name=closed.client.chosen_name, telephone=closed.client.telephone)
    AdmissionFactory(
        episode=EpisodeFactory(client=again), recorded_by=f"account:{closed.account_id}", recorded_at=clock.now()
    )
    return again.public_id


@finder
def paper(house: House) -> str | None:
    """A consent on paper of the client whose pages are walked, with one scan."""
    found = _scan(house)
    return found.consent.public_id if found else None


@finder
def scan(house: House) -> str | None:
    found = _scan(house)
    return found.public_id if found else None


@finder
def letter(house: House) -> str | None:
    known = Client.objects.filter(public_id=client(house)).first()
    return sent_letter(known).public_id if known else None


def _scan(house: House) -> ConsentScan | None:
    known = Client.objects.filter(public_id=client(house)).first()
    if known is None:
        return None
    kept = ConsentScan.objects.filter(consent__client=known).first()
    return kept or scanned(on_paper(known))


@finder
def access(house: House) -> str | None:
    """Somebody acts for the client whose pages staff walk; each visit that ends it finds a new one."""
    known = Client.objects.filter(public_id=client(house)).first()
    return _acts_for(known, AccountFactory(roles=["loved_one"])).public_id if known else None


@finder
def own_access(house: House) -> str | None:
    """The same, of whoever walks the client's pages."""
    known = None if house.is_empty else Client.objects.filter(account=house.person("client")).first()
    return _acts_for(known, AccountFactory(roles=["loved_one"])).public_id if known else None


@finder
def helpers_access(house: House) -> str | None:
    """For whom the loved one acts who walks."""
    known = None if house.is_empty else Client.objects.filter(public_id=client(house)).first()
    return _acts_for(known, house.person("loved_one")).public_id if known else None


@finder
def coming_session(house: House) -> str | None:
    """A group of whom they act for; one that is there no more where the week is over."""
    known = None if house.is_empty else Client.objects.filter(public_id=client(house)).first()
    if known is None:
        return None
    ahead = sessions_of_client(known).filter(ends_at__gt=clock.now()).exclude(status="cancelled").first()
    return ahead.public_id if ahead else None


def _acts_for(known: Client, account: Account) -> ProxyAccess:
    signed(known)
    with writing("factory"):
        row = ProxyAccess.objects.create(
            client=known, name="Ana Ruiz", basis="consent", parts=[str(part) for part in Part], at=clock.now(),
            by="account:1",
        )  # fmt: skip
        ProxyTakenUp.objects.create(access=row, account=account, at=clock.now())
    return row


@finder
def hold(house: House) -> str | None:
    """A record that a paper of the law holds."""
    return None if house.is_empty else hold_on(Client.objects.order_by("pk")[0]).public_id
