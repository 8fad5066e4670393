"""What a message about a sign-in asks before it goes: does it still lead somewhere, and to whom it should?"""

from trellis.foundation import clock
from trellis.foundation.messaging.kinds import register_release_check
from trellis.foundation.messaging.models import Message
from trellis.foundation.messaging.rules import Why
from trellis.people.accounts.models import Account, Invitation


def register() -> None:
    register_release_check("account", to_account)
    register_release_check("invitation", to_invited)


def to_account(message: Message) -> Why | None:
    account = Account.objects.filter(pk=message.about_key).only("email", "is_active").first()
    if account is None or not account.is_active:
        return Why.OVER
    return None if account.email == message.to.strip().lower() else Why.NOT_THIS_WAY


def to_invited(message: Message) -> Why | None:
    """A link that was used or taken back leads nowhere."""
    still = Invitation.objects.filter(
        pk=message.about_key, used_at=None, withdrawn_at=None, expires_at__gt=clock.now(), email=message.to
    )
    return None if still.exists() else Why.OVER
