"""Who works here and does not see a client's record: the list of those who guard privacy, and "I know this person"."""

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from trellis.foundation.access.pages import find_or_404, opened, page
from trellis.foundation.access.permissions import Refused
from trellis.foundation.access.requests import Request
from trellis.people.clients import queries
from trellis.people.clients.forms import KeepOutForm
from trellis.people.clients.kept_out import actions
from trellis.people.clients.kept_out import queries as kept_out
from trellis.people.staff import queries as staff


@require_http_methods(["GET", "HEAD", "POST"])
@page("client.see_kept_out", opens="client")
def keep_out(request: Request, public_id: str) -> HttpResponseBase:
    person = find_or_404(request.actor, "client.see_kept_out", queries.clients(), public_id)
    form = KeepOutForm(request.POST if request.method == "POST" else None, staff=staff.working())
    if form.is_valid():
        member = form.cleaned_data["staff_member"]
        try:
            actions.keep_out(by=request.actor, client=person, account=member.account)
        except Refused as refused:
            form.add_error("staff_member", str(refused))
        else:
            messages.success(request, _("The record is closed to %(name)s.") % {"name": member.chosen_name})
            return redirect("clients:keep_out", person.public_id)
    opened(request, person)
    return render(request, "clients/keep_out.html", {
        "client": person, "form": form, "kept": kept_out.kept_out_of(person),
    })  # fmt: skip


@require_POST
@page("client.see_kept_out")
def let_in(request: Request, public_id: str, kept: str) -> HttpResponseBase:
    person = find_or_404(request.actor, "client.see_kept_out", queries.clients(), public_id)
    row = find_or_404(request.actor, "client.let_in", kept_out.kept_out_of(person), kept)
    try:
        actions.let_in(by=request.actor, kept=row)
        messages.success(request, _("The record is open to %(name)s again.") % {"name": row.account.chosen_name})
    except Refused as refused:
        messages.warning(request, str(refused))
    return redirect("clients:keep_out", person.public_id)


@require_http_methods(["GET", "HEAD", "POST"])
@page("client.step_back", opens="client")
def step_back(request: Request, public_id: str) -> HttpResponseBase:
    """After it the page that led here is closed to whoever pressed the button."""
    person = find_or_404(request.actor, "client.step_back", queries.clients(), public_id)
    if request.method == "POST":
        try:
            actions.step_back(by=request.actor, client=person)
        except Refused as refused:
            messages.warning(request, str(refused))
            return redirect("clients:client", person.public_id)
        messages.success(request, _("The record is closed to you. Thank you for saying it."))
        return redirect("clients:find")
    opened(request, person)
    return render(request, "clients/step_back.html", {"client": person})


urlpatterns = [
    path("clients/<slug:public_id>/kept-out/", keep_out, name="keep_out"),
    path("clients/<slug:public_id>/kept-out/<slug:kept>/end/", let_in, name="let_in"),
    path("clients/<slug:public_id>/step-back/", step_back, name="step_back"),
]
