"""Who looked at somebody's record: by role, purpose and day, a month on a page."""

from datetime import date, datetime, time, tzinfo

from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path

from trellis.doors.client_portal import looked_words, openings, queries
from trellis.doors.client_portal.shell import contact, own_record
from trellis.foundation import clock
from trellis.foundation.access.pages import opened, page
from trellis.foundation.access.requests import Request
from trellis.foundation.program import queries as program
from trellis.people.clients.kept_out.subjects import subjects_of
from trellis.people.clients.models import Watch
from trellis.people.clients.watched.queries import watches_of


@page("my.looked", opens="client")
def looked(request: Request) -> HttpResponseBase:
    client = own_record(request, "my.looked")
    if client is None:
        return redirect("my:today")
    zone = program.zone()
    today = clock.now().astimezone(zone).date()
    this = today.replace(day=1)
    month = month_asked(request.GET.get("month", ""), this)
    subjects = subjects_of(client)
    since, until = _midnight(month, zone), _midnight(openings.next_month(month), zone)
    found = openings.days(queries.openings(client, subjects, since, until), zone)
    watches = watches_of(client, clock.now())
    opened(request, client)
    weeks = looked_words.weeks_in_words(openings.weeks(found, month, today))
    return render(request, "client_portal/looked.html", {
        "month": looked_words.month_words(month),
        "sums": openings.sums(found),
        "weeks": weeks,
        "most": max((week.count for week in weeks), default=0),
        "days": [looked_words.day_of_lines(day) for day in found],
        "before": _before(month, this, queries.first_opening(subjects), zone),
        "after": "" if month == this else f"{openings.next_month(month):%Y-%m}",
        "watched": bool(watches),
        "wished": any(one.why == Watch.Why.WISH for one in watches),
        **contact(),
    })  # fmt: skip


def month_asked(asked: str, this: date) -> date:
    """A month of the last three years; this one where none was asked for."""
    if not asked:
        return this
    try:
        month = date.fromisoformat(f"{asked}-01")
    except ValueError as fault:
        raise Http404 from fault
    if not openings.earliest(this) <= month <= this:
        raise Http404
    return month


def _before(month: date, this: date, first: datetime | None, zone: tzinfo) -> str:
    """The month before, where anything happened then or earlier and it is not too long ago."""
    before = openings.month_before(month)
    begun = first is not None and first.astimezone(zone).date() < month
    return f"{before:%Y-%m}" if begun and before >= openings.earliest(this) else ""


def _midnight(day: date, zone: tzinfo) -> datetime:
    return datetime.combine(day, time(), zone)


urlpatterns = [path("looked/", looked, name="looked")]
