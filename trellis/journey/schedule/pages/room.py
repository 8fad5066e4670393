"""The group room: who is here tonight."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from trellis.foundation import clock
from trellis.foundation.access.pages import found_or_404, opened, opened_nobody, page
from trellis.foundation.access.permissions import Refused, may, shown_to
from trellis.foundation.access.requests import Request, typed, typed_list
from trellis.foundation.program import queries as program
from trellis.foundation.record.ids import new_public_id
from trellis.journey.schedule import actions, queries
from trellis.journey.schedule.forms import GuestForm, JoinForm
from trellis.journey.schedule.models import Session
from trellis.journey.schedule.policy import is_closed, leads
from trellis.journey.schedule.presenters.room import HoursRow, RoomView, minutes_now, usual_week
from trellis.journey.schedule.queries import GroupRoom
from trellis.journey.schedule.queries.day import leave_out
from trellis.journey.schedule.states import Mark
from trellis.people.accounts.locking import locks_when_quiet
from trellis.people.clients.models import Client

UNDO = "undo"


@locks_when_quiet
@page("schedule.room", opens="client")
def room(request: Request, public_id: str) -> HttpResponseBase:
    session = _session(request, "schedule.room", public_id)
    host = host_of(session)
    if host.pk != session.pk:
        return redirect("schedule:room", host.public_id)
    found = _room(request, session)
    _open_all(request, found)
    view = _view(found)
    return render(request, "schedule/room.html", {
        "view": view,
        "hours": _hours(request, found, view),
        "can_see_session": may(request.actor, "schedule.see"),
    })  # fmt: skip


def _view(found: GroupRoom) -> RoomView:
    return RoomView(found, clock.now(), program.zone(), program.current(), new_public_id())


@page("schedule.room", opens="client")
def people(request: Request, public_id: str) -> HttpResponseBase:
    """The list alone, for a page that looks again by itself; nothing at all where nothing was recorded since."""
    session = _session(request, "schedule.room", public_id)
    if host_of(session).pk != session.pk:
        return HttpResponse(status=205)  # sits elsewhere now: the page is to be opened anew
    found = _room(request, session)
    view = _view(found)
    known = get_conditional_response(request, etag=quote_etag(view.version))
    if known is not None:
        return known
    _open_all(request, found)
    answer = render(request, "schedule/people.html", {"view": view})
    answer["ETag"] = quote_etag(view.version)
    return answer


def _hours(request: Request, found: GroupRoom, view: RoomView) -> dict[str, Any]:
    """Hours of the people in this room: the week they share, and who falls short of it."""
    people = shown_to(request.actor, queries.clients_in(found))
    week = queries.this_week(view.now)
    ledgers = queries.ledgers(people, week, view.now)
    open_ones = queries.open_sessions(week, view.now) if any(one.short for one in ledgers.values()) else []
    rows = [
        HoursRow(one, ledgers[one.pk], queries.make_ups(ledgers[one.pk], open_ones, one, view.now), view.now, view.zone)
        for one in people
    ]
    return {
        "rows": rows,
        "short": [row for row in rows if row.ledger.short],
        "vine": usual_week([row.ledger for row in rows], view.now, view.zone),
    }


@page("schedule.mark")
@require_POST
def mark(request: Request, public_id: str) -> HttpResponseBase:
    """One tap. A script gets a short answer; a plain form goes back to the room."""
    session = _session(request, "schedule.mark", public_id)
    client = _client(request, session, typed(request, "client"))
    try:
        new = _record(request, session, client)
    except Refused as refused:
        return _refused(request, session, client, refused)
    if _wants_json(request):
        return JsonResponse({"marks": client.marks_here + new})  # type: ignore[attr-defined]
    return redirect(_back(session, client))


def _record(request: Request, session: Session, client: Client) -> int:
    """How many marks this adds to those that are kept: none where the same was sent before."""
    what, key = typed(request, "do"), typed(request, "key")
    if what == UNDO:
        actions.undo(by=request.actor, session=session, client=client, key=key)
        return 0
    now = clock.now()
    made = actions.mark(
        by=request.actor,
        session=session,
        client=client,
        state=what,
        arrived_late_minutes=_minutes(request, session, what, now) if what == Mark.LATE else 0,
        left_early_minutes=_minutes(request, session, what, now) if what == Mark.LEFT_EARLY else 0,
        reason=typed(request, "reason"),
        key=_key(key, what, typed(request, "minutes")),
    )
    return int(not made.sent_before)


def _minutes(request: Request, session: Session, what: str, now: datetime) -> int:
    minutes = typed(request, "minutes")
    if not minutes:
        return minutes_now(session, what, now)
    return int(minutes) if minutes.isdecimal() and len(minutes) < 4 else 0


def _key(key: str, what: str, minutes: str) -> str:
    """A plain form carries one key for its row: each of its buttons is another mark, one pressed twice the same."""
    return f"{key}.{what}.{minutes}"[:64] if key else ""


def _refused(request: Request, session: Session, client: Client, refused: Refused) -> HttpResponseBase:
    if not _wants_json(request):
        messages.warning(request, str(refused))
        return redirect(_back(session, client))
    lines = queries.lines_of([session.pk]).get(session.pk, [])
    state = next((line.state for line in lines if line.client_id == client.pk), "none")
    return JsonResponse({"sentence": str(refused), "state": state}, status=409)


@page("schedule.mark")
@require_POST
def mark_all(request: Request, public_id: str) -> HttpResponseBase:
    """A whole room in one request: `client`, `state` and `key` stand as often as there are marks."""
    session = _session(request, "schedule.mark", public_id)
    wanted = list(zip(*(typed_list(request, name) for name in ("client", "state", "key")), strict=False))
    found = queries.clients_on(session, [client for client, _state, _key in wanted])
    people = {one: client for one, client in found.items() if not is_closed(request.actor, session, client)}
    now = clock.now()
    entries = [_entry(session, people[one], state, key, now) for one, state, key in wanted if one in people]
    try:
        made = actions.mark_all(by=request.actor, session=session, entries=entries) if entries else []
    except Refused as refused:
        if _wants_json(request):
            return JsonResponse({"sentence": str(refused)}, status=409)
        messages.warning(request, str(refused))
        return redirect(_back(session))
    if _wants_json(request):
        return JsonResponse({"marked": len(made)})
    return redirect(_back(session))


def _entry(session: Session, client: Client, state: str, key: str, now: datetime) -> actions.Entry:
    return actions.Entry(
        client,
        state,
        _key(key, state, ""),
        arrived_late_minutes=minutes_now(session, state, now) if state == Mark.LATE else 0,
        left_early_minutes=minutes_now(session, state, now) if state == Mark.LEFT_EARLY else 0,
    )


# --- who else was there -----------------------------------------------------------------------------------------------


@locks_when_quiet
@page("schedule.add_to_roster", opens="client")
def add(request: Request, public_id: str) -> HttpResponseBase:
    """Find somebody of the program who sits in tonight, and add them."""
    session = _session(request, "schedule.add_to_roster", public_id)
    text = typed(request, "q")
    found = shown_to(request.actor, queries.to_add(session, text))
    chosen = next((one for one in found if one.public_id == request.POST.get("client")), None)
    if chosen is not None:
        return _added(request, session, chosen)
    opened(request, *found) if found else opened_nobody(request)
    return render(request, "schedule/add.html", {
        "session": session, "q": text, "found": found, "searched": bool(text), "key": new_public_id(),
    })  # fmt: skip


def _added(request: Request, session: Session, chosen: Client) -> HttpResponseBase:
    try:
        key = typed(request, "key")
        actions.add_to_roster(by=request.actor, session=session, client=chosen, key=f"{key}.{chosen.pk}" if key else "")
        messages.success(request, _("%(name)s is in this group tonight.") % {"name": chosen.chosen_name})
    except Refused as refused:
        messages.warning(request, str(refused))
    return redirect(_back(session, chosen))


@locks_when_quiet
@page("schedule.join")
def join(request: Request, public_id: str) -> HttpResponseBase:
    """Another group sits here for the night."""
    session = _session(request, "schedule.join", public_id)
    form = JoinForm(request.POST or None, others=queries.may_join(session))
    if request.method == "POST" and form.is_valid():
        try:
            actions.join_sessions(by=request.actor, host=session, session=form.cleaned_data["session"])
            messages.success(request, _("Both groups sit here tonight. Each person keeps their own group."))
            return redirect(_back(session))
        except Refused as refused:
            form.add_error(None, str(refused))
    return render(request, "schedule/join.html", {"session": session, "form": form})


@page("schedule.join")
@require_POST
def apart(request: Request, public_id: str) -> HttpResponseBase:
    """One tap takes a joining back; the second tap of a double one finds nothing left to do."""
    host = _session(request, "schedule.join", public_id)
    session = queries.session_for(request.actor, typed(request, "session"))
    if session is None:
        raise Http404
    actions.take_joining_back(by=request.actor, host=host, session=session)
    held = queries.holds([session.pk]).get(session.pk)
    if held and held.room:
        messages.success(request, _("The groups sit apart again, each in its own room."))
    else:
        messages.warning(request, _("The groups sit apart again. The room of the other group is taken: it needs one."))
    return redirect("schedule:room", host.public_id)


@page("schedule.count_guests")
@require_POST
def guests(request: Request, public_id: str) -> HttpResponseBase:
    session = _session(request, "schedule.count_guests", public_id)
    form = GuestForm(request.POST)
    try:
        if not form.is_valid():
            raise Refused(actions.GUEST_NUMBER)
        actions.count_guests(by=request.actor, session=session, **form.cleaned_data)
        messages.success(request, _("The guests are counted."))
    except Refused as refused:
        messages.warning(request, str(refused))
    return redirect(_back(session))


# --- shared -----------------------------------------------------------------------------------------------------------


def _session(request: Request, verb: str, public_id: str) -> Session:
    return found_or_404(request.actor, verb, queries.session_for(request.actor, public_id))


def _room(request: Request, session: Session) -> GroupRoom:
    """Everybody in it; whoever does not lead it does not see those out of whose records they are kept."""
    found = queries.room(session)
    if request.actor.kept_out and not leads(request.actor, session):
        leave_out(request.actor, found.all)
    return found


def _client(request: Request, session: Session, public_id: str) -> Client:
    client = queries.client_on(session, public_id)
    if client is None or is_closed(request.actor, session, client):
        raise Http404
    return client


def host_of(session: Session) -> Session:
    return session.joins or session


def _back(session: Session, client: Client | None = None) -> str:
    address = reverse("schedule:room", args=[host_of(session).public_id])
    return f"{address}#p-{client.public_id}" if client else address


def _open_all(request: Request, found: GroupRoom) -> None:
    opened_nobody(request)
    opened(request, found.lines)


def _wants_json(request: Request) -> bool:
    return request.headers.get("Accept", "") == "application/json"


urlpatterns = [
    path("groups/<slug:public_id>/room/", room, name="room"),
    path("groups/<slug:public_id>/room/mark/", mark, name="mark"),
    path("groups/<slug:public_id>/room/mark-all/", mark_all, name="mark_all"),
    path("groups/<slug:public_id>/room/add/", add, name="add"),
    path("groups/<slug:public_id>/room/join/", join, name="join"),
    path("groups/<slug:public_id>/room/apart/", apart, name="apart"),
    path("groups/<slug:public_id>/room/guests/", guests, name="guests"),
    path("groups/<slug:public_id>/room/people/", people, name="people"),
]
