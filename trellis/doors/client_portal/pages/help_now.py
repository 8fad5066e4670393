"""Help now, from any state: signed in, signed out, session over."""

from django.http import HttpResponseBase
from django.shortcuts import render
from django.urls import path

from trellis.doors.client_portal.shell import contact
from trellis.foundation.access.pages import public
from trellis.foundation.access.requests import Request


@public("help in a crisis asks nobody to sign in")
def help_now(request: Request) -> HttpResponseBase:
    return render(request, "client_portal/help.html", contact())


urlpatterns = [path("help/", help_now, name="help")]
