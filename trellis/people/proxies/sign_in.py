"""What happens when somebody opens the link that lets them act for a client."""

from trellis.foundation.access.actor import Actor
from trellis.people.accounts.models import Account, Invitation
from trellis.people.proxies import actions, queries


def take_up(by: Actor, account: Account, invitation: Invitation) -> None:
    access = queries.accesses().get(pk=invitation.details["access"])
    actions.take_up(by=by, access=access, account=account)
