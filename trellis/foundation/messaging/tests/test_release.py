"""Whether a message may go is asked when it goes, of the rooms that know whom it is about."""

import pytest
from django.core import mail

from trellis.foundation.access.actor import Actor
from trellis.foundation.audit.models import AuditEvent
from trellis.foundation.messaging import actions, kinds, queries
from trellis.foundation.messaging.models import Message
from trellis.foundation.messaging.rules import Why
from trellis.foundation.messaging.tests import factories
from trellis.foundation.messaging.tests.factories import drain, only
from trellis.foundation.record.guard import writing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("world")]
WORKER = Actor.of_system("worker")


def test_a_release_check_that_says_no_keeps_the_message_in_the_house():
    kinds.register_release_check("person", lambda message: Why.OVER if message.kind == "hello" else None)
    factories.message()
    drain()
    assert (only().parked_why, mail.outbox) == (Why.OVER, [])


def test_a_release_check_is_asked_when_it_goes_and_not_when_it_was_asked_for():
    answers = [Why.NOT_THIS_WAY]
    kinds.register_release_check("person", lambda message: answers[0])
    factories.message()
    answers[0] = None
    drain()
    assert only().status == "sent"


def test_where_nobody_answers_for_a_person_the_answer_is_no():
    factories.message(about="stranger:1")
    drain()
    assert (only().parked_why, mail.outbox) == (Why.WITHHELD, [])


@pytest.mark.parametrize(
    ("addressee", "said"), [("staff", "sent"), ("stranger", "sent"), ("self", "parked"), ("somebody", "parked")]
)
def test_a_message_of_an_older_version_that_says_about_nobody_goes_only_where_it_is_about_nobody(addressee, said):
    factories.message()
    with writing("factory"):
        Message.objects.update(about="")
    factories.register_hello(addressee=kinds.Addressee(addressee))
    drain()
    assert only().status == said


def test_a_release_check_that_fails_sends_nothing_and_holds_up_nobody():
    def fails(message):
        raise RuntimeError

    kinds.register_release_check("broken", fails)
    factories.message("hello:1", about="broken:1")
    factories.message("hello:2")
    drain()
    assert sorted(Message.objects.values_list("key", "status")) == [("hello:1", "queued"), ("hello:2", "sent")]


def test_a_worker_that_was_slower_than_its_lease_releases_nothing(at):
    factories.message()
    slow = actions.lease(by=WORKER)
    at(seconds=60)
    actions.sent(by=WORKER, message=actions.lease(by=WORKER))
    assert actions.release(by=WORKER, message=slow).status == "sent"


def test_a_release_check_is_kept_once():
    def check(message):
        return None

    kinds.register_release_check("somebody", check)
    kinds.register_release_check("somebody", check)
    assert kinds._checks["somebody"] == [check]


@pytest.mark.parametrize(
    ("addressee", "wrong"),
    [
        ("self", {"about": ""}), ("self", {"telling": {}}), ("stranger", {}), ("staff", {"telling": {}}),
        ("somebody", {}), ("somebody", {"about": "", "telling": {}}),
    ],
)  # fmt: skip
def test_a_message_says_about_whom_it_is_as_its_kind_asks(addressee, wrong):
    factories.register_hello(addressee=kinds.Addressee(addressee))
    with pytest.raises(ValueError, match="about whom it is"):
        factories.message(**wrong)
    assert not Message.objects.exists()


def test_a_kind_without_an_addressee_is_no_kind():
    with pytest.raises(TypeError, match="addressee"):
        kinds.register_kind("bye", template=factories.TEMPLATE, title="Bye")


def test_whoever_looks_settles_it_and_it_does_not_go(at):
    factories.message(channel="sms")
    drain()
    director = Actor(account_id=1, roles=frozenset({"clinical_director"}))
    actions.settle(by=director, message=only())
    drain()
    assert (only().status, list(queries.parked()), mail.outbox) == ("settled", [], [])
    assert AuditEvent.objects.filter(verb="messaging.settle").get().subjects == ["person:1"]
