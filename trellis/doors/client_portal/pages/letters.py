"""Letters: what is under way, and one form to ask for another; also for whoever left."""

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from trellis.doors.client_portal.shell import contact, own_record
from trellis.foundation.access.pages import opened, page
from trellis.foundation.access.permissions import Refused
from trellis.foundation.access.requests import Request
from trellis.journey.continuity.leaving import own_letters


@require_http_methods(["GET", "HEAD", "POST"])
@page("my.letters", opens="client")
def letters(request: Request) -> HttpResponseBase:
    client = own_record(request, "my.letters")
    if client is None:
        return redirect("my:today")
    form = own_letters.OwnLetterForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            own_letters.ask(by=request.actor, client=client, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Written down. You see here what becomes of it."))
            return redirect("my:letters")
    opened(request, client)
    return render(request, "client_portal/letters.html", {
        "lines": own_letters.lines(client), "form": form, **contact(),
    })  # fmt: skip


urlpatterns = [path("letters/", letters, name="letters")]
