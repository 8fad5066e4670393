"""How I am doing: what they answered, as a picture of their own."""

from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_safe

from trellis.doors.client_portal.shell import contact, own_record
from trellis.foundation.access.pages import opened, page
from trellis.foundation.access.requests import Request
from trellis.journey.care.trajectories.presenters import over_time as over_time_of


@require_safe
@page("my.over_time", opens="client")
def over_time(request: Request) -> HttpResponseBase:
    client = own_record(request, "my.over_time")
    if client is None:
        return redirect("my:today")
    opened(request, client)
    found = over_time_of(client, request.GET.get("measure", ""), own=True)
    return render(request, "client_portal/over_time.html", {"found": found, **contact()})


urlpatterns = [path("over-time/", over_time, name="over_time")]
