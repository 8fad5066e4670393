"""What a message about a client asks when it goes out. An answer from the day on which it was asked for counts nothing.

The client's row is held meanwhile: whoever takes a consent back, or writes down a death, comes before or after.
"""

from django.utils.translation import gettext as _
from django.utils.translation import override

from trellis.foundation.access.actor import Actor
from trellis.foundation.messaging import actions as messaging
from trellis.foundation.messaging import kinds
from trellis.foundation.messaging.kinds import Addressee, register_release_check
from trellis.foundation.messaging.models import Message
from trellis.foundation.messaging.rules import Why
from trellis.people.accounts.models import Invitation
from trellis.people.clients.models import Client
from trellis.people.consent.actions import gate
from trellis.people.consent.deaths import has_died
from trellis.people.consent.paper import SHORT_NOTICE
from trellis.people.consent.rules.case import Recipient
from trellis.people.consent.rules.reaching import Ways, is_agreed

BY = Actor.of_system("worker")


def register() -> None:
    register_release_check("client", about_client)
    register_release_check("account", to_sign_in)
    register_release_check("invitation", to_invited)


def about_client(message: Message) -> Why | None:
    client = Client.objects.select_for_update(of=("self",)).filter(pk=message.about_key).first()
    if client is None:
        return Why.OVER
    if kinds.kind_of(message.kind).addressee == Addressee.SOMEBODY:
        return _to_somebody(client, message)
    if has_died(client):
        return Why.DIED
    return None if is_agreed(_ways(client), message.channel, message.to) else Why.NOT_THIS_WAY


def to_sign_in(message: Message) -> Why | None:
    """Whoever reads the mail of somebody who died would come into their record."""
    return _died(Client.objects.filter(account=message.about_key).first())


def to_invited(message: Message) -> Why | None:
    about = Invitation.objects.filter(pk=message.about_key).values_list("about", flat=True).first() or ""
    kind, _colon, key = about.partition(":")
    return _died(Client.objects.filter(pk=int(key)).first()) if kind == "client" else None


def _died(client: Client | None) -> Why | None:
    return Why.DIED if client is not None and has_died(client) else None


def _ways(client: Client) -> Ways:
    sign_in = client.account.email if client.account else None
    return Ways(frozenset(filter(None, (client.email, sign_in))), client.telephone, client.may_text)


def _to_somebody(client: Client, message: Message) -> Why | None:
    """All that it tells, or nothing; written down in the same act, once however often it is tried."""
    words = kinds.write(kinds.kind_of(message.kind), message.language, message.values).body
    if SHORT_NOTICE not in words:  # 42 CFR 2.32: it goes along with whatever a consent lets through
        return Why.WITHHELD
    wanted = _wanted(message)
    decision = gate.decide(client, wanted)
    if not decision.allow or decision.withheld:
        gate.note_refusal(by=BY, client=client)
        return Why.CONSENT
    if not message.disclosure:
        released = gate.disclose(
            by=BY, client=client, wanted=wanted, how=gate.How.MESSAGE, make=lambda _decision: _content(message, words)
        )
        messaging.accounted(by=BY, message=message, disclosure=released.disclosure.public_id)
    return None


def _wanted(message: Message) -> gate.Wanted:
    told = message.telling
    return gate.Wanted(
        recipient=Recipient(told["kind"], told["name"]), purpose=told["purpose"],
        information=tuple(told["information"]), address=message.to,
    )  # fmt: skip


def _content(message: Message, words: str) -> gate.Content:
    with override(message.language):
        return gate.Content(_("Message: %(what)s") % {"what": kinds.kind_of(message.kind).title}, words)
