"""Which care is next, for one client; and everybody whose level it is time to look at again."""

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from trellis.foundation import clock
from trellis.foundation.access.pages import find_or_404, opened, opened_nobody, page
from trellis.foundation.access.permissions import Refused
from trellis.foundation.access.requests import Request
from trellis.journey.continuity.advice import actions, presenters, queries
from trellis.journey.continuity.advice.blueprint import advising, reassessment
from trellis.journey.continuity.advice.forms import ReviewForm
from trellis.people.clients.queries import clients


@require_safe
@page("advice.read", opens="client")
def due(request: Request) -> HttpResponseBase:
    found = queries.due(request.actor, clock.now())
    opened_nobody(request)
    opened(request, [one.client for one in found])
    return render(request, "continuity/advice_due.html", {
        "rows": presenters.rows(found), "heading": presenters.heading(len(found)), "says": reassessment(),
    })  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@page("advice.read", opens="client")
def what_next(request: Request, public_id: str) -> HttpResponseBase:
    client = find_or_404(request.actor, "advice.read", clients(), public_id)
    stay, may_decide = queries.stay_of(client, request.actor)
    found = presenters.next_care(queries.looked(client, stay, clock.now()), advising()) if stay else None
    form = ReviewForm(request.POST if request.method == "POST" else None, initial={"seen": found.seen if found else ""})
    if form.is_valid():
        try:
            actions.review(by=request.actor, client=client, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Decided and written down. Write the level down, too, where it changes."))
            return redirect("advice:next", client.public_id)
    opened(request, client)
    asks = may_decide and found is not None and bool(found.cards)
    return render(request, "continuity/advice_next.html", {
        "client": client, "found": found, "form": form if asks else None, "says": reassessment(),
    })  # fmt: skip


urlpatterns = [
    path("reassess/", due, name="due"),
    path("clients/<slug:public_id>/next/", what_next, name="next"),
]
