"""The program today: what needs somebody now, who is here, who is missing, who waits, who falls short."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe

from trellis.doors.staff_desk.presenters import SHOWN, Today
from trellis.foundation import clock
from trellis.foundation.access.pages import opened, opened_nobody, page
from trellis.foundation.access.permissions import shown_to
from trellis.foundation.access.requests import Request
from trellis.foundation.messaging.queries import parked
from trellis.foundation.program.queries import zone
from trellis.journey.admission.one_person.queries import waiting_for as pairs_for
from trellis.journey.continuity.advice.queries import due_number
from trellis.journey.continuity.leaving.queries import waiting_for as leaving_for
from trellis.journey.inquiry import queries as inquiries
from trellis.journey.measures.alert_queries import waiting_for as alerts_for
from trellis.journey.schedule.queries import led_by_somebody_kept_out
from trellis.journey.schedule.queries import program_today as ask_program
from trellis.people.breaches.queries import waiting_for as incidents_for
from trellis.people.clients.emergency.queries import waiting_for as emergencies_for
from trellis.people.clients.watched.queries import waiting_for as watched_for
from trellis.people.consent.outside.queries import waiting_for
from trellis.people.rights.requests.queries import waiting_for as requests_for


@require_safe
@page("program.today", opens="client")
def program_today(request: Request) -> HttpResponse:
    now = clock.now()
    board = inquiries.board(now=now, tab="to_call")
    board.page.object_list = shown_to(request.actor, board.page.object_list)
    today = Today(
        ask_program(now, request.actor),
        board,
        inquiries.hours(),
        waiting_for(request.actor, now),
        emergencies_for(request.actor, now),
        requests_for(request.actor, now.astimezone(zone()).date()),
        pairs_for(request.actor),
        led_by_somebody_kept_out(now, request.actor),
        parked().count(),
        incidents_for(request.actor, now.astimezone(zone()).date()),
        watched_for(request.actor, now),
        leaving_for(request.actor, now.astimezone(zone()).date()),
        due_number(request.actor, now),
    )
    opened_nobody(request)
    opened(request, *today.subjects, board.page.object_list[:SHOWN])
    return render(request, "staff_desk/program_today.html", {
        "today": today, "alerts": alerts_for(request.actor, now),
    })  # fmt: skip


urlpatterns = [path("today/", program_today, name="program_today")]
