"""A message about a sign-in goes only while it leads somewhere."""

from datetime import timedelta

import pytest
from django.core import mail

from trellis.foundation import clock
from trellis.foundation.access.actor import Actor
from trellis.foundation.messaging import jobs
from trellis.foundation.messaging.models import Message
from trellis.foundation.messaging.rules import Why
from trellis.foundation.record.guard import writing
from trellis.people.accounts import actions
from trellis.people.accounts.mail import send_reset_link
from trellis.people.accounts.models import Account, Invitation
from trellis.people.accounts.tests.factories import account_with

pytestmark = pytest.mark.django_db
BY = Actor.of_system("test")


def outcome():
    jobs.send_messages.call()
    message = Message.objects.get()
    return message.parked_why or message.status


@pytest.mark.parametrize(
    ("change", "said"),
    [({}, "sent"), ({"is_active": False}, Why.OVER), ({"email": "new@example.org"}, Why.NOT_THIS_WAY)],
)
def test_a_link_goes_to_the_address_that_opens_the_sign_in_now(change, said):
    account = account_with("counselor")
    send_reset_link(by=BY, account=account, key="abc")
    if change:
        with writing("factory"):
            Account.objects.filter(pk=account.pk).update(**change)
    assert outcome() == said


def test_a_link_for_a_sign_in_that_is_gone_stays():
    account = account_with("counselor")
    send_reset_link(by=BY, account=account, key="abc")
    with writing("factory"):
        Message.objects.update(about="account:999999")
    assert outcome() == Why.OVER


@pytest.mark.parametrize("late", [False, True])
def test_an_invitation_that_was_taken_back_or_is_over_is_not_mailed(late, clock_at):
    inviting = Actor(account_id=1, roles=frozenset({"program_administrator"}))
    invitation, _link = actions.invite_staff(by=inviting, email="new@example.org", chosen_name="New", roles=["biller"])
    if late:
        clock_at(invitation.expires_at + timedelta(seconds=1))
    else:
        actions.withdraw(by=inviting, invitation=invitation)
    assert (outcome(), mail.outbox) == (Why.OVER, [])


def test_an_invitation_that_stands_is_mailed():
    inviting = Actor(account_id=1, roles=frozenset({"program_administrator"}))
    actions.invite_staff(by=inviting, email="new@example.org", chosen_name="New", roles=["biller"])
    assert outcome() == "sent"
    assert Invitation.objects.get().expires_at > clock.now()
