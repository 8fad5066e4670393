"""The pages of somebody who acts for a client. Each says on top for whom, and each look is in the client's list."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from trellis.doors.family import showing
from trellis.foundation import clock
from trellis.foundation.access.pages import find_or_404, opened, opened_nobody, page
from trellis.foundation.access.permissions import Refused, shown_to
from trellis.foundation.access.requests import Request
from trellis.foundation.program import queries as program
from trellis.journey.schedule.actions import can_come_after_all, notify_cannot_come
from trellis.journey.schedule.models import Session
from trellis.people.proxies import presenters, queries
from trellis.people.proxies.models import ProxyAccess
from trellis.people.proxies.policy import parts_of
from trellis.people.proxies.rules import Part
from trellis.people.rights.models import RightsRequest
from trellis.people.rights.requests import actions as rights
from trellis.people.rights.requests import presenters as words
from trellis.people.rights.requests import queries as asked
from trellis.people.rights.requests.forms import FORMS as EVERY_FORM

#: whom to tell less and how to be reached stays the client's own to ask
FORMS = {key: EVERY_FORM[key] for key in ("correction", "record", "complaint")}


@require_safe
@page("proxy.list", opens="client")
def acting(request: Request) -> HttpResponseBase:
    found = shown_to(request.actor, queries.everybody_of(request.actor.account_id), about=lambda one: one.row.client)
    opened(request, [one.row for one in found]) if found else opened_nobody(request)
    return render(request, "family/acting.html", {"people": found, **_contact()})


@require_safe
@page("proxy.open", opens="client")
def person(request: Request, access: str) -> HttpResponseBase:
    """What is open now, and what they asked here themselves; what others asked stays with them."""
    row = _access(request, "proxy.open", access)
    showing.shown(request, row, None, clock.now())
    parts = parts_of(request.actor, row)
    requests = [one for one in asked.of_client(row.client) if one.row.by == request.actor.name]
    return _render(request, row, "family/person.html", {
        "parts": [(part, presenters.PARTS[part]) for part in Part if part in parts and part in PAGES],
        "forms": {key: form.title for key, form in FORMS.items()} if Part.ASK in parts else {},
        "asked": [words.own(one, asked.today()) for one in requests],
    })  # fmt: skip


@require_safe
@page("proxy.week", opens="client")
def week(request: Request, access: str) -> HttpResponseBase:
    return _read(request, access, Part.WEEK, _("The week"))


@require_safe
@page("proxy.record", opens="client")
def record(request: Request, access: str) -> HttpResponseBase:
    return _read(request, access, Part.RECORD, _("The record"))


@require_safe
@page("proxy.tell", opens="client")
def tell(request: Request, access: str) -> HttpResponseBase:
    """Coming groups, each with one tap."""
    row = _access(request, "proxy.tell", access)
    now, zone = clock.now(), program.zone()
    going_along = showing.shown(request, row, Part.TELL, now)[1:]
    sessions = showing.coming(row.client, now)
    told = showing.told_not(row.client, sessions)
    return _render(request, row, "family/tell.html", {
        "sessions": [(one, showing.when(one, zone), one.pk in told) for one in sessions], "sections": going_along,
    })  # fmt: skip


@require_POST
@page("proxy.tell")
def cannot_come(request: Request, access: str, session: str) -> HttpResponseBase:
    row, one = _coming(request, access, session)
    try:
        if "after_all" in request.POST:
            can_come_after_all(by=request.actor, client=row.client, session=one)
            messages.success(request, _("Good. The group and the front desk see that they come."))
        else:
            notify_cannot_come(by=request.actor, client=row.client, session=one)
            messages.success(request, _("Thank you. The group and the front desk know it."))
    except Refused as refused:
        messages.warning(request, str(refused))
    return redirect("family:tell", row.public_id)


@require_http_methods(["GET", "HEAD", "POST"])
@page("proxy.ask", opens="client")
def ask(request: Request, access: str, what: str) -> HttpResponseBase:
    """In the client's name; the client reads it on their own page, and so does whoever answers."""
    if what not in FORMS:
        raise Http404
    row = _access(request, "proxy.ask", access)
    form = FORMS[what](request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            done = rights.ask(by=request.actor, client=row.client, wish=form.wish(), how=RightsRequest.How.OWN_PAGE)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("We have it. You hear from us by %(day)s.") % {
                "day": words.day_words(done.due_on)
            })  # fmt: skip
            return redirect("family:person", row.public_id)
    showing.shown(request, row, Part.ASK, clock.now())
    return _render(request, row, "family/ask.html", {"form": form})


def _read(request: Request, access: str, part: Part, title: str) -> HttpResponseBase:
    row = _access(request, f"proxy.{part}", access)
    sections = showing.shown(request, row, part, clock.now())
    return _render(request, row, "family/read.html", {"title": title, "sections": sections})


def _access(request: Request, verb: str, access: str) -> ProxyAccess:
    return find_or_404(request.actor, verb, queries.accesses(), access)


def _coming(request: Request, access: str, session: str) -> tuple[ProxyAccess, Session]:
    """The same answer for a group of others as for none."""
    row = _access(request, "proxy.tell", access)
    found = [one for one in showing.coming(row.client, clock.now()) if one.public_id == session]
    if not found:
        raise Http404
    return row, found[0]


def _render(request: Request, row: ProxyAccess, template: str, context: dict[str, Any]) -> HttpResponseBase:
    opened(request, row)
    return render(request, template, {"access": row, "name": row.client.first_name, **_contact(), **context})


def _contact() -> dict[str, Any]:
    return {"program_phone": program.current().program.contact.phone}


#: part → its page; asking has one for each thing to ask
PAGES = {Part.WEEK: week, Part.TELL: tell, Part.RECORD: record}

urlpatterns = [
    path("acting/", acting, name="acting"),
    path("acting/<slug:access>/", person, name="person"),
    path("acting/<slug:access>/week/", week, name="week"),
    path("acting/<slug:access>/tell/", tell, name="tell"),
    path("acting/<slug:access>/tell/<slug:session>/", cannot_come, name="cannot_come"),
    path("acting/<slug:access>/record/", record, name="record"),
    path("acting/<slug:access>/ask/<slug:what>/", ask, name="ask"),
]
