"""One client's minutes in a week of the program, explained down to the session."""

from django.http import HttpResponseBase
from django.shortcuts import render
from django.urls import path

from trellis.foundation import clock
from trellis.foundation.access.pages import find_or_404, opened, page
from trellis.foundation.access.permissions import may
from trellis.foundation.access.requests import Request
from trellis.foundation.program import queries as program
from trellis.foundation.program.rules import week_with
from trellis.journey.schedule import queries
from trellis.journey.schedule.pages.day import day_of
from trellis.journey.schedule.presenters.minutes import MinutesPage
from trellis.people.clients.queries import clients


@page("schedule.minutes", opens="client")
def minutes(request: Request, public_id: str) -> HttpResponseBase:
    client = find_or_404(request.actor, "schedule.minutes", clients(), public_id)
    now, blueprint = clock.now(), program.current()
    zone, this, asked = blueprint.program.zone, queries.this_week(now), request.GET.get("week", "")
    week = week_with(day_of(asked), zone, blueprint.program.week_start) if asked else this
    ledger = queries.week(client, week, now)
    ways = queries.make_ups(ledger, queries.open_sessions(week, now), client, now) if ledger.short else []
    opened(request, client)
    return render(request, "schedule/minutes.html", {
        "client": client, "page": MinutesPage(ledger, ways, now, zone, blueprint), "is_this_week": week == this,
        "can_plan": may(request.actor, "schedule.enroll", client),
    })  # fmt: skip


urlpatterns = [path("clients/<slug:public_id>/minutes/", minutes, name="minutes")]
