"""The front desk's day: who is expected, who came, whom we owe a call."""

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from trellis.foundation import clock
from trellis.foundation.access.pages import found_or_404, opened, opened_nobody, page
from trellis.foundation.access.permissions import Refused, may, shown_to
from trellis.foundation.access.requests import Request, typed
from trellis.foundation.program import queries as program
from trellis.foundation.record.ids import new_public_id
from trellis.journey.schedule import actions, queries
from trellis.journey.schedule.forms import CallForm, NoticeForm, NotSeatedForm
from trellis.journey.schedule.models import Session
from trellis.journey.schedule.policy import is_closed
from trellis.journey.schedule.presenters.day import DaySheet
from trellis.journey.schedule.presenters.desk import Lines
from trellis.journey.schedule.presenters.line import LinePage
from trellis.journey.schedule.queries.day import leave_out
from trellis.journey.schedule.queries.sheet import sheet
from trellis.people.accounts.locking import locks_when_quiet
from trellis.people.clients.models import Client

#: a piece of the sheet puts itself in its place, and the keyboard stays where it was
OUT_OF_BAND, FOCUS = mark_safe(' hx-swap-oob="true"'), mark_safe(" autofocus")

#: how far from today an address may lead
REACH = timedelta(weeks=520)


@page("schedule.day_sheet", opens="client")
def day_sheet(request: Request) -> HttpResponseBase:
    shown = _sheet(request)
    _open_all(request, shown)
    return render(request, "schedule/day_sheet.html", {"sheet": shown, "key": new_public_id()})


def _sheet(request: Request) -> DaySheet:
    now, about, day = clock.now(), program.current().program, _day_asked(request)
    found, owed = sheet(day, about.zone, about.silence_days)
    leave_out(request.actor, found)
    return DaySheet(day, found, shown_to(request.actor, owed), now, about.zone)


def _day_asked(request: Request) -> date:
    asked = request.GET.get("day", "")
    return day_of(asked) if asked else clock.today(program.zone())


def day_of(text: str) -> date:
    """A day out of an address; one that lies before or after everything the program remembers has no page."""
    try:
        day = date.fromisoformat(text)
    except ValueError as fault:
        raise Http404 from fault
    if abs(day - clock.now().date()) > REACH:
        raise Http404
    return day


def _open_all(request: Request, shown: DaySheet) -> None:
    opened_nobody(request)
    opened(request, *(one.lines for one in shown.found), shown.owed)


@page("schedule.arrive", opens="client")
@require_POST
def arrive(request: Request) -> HttpResponseBase:
    """One button of the sheet: its name is arrive or gone, its value the line."""
    gone = "gone" in request.POST
    session, client = _of_button(request, "schedule.arrive", typed(request, "gone" if gone else "arrive"))
    try:
        actions.arrive(by=request.actor, session=session, client=client, gone=gone, key=_key(request, session, client))
    except Refused as refused:
        messages.warning(request, str(refused))
    return _after(request, session, client, f"{session.public_id}-{client.public_id}")


@page("schedule.record_call", opens="client")
@require_POST
def call(request: Request) -> HttpResponseBase:
    """How a call went, in one tap; the button's value is the line and the result."""
    line, _dot, result = typed(request, "call").partition(".")
    session, client = _of_button(request, "schedule.record_call", line)
    try:
        key = _key(request, session, client)
        actions.record_call(by=request.actor, session=session, client=client, result=result, key=key)
    except Refused as refused:
        messages.warning(request, str(refused))
    return _after(request, session, client, "calls")


def _of_button(request: Request, verb: str, line: str) -> tuple[Session, Client]:
    session_id, _dash, client_id = line.partition("-")
    return _both(request, verb, session_id, client_id)


def _key(request: Request, session: Session, client: Client) -> str:
    """A form carries one key for the whole sheet: with the line it is the key of one fact."""
    key = typed(request, "key")
    return f"{key}.{session.pk}.{client.pk}"[:64] if key else ""


def _after(request: Request, session: Session, client: Client, place: str) -> HttpResponseBase:
    """Back to the place on the sheet; a page that asked for pieces gets those that changed."""
    if not may(request.actor, "schedule.day_sheet"):
        return redirect("schedule:line", session.public_id, client.public_id)
    if not request.htmx:
        return redirect(f"{_sheet_address(_day_asked(request))}#{place}")
    shown = _sheet(request)
    _open_all(request, shown)
    one = shown.session(session.public_id)
    line = one.line(client.public_id) if one else None
    rows = [one.row(line)] if one and line else []
    lines = Lines(oob=OUT_OF_BAND, focus=FOCUS if place != "calls" else "")
    return render(request, "schedule/day_sheet_answer.html", {
        "sheet": shown, "one": one, "rows": rows, "drawn": [lines.one(row) for row in rows],
        "oob": OUT_OF_BAND, "focus_calls": FOCUS if place == "calls" else "", "key": new_public_id(),
    })  # fmt: skip


def _sheet_address(day: date) -> str:
    address = reverse("schedule:day_sheet")
    return address if day == clock.today(program.zone()) else f"{address}?day={day.isoformat()}"


# --- one line ---------------------------------------------------------------------------------------------------------

#: what can be done with a line: its verb, its form, and what is said when it is done
ACTS: dict[str, tuple[str, Any]] = {
    "arrive": ("schedule.arrive", None),
    "gone": ("schedule.arrive", None),
    "not_seated": ("schedule.not_seat", NotSeatedForm),
    "call": ("schedule.record_call", CallForm),
    "told": ("schedule.notify", NoticeForm),
}


@locks_when_quiet
@page("schedule.arrive", opens="client")
def line(request: Request, public_id: str, client_id: str) -> HttpResponseBase:
    """One person in one session: arrival, what they told us, not seated, the call that is owed."""
    session, client = _both(request, "schedule.arrive", public_id, client_id)
    what = typed(request, "what")
    forms = _forms(request, session, client, what)
    if request.method == "POST" and what in forms:
        done = _act(request, session, client, what, forms[what])
        if done:
            messages.success(request, done)
            return redirect("schedule:line", session.public_id, client.public_id)
    opened(request, client)
    own = next(one for one in queries.lines_of([session.pk])[session.pk] if one.client_id == client.pk)
    return render(request, "schedule/line.html", {
        "client": client, "page": LinePage(session, own, clock.now(), program.zone()), "forms": forms,
        "key": new_public_id(),
        "sheet": _sheet_of(session) if may(request.actor, "schedule.day_sheet") else "",
        "room": _room_of(request, session),
    })  # fmt: skip


def _room_of(request: Request, session: Session) -> str:
    allowed = may(request.actor, "schedule.room", session)
    return reverse("schedule:room", args=[session.public_id]) if allowed else ""


def _forms(request: Request, session: Session, client: Client, what: str) -> dict[str, Any]:
    """The forms that this person may use here; the one that was sent holds what was typed."""
    found = {}
    for name, (verb, form) in ACTS.items():
        if may(request.actor, verb, client if name == "told" else session):
            found[name] = form(request.POST if what == name else None, prefix=name) if form else name
    return found


def _act(request: Request, session: Session, client: Client, what: str, form: Any) -> str:
    """What is said when it is done; empty when the form comes back."""
    if form not in (what, None) and not form.is_valid():
        return ""
    common = {"by": request.actor, "session": session, "client": client, "key": typed(request, "key")}
    try:
        return _DO[what](form, common)
    except Refused as refused:
        if hasattr(form, "add_error"):
            form.add_error(None, str(refused))
        else:
            messages.warning(request, str(refused))
    return ""


def _arrived(form: Any, common: dict[str, Any]) -> str:
    actions.arrive(**common)
    return _("They are here.")


def _gone(form: Any, common: dict[str, Any]) -> str:
    actions.arrive(**common, gone=True)
    return _("The arrival is taken back.")


def _not_seated(form: Any, common: dict[str, Any]) -> str:
    actions.not_seated(**common, **form.cleaned_data)
    return _("It is written down that they came.")


def _called(form: Any, common: dict[str, Any]) -> str:
    actions.record_call(**common, **form.cleaned_data)
    return _("The call is written down.")


def _told(form: Any, common: dict[str, Any]) -> str:
    given = form.cleaned_data
    if given["kind"] == "late":
        actions.notify_late(**common, minutes=given["minutes"] or 0, reason=given["reason"])
    elif given["kind"] == "comes":
        actions.can_come_after_all(by=common["by"], client=common["client"], session=common["session"])
    else:
        actions.notify_cannot_come(**common, reason=given["reason"])
    return _("The room and the sheet show it.")


_DO = {"arrive": _arrived, "gone": _gone, "not_seated": _not_seated, "call": _called, "told": _told}


def _both(request: Request, verb: str, public_id: str, client_id: str) -> tuple[Session, Client]:
    session = found_or_404(request.actor, verb, queries.session_for(request.actor, public_id))
    client = queries.client_on(session, client_id)
    if client is None or is_closed(request.actor, session, client):
        raise Http404
    return session, client


def _sheet_of(session: Session) -> str:
    return _sheet_address(session.starts_at.astimezone(program.zone()).date())


urlpatterns = [
    path("day/", day_sheet, name="day_sheet"),
    path("day/arrive/", arrive, name="arrive"),
    path("day/call/", call, name="call"),
    path("groups/<slug:public_id>/people/<slug:client_id>/", line, name="line"),
]
