"""Whoever asked for one way to be reached is not written to by a machine."""

import pytest

from trellis.foundation.access.actor import Actor
from trellis.foundation.messaging import actions as messaging
from trellis.foundation.messaging import jobs, kinds
from trellis.foundation.messaging.kinds import Addressee
from trellis.foundation.messaging.models import Message
from trellis.foundation.messaging.rules import Why
from trellis.people.rights.release import about_client
from trellis.people.rights.tests.factories import answers, asks

pytestmark = pytest.mark.django_db


@pytest.fixture
def message(monkeypatch, marisol):
    monkeypatch.setattr(kinds, "_kinds", dict(kinds._kinds))
    kinds.register_kind(
        "told.self", template="accounts/messages/unknown.txt", addressee=Addressee.SELF, title="What we told"
    )
    return messaging.queue(
        by=Actor.of_system("test"), key="told:1", channel="mail", to=marisol.account.email, kind="told.self",
        language="en", values={}, about=marisol.audit_subjects[0],
    )  # fmt: skip


def outcome():
    jobs.send_messages.call()
    message = Message.objects.get()
    return message.parked_why or message.status


def test_a_wish_that_nobody_answered_yet_holds_nothing_up(message, marisol):
    asks(marisol, "channel")
    assert outcome() == "sent"


def test_once_we_agreed_a_person_reads_the_way_and_no_message_goes(message, marisol):
    answers(asks(marisol, "channel"), "accept")
    assert outcome() == Why.ONE_WAY


def test_what_goes_to_somebody_else_is_the_business_of_a_consent(message, marisol):
    answers(asks(marisol, "channel"), "accept")
    kinds.register_kind(
        "told.self", template="accounts/messages/unknown.txt", addressee=Addressee.SOMEBODY, title="What we told"
    )
    assert about_client(message) is None
