"""How a week's hours are counted, down to each session, in words for the person whose hours they are."""

from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path

from trellis.doors.client_portal.counted import Counted
from trellis.doors.client_portal.pages.week import week_asked
from trellis.doors.client_portal.shell import contact, own_record
from trellis.foundation import clock
from trellis.foundation.access.pages import opened, page
from trellis.foundation.access.requests import Request
from trellis.foundation.program import queries as program
from trellis.journey.schedule import queries as schedule


@page("my.week", opens="client")
def hours(request: Request, day: str) -> HttpResponseBase:
    client = own_record(request, "my.week")
    if client is None:
        return redirect("my:today")
    now, blueprint = clock.now(), program.current()
    asked = week_asked(day, schedule.this_week(now))
    ledger = schedule.week(client, asked, now)
    opened(request, client)
    return render(request, "client_portal/hours.html", {
        "rows": [Counted(line, blueprint.program.zone, blueprint) for line in ledger.lines],
        "ledger": ledger,
        "first": asked.start,
        "last": asked.end,
        "week": asked.start.isoformat(),
        **contact(),
    })  # fmt: skip


urlpatterns = [path("week/<str:day>/hours/", hours, name="hours")]
