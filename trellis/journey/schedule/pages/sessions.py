"""My day, the week of the program, and one session with what can be changed in it."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _

from trellis.foundation import clock
from trellis.foundation.access.pages import found_or_404, opened, opened_nobody, page
from trellis.foundation.access.permissions import Refused, may
from trellis.foundation.access.requests import Request
from trellis.foundation.program import queries as program
from trellis.foundation.program.rules import week_with
from trellis.journey.schedule import actions, queries
from trellis.journey.schedule.forms import CancelForm, LeaderForm, MoveForm, RoomForm
from trellis.journey.schedule.models import Session
from trellis.journey.schedule.pages.day import day_of
from trellis.journey.schedule.presenters import words
from trellis.journey.schedule.presenters.session import MyGroup, break_words, change_words
from trellis.journey.schedule.presenters.week import WeekPage
from trellis.journey.schedule.queries.tracks import tracks_of
from trellis.people.staff import queries as staff

AHEAD = timedelta(days=7)


@page("schedule.my_day", opens="client")
def my_day(request: Request) -> HttpResponseBase:
    """The groups that I lead: today's, and those of the next days."""
    now, zone = clock.now(), program.zone()
    begins, ends = queries.today_bounds(now)
    found = queries.filled(queries.my_sessions(request.actor.account_id or 0, begins, ends + AHEAD))
    groups = [MyGroup(one, now, zone) for one in found]
    subjects = [line.audit_subject for one in found for line in one.lines]
    opened(request, *subjects) if subjects else opened_nobody(request)
    today = [group for group in groups if group.one.session.starts_at < ends]
    return render(request, "schedule/my_day.html", {
        "today": today, "later": [group for group in groups if group not in today],
        "on": next((group for group in today if group.is_on), None),
        "next": next((group for group in groups if not group.is_over and not group.one.cancelled), None),
        "day": words.day_words(now.astimezone(zone).date()),
    })  # fmt: skip


@page("schedule.see")
def week(request: Request) -> HttpResponseBase:
    """The groups of a week, of every track or of one."""
    now, about = clock.now(), program.current().program
    asked = request.GET.get("week", "")
    found = queries.program_week(
        week_with(day_of(asked), about.zone, about.week_start) if asked else queries.this_week(now)
    )
    tracks = queries.track_places(now.astimezone(about.zone).date())
    belongs = tracks_of(one.session.series_id for one in found.sessions)
    return render(request, "schedule/week.html", {
        "page": WeekPage(found, now, about.zone, tracks, belongs, _track_asked(request, tracks)),
        "may_fill": may(request.actor, "schedule.wait_list"),
    })  # fmt: skip


def _track_asked(request: Request, tracks: list[queries.TrackPlaces]) -> str:
    asked = request.GET.get("track", "")
    return asked if asked in {one.track.key for one in tracks} else ""


@page("schedule.see")
def session(request: Request, public_id: str) -> HttpResponseBase:
    one = found_or_404(request.actor, "schedule.see", queries.session_for(request.actor, public_id))
    what = request.POST.get("what", "")
    forms = _forms(request, one, what)
    if request.method == "POST" and what in forms and _act(request, one, what, forms[what]):
        return redirect("schedule:session", one.public_id)
    now, zone = clock.now(), program.zone()
    planned = queries.planned(one)
    return render(request, "schedule/session.html", {
        "session": one, "forms": forms, "expected": planned.expected, "name": words.name_of(one),
        "when": words.when(one, now, zone), "state": words.session_state(one, now), "break": break_words(planned),
        "room": words.room_words(planned.holds, one), "leaders": words.leader_words(planned.holds),
        "lacks_leader": not planned.holds.leaders, "changes": [change_words(c, zone) for c in queries.changes_of(one)],
        "may_open_room": may(request.actor, "schedule.room", one),
        "cancelled": one.status == "cancelled",
    })  # fmt: skip


def _forms(request: Request, one: Session, what: str) -> dict[str, Any]:
    """The forms that this person may use for this session as it stands now."""
    now, zone = clock.now(), program.zone()
    open_ = one.status in ("planned", "moved") and one.ends_at > now
    change, starts = may(request.actor, "schedule.change", one), one.starts_at.astimezone(zone)
    found: dict[str, Any] = {}
    if open_ and change:
        free, leading = staff.facilitators(), queries.leaders_of(one)
        found["leader"] = LeaderForm(_sent(request, what, "leader"), prefix="leader", free=free, leading=leading)
    if open_ and may(request.actor, "schedule.change_room", one):
        rooms = program.rooms().filter(kind="group") if not one.series.personal else program.rooms()
        found["room"] = RoomForm(_sent(request, what, "room"), prefix="room", rooms=rooms)
    if open_ and change:
        as_it_is = {"day": starts.date(), "start": starts.time()}
        found["move"] = MoveForm(_sent(request, what, "move"), prefix="move", initial=as_it_is)
        found["cancel"] = CancelForm(_sent(request, what, "cancel"), prefix="cancel")
    if one.status == "cancelled" and change and one.starts_at > now:
        found["restore"] = "restore"
    return found


def _sent(request: Request, what: str, name: str) -> Any:
    return request.POST if what == name else None


def _act(request: Request, one: Session, what: str, form: Any) -> bool:
    if form != what and not form.is_valid():
        return False
    try:
        messages.success(request, _DO[what](request, one, form))
        return True
    except Refused as refused:
        if form != what:
            form.add_error(None, str(refused))
        else:
            messages.warning(request, str(refused))
        return form == what


def _move(request: Request, one: Session, form: MoveForm) -> str:
    starts_at = form.starts_at(program.zone())
    actions.move_session(by=request.actor, session=one, starts_at=starts_at, reason=form.cleaned_data["reason"])
    return _("The group has a new time. Everybody in it sees that.")


def _cancel(request: Request, one: Session, form: CancelForm) -> str:
    actions.cancel_session(by=request.actor, session=one, **form.cleaned_data)
    return _("The group is cancelled. Nobody’s week is short by it.")


def _restore(request: Request, one: Session, form: str) -> str:
    actions.restore_session(by=request.actor, session=one)
    return _("The group takes place after all.")


def _room(request: Request, one: Session, form: RoomForm) -> str:
    actions.change_room(by=request.actor, session=one, room=form.cleaned_data["room"])
    return _("The group has another room.")


def _leader(request: Request, one: Session, form: LeaderForm) -> str:
    given = form.cleaned_data
    actions.change_facilitator(
        by=request.actor, session=one, staff_member=given["staff_member"], instead_of=given["instead_of"]
    )
    return _("%(name)s leads this group.") % {"name": given["staff_member"].chosen_name}


_DO: dict[str, Any] = {"move": _move, "cancel": _cancel, "restore": _restore, "room": _room, "leader": _leader}

urlpatterns = [
    path("my-day/", my_day, name="my_day"),
    path("week/", week, name="week"),
    path("groups/<slug:public_id>/", session, name="session"),
]
