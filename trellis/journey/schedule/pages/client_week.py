"""A client's week on one sheet of paper, for whoever has no sign-in, no telephone, or likes paper."""

from django.http import HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import path
from django.utils.safestring import SafeString

from trellis.foundation import clock
from trellis.foundation.access.pages import find_or_404, opened, page
from trellis.foundation.access.requests import Request
from trellis.foundation.program import queries as program
from trellis.foundation.program.rules import Week, week_with
from trellis.journey.schedule import queries
from trellis.journey.schedule.pages.day import day_of
from trellis.journey.schedule.week_words import week_view
from trellis.people.clients.models import Client
from trellis.people.clients.queries import clients, open_episode


def on_paper(request: Request, client: Client) -> SafeString | None:
    """The part of a client's page that leads here, for whoever is in the program."""
    if open_episode(client) is None:
        return None
    return render_to_string("schedule/_on_paper.html", {"client": client}, request)


@page("client.read", opens="client")
def sheet(request: Request, public_id: str, day: str = "") -> HttpResponseBase:
    client = find_or_404(request.actor, "client.read", clients(), public_id)
    opened(request, client)
    now, about = clock.now(), program.current().program
    week = _week_of(day) if day else queries.this_week(now)
    return render(request, "schedule/sheet.html", {
        "client": client,
        "week": week_view(queries.week(client, week, now), now, about.zone),
        "program_phone": about.contact.phone,
    })  # fmt: skip


def _week_of(day: str) -> Week:
    return week_with(day_of(day), program.zone(), program.current().program.week_start)


urlpatterns = [
    path("clients/<slug:public_id>/week/print/", sheet, name="print"),
    path("clients/<slug:public_id>/week/print/<str:day>/", sheet, name="print_of"),
]
