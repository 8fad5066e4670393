"""What a client tells us about a session in one tap, and what that means for the week."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from trellis.doors.client_portal import presenters, queries
from trellis.doors.client_portal.shell import contact, own_record
from trellis.foundation import clock
from trellis.foundation.access.pages import opened, page
from trellis.foundation.access.permissions import Refused
from trellis.foundation.access.requests import Request, typed
from trellis.foundation.program import queries as program
from trellis.journey.schedule import queries as schedule
from trellis.journey.schedule.actions import can_come_after_all, notify_cannot_come, notify_late
from trellis.journey.schedule.models import Session
from trellis.journey.schedule.week_words import session_card
from trellis.people.clients.models import Client


@page("schedule.notify")
@require_POST
def late(request: Request, public_id: str) -> HttpResponseBase:
    minutes = typed(request, "minutes")
    return _tell(request, public_id, notify_late, minutes=int(minutes) if minutes.isdecimal() else 0)


@page("schedule.notify")
@require_POST
def cannot_come(request: Request, public_id: str) -> HttpResponseBase:
    return _tell(request, public_id, notify_cannot_come, reason=typed(request, "reason"))


@page("schedule.notify")
@require_POST
def can_come(request: Request, public_id: str) -> HttpResponseBase:
    """The tap that takes "I can't make it" back."""
    client, session = _own_session(request, public_id)
    try:
        can_come_after_all(by=request.actor, client=client, session=session)
        messages.success(request, _("Good. The group and the front desk see that you come."))
    except Refused as refused:
        messages.warning(request, str(refused))
    return redirect("my:today")


def _tell(request: Request, public_id: str, tell: Callable[..., Any], **what: Any) -> HttpResponseBase:
    client, session = _own_session(request, public_id)
    try:
        tell(by=request.actor, client=client, session=session, key=typed(request, "key"), **what)
    except Refused as refused:
        messages.warning(request, str(refused))
        return redirect("my:today")
    return redirect("my:told", session.public_id)


@page("my.today", opens="client")
def told(request: Request, public_id: str) -> HttpResponseBase:
    """The answer: what we wrote down, and which group could make the hours up, or who calls."""
    client, session = _own_session(request, public_id)
    notice = queries.told(client, session)
    if notice is None:
        return redirect("my:today")
    now, zone = clock.now(), program.zone()
    ledger, make_ups = schedule.make_ups_for(client, now)
    opened(request, client)
    return render(request, "client_portal/told.html", {
        "card": session_card(session, None, now, zone),
        "kind": notice.kind,
        "words": presenters.told_words(notice),
        "short": ledger.short,
        "ways": presenters.ways(make_ups, now, zone),
        "caller": queries.caller(client) if ledger.short else "",
        "client": client,
        "session": session,
        "may_come": notice.kind == "cannot_come" and session.ends_at > now,
        **contact(),
    })  # fmt: skip


def _own_session(request: Request, public_id: str) -> tuple[Client, Session]:
    """The same answer for a session of others as for none."""
    client = own_record(request, "my.today")
    session = schedule.sessions_of_client(client).filter(public_id=public_id).first() if client else None
    if client is None or session is None:
        raise Http404
    return client, session


urlpatterns = [
    path("sessions/<slug:public_id>/late/", late, name="late"),
    path("sessions/<slug:public_id>/cannot-come/", cannot_come, name="cannot_come"),
    path("sessions/<slug:public_id>/can-come/", can_come, name="can_come"),
    path("sessions/<slug:public_id>/told/", told, name="told"),
]
