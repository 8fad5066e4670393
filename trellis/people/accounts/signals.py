"""What happens when a session opens or closes: its age begins, and the trail says so. Libraries send these signals."""

from typing import Any

from allauth.account import signals as allauth
from allauth.mfa import signals as mfa
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import signals as auth

from trellis.foundation.audit import trail
from trellis.people.accounts import queries, session
from trellis.people.accounts.actions.sessions import renew_key
from trellis.people.accounts.models import Account
from trellis.people.accounts.rules import MOST_SESSIONS

FACTORS = {Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN}


def connect() -> None:
    auth.user_logged_in.connect(signed_in, dispatch_uid="accounts.signed_in")
    allauth.user_logged_in.connect(end_the_oldest, dispatch_uid="accounts.end_the_oldest")
    allauth.authentication_step_completed.connect(go_on_under_a_new_key, dispatch_uid="accounts.new_key")
    auth.user_logged_out.connect(signed_out, dispatch_uid="accounts.signed_out")
    mfa.authenticator_added.connect(factor_added, dispatch_uid="accounts.factor_added")
    mfa.authenticator_removed.connect(factor_removed, dispatch_uid="accounts.factor_removed")
    mfa.authenticator_reset.connect(factor_reset, dispatch_uid="accounts.factor_reset")
    mfa.authentication_failed.connect(code_refused, dispatch_uid="accounts.code_refused")


def signed_in(sender: Any, request: Any, user: Account, **_: Any) -> None:
    """Kept on this device only when asked for, and never for people who work here."""
    kept = bool(request.session.pop(session.ASKED, False)) and not queries.holds_staff_role(user)
    session.begin(request, kept=kept)
    request.session.set_expiry(settings.SESSION_DAYS_KEPT * 86_400 if kept else 0)
    note(request, user, "signed in")


def end_the_oldest(sender: Any, request: Any, user: Account, **_: Any) -> None:
    """One more than an account may have open at once ends whichever was opened first."""
    others = UserSession.objects.filter(user=user).exclude(session_key=request.session.session_key)
    for oldest in others.order_by("-created_at", "-pk")[MOST_SESSIONS - 1 :]:
        oldest.end()
        note(request, user, "oldest session ended")


def go_on_under_a_new_key(sender: Any, request: Any, **_: Any) -> None:
    """Whoever shows again that it is them may do more from here on: an older key, read by somebody, may not.

    Before a sign-in is whole nobody is signed in, and signing in makes a new key by itself.
    """
    if request.user.is_authenticated:
        renew_key(request)


def signed_out(sender: Any, request: Any, user: Account | None, **_: Any) -> None:
    if user is not None:
        note(request, user, "signed out")


def factor_added(sender: Any, request: Any, user: Account, authenticator: Authenticator, **_: Any) -> None:
    # Setting it up showed it: the code was typed, the passkey was used.
    if authenticator.type in FACTORS:
        session.note_second_step(request, user, authenticator.type)
    note(request, user, f"second step added {authenticator.type}")


def factor_removed(sender: Any, request: Any, user: Account, authenticator: Authenticator, **_: Any) -> None:
    note(request, user, f"second step removed {authenticator.type}")


def factor_reset(sender: Any, request: Any, user: Account, **_: Any) -> None:
    note(request, user, "recovery codes made")


def code_refused(sender: Any, request: Any, user: Account, **_: Any) -> None:
    note(request, user, "second step refused")


def note(request: Any, user: Account, verb: str) -> None:
    actor = getattr(request, "actor", None)
    trail.record(
        actor=f"account:{user.pk}",
        roles=user.role_keys or (),
        verb=verb,
        subjects=user.audit_subjects,
        request_id=actor.request_id if actor else "",
        address=actor.address if actor else None,
    )
