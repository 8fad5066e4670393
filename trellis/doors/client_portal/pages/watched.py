"""The client asks us to look closely at who opens their record, or no longer asks."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from trellis.doors.client_portal.shell import own_record
from trellis.foundation.access.pages import page
from trellis.foundation.access.permissions import Refused
from trellis.foundation.access.requests import Request
from trellis.people.clients.watched import actions


@require_POST
@page("my.looked")
def watch(request: Request) -> HttpResponseBase:
    return _act(request, actions.wish_watch, _("We look closely at who opens your record from now on."))


@require_POST
@page("my.looked")
def end_watch(request: Request) -> HttpResponseBase:
    return _act(request, actions.end_wish, _("You no longer ask for it."))


def _act(request: Request, act: Callable[..., Any], done: str) -> HttpResponseBase:
    client = own_record(request, "my.looked")
    if client is None:
        return redirect("my:today")
    try:
        act(by=request.actor, client=client)
        messages.success(request, done)
    except Refused as refused:
        messages.warning(request, str(refused))
    return redirect("my:looked")


urlpatterns = [
    path("looked/watch/", watch, name="watch"),
    path("looked/watch/end/", end_watch, name="end_watch"),
]
