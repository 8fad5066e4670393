"""A message that a few questions wait: once, on a way to which they said yes and which goes here."""

from datetime import UTC, datetime, timedelta

import pytest

from trellis.foundation import clock
from trellis.foundation.access.actor import Actor
from trellis.foundation.audit.models import AuditEvent
from trellis.foundation.messaging import kinds, senders
from trellis.foundation.messaging.models import Channel, Message
from trellis.foundation.messaging.rules import Why
from trellis.foundation.program.tests.factories import load_pomona
from trellis.foundation.record.guard import writing
from trellis.journey.continuity.aftercare import actions, jobs, links
from trellis.people.clients.models import Client
from trellis.people.clients.tests.factories import ClientFactory, EpisodeFactory, actor_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def former(clock_at):
    """Noon in Pomona, seven days after the stay."""
    clock_at(datetime(2026, 11, 8, 20, tzinfo=UTC))
    load_pomona()
    client = ClientFactory(with_account=True, account__roles=["alumnus"], email="m@example.org", may_text=True)
    EpisodeFactory(client=client, closed=True)
    with writing("test"):
        Client.objects.filter(pk=client.pk).update(telephone="909-555-0142")
    client.refresh_from_db()
    return client


def says_yes(client, **ways):
    return actions.agree(by=actor_of(client.account), client=client, yes=True, **ways)


def test_the_worker_writes_once_and_leaves_one_line_in_the_trail(former, clock_at):
    says_yes(former, by_mail=True)
    for _hour in range(3):
        jobs.remind_of_follow_ups.call()
        clock_at(clock.now() + timedelta(hours=1))
    assert Message.objects.filter(kind=actions.ASK_KIND).count() == 1
    assert AuditEvent.objects.filter(verb="follow_up.remind").count() == 1


@pytest.mark.parametrize(("texts_go", "ways", "channel"), [
    (True, {"by_text": True, "by_mail": True}, ["sms"]), (False, {"by_text": True, "by_mail": True}, ["mail"]),
    (False, {"by_text": True}, []), (True, {"by_phone": True}, []),
])  # fmt: skip
def test_a_text_is_asked_for_only_where_one_can_be_sent(former, monkeypatch, texts_go, ways, channel):
    if texts_go:
        monkeypatch.setitem(senders._senders, Channel.SMS, lambda letter: None)
    says_yes(former, **ways)
    jobs.remind_of_follow_ups.call()
    assert list(Message.objects.filter(kind=actions.ASK_KIND).values_list("channel", flat=True)) == channel
    assert AuditEvent.objects.filter(verb="follow_up.remind").count() == len(channel)


def test_a_message_is_asked_for_once_and_goes_only_on_the_yes_of_now(former):
    agreement = says_yes(former, by_mail=True)
    jobs.remind_of_follow_ups.call()
    actions.remind(by=Actor.of_system("worker"), client=former, day=7)
    (message,) = Message.objects.filter(kind=actions.ASK_KIND)
    words = kinds.write(kinds.kind_of(message.kind), "en", message.values).body
    assert links.token_of(agreement) in words
    assert kinds.why_not(message) is None
    actions.end_by_link(by=Actor(), client=former)
    assert kinds.why_not(message) == Why.NOT_THIS_WAY
    assert actions.remind(by=Actor.of_system("worker"), client=former, day=14) == []
