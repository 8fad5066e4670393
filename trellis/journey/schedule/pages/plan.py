"""The plan behind the week: places in each track, who waits, and who usually leads which group."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from trellis.foundation import clock
from trellis.foundation.access.pages import find_or_404, opened, opened_nobody, page
from trellis.foundation.access.permissions import Refused, may, shown_to
from trellis.foundation.access.requests import Request
from trellis.foundation.program import queries as program
from trellis.journey.schedule import actions, queries
from trellis.journey.schedule.forms import UsualLeaderForm
from trellis.journey.schedule.models import Series
from trellis.journey.schedule.presenters.plan import GroupRow, TrackRow
from trellis.people.staff import queries as staff


def _today() -> Any:
    return clock.today(program.zone())


@page("schedule.wait_list", opens="client")
def tracks(request: Request) -> HttpResponseBase:
    """Places taken and free in each track, and who waits, longest first."""
    found = [
        replace(one, entries=shown_to(request.actor, one.entries)) for one in queries.tracks_with_waiting(_today())
    ]
    entries = [entry for one in found for entry in one.entries]
    opened(request, *entries) if entries else opened_nobody(request)
    return render(request, "schedule/tracks.html", {
        "tracks": [TrackRow(one, program.zone()) for one in found],
        "waiting": len(entries),
        "free": sum(one.one.places.free for one in found),
        "may_lead": may(request.actor, "schedule.change"),
    })  # fmt: skip


@page("schedule.wait_list")
@require_POST
def stop_waiting(request: Request, public_id: str) -> HttpResponseBase:
    entry = find_or_404(request.actor, "schedule.wait_list", queries.everybody_waiting(), public_id)
    actions.stop_waiting(by=request.actor, entry=entry)
    messages.success(request, _("They no longer wait."))
    return redirect("schedule:tracks")


# --- who usually leads ------------------------------------------------------------------------------------------------


@page("schedule.change")
def leaders(request: Request) -> HttpResponseBase:
    rows = [GroupRow(series) for series in queries.series_now(_today())]
    return render(request, "schedule/leaders.html", {"rows": rows, "lacking": sum(not row.leaders for row in rows)})


@page("schedule.change")
def leader(request: Request, public_id: str) -> HttpResponseBase:
    """Who leads one series from a day on, and who no longer does."""
    series = _series(public_id)
    form = UsualLeaderForm(request.POST or None, staff=staff.facilitators(), initial={"since": _today()})
    if request.method == "POST" and form.is_valid():
        try:
            actions.assign_facilitator(by=request.actor, series=series, **form.cleaned_data)
            messages.success(request, _("%(name)s leads it from that day on.") % {"name": _name(form)})
            return redirect("schedule:leader", series.public_id)
        except Refused as refused:
            form.add_error(None, str(refused))
    return render(request, "schedule/leader.html", {"row": GroupRow(series), "form": form})


def _name(form: UsualLeaderForm) -> str:
    return str(form.cleaned_data["staff_member"].chosen_name)


@page("schedule.change")
@require_POST
def stop_leading(request: Request, public_id: str, member: str) -> HttpResponseBase:
    series = _series(public_id)
    staff_member = staff.staff().filter(public_id=member).first()
    if staff_member is None:
        raise Http404
    try:
        actions.unassign_facilitator(by=request.actor, series=series, staff_member=staff_member, until=_today())
        messages.success(request, _("Today is their last day with this group."))
    except Refused as refused:
        messages.warning(request, str(refused))
    return redirect("schedule:leader", series.public_id)


def _series(public_id: str) -> Series:
    series = queries.series_now(_today()).filter(public_id=public_id).first()
    if series is None:
        raise Http404
    return series


urlpatterns = [
    path("tracks/", tracks, name="tracks"),
    path("tracks/waiting/<slug:public_id>/", stop_waiting, name="stop_waiting"),
    path("leaders/", leaders, name="leaders"),
    path("leaders/<slug:public_id>/", leader, name="leader"),
    path("leaders/<slug:public_id>/<slug:member>/", stop_leading, name="stop_leading"),
]
