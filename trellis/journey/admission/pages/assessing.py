"""Somebody who asked for help is assessed before anybody is admitted: who they are, and who assesses."""

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from trellis.foundation.access.pages import find_or_404, opened, page
from trellis.foundation.access.permissions import Refused, may
from trellis.foundation.access.requests import Request
from trellis.foundation.program import queries as program
from trellis.journey.admission.assessing import actions, queries
from trellis.journey.admission.forms import SOMEBODY_NEW, AssessForm
from trellis.journey.admission.knowing import behind, came_with, known_to
from trellis.journey.inquiry import queries as inquiries
from trellis.journey.inquiry.models import Inquiry
from trellis.people.clients.models import Client


@require_http_methods(["GET", "HEAD", "POST"])
@page("admission.begin_assessment", opens="inquiry")
def assess(request: Request, public_id: str) -> HttpResponseBase:
    inquiry = find_or_404(request.actor, "inquiry.convert", inquiries.inquiries(), public_id)
    begun = queries.assessment_of(inquiry)
    person = behind(inquiry)
    known = [person] if person else known_to(request.actor, inquiry, request.POST)
    given = {"known": person.public_id} if person else {"known": SOMEBODY_NEW, **came_with(inquiry)}
    form = AssessForm(request.POST or None, initial=given, blueprint=program.current(), known=known)
    if request.method == "POST" and form.is_valid():
        try:
            return _begun(request, inquiry, form)
        except Refused as refused:
            form.add_error(None, str(refused))
    opened(request, inquiry, known)
    return render(request, "admission/assess.html", {
        "inquiry": inquiry, "form": form, "begun": begun, "person": person,
        "may_read": person is not None and may(request.actor, "client.read", person),
    })  # fmt: skip


def _begun(request: Request, inquiry: Inquiry, form: AssessForm) -> HttpResponseBase:
    clinician = form.cleaned_data["clinician"]
    begun = actions.begin_assessment(by=request.actor, inquiry=inquiry, clinician=clinician, **form.person())
    messages.success(request, _("%(name)s assesses them now.") % {"name": clinician.chosen_name})
    return _on(request, begun.client, inquiry)


def _on(request: Request, client: Client, inquiry: Inquiry) -> HttpResponseBase:
    if may(request.actor, "client.read", client):
        return redirect("clients:client", client.public_id)
    return redirect("admission:assess", inquiry.public_id)


urlpatterns = [path("assess/<slug:public_id>/", assess, name="assess")]
