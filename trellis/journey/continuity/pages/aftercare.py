"""Staff: the plan that a client writes with them, its printed page, and how they may be reached after the stay."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from trellis.foundation import clock
from trellis.foundation.access.pages import find_or_404, opened, page
from trellis.foundation.access.permissions import Refused, may
from trellis.foundation.access.requests import Request
from trellis.foundation.program import queries as program
from trellis.journey.continuity.aftercare import actions, presenters, queries, suggested
from trellis.journey.continuity.aftercare.forms import AgreementForm, PlanForm, as_typed
from trellis.people.clients.models import Client
from trellis.people.clients.queries import clients
from trellis.people.consent.deaths import has_died


@require_http_methods(["GET", "HEAD", "POST"])
@page("aftercare.read", opens="client")
def plan(request: Request, public_id: str) -> HttpResponseBase:
    client = find_or_404(request.actor, "aftercare.read", clients(), public_id)
    before = queries.plans_of(client)
    form = PlanForm(request.POST or None, initial=_initial(client, before))
    if form.is_valid() and _keep(request, client, form):
        return redirect("aftercare:plan", client.public_id)
    opened(request, client)
    zone = program.zone()
    shown = [presenters.plan(row, zone) for row in before]
    return render(request, "continuity/aftercare_plan.html", {
        "client": client, "form": form, "shown": shown[0] if shown else None, "before": shown[1:],
        "may_write": may(request.actor, "aftercare.write", client), **_ways(request, client),
    })  # fmt: skip


def _initial(client: Client, before: list[Any]) -> dict[str, Any]:
    if before:
        return {"seen": before[0].number, **as_typed(queries.words_of(before[0]))}
    return {"seen": 0, "meetings": suggested.meetings(client, clock.now(), program.zone())}


def _keep(request: Request, client: Client, form: PlanForm) -> bool:
    try:
        actions.keep_plan(by=request.actor, client=client, words=form.said, seen=form.cleaned_data["seen"])
    except Refused as refused:
        last = queries.plan_of(client)
        form.data = {**request.POST.dict(), "seen": last.number if last else 0}
        form.add_error(None, str(refused))
        return False
    messages.success(request, _("Saved. It stands on their phone now."))
    return True


@require_safe
@page("aftercare.read", opens="client")
def plan_print(request: Request, public_id: str) -> HttpResponseBase:
    client = find_or_404(request.actor, "aftercare.read", clients(), public_id)
    last = queries.plan_of(client)
    opened(request, client)
    return render(request, "continuity/aftercare_print.html", {
        "shown": presenters.plan(last, program.zone()) if last else None,
        "program_phone": program.current().program.contact.phone,
    })  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@page("contact_after.see", opens="client")
def contact(request: Request, public_id: str) -> HttpResponseBase:
    client = find_or_404(request.actor, "contact_after.see", clients(), public_id)
    now = queries.agreement_of(client)
    form = AgreementForm(request.POST or None, initial=presenters.as_typed(now))
    if form.is_valid():
        actions.agree(by=request.actor, client=client, **form.said)
        messages.success(request, _("Saved. It counts from now on."))
        return redirect("aftercare:contact", client.public_id)
    opened(request, client)
    standing = queries.standing(client, clock.today(program.zone()))
    return render(request, "continuity/aftercare_contact.html", {
        "client": client, "form": form, "now": presenters.agreement_words(now), "is_yes": now is not None and now.yes,
        "lines": presenters.lines(standing.found) if standing else [], "has_died": has_died(client),
        **_ways(request, client),
    })  # fmt: skip


def _ways(request: Request, client: Client) -> dict[str, bool]:
    """Where the reader may go on to: the record itself is closed to a last care team."""
    verbs = {"may_open": "client.read", "may_call": "follow_up.call", "may_read": "aftercare.read"}
    return {name: may(request.actor, verb, client) for name, verb in verbs.items()}


urlpatterns = [
    path("clients/<slug:public_id>/aftercare/", plan, name="plan"),
    path("clients/<slug:public_id>/aftercare/print/", plan_print, name="print"),
    path("clients/<slug:public_id>/aftercare/contact/", contact, name="contact"),
]
