"""How a client signs in, set up and given back at the desk, in person."""

from django.contrib import messages
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from trellis.foundation.access.pages import find_or_404, opened, page
from trellis.foundation.access.permissions import Refused
from trellis.foundation.access.requests import Request
from trellis.people.accounts import actions as accounts
from trellis.people.accounts.forms import PinForm
from trellis.people.clients import actions as clients
from trellis.people.clients import queries
from trellis.people.clients.models import Client


@page("account.set_up_at_desk", opens="client")
def sign_in(request: Request, public_id: str) -> HttpResponseBase:
    person = _person(request, public_id)
    opened(request, person)
    return render(request, "staff_desk/sign_in.html", {"client": person, "account": person.account})


@page("account.set_up_at_desk", opens="client")
@sensitive_post_parameters("pin", "pin_again")
def pin(request: Request, public_id: str) -> HttpResponseBase:
    """A sign-in name and a PIN, or a new PIN for the name that they have."""
    person = _person(request, public_id)
    form = PinForm(request.POST or None, named=person.account is None)
    if form.is_valid():
        try:
            _set_pin(request, person, form)
            messages.success(request, _("They sign in with the name and the PIN from now on."))
            return redirect("staff_desk:sign_in", person.public_id)
        except Refused as refused:
            form.add_error(None, str(refused))
    opened(request, person)
    return render(request, "staff_desk/pin.html", {"client": person, "account": person.account, "form": form})


@page("account.set_up_at_desk", opens="client")
def link(request: Request, public_id: str) -> HttpResponseBase:
    """A link that works once, for a first sign-in or a lost one. It stands on this answer and nowhere else."""
    person = _person(request, public_id)
    opened(request, person)
    if request.method != "POST":
        return redirect("staff_desk:sign_in", person.public_id)
    try:
        invitation, address = _invite(request, person, by_mail="by_mail" in request.POST)
    except Refused as refused:
        messages.warning(request, str(refused))
        return redirect("staff_desk:sign_in", person.public_id)
    return render(request, "staff_desk/link.html", {"client": person, "invitation": invitation, "link": address})


def _invite(request: Request, person: Client, *, by_mail: bool) -> accounts.Sent:
    about = person.audit_subjects[0]
    if person.account is not None:
        return accounts.invite_to_restore(by=request.actor, account=person.account, about=about)
    return accounts.invite_client(
        by=request.actor, about=about, chosen_name=person.chosen_name, pronouns=person.pronouns,
        email=person.email if by_mail else "", language=person.language,
    )  # fmt: skip


def _set_pin(request: Request, person: Client, form: PinForm) -> None:
    hashed = make_password(form.cleaned_data["pin"])  # before the transaction: nobody waits for it
    about = person.audit_subjects[0]
    if person.account is not None:
        accounts.reset_pin(by=request.actor, account=person.account, about=about, hashed=hashed)
        return
    with transaction.atomic():
        account = accounts.give_pin_access(
            by=request.actor, about=about, chosen_name=person.chosen_name, pronouns=person.pronouns,
            language=person.language, username=form.cleaned_data["username"], hashed=hashed,
        )  # fmt: skip
        clients.link_account(by=request.actor, client=person, account=account)


def _person(request: Request, public_id: str) -> Client:
    return find_or_404(request.actor, "client.read", queries.clients().select_related("account"), public_id)


urlpatterns = [
    path("clients/<slug:public_id>/sign-in/", sign_in, name="sign_in"),
    path("clients/<slug:public_id>/sign-in/pin/", pin, name="pin"),
    path("clients/<slug:public_id>/sign-in/link/", link, name="link"),
]
