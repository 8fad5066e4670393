"""Whoever asked for help is written to only where they still let us."""

import pytest

from trellis.foundation.messaging import jobs
from trellis.foundation.messaging.models import Message
from trellis.foundation.messaging.rules import Why
from trellis.foundation.record.guard import writing
from trellis.journey.inquiry.models import Inquiry
from trellis.journey.inquiry.tests.factories import MORNING, asked, load_pomona

pytestmark = pytest.mark.django_db


@pytest.fixture
def promised(clock_at):
    clock_at(MORNING)
    load_pomona()
    return asked(email="Ana@example.org", may_email=True)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({}, "sent"),
        ({"may_email": False}, Why.NOT_THIS_WAY),
        ({"email": "other@example.org"}, Why.NOT_THIS_WAY),
    ],
)
def test_our_promise_goes_only_to_the_address_that_we_may_use_now(promised, change, said):
    if change:
        with writing("factory"):
            Inquiry.objects.update(**change)
    jobs.send_messages.call()
    message = Message.objects.get()
    assert (message.parked_why or message.status) == said


def test_a_promise_to_nobody_stays(promised):
    with writing("factory"):
        Message.objects.update(about="inquiry:999999")
    jobs.send_messages.call()
    assert Message.objects.get().parked_why == Why.OVER
