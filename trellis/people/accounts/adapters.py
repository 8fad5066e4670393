"""What allauth asks of us."""

from typing import Any

import segno
from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.internal import ratelimit
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.forms import ValidationError
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from trellis.foundation.access.actor import Actor
from trellis.foundation.audit import trail
from trellis.foundation.record import crypto
from trellis.people.accounts import actions, queries, rules
from trellis.people.accounts.models import Account

NOT_KNOWN = _("That sign-in name or password is not right. Look at both and try again.")
SENTENCES = {
    "email_password_mismatch": NOT_KNOWN,
    "username_password_mismatch": NOT_KNOWN,
    "enter_current_password": _("That is not your present password. Type it again."),
    "incorrect_password": _("That is not your password. Type it again."),
    "invalid_password_reset": _("This link does not work any more. Ask for a new one."),
    "incorrect_code": _("That code does not work. A code works once: wait for the next one and type it in."),
    "cannot_delete_authenticator": _("You need one second step here. Add another one before you remove this one."),
    "cannot_generate_recovery_codes": _("Set up an app or a passkey first. Then you can get recovery codes."),
}
WAYS = {
    "reauthenticate": _("With your password instead"),
    "mfa_reauthenticate": _("With a code instead"),
    "mfa_reauthenticate:webauthn": _("With a passkey instead"),
}
LIMITED = {"too_many_login_attempts", "rate_limited"}


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | SENTENCES

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def validation_error(self, code: str, *args: Any) -> ValidationError:
        if code in LIMITED:
            raise ImmediateHttpResponse(ratelimit.respond_429(self.request))
        fault: ValidationError = super().validation_error(code, *args)
        return fault

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Both limits are given back when the sign-in succeeds; neither locks anybody out for good."""
        super().pre_authenticate(request, **credentials)
        if "email" not in credentials:
            name = rules.clean_name(credentials.get("username", ""))
            self._pin_usage = ratelimit.consume(request, app="allauth.account", action="pin_failed", key=name)
            if not self._pin_usage:
                raise self.validation_error("too_many_login_attempts")

    def _rollback_login_failed_rl_usage(self) -> None:
        super()._rollback_login_failed_rl_usage()
        usage = getattr(self, "_pin_usage", None)
        if usage:
            usage.rollback()

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Account | None:
        """An account that was switched off gets the same answer as one that is not there."""
        account: Account | None = super().authenticate(request, **credentials)
        if account is None or account.is_active:
            return account
        self.authentication_failed(request, **credentials)
        return None

    def authentication_failed(self, request: Any, **credentials: Any) -> None:
        _note(request.actor, "sign-in refused", ())

    def reauthenticate(self, user: Account, password: str) -> bool:
        known = self.authenticate(self.request, username=user.sign_in_name, password=password)
        return known is not None and known.pk == user.pk

    def get_reauthentication_methods(self, user: Account) -> list[dict[str, Any]]:
        return [way | {"description": WAYS[way["id"]]} for way in super().get_reauthentication_methods(user)]

    def set_password(self, user: Account, password: str) -> None:
        # Whoever holds the link of a reset, or typed the present password, acts as the account.
        was = self.request.actor
        by = Actor(account_id=user.pk, request_id=was.request_id, address=was.address)
        actions.set_password(by=by, account=user, password=password)

    def get_login_redirect_url(self, request: Any) -> str:
        return reverse("accounts:arrive")

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("accounts:details")


class SecondFactorAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | SENTENCES

    def encrypt(self, text: str) -> str:
        return crypto.seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        return crypto.unseal(encrypted_text)

    def build_totp_svg(self, url: str) -> str:
        return segno.make(url, error="m").svg_inline(
            scale=5, border=2, omitsize=True, svgclass="code-square", lineclass=None
        )

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Staff keep one second step at least."""
        kinds = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
        others = Authenticator.objects.filter(user_id=authenticator.user_id, type__in=kinds).exclude(
            pk=authenticator.pk
        )
        return others.exists() or not queries.holds_staff_role(authenticator.user)

    def generate_authenticator_name(self, user: Account, type: str) -> str:
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return gettext("Passkey %(number)d") % {"number": number}

    def get_public_key_credential_user_entity(self, user: Account) -> dict[str, Any]:
        entity: dict[str, Any] = super().get_public_key_credential_user_entity(user)
        return entity | {"display_name": user.sign_in_name}


def _note(actor: Actor, verb: str, subjects: tuple[str, ...]) -> None:
    trail.record(
        actor=actor.name, roles=actor.roles, verb=verb, subjects=subjects, request_id=actor.request_id,
        address=actor.address,
    )  # fmt: skip
