"""Records that may be one person's, for those who may see both: they join them, or part them."""

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from trellis.foundation.access.pages import opened, opened_nobody, page
from trellis.foundation.access.permissions import Refused
from trellis.foundation.access.requests import Request
from trellis.journey.admission.one_person import actions, queries


@require_safe
@page("admission.compare", opens="client")
def one_person(request: Request) -> HttpResponseBase:
    pairs = queries.waiting_for(request.actor)
    opened_nobody(request)
    opened(request, pairs)
    return render(request, "admission/one_person.html", {"pairs": pairs})


@require_POST
@page("admission.compare")
def compare(request: Request, second: str, first: str) -> HttpResponseBase:
    asked = (second, first)
    pairs = [one for one in queries.waiting_for(request.actor) if (one.second.public_id, one.first.public_id) == asked]
    if not pairs:
        raise Http404
    (pair,), one = pairs, request.POST.get("found") == "one"
    try:
        (actions.join if one else actions.part)(by=request.actor, pair=pair)
    except Refused as refused:
        messages.warning(request, str(refused))
        return redirect("admission:one_person")
    messages.success(request, _("Written down: one person.") if one else _("Written down: two people."))
    return redirect("admission:one_person")


urlpatterns = [
    path("one-person/", one_person, name="one_person"),
    path("one-person/<slug:second>/<slug:first>/", compare, name="compare"),
]
