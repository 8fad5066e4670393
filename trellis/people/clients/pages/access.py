"""A client's sign-in: an invitation, or a sign-in name and a PIN made here, and lost access given back in person."""

from collections.abc import Callable
from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from trellis.foundation.access.pages import find_or_404, opened, page
from trellis.foundation.access.permissions import Refused
from trellis.foundation.access.requests import Request
from trellis.people.accounts import actions as accounts
from trellis.people.clients import actions, forms, queries
from trellis.people.clients.models import Client

Form = django_forms.Form


def invite(request: Request, client: Client, email: str) -> str:
    _invitation, link = accounts.invite_client(
        by=request.actor, about=client.audit_subjects[0], chosen_name=client.chosen_name, pronouns=client.pronouns,
        email=email, language=client.language,
    )  # fmt: skip
    return link


def restore(request: Request, client: Client) -> str:
    if client.account is None:
        raise Refused(actions.NO_ACCOUNT)
    _invitation, link = accounts.invite_to_restore(
        by=request.actor, account=client.account, about=client.audit_subjects[0]
    )
    return link


def set_up(request: Request, client: Client, username: str, pin: str) -> None:
    actions.set_up_pin(by=request.actor, client=client, username=username, pin=pin)


def new_pin(request: Request, client: Client, pin: str) -> None:
    actions.reset_pin(by=request.actor, client=client, pin=pin)


#: what the page can do, by the name of the pressed button: the form, and the act, which may give a link
ACTS: dict[str, tuple[type[Form], Callable[..., str | None]]] = {
    "invite": (forms.InviteForm, invite),
    "set_up": (forms.PinForm, set_up),
    "restore": (Form, restore),
    "new_pin": (forms.NewPinForm, new_pin),
}


@page("client.link_account", opens="client")
def access(request: Request, public_id: str) -> HttpResponseBase:
    """A link is shown once, in the answer itself: nobody can read it again afterwards."""
    people = queries.clients().select_related("account")
    client = find_or_404(request.actor, "client.link_account", people, public_id)
    given: dict[str, Any] = {}
    if request.method == "POST" and (do := request.POST.get("do", "")) in ACTS:
        form = ACTS[do][0](request.POST)
        try:
            if form.is_valid():
                given["link"] = ACTS[do][1](request, client, **form.cleaned_data)
                if given["link"] is None:
                    messages.success(request, _("They can sign in now, with the name and the PIN."))
                    return redirect("clients:access", client.public_id)
        except Refused as refused:
            form.add_error(None, str(refused))
        given[do] = form
    opened(request, client)
    return render(request, "clients/access.html", {
        "client": client,
        "invite": forms.InviteForm(initial={"email": client.email}),
        "set_up": forms.PinForm(), "new_pin": forms.NewPinForm(), **given,
    })  # fmt: skip
