"""What clients ask of us, for people at work: what is due first, one request, and writing one down for somebody."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from trellis.foundation.access.pages import find_or_404, opened, opened_nobody, page
from trellis.foundation.access.permissions import Refused, shown_to
from trellis.foundation.access.requests import Request
from trellis.people.clients.queries import clients
from trellis.people.rights import rules
from trellis.people.rights.models import RightsRequest
from trellis.people.rights.requests import actions, presenters, queries
from trellis.people.rights.requests.forms import FORMS, AnswerForm, HowForm

PER_PAGE = 30


@require_safe
@page("rights.answer", opens="client")
def requests(request: Request) -> HttpResponseBase:
    """What is due first stands first."""
    number = Paginator(queries.open_requests(), PER_PAGE).get_page(request.GET.get("page"))
    rows, today = shown_to(request.actor, number.object_list), queries.today()
    opened(request, [row.client for row in rows]) if rows else opened_nobody(request)
    return render(request, "rights/requests.html", {
        "heading": presenters.heading(number.paginator.count), "page": number, "lines": presenters.lines(rows, today),
    })  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@page("rights.answer", opens="client")
def request_page(request: Request, public_id: str) -> HttpResponseBase:
    row = find_or_404(request.actor, "rights.answer", queries.requests(), public_id)
    known = queries.asked(row)
    form = AnswerForm(request.POST if request.method == "POST" else None, kind=known.kind, steps=known.steps)
    if form.is_valid():
        try:
            _take(request, row, form.cleaned_data)
        except Refused as refused:
            messages.warning(request, str(refused))
        else:
            messages.success(request, _("Written down. The client reads it on their own page."))
        return redirect("rights:request", row.public_id)
    opened(request, row.client)
    return render(request, "rights/request.html", {
        "client": row.client, "shown": presenters.at_work(known, queries.today()),
        "form": form if known.steps else None, "term": rules.TERMS[known.kind],
    })  # fmt: skip


def _take(request: Request, row: RightsRequest, said: dict[str, Any]) -> None:
    step, words = said["step"], said["words"]
    if step in rules.THEIRS:
        actions.follow(by=request.actor, request=row, step=step, words=words)
    else:
        actions.answer(by=request.actor, request=row, step=step, words=words, parts=said.get("parts", ()))


@require_http_methods(["GET", "HEAD", "POST"])
@page("rights.help_ask", opens="client")
def help_ask(request: Request, public_id: str, what: str) -> HttpResponseBase:
    """A client says it, and somebody here writes it down."""
    client = find_or_404(request.actor, "rights.help_ask", clients(), public_id)
    if what not in FORMS:
        raise Http404
    data = request.POST if request.method == "POST" else None
    form, how = FORMS[what](data), HowForm(data)
    if form.is_valid() and how.is_valid():
        try:
            done = actions.ask(by=request.actor, client=client, wish=form.wish(), how=how.cleaned_data["how"])
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            day = presenters.day_words(done.due_on)
            messages.success(request, _("Written down. It is answered by %(day)s.") % {"day": day})
            return redirect("rights:one", client.public_id)
    opened(request, client)
    return render(request, "rights/help_ask.html", {"client": client, "form": form, "how": how})


urlpatterns = [
    path("rights/", requests, name="requests"),
    path("rights/requests/<slug:public_id>/", request_page, name="request"),
    path("clients/<slug:public_id>/rights/ask/<slug:what>/", help_ask, name="help_ask"),
]
