import smtplib
from datetime import timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction

from trellis.foundation.access.actor import Actor
from trellis.foundation.access.permissions import NotPermitted
from trellis.foundation.audit.models import AuditEvent
from trellis.foundation.messaging import actions, jobs, kinds, queries, senders
from trellis.foundation.messaging.models import Channel, Message
from trellis.foundation.messaging.rules import Why
from trellis.foundation.messaging.tests import factories
from trellis.foundation.messaging.tests.factories import NOON, drain, only
from trellis.foundation.record.guard import writing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("world")]
WORKER = Actor.of_system("worker")


def test_a_message_goes_out_in_plain_words_with_a_neutral_subject():
    factories.message()
    drain()
    assert only().status == "sent"
    assert only().sent_at == NOON
    letter = mail.outbox[0]
    assert letter.subject == "A message for you"
    assert letter.body == "Hello. Please open https://x.test/a?b=1&c=2\n"
    assert letter.to == ["someone@example.org"]
    assert letter.extra_headers["Message-ID"].endswith("@localhost>")


def test_to_whom_and_with_what_lies_sealed():
    message = factories.message(to="ana@example.org", values={"link": "https://x.test/secret"})
    row = Message.objects.filter(pk=message.pk).values().get()
    assert "ana@" not in str(row)
    assert "secret" not in str(row)
    assert only().to == "ana@example.org"
    assert only().values == {"link": "https://x.test/secret"}


def test_the_same_key_is_the_same_message():
    first = factories.message()
    assert factories.message(to="other@example.org") == first
    assert only().to == "someone@example.org"


def test_what_is_urgent_goes_out_before_all_that_waits_longer(at):
    factories.message(to="reminder@example.org")
    at(minutes=5)
    factories.register_hello(urgent=True, name="alarm")
    factories.message("alarm:1", kind="alarm", to="alarm@example.org")
    at(minutes=6)
    factories.message("hello:2", to="later@example.org")
    drain()
    assert [letter.to[0].partition("@")[0] for letter in mail.outbox] == ["alarm", "reminder", "later"]


def test_a_message_of_a_transaction_that_is_rolled_back_never_was():
    with transaction.atomic():
        factories.message()
        transaction.set_rollback(True)
    assert not Message.objects.exists()


def test_a_kind_that_no_room_registered_is_refused():
    with pytest.raises(LookupError, match="no room registered"):
        factories.message(kind="unknown")


def test_asking_leaves_one_event_about_nobody():
    message = factories.message()
    event = AuditEvent.objects.get()
    assert (event.verb, event.subjects, event.object) == ("messaging.queue", [], f"message:{message.pk}")


def test_only_the_worker_sends():
    message = factories.message()
    with pytest.raises(NotPermitted):
        actions.sent(by=Actor(account_id=1, roles=frozenset({"program_administrator"})), message=message)


def test_mail_that_is_not_taken_is_tried_eight_times_and_then_set_aside(monkeypatch, at):
    tries = []

    def closed(letter):
        tries.append(letter.key)
        raise smtplib.SMTPServerDisconnected

    monkeypatch.setattr(senders, "_senders", {Channel.MAIL: closed})
    factories.message()
    for minutes in range(0, 60 * 40, 1):
        at(minutes=minutes)
        drain()
        if only().status == "parked":
            break
    assert len(tries) == 8
    assert only().parked_why == Why.TRIES
    assert minutes == 1 + 4 + 16 + 64 + 256 + 360 + 360


def test_nothing_is_sent_inside_a_transaction(committed_free_sender):
    """The worker's transactions are over when the mail server is spoken to; seen by the depth of savepoints."""
    factories.message()
    depth = committed_free_sender
    drain()
    assert depth == [0]


@pytest.fixture
def committed_free_sender(monkeypatch):
    from django.db import connection

    base = len(connection.savepoint_ids)
    seen = []
    monkeypatch.setattr(
        senders, "_senders", {Channel.MAIL: lambda letter: seen.append(len(connection.savepoint_ids) - base)}
    )
    return seen


def test_mail_whose_worker_died_goes_out_again_with_the_same_id(at):
    factories.message()
    actions.lease(by=WORKER)
    drain()
    assert mail.outbox == [], "somebody holds it"
    at(seconds=60)
    drain()
    assert len(mail.outbox) == 1
    assert only().tries == 2


def test_a_text_message_whose_worker_died_waits_for_a_person(at, monkeypatch):
    texts = []
    senders.register_sender(Channel.SMS, texts.append)
    factories.message(channel="sms", to="+19095550100")
    actions.lease(by=WORKER)
    at(seconds=60)
    drain()
    assert (only().status, only().parked_why, texts) == ("parked", Why.UNSURE, [])


def test_a_channel_without_a_sender_sets_its_messages_aside():
    factories.message(channel="sms", to="+19095550100")
    drain()
    assert only().parked_why == Why.NO_SENDER


def test_a_message_that_would_tell_too_much_is_not_sent(world):
    world.write_text("Your clinic called")
    factories.message()
    drain()
    assert (only().parked_why, mail.outbox) == (Why.REVEALS, [])


def test_a_message_that_cannot_be_written_does_not_hold_up_the_others(world):
    factories.register_hello(template="messaging/tests/missing.txt")
    factories.message("hello:1")
    kinds.register_kind("bye", **factories.GIVEN)
    factories.message("bye:1", kind="bye")
    drain()
    assert sorted(Message.objects.values_list("key", "status")) == [("bye:1", "sent"), ("hello:1", "queued")]


@pytest.mark.parametrize("broken", ["\n", "\r", "\r\n", "\n "], ids=repr)
def test_an_address_with_a_line_break_is_not_written_to_and_holds_up_nobody(broken):
    factories.message("hello:1", to=f"ana@example.org{broken}Bcc: eve@evil.example")
    factories.message("hello:2")
    drain()
    assert [letter.to for letter in mail.outbox] == [["someone@example.org"]]
    assert sorted(Message.objects.values_list("key", "status")) == [("hello:1", "queued"), ("hello:2", "sent")]


@pytest.mark.parametrize("broken", ["\n", "\r", "\r\n"], ids=repr)
@pytest.mark.parametrize("part", ["to", "subject", "key"])
def test_no_part_of_a_letter_can_begin_a_header_of_its_own(part, broken):
    parts = {"key": "hello:1", "to": "ana@example.org", "subject": "A message for you", "body": "Hello."}
    senders.send_mail(senders.Letter(**parts))
    sent = [letter.message().as_string() for letter in mail.outbox]
    assert len(sent) == 1
    try:
        senders.send_mail(senders.Letter(**parts | {part: f"{parts[part]}{broken}Bcc: eve@evil.example"}))
    except ValueError:
        assert len(mail.outbox) == 1
    else:
        assert "bcc" not in {name.lower() for name in mail.outbox[1].message()}
        assert mail.outbox[1].recipients() == ["ana@example.org"]


def test_lines_of_a_body_that_look_like_headers_are_none(world):
    world.write_text("{{ link }}\n")
    factories.message(values={"link": "Bcc: eve@evil.example\r\nSubject: other\r\n.\r\n"})
    drain()
    [letter] = mail.outbox
    assert letter.recipients() == ["someone@example.org"]
    assert letter.message().get_all("Subject") == ["A message for you"]
    assert "bcc" not in {name.lower() for name in letter.message()}


def test_a_demo_sends_nothing(settings):
    factories.message()
    settings.DEMO = True
    drain()
    assert (only().status, mail.outbox) == ("queued", [])


def test_a_job_that_has_no_time_left_leaves_the_rest_for_the_next(monkeypatch):
    factories.message()
    monkeypatch.setattr(jobs, "left", lambda: 1.0)
    drain()
    assert only().status == "queued"


def test_a_message_that_another_worker_took_first_is_left_alone(monkeypatch):
    factories.message()
    monkeypatch.setattr(actions, "lease", lambda by: None)
    drain()
    assert only().status == "queued"


def test_what_was_set_aside_can_be_sent_after_all(at):
    factories.message(channel="sms")
    drain()
    assert list(queries.parked()) == [only()]
    texts = []
    senders.register_sender(Channel.SMS, texts.append)
    administrator = Actor(account_id=1, roles=frozenset({"program_administrator"}))
    actions.requeue(by=administrator, message=only())
    drain()
    assert (only().status, only().tries, len(texts)) == ("sent", 1, 1)


def test_the_queue_says_how_long_its_oldest_message_waits(at):
    assert queries.waiting_for(NOON) is None
    factories.message()
    assert queries.waiting_for(NOON + timedelta(minutes=9)) == timedelta(minutes=9)
    assert list(queries.newest()) == [only()]


def test_the_database_knows_that_only_what_goes_out_is_leased():
    factories.message()
    with pytest.raises(IntegrityError), transaction.atomic(), writing("test"):
        Message.objects.update(lease_until=NOON)


def test_a_message_is_written_in_its_readers_language(world):
    world.write_text("{% load i18n %}{% get_current_language as here %}{{ here }}")
    factories.message(language="es")
    drain()
    assert mail.outbox[0].body == "es\n"
    assert mail.outbox[0].subject != "A message for you"


def test_a_worker_that_was_slower_than_its_lease_does_not_undo_what_another_did(at):
    factories.message()
    slow = actions.lease(by=WORKER)
    at(seconds=60)
    other = actions.lease(by=WORKER)
    assert actions.not_sent(by=WORKER, message=slow).status == "sending"
    assert actions.park(by=WORKER, message=slow, why=Why.REVEALS).status == "sending"
    actions.sent(by=WORKER, message=other)
    assert actions.not_sent(by=WORKER, message=slow).status == "sent"
    assert actions.sent(by=WORKER, message=slow).sent_at == only().sent_at


def test_with_nothing_due_there_is_nothing_to_take():
    assert actions.lease(by=WORKER) is None
