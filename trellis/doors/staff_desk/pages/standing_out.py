"""Openings that stand out: for whoever guards privacy here to ask about."""

from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe

from trellis.doors.staff_desk.standing_out import presenters, queries
from trellis.foundation import clock
from trellis.foundation.access.pages import opened, opened_nobody, page
from trellis.foundation.access.requests import Request

DAYS = (7, 30, 90)
SHOWN = 100


@require_safe
@page("audit.stand_out", opens="client")
def standing_out(request: Request) -> HttpResponse:
    asked = request.GET.get("days", "")
    days = int(asked) if asked in map(str, DAYS) else DAYS[0]
    found = queries.lines(clock.now() - timedelta(days=days), request.actor)
    opened_nobody(request)
    opened(request, *(one.clients for one in found[:SHOWN]))
    rows = [presenters.row(one) for one in found[:SHOWN]]
    context = {"rows": rows, "more": len(found) > SHOWN, "days": days, "choices": DAYS}
    return render(request, "staff_desk/standing_out.html", context)


urlpatterns = [path("standing-out/", standing_out, name="standing_out")]
