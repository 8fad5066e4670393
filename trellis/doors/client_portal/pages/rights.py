"""What a client can ask of us, and the notice that says so."""

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from trellis.doors.client_portal.shell import contact, own_record
from trellis.foundation.access.pages import opened, page
from trellis.foundation.access.permissions import Refused
from trellis.foundation.access.requests import Request, typed
from trellis.people.rights.notice import actions as notices
from trellis.people.rights.notice import presenters as notice_words
from trellis.people.rights.notice import queries as notice_queries


@require_safe
@page("my.rights", opens="client")
def rights(request: Request) -> HttpResponseBase:
    client = own_record(request, "my.rights")
    if client is None:
        return redirect("my:today")
    opened(request, client)
    return render(request, "client_portal/rights.html", {"reading": notice_queries.reading(client), **contact()})


@require_safe
@page("my.rights", opens="client")
def notice(request: Request) -> HttpResponseBase:
    """The words in force, with one tap under them."""
    client = own_record(request, "my.rights")
    if client is None:
        return redirect("my:today")
    opened(request, client)
    reading = notice_queries.reading(client)
    return render(request, "client_portal/notice.html", {
        "reading": reading, "notice": notice_words.notice(reading.version), **contact(),
    })  # fmt: skip


@page("notice.acknowledge")
@require_POST
def acknowledge(request: Request) -> HttpResponseBase:
    client = own_record(request, "notice.acknowledge")
    if client is None:
        return redirect("my:today")
    number = typed(request, "number")
    try:
        notices.acknowledge(
            by=request.actor, client=client, number=int(number) if number.isdecimal() else 0,
            language=notice_words.language(),
        )  # fmt: skip
    except Refused as refused:
        messages.warning(request, str(refused))
        return redirect("my:notice")
    messages.success(request, _("Thank you. You find the notice here whenever you want to read it again."))
    return redirect("my:rights")


urlpatterns = [
    path("rights/", rights, name="rights"),
    path("rights/notice/", notice, name="notice"),
    path("rights/notice/read/", acknowledge, name="acknowledge"),
]
