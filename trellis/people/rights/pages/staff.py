"""Clients' rights, for people at work: who has not read the notice, and what is known of one client."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from trellis.foundation.access.pages import find_or_404, opened, opened_nobody, page
from trellis.foundation.access.permissions import may, shown_to
from trellis.foundation.access.requests import Request
from trellis.people.clients.models import Client
from trellis.people.clients.queries import clients
from trellis.people.rights.forms import RecordForm
from trellis.people.rights.notice import actions, presenters, queries
from trellis.people.rights.requests import presenters as words
from trellis.people.rights.requests import queries as asked
from trellis.people.rights.requests.forms import FORMS

PER_PAGE = 30


@require_safe
@page("notice.list", opens="client")
def unread(request: Request) -> HttpResponseBase:
    """Who is in the program and has not acknowledged the words in force."""
    version = queries.in_force()
    number = Paginator(queries.not_read(version), PER_PAGE).get_page(request.GET.get("page"))
    people = shown_to(request.actor, number.object_list)
    opened(request, people) if people else opened_nobody(request)
    return render(request, "rights/unread.html", {
        "heading": presenters.heading(number.paginator.count), "page": number, "lines": presenters.lines(people),
    })  # fmt: skip


@require_safe
@page("rights.read", opens="client")
def one(request: Request, public_id: str) -> HttpResponseBase:
    client = _person(request, public_id, "rights.read")
    opened(request, client)
    return render(request, "rights/one.html", {
        "client": client, **_notice_of(request, client), **_requests_of(request, client),
        "can_ask": may(request.actor, "rights.help_ask", client),
        "forms": {key: {"title": form.title} for key, form in FORMS.items()},
    })  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@page("notice.record", opens="client")
def record(request: Request, public_id: str) -> HttpResponseBase:
    client = _person(request, public_id, "notice.record")
    form = RecordForm(request.POST if request.method == "POST" else None, initial={"language": client.language})
    if form.is_valid():
        actions.record(by=request.actor, client=client, **form.cleaned_data)
        messages.success(request, _("Written down."))
        return redirect("rights:one", client.public_id)
    opened(request, client)
    return render(request, "rights/record.html", {"client": client, "form": form})


def _notice_of(request: Request, client: Client) -> dict[str, Any]:
    reading = queries.reading(client)
    word, tone = presenters.state(reading)
    return {
        "reading": reading, "word": word, "tone": tone, "sentence": presenters.sentence(reading),
        "can_record": may(request.actor, "notice.record", client),
    }  # fmt: skip


def _requests_of(request: Request, client: Client) -> dict[str, Any]:
    """A complaint is for those who answer; what holds is for everybody who meets the client."""
    answers, now = may(request.actor, "rights.answer", client), asked.today()
    found = asked.of_client(client, complaints=answers)
    return {
        "can_answer": answers,
        "shown": [words.at_work(one, now) for one in found],
        "holding": [words.at_work(one, now) for one in found if asked.holds(one)],
    }


def _person(request: Request, public_id: str, verb: str) -> Client:
    return find_or_404(request.actor, verb, clients(), public_id)


urlpatterns = [
    path("rights/notice/", unread, name="unread"),
    path("clients/<slug:public_id>/rights/", one, name="one"),
    path("clients/<slug:public_id>/rights/notice/", record, name="record_notice"),
]
