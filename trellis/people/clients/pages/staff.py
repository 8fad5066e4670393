"""A client's page and the way to find it, for people at work."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from trellis.foundation import clock
from trellis.foundation.access.pages import find_or_404, opened, opened_nobody, page
from trellis.foundation.access.permissions import Refused, may, require
from trellis.foundation.access.requests import Request
from trellis.foundation.program import queries as program
from trellis.people.clients import actions, forms, panels, presenters, queries
from trellis.people.clients.emergency import queries as emergency
from trellis.people.clients.kept_out import queries as kept_out
from trellis.people.clients.models import Client, KeptOut
from trellis.ui import navigation

PER_PAGE = 30


@page("client.find", opens="client")
def find(request: Request) -> HttpResponseBase:
    """A name is sent by POST only: addresses stay in histories and in the logs of whatever lies between."""
    text = request.POST.get("q", "").strip()
    context = _search(request, text) if text else _list(request)
    template = "clients/_found.html" if request.htmx else "clients/find.html"
    offers = navigation.links("clients", allowed=lambda verb: may(request.actor, verb))
    return render(request, template, {"q": text, "offers": offers, **context})


def _search(request: Request, text: str) -> dict[str, Any]:
    found = queries.found_for(request.actor, text)
    _open_all(request, found.clients)
    return {"found": found, "rows": presenters.rows(found.clients, found.present)}


def _list(request: Request) -> dict[str, Any]:
    number = Paginator(queries.listed_for(request.actor), PER_PAGE).get_page(request.GET.get("page"))
    clients = list(number.object_list)
    _open_all(request, clients)
    return {"page": number, "rows": presenters.rows(clients)}


def _open_all(request: Request, clients: Any) -> None:
    opened(request, *clients) if clients else opened_nobody(request)


@page("client.read", opens="client")
def client(request: Request, public_id: str) -> HttpResponseBase:
    person = _person(request, public_id)
    opened(request, person)
    return render(request, "clients/client.html", {
        "client": person,
        "age": presenters.age(person, clock.today(program.zone())),
        "episodes": queries.episodes_of(person),
        "groups": panels.grouped(request, person),
        "emergency_until": _emergency_until(request, person),
        "kept_out": _kept_out(request, person),
        "can": {verb: may(request.actor, f"client.{verb}", person) for verb in presenters.VERBS},
    })  # fmt: skip


@page("client.edit", opens="client")
def name(request: Request, public_id: str) -> HttpResponseBase:
    person = _person(request, public_id, "client.edit")
    form = forms.NameForm(request.POST or None, initial=_as_it_is(person, forms.NameForm))
    return _edit(request, person, form, actions.change_name, _("The name is changed everywhere."))


@page("client.edit", opens="client")
def contact(request: Request, public_id: str) -> HttpResponseBase:
    person = _person(request, public_id, "client.edit")
    form = forms.ContactForm(request.POST or None, initial=_as_it_is(person, forms.ContactForm))
    return _edit(request, person, form, actions.change_contact, _("We reach them this way from now on."))


@page("client.open_legal_name", opens="client")
def legal_name(request: Request, public_id: str) -> HttpResponseBase:
    """What papers say: its own page, so that every look at it is written down."""
    person = _person(request, public_id, "client.open_legal_name")
    form = forms.LegalNameForm(request.POST or None, initial={"since": clock.today(program.zone())})
    if request.method == "POST":
        require(request.actor, "client.record_legal_name", person)
        if form.is_valid():
            actions.record_legal_name(by=request.actor, client=person, **form.cleaned_data)
            messages.success(request, _("The legal name is written down."))
            return redirect("clients:legal_name", person.public_id)
    opened(request, person)
    return render(request, "clients/legal_name.html", {
        "client": person,
        "names": queries.legal_names(person),
        "form": form if may(request.actor, "client.record_legal_name", person) else None,
    })  # fmt: skip


@page("client.assign", opens="client")
def team(request: Request, public_id: str) -> HttpResponseBase:
    person = _person(request, public_id, "client.assign")
    episode = queries.open_episode(person)
    form = forms.AssignForm(request.POST or None, staff=queries.assignable())
    if request.method == "POST" and episode is not None and form.is_valid():
        member = form.cleaned_data["staff_member"]
        try:
            actions.assign(by=request.actor, episode=episode, staff_member=member, since=clock.today(program.zone()))
        except Refused as refused:
            form.add_error("staff_member", str(refused))
        else:
            messages.success(request, _("%(name)s is on the care team.") % {"name": member.chosen_name})
            return redirect("clients:team", person.public_id)
    opened(request, person)
    episodes = [e for e in queries.episodes_of(person) if e.pk == (episode.pk if episode else None)]
    return render(request, "clients/team.html", {
        "client": person, "episode": episodes[0] if episodes else None, "form": form,
    })  # fmt: skip


@page("client.assign")
@require_POST
def leave_team(request: Request, public_id: str, member: str) -> HttpResponseBase:
    person = _person(request, public_id, "client.assign")
    episode = queries.open_episode(person)
    staff_member = queries.assignable().filter(public_id=member).first()
    try:
        if episode is None or staff_member is None:
            raise Refused(actions.NOT_ASSIGNED)
        actions.unassign(
            by=request.actor, episode=episode, staff_member=staff_member, until=clock.today(program.zone())
        )
        messages.success(request, _("%(name)s left the care team.") % {"name": staff_member.chosen_name})
    except Refused as refused:
        messages.warning(request, str(refused))
    return redirect("clients:team", person.public_id)


def _emergency_until(request: Request, person: Client) -> datetime | None:
    """Asked only for those who may open one: nobody else pays for the question."""
    if not may(request.actor, "client.open_in_emergency"):
        return None
    return emergency.ends(request.actor.account_id, person, clock.now())


def _kept_out(request: Request, person: Client) -> list[KeptOut]:
    """Asked only for those who may change it."""
    return list(kept_out.kept_out_of(person)) if may(request.actor, "client.see_kept_out", person) else []


def _person(request: Request, public_id: str, verb: str = "client.read") -> Client:
    return find_or_404(request.actor, verb, queries.clients(), public_id)


def _as_it_is(person: Client, form: type[Form]) -> dict[str, Any]:
    return {name: getattr(person, name) for name in form.base_fields}


def _edit(request: Request, person: Client, form: Form, act: Any, done: str) -> HttpResponseBase:
    """A form about a client: valid, it is done; else it stands there again with everything that was typed."""
    if request.method == "POST" and form.is_valid():
        try:
            act(by=request.actor, client=person, **form.cleaned_data)
            messages.success(request, done)
            return redirect("clients:client", person.public_id)
        except Refused as refused:
            form.add_error(None, str(refused))
    opened(request, person)
    return render(request, "clients/edit.html", {"client": person, "form": form, "what": act.verb})


urlpatterns = [
    path("clients/", find, name="find"),
    path("clients/<slug:public_id>/", client, name="client"),
    path("clients/<slug:public_id>/name/", name, name="name"),
    path("clients/<slug:public_id>/contact/", contact, name="contact"),
    path("clients/<slug:public_id>/legal-name/", legal_name, name="legal_name"),
    path("clients/<slug:public_id>/team/", team, name="team"),
    path("clients/<slug:public_id>/team/<slug:member>/leave/", leave_team, name="leave_team"),
]
