"""Inquiries in situations of their way. They are made by the real actions, with the clock held where they need it."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.test import Client as Browser

from trellis.foundation import clock
from trellis.foundation.access.actor import Actor
from trellis.foundation.program.tests.factories import load_pomona
from trellis.journey.inquiry import actions, stamps
from trellis.journey.inquiry.answers import Answers
from trellis.journey.inquiry.models import Inquiry, Outcome
from trellis.people.accounts.models import Account
from trellis.people.accounts.tests import factories as accounts
from trellis.people.clients.tests.factories import actor

ZONE = ZoneInfo("America/Los_Angeles")
PUBLIC = Actor(address="203.0.113.9")
#: a Tuesday morning in which the office is open
MORNING = datetime(2026, 11, 24, 9, 12, tzinfo=ZONE).astimezone(UTC)

_numbers = iter(range(1, 1_000_000))


def answers(**changes: Any) -> Answers:
    """Somebody who asks for themself and may be called and left a message."""
    number = next(_numbers)
    plain = {
        "for_whom": "self",
        "name": f"Marisol R{number}",
        "telephone": f"(909) 555-{number % 10000:04}",
        "may_leave_message": True,
    }
    return Answers(**(plain | changes))


def asked(at: datetime | None = None, **changes: Any) -> Inquiry:
    """Somebody asked on the website."""
    with clock.travel(at or clock.now()):
        return actions.receive(by=PUBLIC, answers=answers(**changes), stamp=stamps.new_stamp())


def coordinator() -> Actor:
    return actor("intake_coordinator")


def reached(by: Actor | None = None, after: timedelta = timedelta(minutes=20), **changes: Any) -> Inquiry:
    """Asked, and spoken with."""
    return tried(Outcome.REACHED, by, after, **changes)


def tried(outcome: str, by: Actor | None = None, after: timedelta = timedelta(minutes=20), **changes: Any) -> Inquiry:
    inquiry = asked(**changes)
    with clock.travel(inquiry.asked_at + after):
        actions.log_attempt(by=by or coordinator(), inquiry=inquiry, outcome=outcome, place="Casa Norte")
    return Inquiry.objects.get(pk=inquiry.pk)


def sign_in(browser: Browser, account_id: int | None) -> Browser:
    """As somebody who showed both steps of the sign-in."""
    return accounts.sign_in(browser, Account.objects.get(pk=account_id), second_step=True)


__all__ = [
    "MORNING",
    "PUBLIC",
    "ZONE",
    "actor",
    "answers",
    "asked",
    "coordinator",
    "load_pomona",
    "reached",
    "sign_in",
    "tried",
]
