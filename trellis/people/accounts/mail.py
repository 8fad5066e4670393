"""Messages about access. None says from whom it really comes, or for what."""

from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from trellis.foundation.access.actor import Actor
from trellis.foundation.messaging.actions import queue
from trellis.foundation.messaging.kinds import Addressee, Subject, register_kind
from trellis.people.accounts.models import Account
from trellis.people.accounts.rules import hash_of, new_token

_SAMPLE = {"url": "http://localhost:8000/accounts/invitation/abc/", "hours": 24}


def register_kinds() -> None:
    register_kind(
        "account.invitation", template="accounts/messages/invitation.txt", addressee=Addressee.SELF,
        title=_("An invitation"), subject=Subject.LINK, sample=_SAMPLE,
    )  # fmt: skip
    register_kind(
        "account.reset", template="accounts/messages/reset.txt", addressee=Addressee.SELF,
        title=_("A link for a new password"), subject=Subject.LINK, sample=_SAMPLE,
    )  # fmt: skip
    register_kind(
        "account.unknown", template="accounts/messages/unknown.txt", addressee=Addressee.STRANGER,
        title=_("An answer to an address without a sign-in"),
    )  # fmt: skip


def send_reset_link(*, by: Actor, account: Account, key: str) -> None:
    with translation.override(account.language):
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": user_pk_to_url_str(account), "key": key})
    address = settings.SITE_URL.rstrip("/") + path
    queue(
        by=by, key=f"reset:{account.pk}:{hash_of(key)}", channel="mail", to=account.email or "", kind="account.reset",
        language=account.language, values={"url": address}, about=f"account:{account.pk}",
    )  # fmt: skip


def send_unknown(*, by: Actor, email: str) -> None:
    queue(
        by=by, key=f"unknown:{new_token()}", channel="mail", to=email, kind="account.unknown",
        language=(get_language() or "en")[:2], values={},
    )  # fmt: skip
