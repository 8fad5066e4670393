"""The groups, orders and leaves behind one client's week."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _

from trellis.foundation import clock
from trellis.foundation.access.pages import find_or_404, opened, page
from trellis.foundation.access.permissions import Refused, may
from trellis.foundation.access.requests import Request, typed
from trellis.foundation.program import queries as program
from trellis.journey.schedule import actions, queries
from trellis.journey.schedule.forms import (
    BackForm,
    HourForm,
    LastDayForm,
    LeaveForm,
    OrderForm,
    SilenceForm,
    TrackForm,
    WaitForm,
)
from trellis.journey.schedule.models import Leave, Track
from trellis.journey.schedule.presenters.minutes import enrollment_words
from trellis.people.clients.models import Client, Episode
from trellis.people.clients.queries import clients, open_episode
from trellis.people.staff.queries import facilitators, staff_member_of

# --- groups, orders, leaves -------------------------------------------------------------------------------------------

#: what can be done on the page: name → verb. The name is also the prefix of its form.
VERBS = {
    "track": "schedule.enroll",
    "leave_track": "schedule.enroll",
    "wait": "schedule.wait_list",
    "hour": "schedule.agree_hour",
    "order": "schedule.prescribe",
    "away": "schedule.record_leave",
    "back": "schedule.record_leave",
    "silence": "schedule.decide_silence",
}


@page("schedule.enroll", opens="client")
def plan(request: Request, public_id: str) -> HttpResponseBase:
    """Which groups, how many hours, which days away."""
    client = find_or_404(request.actor, "schedule.enroll", clients(), public_id)
    episode = open_episode(client)
    what = typed(request, "what")
    forms = _forms(request, client, episode, what)
    if request.method == "POST" and what in forms and _act(request, client, episode, what, forms[what]):
        return redirect("schedule:plan", client.public_id)
    opened(request, client)
    enrollments = queries.enrollments_of(episode) if episode else []
    return render(request, "schedule/plan.html", {
        "client": client, "episode": episode, "forms": forms,
        "enrollments": [(row, *enrollment_words(row)) for row in enrollments],
        "orders": queries.prescribed(client), "leaves": queries.leaves_of(client), "today": _today(),
    })  # fmt: skip


def _today() -> Any:
    return clock.today(program.zone())


def _forms(request: Request, client: Client, episode: Episode | None, what: str) -> dict[str, Any]:
    """The forms that this person may use for this client as things stand."""

    def sent(name: str) -> Any:
        return request.POST if what == name else None

    today = _today()
    away = queries.away_now(client, today)
    track = queries.track_of(episode, today) if episode else None
    silent = [one for one in queries.silent_clients(clock.now()) if one.client.pk == client.pk]
    made = {
        "track": episode and TrackForm(
            sent("track"), prefix="track", places=queries.track_places(today), initial={"since": today}
        ),
        "leave_track": track and LastDayForm(sent("leave_track"), prefix="leave_track", initial={"until": today}),
        "wait": episode and WaitForm(sent("wait"), prefix="wait", places=queries.track_places(today)),
        "hour": episode and _hour_form(sent("hour"), today),
        "order": OrderForm(sent("order"), prefix="order", initial={"since": today}),
        "away": not away and LeaveForm(sent("away"), prefix="away", initial={"since": today}),
        "back": away and BackForm(sent("back"), prefix="back", initial={"until": today}),
        "silence": silent and SilenceForm(sent("silence"), prefix="silence"),
    }  # fmt: skip
    return {name: form for name, form in made.items() if form and may(request.actor, VERBS[name], client)}


def _hour_form(sent: Any, today: Any) -> HourForm | None:
    """None where the program knows no hour alone."""
    alone = _alone()
    usual = {"minutes": 60, "since": today, "weekday": today.weekday()}
    return HourForm(sent, prefix="hour", staff=facilitators(), rooms=program.rooms(), initial=usual) if alone else None


def _alone() -> str:
    """The kind of hour that one person has alone; empty where the blueprint has none."""
    return next((kind.key for kind in program.current().service_kinds if kind.group_max == 1 and kind.countable), "")


def _act(request: Request, client: Client, episode: Episode | None, what: str, form: Any) -> bool:
    if not form.is_valid():
        return False
    try:
        messages.success(request, _DO[what](request, client, episode, form))
    except Refused as refused:
        form.add_error(None, str(refused))
        return False
    return True


def _track(request: Request, client: Client, episode: Episode, form: TrackForm) -> str:
    given = form.cleaned_data
    values = {
        "by": request.actor, "episode": episode, "since": given["since"], "pathway": given["pathway"],
        "in_spite_of_full": given["in_spite_of_full"],
    }  # fmt: skip
    now_in = queries.track_of(episode, given["since"])
    if now_in is not None and now_in.pk != form.chosen.pk:
        actions.change_track(old=now_in, new=form.chosen, **values)
        return _("They change to the other track on that day.")
    actions.enroll_in_track(track=form.chosen, **values)
    return _("They are in the groups of this track from that day on.")


def _leave_track(request: Request, client: Client, episode: Episode, form: LastDayForm) -> str:
    track: Track | None = queries.track_of(episode, _today())
    if track is None:
        raise Refused(actions.NOT_IN_TRACK)
    actions.leave_track(by=request.actor, episode=episode, track=track, until=form.cleaned_data["until"])
    return _("That is their last day in these groups.")


def _wait(request: Request, client: Client, episode: Episode, form: WaitForm) -> str:
    actions.wait_list(by=request.actor, track=form.chosen, episode=episode)
    return _("They are on the wait-list.")


def _hour(request: Request, client: Client, episode: Episode, form: HourForm) -> str:
    actions.agree_individual_hour(by=request.actor, episode=episode, kind=_alone(), **form.cleaned_data)
    return _("The hour stands in both weeks.")


def _order(request: Request, client: Client, episode: Episode | None, form: OrderForm) -> str:
    given = form.cleaned_data
    actions.prescribe_hours(
        by=request.actor, client=client, minutes_a_week=int(given["hours"] * 60), since=given["since"],
        ordered_by=_myself(request), reason=given["reason"],
    )  # fmt: skip
    return _("The order holds from that day on. The one before stays on record.")


def _away(request: Request, client: Client, episode: Episode | None, form: LeaveForm) -> str:
    actions.record_leave(by=request.actor, client=client, **form.cleaned_data)
    return _("These days do not count against them.")


def _back(request: Request, client: Client, episode: Episode | None, form: BackForm) -> str:
    leave: Leave | None = queries.away_now(client, _today())
    if leave is None:
        raise Refused(actions.BACK_ALREADY)
    actions.end_leave(by=request.actor, leave=leave, until=form.cleaned_data["until"])
    return _("They are expected again after that day.")


def _silence(request: Request, client: Client, episode: Episode | None, form: SilenceForm) -> str:
    actions.decide_after_silence(by=request.actor, client=client, decided_by=_myself(request), **form.cleaned_data)
    return _("The decision is written down.")


def _myself(request: Request) -> Any:
    member = staff_member_of(request.actor.account_id)
    if member is None:
        raise Http404
    return member


_DO: dict[str, Any] = {
    "track": _track, "leave_track": _leave_track, "wait": _wait, "hour": _hour, "order": _order, "away": _away,
    "back": _back, "silence": _silence,
}  # fmt: skip

urlpatterns = [
    path("clients/<slug:public_id>/groups/", plan, name="plan"),
]
