"""Answers that need a person: the strip on every page of clinicians, the list, and one of them until it is done."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from trellis.foundation import clock
from trellis.foundation.access.pages import find_or_404, opened, opened_nobody, page
from trellis.foundation.access.permissions import Refused, may
from trellis.foundation.access.requests import Request
from trellis.journey.measures import alert_presenters as presenters
from trellis.journey.measures import alert_queries as queries
from trellis.journey.measures import reach
from trellis.journey.measures.actions import alerts as actions
from trellis.journey.measures.alert_forms import DoneForm
from trellis.journey.measures.models import SafetyAlert
from trellis.people.consent.deaths import has_died


@require_safe
@page("alerts.see")
def strip(request: Request) -> HttpResponseBase:
    """How many, and nobody's name; nothing where the page shows it already."""
    waiting = queries.waiting_for(request.actor, clock.now())
    if request.GET.get("shown") == waiting.version:
        return HttpResponse(status=204)
    return render(request, "measures/_strip.html", {"waiting": waiting})


@require_safe
@page("alerts.see", opens="client")
def alerts(request: Request) -> HttpResponseBase:
    now = clock.now()
    found = presenters.lines(queries.standing_alerts(request.actor, now), now)
    opened_nobody(request)
    opened(request, [one.alert for one in found])
    return render(request, "measures/alerts.html", {"lines": found, "heading": presenters.heading(found)})


@require_http_methods(["GET", "HEAD", "POST"])
@page("alerts.see", opens="client")
def alert(request: Request, public_id: str) -> HttpResponseBase:
    found = find_or_404(request.actor, "alerts.see", queries.alerts(), public_id)
    form = DoneForm(request.POST if request.method == "POST" and "take" not in request.POST else None)
    acts = request.method == "POST" and ("take" in request.POST or form.is_valid())
    if acts and _act(request, found, form):
        return redirect("alerts:one", found.public_id)
    opened(request, found)
    (line,) = presenters.lines([found], clock.now())
    return render(request, "measures/alert.html", {
        "line": line, "client": found.client, "form": form, "after_stay": reach.after_stay(found.client),
        "may_open": may(request.actor, "client.read", found.client),
        "has_died": has_died(found.client), "may_ask": may(request.actor, "measures.ask", found.client),
    })  # fmt: skip


def _act(request: Request, found: SafetyAlert, form: DoneForm) -> bool:
    """False: what was typed is shown again with the reason."""
    try:
        if "take" in request.POST:
            actions.take_on(by=request.actor, alert=found)
            messages.success(request, _("It is yours now. The others see it."))
        else:
            actions.record_done(by=request.actor, alert=found, **form.cleaned_data)
            messages.success(request, _("Written down. It no longer waits for anybody."))
    except Refused as refused:
        messages.warning(request, str(refused))
        return not form.is_bound
    return True


urlpatterns = [
    path("alerts/", alerts, name="list"),
    path("alerts/strip/", strip, name="strip"),
    path("alerts/<slug:public_id>/", alert, name="one"),
]
