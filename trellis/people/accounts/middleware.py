from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.middleware.csrf import CsrfViewMiddleware
from django.urls import reverse

from trellis.foundation.access.actor import Actor
from trellis.people.accounts import session
from trellis.people.accounts.actions import save_draft
from trellis.people.accounts.queries import actor_for, has_second_step
from trellis.people.accounts.rules import Over

Next = Callable[[HttpRequest], HttpResponseBase]

#: what staff without a second step may open, beside public pages
SETTING_UP = {
    "mfa_index",
    "mfa_activate_totp",
    "mfa_list_webauthn",
    "mfa_add_webauthn",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_download_recovery_codes",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
    "account_reauthenticate",
    "accounts:ping",
    "accounts:draft",
}
#: a draft is saved by the page itself, also while nobody is there; a page that asks again by itself sends X-Background
NO_SIGN_OF_LIFE = {"accounts:draft", "accounts:lock"}


class ActorOnRequest:
    """`request.actor` says who acts. A browser without a session costs no statement, everybody else one."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponseBase:
        if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
            was = request.actor
            request.actor = actor_for(request.user, request_id=was.request_id, address=was.address)
        return self.get_response(request)


class IdleSignOut:
    """The server ends a session whose time is over, whatever the page believes. Words on their way become a draft."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponseBase:
        if request.actor.account_id is None:
            return self.get_response(request)
        why = session.why_ended(request, staff=request.actor.is_staff)
        if why is None:
            return self.get_response(request)
        keep_words(request)
        sign_out(request)
        return to_sign_in(request, why)

    def process_view(self, request: Any, view: Any, args: Any, kwargs: Any) -> None:
        quiet = request.resolver_match.view_name in NO_SIGN_OF_LIFE or "X-Background" in request.headers
        if request.actor.account_id is not None and not quiet and not request.locked:
            session.touch(request)


class SignInRequired(LoginRequiredMiddleware):
    """Django's own, with an answer that a script understands: never a sign-in page in place of its data."""

    def handle_no_permission(self, request: HttpRequest, view_func: Any) -> Any:
        return to_sign_in(request)


class SecondFactorOfStaff:
    """Staff reach nothing but the pages that set up a second step until this session has shown one."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: Any, view: Any, args: Any, kwargs: Any) -> HttpResponseBase | None:
        if not request.actor.is_staff or session.passed_second_step(request, request.user):
            return None
        access = getattr(view, "access", None)
        if (access is not None and access.verb is None) or request.resolver_match.view_name in SETTING_UP:
            return None
        # Who has one shows it; who has none sets one up.
        name = "mfa_reauthenticate" if has_second_step(request.user) else "mfa_index"
        return lead(request, f"{reverse(name)}?{urlencode({'next': came_from(request)})}")


def sign_out(request: Any) -> None:
    was = request.actor
    logout(request)
    request.actor = Actor(request_id=was.request_id, address=was.address)


def keep_words(request: Any) -> None:
    """A form that names itself in the field `draft` loses nothing when its session was over on arrival."""
    form = request.POST.get("draft", "") if request.method == "POST" else ""
    if form and comes_from_our_page(request):
        save_draft(account_id=request.actor.account_id, form=form, fields=dict(request.POST.lists()))


class _Token(CsrfViewMiddleware):
    def _reject(self, request: HttpRequest, reason: str) -> Any:
        return reason


def comes_from_our_page(request: HttpRequest) -> bool:
    """A session that is over is answered before Django compares the token; a foreign page may plant no words."""
    return _Token(_nothing).process_view(request, _nothing, (), {}) is None


def _nothing(request: HttpRequest) -> HttpResponseBase:
    return HttpResponse()


def to_sign_in(request: HttpRequest, why: Over | None = None) -> HttpResponseBase:
    query = {"next": came_from(request), **({"over": str(why)} if why else {})}
    return lead(request, f"{reverse('account_login')}?{urlencode(query)}")


def came_from(request: HttpRequest) -> str:
    """The page to return to: this one, or the one whose form or script asked."""
    if request.method == "GET" and not asked_by_script(request):
        return request.get_full_path()
    return page_before(request) or reverse("accounts:arrive")


def page_before(request: HttpRequest) -> str:
    """The path of our page that led here; empty when it was none of ours."""
    page = urlsplit(request.headers.get("HX-Current-URL") or request.headers.get("Referer", ""))
    # "//elsewhere.example/" is a path of ours in a Referer and another site in a link.
    return page.path if page.netloc == request.get_host() and not page.path.startswith("//") else ""


def asked_by_script(request: HttpRequest) -> bool:
    return request.headers.get("HX-Request") == "true" or request.headers.get("Sec-Fetch-Dest") == "empty"


def lead(request: HttpRequest, address: str) -> HttpResponseBase:
    if "X-Background" in request.headers and "HX-Request" in request.headers:
        # Nobody asked: whatever stands on the page, unsent words too, stays until somebody is there.
        return HttpResponse(status=401)
    if asked_by_script(request):
        return HttpResponse(status=401, headers={"HX-Redirect": address})
    return HttpResponseRedirect(address)
