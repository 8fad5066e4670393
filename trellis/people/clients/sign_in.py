"""What happens to a client's record when something happens to their sign-in; accounts call these."""

from trellis.foundation.access.actor import Actor
from trellis.people.accounts.models import Account, Invitation
from trellis.people.clients import actions
from trellis.people.clients.models import Client

KIND = f"{Client.subject_kind}:"


def link(by: Actor, account: Account, invitation: Invitation) -> None:
    """The invited person made their sign-in: it opens their record from now on."""
    if not invitation.about.startswith(KIND):
        return
    client = Client.objects.get(pk=int(invitation.about.removeprefix(KIND)))
    actions.link_account(by=by, client=client, account=account)


def rename(by: Actor, account: Account) -> None:
    """Somebody changed the name they go by: the record says it too."""
    client = Client.objects.filter(account=account).first()
    if client is not None and (client.chosen_name, client.pronouns) != (account.chosen_name, account.pronouns):
        actions.change_name(by=by, client=client, chosen_name=account.chosen_name, pronouns=account.pronouns)
