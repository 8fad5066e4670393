"""The end of a stay on one page: the day, why, how they are, what they take along. No stay ends in another way."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _

from trellis.foundation.access.pages import find_or_404, opened, page
from trellis.foundation.access.permissions import Refused, may
from trellis.foundation.access.requests import Request
from trellis.journey.continuity.aftercare import presenters as afterwards
from trellis.journey.continuity.leaving import actions, queries
from trellis.journey.continuity.leaving.forms import FinishForm
from trellis.journey.continuity.leaving.rules import Kind
from trellis.journey.continuity.models import Discharge
from trellis.journey.schedule import queries as schedule
from trellis.journey.schedule.presenters.minutes import enrollment_words
from trellis.people.clients.models import Client, Episode
from trellis.people.clients.queries import clients, open_episode


@page("schedule.finish", opens="client")
def finish(request: Request, public_id: str) -> HttpResponseBase:
    client = find_or_404(request.actor, "schedule.finish", clients(), public_id)
    episode = open_episode(client)
    if episode is None:
        messages.info(request, _("This stay is closed already."))
        return _on(request, client)
    today = queries.today()
    form = FinishForm(request.POST or None, initial={"closed_on": today})
    if request.method == "POST" and form.is_valid():
        try:
            ended = actions.discharge(by=request.actor, episode=episode, **form.cleaned_data)
        except Refused as refused:
            form.add_error("closed_on", str(refused))
        else:
            messages.success(request, _("The stay is closed. Groups and hours end with that day."))
            return _next(request, client, ended)
    opened(request, client)
    return render(request, "continuity/leaving_finish.html", {
        "client": client, "episode": episode, "form": form, "today": today,
        "groups": [enrollment_words(row) for row in _running(episode, today)],
        "agreed": afterwards.agreed(client, episode), "sees_contact": may(request.actor, "contact_after.see", client),
    })  # fmt: skip


def _running(episode: Episode, today: date) -> list[Any]:
    rows = [row for row in schedule.enrollments_of(episode) if row.until is None or row.until > today]
    return sorted(rows, key=lambda row: (row.series.weekday, row.series.start))


def _next(request: Request, client: Client, ended: Discharge) -> HttpResponseBase:
    """To the summary, which is owed from now on; where somebody died nobody is asked for anything."""
    if ended.kind == Kind.DIED or not may(request.actor, "discharge.read", client):
        return _on(request, client)
    return redirect("leaving:discharge", client.public_id)


def _on(request: Request, client: Client) -> HttpResponseBase:
    """To the client's page; a care team does not open it any more once the stay is closed."""
    if may(request.actor, "client.read", client):
        return redirect("clients:client", client.public_id)
    return redirect("clients:find")


urlpatterns = [path("clients/<slug:public_id>/close/", finish, name="finish")]
