"""The week as a list, on the phone and on one sheet of paper."""

from datetime import date, timedelta

from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path

from trellis.doors.client_portal.shell import contact, own_record
from trellis.foundation import clock
from trellis.foundation.access.pages import opened, page
from trellis.foundation.access.requests import Request
from trellis.foundation.program import queries as program
from trellis.foundation.program.rules import Week, week_with
from trellis.journey.schedule import queries as schedule
from trellis.journey.schedule.week_words import week_view

#: how far a client may turn the pages
REACH = timedelta(weeks=26)


@page("my.week", opens="client")
def week(request: Request, day: str = "") -> HttpResponseBase:
    client = own_record(request, "my.week")
    if client is None:
        return redirect("my:today")
    now = clock.now()
    this = schedule.this_week(now)
    asked = week_asked(day, this) if day else this
    opened(request, client)
    return render(request, "client_portal/week.html", {
        "week": week_view(schedule.week(client, asked, now), now, program.zone()),
        "is_this": asked == this,
        "before": (asked.start - timedelta(days=7)).isoformat(),
        "after": (asked.start + timedelta(days=7)).isoformat(),
        "start": asked.start.isoformat(),
        "client": client,
        **contact(),
    })  # fmt: skip


def week_asked(day: str, this: Week) -> Week:
    try:
        asked = date.fromisoformat(day)
    except ValueError as fault:
        raise Http404 from fault
    if abs(asked - this.start) > REACH:
        raise Http404
    return week_with(asked, program.zone(), program.current().program.week_start)


urlpatterns = [
    path("week/", week, name="week"),
    path("week/<str:day>/", week, name="week_of"),
]
