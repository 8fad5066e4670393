from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.urls import path

from trellis.foundation.access.pages import page
from trellis.foundation.access.permissions import may
from trellis.foundation.access.requests import Request
from trellis.ui import navigation


@page("desk.open")
def home(request: Request) -> HttpResponseBase:
    """The first place that this person may open; their own account when there is none."""
    links = navigation.links("staff", allowed=lambda verb: may(request.actor, verb))
    return redirect(links[0].url if links else "accounts:details")


urlpatterns = [path("", home, name="home")]
