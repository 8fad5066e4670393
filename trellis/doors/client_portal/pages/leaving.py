"""To take along: a way back, help, meetings, what was signed at the end of a stay; also for whoever left long ago."""

from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_safe

from trellis.doors.client_portal.shell import contact, own_record
from trellis.foundation import clock
from trellis.foundation.access.pages import opened, page
from trellis.foundation.access.requests import Request
from trellis.journey.continuity.leaving import pdf, presenters, queries, taken_along
from trellis.people.accounts.session import showed_themselves_lately


@require_safe
@page("my.leaving", opens="client")
def leaving(request: Request) -> HttpResponseBase:
    client = own_record(request, "my.leaving")
    if client is None:
        return redirect("my:today")
    opened(request, client)
    today = queries.today()
    return render(request, "client_portal/leaving.html", {
        "plans": [presenters.plan_card(one, today) for one in queries.plans_of(client) if one.goes_on],
        "signed": [one for row in queries.discharges(client) for one in presenters.ended(row, today).signed],
        **taken_along.taken_along(client, clock.now()), **contact(),
    })  # fmt: skip


@require_safe
@page("my.leaving", opens="client")
def summary(request: Request, summary: str) -> HttpResponseBase:
    """One's own record needs no consent (42 CFR 2.23); whoever sits at somebody else's screen takes nothing along."""
    client = own_record(request, "record.download")
    if client is None:
        return redirect("my:today")
    row = queries.summaries().filter(client=client, public_id=summary).first()
    if row is None:
        raise Http404
    if not showed_themselves_lately(request):
        return redirect("my:own_copy")
    opened(request, client)
    return pdf.attachment(row)


urlpatterns = [
    path("leaving/", leaving, name="leaving"),
    path("leaving/<slug:summary>/", summary, name="summary"),
]
