"""Staff: whom to call after their stay, and what came of it."""

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from trellis.foundation import clock
from trellis.foundation.access.pages import find_or_404, opened, opened_nobody, page
from trellis.foundation.access.permissions import Refused, may
from trellis.foundation.access.requests import Request
from trellis.foundation.program import queries as program
from trellis.journey.continuity.aftercare import actions, presenters, queries, rules
from trellis.journey.continuity.aftercare.blueprint import days_of
from trellis.journey.continuity.aftercare.forms import CallForm
from trellis.journey.continuity.leaving.queries import has_plan
from trellis.people.clients.models import Client
from trellis.people.clients.queries import clients
from trellis.people.consent.deaths import has_died


@require_safe
@page("follow_up.list", opens="client")
def follow_ups(request: Request) -> HttpResponseBase:
    found = queries.to_follow_up(request.actor, clock.today(program.zone()))
    opened_nobody(request)
    opened(request, found)
    return render(request, "continuity/follow_ups.html", {
        "heading": presenters.heading(found), "shelves": presenters.shelves(found), "has_days": bool(days_of()),
    })  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@page("follow_up.call", opens="client")
def follow_up(request: Request, public_id: str) -> HttpResponseBase:
    client = find_or_404(request.actor, "follow_up.call", clients(), public_id)
    standing = queries.standing(client, clock.today(program.zone()))
    form = _form(request, standing)
    if form is not None and form.is_valid() and _keep(request, client, form):
        return redirect("aftercare:follow_up", client.public_id)
    opened(request, client)
    agreement = queries.agreement_of(client)
    waits = standing is not None and standing.wish is not None
    return render(request, "continuity/follow_up.html", {
        "client": client, "form": form, "standing": standing, "has_died": has_died(client), "agreement": agreement,
        "may_reach": waits or (agreement is not None and agreement.yes),
        "may_phone": waits or (agreement is not None and agreement.by_phone),
        "agreed": presenters.agreement_words(agreement), "safely": presenters.safely(agreement),
        "lines": presenters.lines(standing.found) if standing else [],
        "tries": presenters.tries(standing.tries) if standing else [],
        "may_read": may(request.actor, "aftercare.read", client), "may_ask": may(request.actor, "measures.ask", client),
        "may_open": may(request.actor, "client.read", client),
        "next_place": may(request.actor, "transition.read", client) and has_plan(client),
        "asks_to_return": queries.asks_to_return(client) is not None,
    })  # fmt: skip


def _form(request: Request, standing: queries.Standing | None) -> CallForm | None:
    """None where nothing is open today."""
    if standing is None or (standing.wish is None and standing.present is None):
        return None
    day = standing.wish.day if standing.wish else standing.present.day if standing.present else 0
    return CallForm(request.POST or None, calls_back=standing.wish is not None, initial={"day": day})


def _keep(request: Request, client: Client, form: CallForm) -> bool:
    said = form.cleaned_data
    try:
        row = actions.record_call(
            by=request.actor, client=client, day=said["day"], outcome=said["outcome"], answers=form.answers,
            next_try=said["next_try"], note=said["note"],
        )  # fmt: skip
        if said["comes_back"]:
            actions.ask_to_return(by=request.actor, client=client)
    except Refused as refused:
        form.add_error(None, str(refused))
        return False
    if rules.is_not_safe(queries.answers_of(row)):
        messages.success(request, _("Saved. Clinicians are told now that this person is not safe."))
    else:
        messages.success(request, _("Saved."))
    return True


urlpatterns = [
    path("follow-ups/", follow_ups, name="follow_ups"),
    path("clients/<slug:public_id>/follow-up/", follow_up, name="follow_up"),
]
