"""My day, and the week of the program."""

from datetime import timedelta

from django.http import HttpResponseBase
from django.shortcuts import render
from django.urls import path

from trellis.foundation import clock
from trellis.foundation.access.pages import opened, opened_nobody, page
from trellis.foundation.access.permissions import may, shown_to
from trellis.foundation.access.requests import Request
from trellis.foundation.program import queries as program
from trellis.foundation.program.rules import week_with
from trellis.journey.inquiry.presenters import day_heading
from trellis.journey.measures.alert_queries import waiting_for as alerts_for
from trellis.journey.schedule import queries
from trellis.journey.schedule.pages.day import day_of
from trellis.journey.schedule.presenters.session import MyGroup
from trellis.journey.schedule.presenters.week import WeekPage
from trellis.journey.schedule.queries.tracks import tracks_of
from trellis.people.consent.outside.queries import waiting_for

AHEAD = timedelta(days=7)


@page("schedule.my_day", opens="client")
def my_day(request: Request) -> HttpResponseBase:
    """The groups that I lead: today's, and those of the next days."""
    now, zone = clock.now(), program.zone()
    begins, ends = queries.today_bounds(now)
    found = queries.filled(queries.my_sessions(request.actor.account_id or 0, begins, ends + AHEAD))
    groups = [MyGroup(one, now, zone) for one in found]
    opened_nobody(request)
    opened(request, *(shown_to(request.actor, one.lines) for one in found))  # it counts them and names nobody
    today = [group for group in groups if group.one.session.starts_at < ends]
    return render(request, "schedule/my_day.html", {
        "today": today, "later": [group for group in groups if group not in today],
        "on": next((group for group in today if group.is_on), None),
        "next": next((group for group in groups if not group.is_over and not group.one.cancelled), None),
        "day": day_heading(now.astimezone(zone).date()),
        "waiting": waiting_for(request.actor, now), "alerts": alerts_for(request.actor, now),
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


urlpatterns = [
    path("my-day/", my_day, name="my_day"),
    path("week/", week, name="week"),
]
