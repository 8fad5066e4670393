"""The one gate. Nothing about a client leaves the program except through `disclose`.

It is asked when the thing goes, never before: a consent taken back a second ago denies. What goes, its row in the
accounting and its audit event are one transaction.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from trellis.foundation.access.actions import action
from trellis.foundation.access.actor import Actor
from trellis.foundation.access.permissions import Refused
from trellis.foundation.documents import actions as documents
from trellis.foundation.documents.reworking import Clean
from trellis.people.clients.models import Client
from trellis.people.consent import queries, rules
from trellis.people.consent.models import Disclosure
from trellis.people.consent.paper import Section
from trellis.people.consent.rules import Decision
from trellis.people.consent.rules.case import Recipient
from trellis.people.consent.rules.grounds import GROUNDS

How = Disclosure.How


@dataclass(frozen=True)
class Wanted:
    """Who would be told what, and what for. `ground` None: by consent."""

    recipient: Recipient
    purpose: str
    information: tuple[str, ...]
    ground: str | None = None
    facts: dict[str, Any] = field(default_factory=dict)
    address: str = ""

    @property
    def ask(self) -> rules.Ask:
        return rules.Ask(self.recipient, self.purpose, self.information, self.ground, self.facts)


@dataclass(frozen=True)
class Content:
    """What goes: a line about it for the accounting, and its very words; a letter is a file of them, a page shows
    them as `sections`."""

    line: str
    words: str
    file: Clean | None = None
    sections: tuple[Section, ...] = ()

    @property
    def sha256(self) -> str:
        return self.file.sha256 if self.file else sha256(self.words.encode()).hexdigest()


@dataclass(frozen=True)
class Released:
    disclosure: Disclosure
    decision: Decision
    content: Content


class Withheld(Refused):
    """The gate said no. Carries the decision, so that a page can say what is missing."""

    def __init__(self, decision: Decision) -> None:
        super().__init__(decision.why)
        self.decision = decision


#: makes what goes out of what may go; whatever it raises, nothing went and nothing is written down
Make = Callable[[Decision], Content]


def decide(client: Client, wanted: Wanted) -> Decision:
    """May it go, now? Nothing is stored; one statement."""
    return rules.decide(queries.known(client).case(wanted.ask))


def disclose(*, by: Actor, client: Client, wanted: Wanted, how: "How | str", make: Make) -> Released:
    """Let it go, or raise Withheld. Either is in the audit trail; only what went is in the accounting.

    `make` gets the decision, and makes content of `decision.information` and nothing else. Three statements of its
    own: the lock, the case, the row.
    """
    try:
        return _release(by=by, client=client, wanted=wanted, how=how, make=make)
    except Withheld:
        note_refusal(by=by, client=client)
        raise


def may_still_go(client: Client, row: Disclosure) -> bool:
    """Whether what was released could be released now: a letter leaves when it is taken out, not when it was made.

    It names the consent that let it go, so that very one must still hold.
    """
    known = queries.known(client)
    if row.consent_id and row.consent_id not in {one.row.pk for one in known.in_force}:
        return False
    ground = next((name for name, one in GROUNDS.items() if one.section == row.ground), None)
    recipient = Recipient(row.recipient_kind, row.recipient_name, frozenset(row.recipient_roles))
    ask = rules.Ask(recipient, row.purpose, tuple(row.information), ground, row.facts)
    return set(row.information) <= set(rules.decide(known.case(ask)).information)


@action("disclosure.show", on="client")
def show(*, by: Actor, client: Client, wanted: Wanted, make: Make) -> Released:
    """To somebody who acts for the client, on a page of their own. Raises Withheld, which the page turns into a 404."""
    return _let_go(by, client, wanted, How.PAGE, make)


@action("disclosure.make", on="client")
def _release(*, by: Actor, client: Client, wanted: Wanted, how: "How | str", make: Make) -> Released:
    return _let_go(by, client, wanted, how, make)


def _let_go(by: Actor, client: Client, wanted: Wanted, how: "How | str", make: Make) -> Released:
    known = queries.known(client, lock=True)
    decision = rules.decide(known.case(wanted.ask))
    if decision.ground is None:
        raise Withheld(decision)
    content = make(decision)
    consent = next((one.row for one in known.held if decision.ground == f"consent:{one.row.public_id}"), None)
    subject = client.audit_subjects[0]
    disclosure = Disclosure(
        subject=subject, at=known.at, by=by.name,
        recipient_kind=wanted.recipient.kind, recipient_name=" ".join(wanted.recipient.name.split()),
        recipient_roles=sorted(wanted.recipient.roles), recipient_address=wanted.address,
        purpose=wanted.purpose, information=list(decision.information), withheld=list(decision.withheld),
        ground=decision.ground, consent=consent, facts=wanted.facts, owed=list(decision.missing),
        how=How(how), content=content.line, content_sha256=content.sha256,
        letter=documents.keep(by=by, subject=subject, file=content.file) if content.file else None,
        notice=decision.notice,
    )  # fmt: skip
    disclosure.save(force_insert=True)
    return Released(disclosure, decision, content)


@action("disclosure.refuse", on="client")
def note_refusal(*, by: Actor, client: Client) -> None:
    """Somebody tried, and the gate said no: the trail knows that, and nothing else changes."""
