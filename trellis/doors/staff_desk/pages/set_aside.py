"""Messages that did not go out, each with a sentence that says why."""

from collections.abc import Callable

from django.contrib import messages as words
from django.core.paginator import Paginator
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from trellis.doors.staff_desk.set_aside import presenters, queries
from trellis.foundation.access.pages import find_or_404, opened, opened_nobody, page
from trellis.foundation.access.permissions import shown_to
from trellis.foundation.access.requests import Request
from trellis.foundation.messaging import actions
from trellis.foundation.messaging.models import Message
from trellis.foundation.messaging.queries import parked

PER_PAGE = 30


@require_safe
@page("messaging.read_set_aside", opens="client")
def set_aside(request: Request) -> HttpResponseBase:
    number = Paginator(parked(), PER_PAGE).get_page(request.GET.get("page"))
    rows = shown_to(request.actor, number.object_list)
    clients = queries.clients_of(rows)
    opened_nobody(request)
    opened(request, rows)
    return render(request, "staff_desk/set_aside.html", {
        "heading": presenters.heading(number.paginator.count), "page": number,
        "rows": [presenters.row(one, clients) for one in rows],
    })  # fmt: skip


@page("messaging.settle")
@require_POST
def settle(request: Request, public_id: str) -> HttpResponseBase:
    return _see_to(request, public_id, "messaging.settle", actions.settle, _("Seen to. It does not go out."))


@page("messaging.requeue")
@require_POST
def try_again(request: Request, public_id: str) -> HttpResponseBase:
    done = _("It is tried again within a minute. Where it may still not go, it comes back here.")
    return _see_to(request, public_id, "messaging.requeue", actions.requeue, done)


def _see_to(request: Request, public_id: str, verb: str, act: Callable[..., Message], done: str) -> HttpResponseBase:
    """One that somebody else saw to in the meantime is not there any more."""
    message = find_or_404(request.actor, verb, parked(), public_id)
    act(by=request.actor, message=message)
    words.success(request, done)
    return redirect("staff_desk:set_aside")


urlpatterns = [
    path("set-aside/", set_aside, name="set_aside"),
    path("set-aside/<slug:public_id>/seen-to/", settle, name="settle_message"),
    path("set-aside/<slug:public_id>/again/", try_again, name="try_message_again"),
]
