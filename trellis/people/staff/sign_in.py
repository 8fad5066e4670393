"""What happens here when somebody accepts an invitation to work here; accounts call this."""

from trellis.foundation import clock
from trellis.foundation.access.actor import Actor
from trellis.people.accounts.models import Account, Invitation
from trellis.people.staff import actions


def employ(by: Actor, account: Account, invitation: Invitation) -> None:
    actions.employ(
        by=by,
        account=account,
        credential=str(invitation.details.get("credential", "")),
        languages=invitation.details.get("languages", []),
        started_on=clock.now().date(),
    )
