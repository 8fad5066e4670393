"""The plan for afterwards: theirs to read, to change and to print."""

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from trellis.doors.client_portal.shell import contact, own_record
from trellis.foundation import clock
from trellis.foundation.access.pages import opened, page
from trellis.foundation.access.permissions import Refused
from trellis.foundation.access.requests import Request
from trellis.foundation.program import queries as program
from trellis.journey.continuity.aftercare import actions, presenters, queries, suggested
from trellis.journey.continuity.aftercare.forms import PlanForm, as_typed
from trellis.people.clients.models import Client


@require_safe
@page("my.plan", opens="client")
def plan(request: Request) -> HttpResponseBase:
    return _shown(request, "client_portal/plan.html")


@require_safe
@page("my.plan", opens="client")
def print_plan(request: Request) -> HttpResponseBase:
    return _shown(request, "continuity/aftercare_print.html")


def _shown(request: Request, template: str) -> HttpResponseBase:
    client = own_record(request, "my.plan")
    if client is None:
        return redirect("my:today")
    last = queries.plan_of(client)
    opened(request, client)
    return render(request, template, {"shown": presenters.plan(last, program.zone()) if last else None, **contact()})


@require_http_methods(["GET", "HEAD", "POST"])
@page("my.plan", opens="client")
def edit_plan(request: Request) -> HttpResponseBase:
    client = own_record(request, "my.plan")
    if client is None:
        return redirect("my:today")
    last = queries.plan_of(client)
    initial = {"seen": last.number, **as_typed(queries.words_of(last))} if last else _first(client)
    form = PlanForm(request.POST or None, initial=initial)
    if form.is_valid():
        try:
            actions.keep_plan(by=request.actor, client=client, words=form.said, seen=form.cleaned_data["seen"])
        except Refused as refused:
            form.data = {**request.POST.dict(), "seen": last.number if last else 0}
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Saved. You can change it whenever you like."))
            return redirect("my:plan")
    opened(request, client)
    return render(request, "client_portal/edit_plan.html", {
        "form": form, "shown": presenters.plan(last, program.zone()) if last and form.errors else None, **contact(),
    })  # fmt: skip


def _first(client: Client) -> dict[str, object]:
    return {"seen": 0, "meetings": suggested.meetings(client, clock.now(), program.zone())}


urlpatterns = [
    path("plan/", plan, name="plan"),
    path("plan/edit/", edit_plan, name="edit_plan"),
    path("plan/print/", print_plan, name="print_plan"),
]
