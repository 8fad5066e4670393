"""How a client fares: one measure over time, for whoever cares for them; and what the team answers to it."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from trellis.foundation import clock
from trellis.foundation.access.pages import find_or_404, opened, page
from trellis.foundation.access.permissions import Refused, may
from trellis.foundation.access.requests import Request
from trellis.foundation.program import queries as program
from trellis.journey.care.response import actions
from trellis.journey.care.response.causes import CAUSES
from trellis.journey.care.response.forms import ResponseForm
from trellis.journey.care.trajectories.presenters import over_time
from trellis.journey.measures import presenters as measures
from trellis.people.clients.models import Client
from trellis.people.clients.queries import clients

#: a team looks again after two weeks where it says nothing else
LOOKS_AGAIN = timedelta(days=14)


@require_safe
@page("care.over_time", opens="client")
def client_over_time(request: Request, public_id: str) -> HttpResponseBase:
    client = find_or_404(request.actor, "care.over_time", clients(), public_id)
    opened(request, client)
    found = over_time(client, request.GET.get("measure", ""))
    return render(request, "care/over_time.html", {
        "client": client, "found": found, "causes": CAUSES.values(),
        "may_respond": may(request.actor, "care.respond", client),
        "respond_url": _with_measure("care:respond", client, found.key if found else ""),
    })  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@page("care.respond", opens="client")
def respond(request: Request, public_id: str) -> HttpResponseBase:
    client = find_or_404(request.actor, "care.respond", clients(), public_id)
    key = request.GET.get("measure", "")
    again = clock.today(program.zone()) + LOOKS_AGAIN
    form = ResponseForm(request.POST if request.method == "POST" else None, initial={"due_on": again})
    if form.is_valid():
        try:
            actions.respond(by=request.actor, client=client, instrument=key, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Written down. It is marked in the picture."))
            return redirect(_with_measure("care:over_time", client, key))
    opened(request, client)
    return render(request, "care/respond.html", {
        "client": client, "form": form, "causes": CAUSES.values(), "measure": key, "title": measures.name(key),
    })  # fmt: skip


def _with_measure(name: str, client: Client, key: str) -> str:
    return reverse(name, args=[client.public_id]) + f"?measure={key}"


urlpatterns = [
    path("clients/<slug:public_id>/over-time/", client_over_time, name="over_time"),
    path("clients/<slug:public_id>/over-time/response/", respond, name="respond"),
]
