"""The pages of allauth that we use, no others, each with who may open it. The templates are ours."""

from typing import Any

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from allauth.usersessions import views as usersessions
from django.http import HttpResponseBase
from django.urls import path
from django.urls.resolvers import URLPattern

from trellis.foundation.access.pages import View, library
from trellis.people.accounts.again import again


def for_all(route: str, view: View, name: str, reason: str) -> URLPattern:
    return path(route, library(view, reason=reason), name=name)


def signed_in(route: str, view: View, name: str) -> URLPattern:
    return path(route, library(view, "account.keep"), name=name)


def sign_out(request: Any) -> HttpResponseBase:
    """The browser forgets what it kept of our pages."""
    response: HttpResponseBase = account.logout(request)
    if request.method == "POST":
        response["Clear-Site-Data"] = '"cache", "storage"'
    return response


#: whoever sits at somebody else's screen does not sign the others out
devices = again(usersessions.list_usersessions)

SIGNING_IN = "whoever signs in has not signed in yet"
FORGOTTEN = "whoever forgot a password cannot sign in"

urlpatterns = [
    for_all("login/", account.login, "account_login", SIGNING_IN),
    for_all("login/code/", mfa.authenticate, "mfa_authenticate", SIGNING_IN),
    for_all("login/passkey/", webauthn.login_webauthn, "mfa_login_webauthn", SIGNING_IN),
    for_all("logout/", sign_out, "account_logout", "leaving is always allowed"),
    for_all("password/reset/", account.password_reset, "account_reset_password", FORGOTTEN),
    for_all("password/reset/done/", account.password_reset_done, "account_reset_password_done", FORGOTTEN),
    for_all(
        "password/reset/<str:uidb36>/<str:key>/",
        account.password_reset_from_key,
        "account_reset_password_from_key",
        FORGOTTEN,
    ),
    for_all(
        "password/reset/changed/",
        account.password_reset_from_key_done,
        "account_reset_password_from_key_done",
        FORGOTTEN,
    ),
    signed_in("password/", account.password_change, "account_change_password"),
    signed_in("again/", account.reauthenticate, "account_reauthenticate"),
    signed_in("again/code/", mfa.reauthenticate, "mfa_reauthenticate"),
    signed_in("again/passkey/", webauthn.reauthenticate_webauthn, "mfa_reauthenticate_webauthn"),
    signed_in("second-step/", mfa.index, "mfa_index"),
    signed_in("second-step/app/", totp.activate_totp, "mfa_activate_totp"),
    signed_in("second-step/app/remove/", totp.deactivate_totp, "mfa_deactivate_totp"),
    signed_in("second-step/codes/", recovery.view_recovery_codes, "mfa_view_recovery_codes"),
    signed_in("second-step/codes/new/", recovery.generate_recovery_codes, "mfa_generate_recovery_codes"),
    signed_in("second-step/codes/file/", recovery.download_recovery_codes, "mfa_download_recovery_codes"),
    signed_in("passkeys/", webauthn.list_webauthn, "mfa_list_webauthn"),
    signed_in("passkeys/add/", webauthn.add_webauthn, "mfa_add_webauthn"),
    signed_in("passkeys/<int:pk>/", webauthn.edit_webauthn, "mfa_edit_webauthn"),
    signed_in("passkeys/<int:pk>/remove/", webauthn.remove_webauthn, "mfa_remove_webauthn"),
    signed_in("devices/", devices, "usersessions_list"),
]
