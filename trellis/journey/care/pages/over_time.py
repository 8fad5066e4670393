"""How a client fares: one measure over time, for whoever cares for them."""

from django.http import HttpResponseBase
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe

from trellis.foundation.access.pages import find_or_404, opened, page
from trellis.foundation.access.requests import Request
from trellis.journey.care.trajectories.presenters import over_time
from trellis.people.clients.queries import clients


@require_safe
@page("care.over_time", opens="client")
def client_over_time(request: Request, public_id: str) -> HttpResponseBase:
    client = find_or_404(request.actor, "care.over_time", clients(), public_id)
    opened(request, client)
    found = over_time(client, request.GET.get("measure", ""))
    return render(request, "care/over_time.html", {"client": client, "found": found})


urlpatterns = [path("clients/<slug:public_id>/over-time/", client_over_time, name="over_time")]
