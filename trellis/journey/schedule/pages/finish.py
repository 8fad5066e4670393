"""The end of a stay on one page: the day, why, and what ends with it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import path
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from trellis.foundation import clock
from trellis.foundation.access.pages import find_or_404, opened, page
from trellis.foundation.access.permissions import Refused, may
from trellis.foundation.access.requests import Request
from trellis.foundation.program import queries as program
from trellis.journey.schedule import queries
from trellis.journey.schedule.actions.finish import finish_stay
from trellis.journey.schedule.presenters.minutes import enrollment_words
from trellis.people.clients.forms import DateField
from trellis.people.clients.models import Client, Episode
from trellis.people.clients.queries import clients, open_episode


class FinishForm(forms.Form):
    closed_on = DateField(label=gettext_lazy("Last day of the stay"))
    reason = forms.ChoiceField(
        label=gettext_lazy("How did it end?"), choices=Episode.CloseReason.choices, widget=forms.RadioSelect
    )


@page("schedule.finish", opens="client")
def finish(request: Request, public_id: str) -> HttpResponseBase:
    client = find_or_404(request.actor, "schedule.finish", clients(), public_id)
    episode = open_episode(client)
    if episode is None:
        messages.info(request, _("This stay is closed already."))
        return _on(request, client)
    today = clock.today(program.zone())
    form = FinishForm(request.POST or None, initial={"closed_on": today})
    if request.method == "POST" and form.is_valid():
        try:
            finish_stay(by=request.actor, episode=episode, **form.cleaned_data)
        except Refused as refused:
            form.add_error("closed_on", str(refused))
        else:
            messages.success(request, _("The stay is closed. Groups and hours end with that day."))
            return _on(request, client)
    opened(request, client)
    return render(request, "schedule/finish.html", {
        "client": client, "episode": episode, "form": form, "today": today,
        "groups": [enrollment_words(row) for row in _running(episode, today)],
    })  # fmt: skip


def _running(episode: Episode, today: Any) -> list[Any]:
    rows = [row for row in queries.enrollments_of(episode) if row.until is None or row.until > today]
    return sorted(rows, key=lambda row: (row.series.weekday, row.series.start))


def _on(request: Request, client: Client) -> HttpResponseBase:
    """To the client's page; a care team does not open it any more once the stay is closed."""
    if may(request.actor, "client.read", client):
        return redirect("clients:client", client.public_id)
    return redirect("clients:find")


def stay(request: Request, client: Client) -> SafeString | None:
    """The part of a client's page that leads to the end of a stay, or to a new one."""
    episode = open_episode(client)
    if episode is not None and may(request.actor, "schedule.finish", client):
        return render_to_string("schedule/_stay.html", {"client": client, "episode": episode}, request)
    if episode is None and may(request.actor, "schedule.start"):
        died = client.episodes.filter(close_reason=Episode.CloseReason.DIED).exists()
        return render_to_string("schedule/_stay.html", {"client": client, "died": died}, request)
    return None


urlpatterns = [path("clients/<slug:public_id>/close/", finish, name="finish")]
