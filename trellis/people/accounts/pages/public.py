"""Pages that a person without a sign-in may open: an invitation, and the one that says that a session is over."""

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.contrib.auth.hashers import make_password
from django.http import HttpResponseBase
from django.shortcuts import render
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from trellis.foundation import clock
from trellis.foundation.access.pages import public
from trellis.foundation.access.permissions import Refused
from trellis.foundation.access.requests import Request
from trellis.people.accounts import actions, queries, rules
from trellis.people.accounts.forms import AcceptForm
from trellis.people.accounts.middleware import page_before, sign_out
from trellis.people.accounts.models import Account, Invitation


@public("whoever holds the link was invited")
@never_cache
@sensitive_post_parameters("password1", "password2")
def invitation(request: Request, token: str) -> HttpResponseBase:
    found = queries.open_invitation(rules.hash_of(token), clock.now())
    if found is None:
        return over(request)
    if request.user.is_authenticated:
        return render(request, "accounts/invitation_signed_in.html")
    form = AcceptForm(request.POST or None, invitation=found)
    if form.is_valid():
        try:
            return come_in(request, accept(request, found, form))
        except Refused as refused:
            form.add_error(None, str(refused))
    return render(request, "accounts/invitation.html", {"form": form, "invitation": found})


def over(request: Request) -> HttpResponseBase:
    """Never there, used, withdrawn, too old: one answer."""
    return render(request, "accounts/invitation_over.html", status=404)


def accept(request: Request, found: Invitation, form: AcceptForm) -> Account:
    hashed = make_password(form.cleaned_data["password1"])
    return actions.accept(by=request.actor, invitation=found, hashed=hashed, **form.accepted())


def come_in(request: Request, account: Account) -> HttpResponseBase:
    """The password was typed just now: the set-up of a second step need not ask for it again."""
    record_authentication(request, account, method="password", reauthenticated=True)
    answer: HttpResponseBase = perform_login(request, Login(user=account))
    return answer


@public("a page sends people here when their time is over")
@never_cache
def left(request: Request) -> HttpResponseBase:
    back = page_before(request)
    # A foreign site cannot sign anybody out by a picture.
    if request.user.is_authenticated and request.headers.get("Sec-Fetch-Site") != "cross-site":
        sign_out(request)
    return render(request, "accounts/left.html", {"back": back})


urlpatterns = [
    path("invitation/<str:token>/", invitation, name="invitation"),
    path("left/", left, name="left"),
]
