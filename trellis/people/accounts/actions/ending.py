"""An account switched off, or a person signed out everywhere, by somebody else."""

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.utils.translation import gettext_lazy as _

from trellis.foundation import clock
from trellis.foundation.access.actions import action
from trellis.foundation.access.actor import Actor
from trellis.foundation.access.permissions import Refused
from trellis.people.accounts import queries
from trellis.people.accounts.actions.roles import keep_an_administrator
from trellis.people.accounts.models import Account, Draft, Invitation

NOT_ONESELF = _("Somebody else has to do this for you.")


@action("account.switch_off", on="account")
def deactivate(*, by: Actor, account: Account) -> Account:
    """Ends every session at once; roles stay as they were, for the day they come back."""
    for role in queries.roles_of(account):
        keep_an_administrator(account, role)
    account.is_active = False
    account.save(update_fields=["is_active"])
    end_sessions(account)
    Draft.objects.filter(account=account).delete()
    Invitation.objects.filter(account=account, used_at=None).update(withdrawn_at=clock.now())
    return account


@action("account.switch_off", on="account")
def reactivate(*, by: Actor, account: Account) -> Account:
    account.is_active = True
    account.save(update_fields=["is_active"])
    return account


@action("account.switch_off", on="account")
def sign_out_everywhere(*, by: Actor, account: Account) -> Account:
    end_sessions(account)
    return account


@action("account.remove_second_step", on="account")
def remove_second_step(*, by: Actor, account: Account) -> Account:
    """For somebody who lost it. Takes two people: the next sign-in leads them to set up a new one."""
    if by.account_id == account.pk:
        raise Refused(NOT_ONESELF)
    Authenticator.objects.filter(user=account).delete()
    end_sessions(account)
    return account


def end_sessions(account: Account) -> None:
    """Inside an action."""
    for session in UserSession.objects.filter(user=account):
        session.end()
