"""Today: what is next and where, how the week stands, what changed, and help."""

from datetime import datetime
from typing import Any

from django.http import HttpResponseBase
from django.shortcuts import render
from django.urls import path

from trellis.doors.client_portal import presenters, queries
from trellis.doors.client_portal.pages.follow_up import card as after_stay
from trellis.doors.client_portal.pages.questions import card as questions
from trellis.doors.client_portal.shell import contact, own_record
from trellis.foundation import clock
from trellis.foundation.access.pages import opened, opened_nobody, page
from trellis.foundation.access.permissions import may
from trellis.foundation.access.requests import Request
from trellis.foundation.program import queries as program
from trellis.foundation.record.ids import new_public_id
from trellis.journey.inquiry.presenters import day_heading
from trellis.journey.recovery import presenters as recovery
from trellis.journey.recovery.addresses import finder
from trellis.journey.recovery.queries import choice_of, next_fitting
from trellis.journey.schedule import queries as schedule
from trellis.journey.schedule.models import Session
from trellis.journey.schedule.week_words import session_card, week_view
from trellis.people.clients.models import Client
from trellis.people.clients.queries import open_episode


@page("my.today", opens="client")
def today(request: Request) -> HttpResponseBase:
    client = own_record(request, "my.today")
    if client is None:
        opened_nobody(request)
        return render(request, "client_portal/no_record.html", contact())
    opened(request, client)
    now = clock.now()
    local = now.astimezone(program.zone())
    context = {
        "greeting": presenters.greeting(client.first_name, local.hour),
        "day": day_heading(local.date()),
        "can_contact": may(request.actor, "my.contact"),
        **contact(),
    }
    context |= _meetings(client, now)
    episode = open_episode(client)
    context |= questions(request, client, episode)
    if episode is None:
        return render(request, "client_portal/finished.html", {**context, **after_stay(client)})
    return render(request, "client_portal/today.html", {**context, **_next(client, now), **_week(client, now)})


def _next(client: Client, now: datetime) -> dict[str, Any]:
    session = schedule.next_session(client, now)
    if session is None:
        return {"next": None}
    held = schedule.holds([session.pk]).get(session.pk)
    notice = queries.told(client, session)
    arrival = queries.arrived(client, session) if _is_soon(session, now) else None
    return {
        "next": session_card(session, held, now, program.zone()),
        "arrived": arrival and presenters.arrived_words(arrival, program.zone()),
        "told": presenters.told_words(notice),
        "may_be_late": notice is None and _is_soon(session, now),
        "told_not": notice is not None and notice.kind == "cannot_come",
        "late_by": presenters.LATE_BY,
        "key": new_public_id(),
    }


def _is_soon(session: Session, now: datetime) -> bool:
    return session.starts_at - now <= presenters.LATE_WITHIN


def _week(client: Client, now: datetime) -> dict[str, Any]:
    ledger = schedule.week(client, schedule.this_week(now), now)
    changed = schedule.changes_for(client, now - presenters.TOLD_FOR, now)
    return {
        "week": week_view(ledger, now, program.zone()),
        "changes": presenters.changes(changed, program.zone()),
    }


def _meetings(client: Client, now: datetime) -> dict[str, Any]:
    """The next two that fit what they chose; None where they chose nothing, for nothing is assumed for them."""
    choice = choice_of(client)
    if choice is None:
        return {"meetings": None, "meetings_shown": True}
    if not choice.on_today:
        return {"meetings_shown": False}
    home = program.zone()
    coming = recovery.coming(next_fitting(choice, now, home), now, home)
    return {"meetings": coming, "meetings_shown": True, "more": finder(choice)}


urlpatterns = [path("today/", today, name="today")]
