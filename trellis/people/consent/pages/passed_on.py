"""The list for intermediaries (42 CFR 2.24): what they told us, written down beside what we had told; and on paper."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from trellis.foundation import clock
from trellis.foundation.access.pages import find_or_404, opened, page
from trellis.foundation.access.permissions import Refused, may, require
from trellis.foundation.access.requests import Request
from trellis.foundation.program import queries as program
from trellis.people.clients.models import Client
from trellis.people.clients.queries import clients
from trellis.people.consent import actions, presenters, queries
from trellis.people.consent.forms import PassedOnForm


@require_http_methods(["GET", "HEAD", "POST"])
@page("consent.read", opens="client")
def passed_on(request: Request, public_id: str) -> HttpResponseBase:
    client = find_or_404(request.actor, "consent.read", clients(), public_id)
    told = {row.public_id: row for row in queries.to_intermediaries(client)}
    choices = [(key, presenters.in_a_line(row)) for key, row in told.items()]
    form = PassedOnForm(request.POST if request.method == "POST" else None, told=choices)
    if request.method == "POST":
        require(request.actor, "disclosure.note_passed_on", client)
        if form.is_valid():
            said = dict(form.cleaned_data)
            disclosure = told[said.pop("told")]
            try:
                actions.note_passed_on(by=request.actor, client=client, disclosure=disclosure, **said)
            except Refused as refused:
                form.add_error(None, str(refused))
            else:
                messages.success(request, _("Written down. The client sees it on their own page."))
                return redirect("consent:passed_on", client.public_id)
    opened(request, client)
    may_note = bool(told) and may(request.actor, "disclosure.note_passed_on", client)
    return render(request, "consent/passed_on.html", {
        "client": client, "rows": queries.passed_on(client), "form": form if may_note else None,
    })  # fmt: skip


@require_safe
@page("consent.read", opens="client")
def on_paper(request: Request, public_id: str) -> HttpResponseBase:
    """For the client, who asked for it in writing."""
    client = find_or_404(request.actor, "consent.read", clients(), public_id)
    opened(request, client)
    back = reverse("consent:passed_on", args=[client.public_id])
    return render(request, "consent/passed_on_print.html", print_out(client, back))


def print_out(client: Client, back: str) -> dict[str, Any]:
    today = date_format(clock.today(program.zone()), "DATE_FORMAT")
    return {
        "client": client, "rows": queries.passed_on(client), "program": program.current().program, "day": today,
        "back": back,
    }  # fmt: skip


urlpatterns = [
    path("clients/<slug:public_id>/sharing/passed-on/", passed_on, name="passed_on"),
    path("clients/<slug:public_id>/sharing/passed-on/print/", on_paper, name="passed_on_print"),
]
