"""A consent on paper with its scan, and a letter that went: for tests to which it is all one what the files show."""

from trellis.foundation.access.actor import Actor
from trellis.foundation.documents.reworking import Clean
from trellis.foundation.documents.rules import Kind
from trellis.people.clients.models import Client
from trellis.people.consent import actions
from trellis.people.consent.actions.gate import Content, disclose
from trellis.people.consent.models import Consent, ConsentScan, Disclosure
from trellis.people.consent.tests.factories import in_emergency, signed

FILE = Clean(Kind.PDF, b"%PDF-1.7 of a test")
US = Actor.of_system("test")


def on_paper(client: Client, **changed: object) -> Consent:
    return signed(client, signed_on=Consent.SignedOn.PAPER, paper_place="Cabinet 2", **changed)


def scanned(paper: Consent) -> ConsentScan:
    return actions.keep_scan(by=US, consent=paper, file=FILE)


def sent_letter(client: Client) -> Disclosure:
    return disclose(
        by=US, client=client, wanted=in_emergency(), how="letter", make=lambda decision: Content("A letter", "", FILE)
    ).disclosure
