"""Somebody at work writes down which meetings fit a client, at the client's asking."""

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _

from trellis.foundation.access.pages import find_or_404, opened, page
from trellis.foundation.access.permissions import Refused
from trellis.foundation.access.requests import Request
from trellis.journey.recovery import actions, queries
from trellis.journey.recovery.addresses import finder, sheet
from trellis.journey.recovery.forms import MeetingChoiceForm
from trellis.people.clients.queries import clients


@page("recovery.help_choose_meetings", opens="client")
def meetings(request: Request, public_id: str) -> HttpResponseBase:
    client = find_or_404(request.actor, "recovery.help_choose_meetings", clients(), public_id)
    chosen = queries.choice_of(client)
    form = MeetingChoiceForm(request.POST or None, offer=queries.offered(), chosen=chosen)
    if request.method == "POST" and form.is_valid():
        try:
            actions.choose_meetings(by=request.actor, client=client, **form.cleaned_data)
        except Refused as refused:
            form.add_error("start", str(refused))
        else:
            messages.success(request, _("Saved. This is what fits them."))
            return redirect("recovery:meetings", client.public_id)
    opened(request, client)
    return render(request, "recovery/meetings.html", {
        "client": client, "form": form, "finder": finder(chosen), "sheet": sheet(chosen),
    })  # fmt: skip


urlpatterns = [path("clients/<slug:public_id>/meetings/", meetings, name="meetings")]
