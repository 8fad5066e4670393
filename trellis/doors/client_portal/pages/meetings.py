"""Which meetings fit: theirs to say, to change and to leave open."""

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _

from trellis.doors.client_portal.shell import contact, own_record
from trellis.foundation.access.pages import opened, page
from trellis.foundation.access.permissions import Refused
from trellis.foundation.access.requests import Request
from trellis.journey.recovery import queries
from trellis.journey.recovery.actions import choose_meetings
from trellis.journey.recovery.addresses import finder
from trellis.journey.recovery.forms import MeetingChoiceForm


@page("my.meetings", opens="client")
def meetings(request: Request) -> HttpResponseBase:
    client = own_record(request, "my.meetings")
    if client is None:
        return redirect("my:today")
    chosen = queries.choice_of(client)
    form = MeetingChoiceForm(request.POST or None, offer=queries.offered(), chosen=chosen)
    if request.method == "POST" and form.is_valid():
        try:
            choose_meetings(by=request.actor, client=client, **form.cleaned_data)
        except Refused as refused:
            form.add_error("start", str(refused))
        else:
            messages.success(request, _("Saved. You can change it whenever you like."))
            return redirect(f"{reverse('my:today')}#meetings")
    opened(request, client)
    return render(request, "client_portal/meetings.html", {
        "form": form, "chosen": chosen, "finder": finder(chosen), **contact(),
    })  # fmt: skip


urlpatterns = [path("meetings/", meetings, name="meetings")]
