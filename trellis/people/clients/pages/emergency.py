"""A record opened in an emergency: the page that opens it, and the pages on which somebody reads why."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from trellis.foundation import clock
from trellis.foundation.access.pages import find_or_404, opened, opened_nobody, page
from trellis.foundation.access.permissions import Refused, shown_to
from trellis.foundation.access.requests import Request
from trellis.people.accounts.again import again
from trellis.people.clients.emergency import actions, queries, rules
from trellis.people.clients.emergency.forms import EmergencyForm, ReviewForm
from trellis.people.clients.kept_out import queries as kept_out

PER_PAGE = 30


@require_http_methods(["GET", "HEAD", "POST"])
@page("client.open_in_emergency")
def emergency(request: Request) -> HttpResponseBase:
    form = EmergencyForm(request.POST or None)
    if form.is_valid():
        try:
            opening = actions.open_in_emergency(by=request.actor, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect("clients:client", opening.client.public_id)
    return render(request, "clients/emergency.html", {"form": form})


@require_safe
@page("client.review_emergency", opens="client")
def emergencies(request: Request) -> HttpResponseBase:
    """What nobody has read, the oldest first; below it what was read."""
    waiting = shown_to(request.actor, queries.unread())
    read = Paginator(queries.read_already(), PER_PAGE).get_page(request.GET.get("page"))
    read.object_list = shown_to(request.actor, read.object_list)
    opened_nobody(request)
    opened(request, waiting, read.object_list)
    late = rules.late_before(clock.now())
    return render(request, "clients/emergencies.html", {
        "waiting": [(one, one.since < late) for one in waiting], "page": read,
    })  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@page("client.review_emergency", opens="client")
def emergency_one(request: Request, public_id: str) -> HttpResponseBase:
    opening = find_or_404(request.actor, "client.review_emergency", queries.openings(), public_id)
    form = ReviewForm(request.POST or None)
    if form.is_valid():
        try:
            actions.review(by=request.actor, opening=opening, **form.cleaned_data)
        except Refused as refused:
            messages.warning(request, str(refused))
        else:
            messages.success(request, _("Written down."))
        return redirect("clients:emergencies")
    opened(request, opening)
    return render(request, "clients/emergency_one.html", {
        "one": opening, "form": form, "review": getattr(opening, "review", None),
        "was_closed": kept_out.is_kept_out(opening.account_id, opening.client_id),
        "own": opening.account_id == request.actor.account_id,
    })  # fmt: skip


urlpatterns = [
    # Whoever sits at somebody else's screen opens nothing: the password is typed again.
    path("clients/emergency/", again(emergency), name="emergency"),
    path("clients/emergency/read/", emergencies, name="emergencies"),
    path("clients/emergency/read/<slug:public_id>/", emergency_one, name="emergency_one"),
]
