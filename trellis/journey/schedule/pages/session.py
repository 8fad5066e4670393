"""One session: how it stands, what can be changed in it, and what was."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _

from trellis.foundation import clock
from trellis.foundation.access.pages import found_or_404, opened, opened_nobody, page
from trellis.foundation.access.permissions import Refused, may, shown_to
from trellis.foundation.access.requests import Request, typed
from trellis.foundation.program import queries as program
from trellis.journey.schedule import actions, queries
from trellis.journey.schedule.forms import CancelForm, LeaderForm, MoveForm, RoomForm
from trellis.journey.schedule.models import Session
from trellis.journey.schedule.presenters.session import SessionPage, leader_label, room_label
from trellis.journey.schedule.queries.clashes import Clash, clashes, taken_beside, who_changed
from trellis.people.staff import queries as staff


@page("schedule.see", opens="client")
def session(request: Request, public_id: str) -> HttpResponseBase:
    one = found_or_404(request.actor, "schedule.see", queries.session_for(request.actor, public_id))
    what = typed(request, "what")
    forms = _forms(request, one, what)
    moving: list[Clash] = []
    if request.method == "POST" and what in forms and _is_sound(forms[what], what):
        moving = _seen_before(request, one, forms[what]) if what == "move" else []
        if not moving and _act(request, one, what, forms[what]):
            return redirect("schedule:session", one.public_id)
    return _shown(request, one, forms, moving)


def _shown(request: Request, one: Session, forms: dict[str, Any], moving: list[Clash]) -> HttpResponseBase:
    named = may(request.actor, "schedule.change")
    found = clashes(one, one.starts_at, one.ends_at) if one.status != "cancelled" else []
    found, moving = shown_to(request.actor, found), shown_to(request.actor, moving)
    opened_nobody(request)
    opened(request, *((found, moving) if named else ()))
    changes = queries.changes_of(one)
    return render(request, "schedule/session.html", {
        "page": SessionPage(queries.planned(one), changes, who_changed(changes), found, clock.now(), program.zone()),
        "forms": forms, "moving": SessionPage.clash_rows(moving, program.zone()), "named": named,
        "all_the_same": forms["move"].starts_at(program.zone()).isoformat() if moving else "",
        "may_open_room": may(request.actor, "schedule.room", one),
    })  # fmt: skip


# --- what can be changed ----------------------------------------------------------------------------------------------


def _forms(request: Request, one: Session, what: str) -> dict[str, Any]:
    """The forms that this person may use for this session as it stands now."""

    def sent(name: str) -> Any:
        return request.POST if what == name else None

    now, change = clock.now(), may(request.actor, "schedule.change", one)
    found: dict[str, Any] = {}
    if one.status == "cancelled" and change and one.starts_at > now:
        return {"restore": "restore"}
    if one.status not in ("planned", "moved") or one.ends_at <= now:
        return found
    taken = taken_beside(one)
    if change:
        found["leader"] = LeaderForm(
            sent("leader"), prefix="leader", free=staff.facilitators(), leading=queries.leaders_of(one),
            label=leader_label(taken),
        )  # fmt: skip
    if may(request.actor, "schedule.change_room", one):
        rooms = program.rooms() if one.series.personal else program.rooms().filter(kind="group")
        found["room"] = RoomForm(sent("room"), prefix="room", rooms=rooms, label=room_label(taken))
    if change:
        starts = one.starts_at.astimezone(program.zone())
        as_it_is = {"day": starts.date(), "start": starts.time()}
        found["move"] = MoveForm(sent("move"), prefix="move", initial=as_it_is)
        found["cancel"] = CancelForm(sent("cancel"), prefix="cancel")
    return found


def _is_sound(form: Any, what: str) -> bool:
    return form == what or bool(form.is_valid())


def _seen_before(request: Request, one: Session, form: MoveForm) -> list[Clash]:
    """Who has another group at the new time; empty once somebody saw them and moves it all the same."""
    starts_at = form.starts_at(program.zone())
    if request.POST.get("all_the_same") == starts_at.isoformat():
        return []
    return clashes(one, starts_at, starts_at + (one.ends_at - one.starts_at))


def _act(request: Request, one: Session, what: str, form: Any) -> bool:
    try:
        messages.success(request, _DO[what](request, one, form))
        return True
    except Refused as refused:
        if form == what:
            messages.warning(request, str(refused))
            return True
        form.add_error(None, str(refused))
        return False


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
    actions.change_room(by=request.actor, session=one, **form.cleaned_data)
    return _("The group has another room.")


def _leader(request: Request, one: Session, form: LeaderForm) -> str:
    given = form.cleaned_data
    actions.change_facilitator(by=request.actor, session=one, **given)
    if given["staff_member"] is None:
        return _("%(name)s no longer leads this group.") % {"name": given["instead_of"].chosen_name}
    return _("%(name)s leads this group.") % {"name": given["staff_member"].chosen_name}


_DO: dict[str, Any] = {"move": _move, "cancel": _cancel, "restore": _restore, "room": _room, "leader": _leader}

urlpatterns = [path("groups/<slug:public_id>/", session, name="session")]
