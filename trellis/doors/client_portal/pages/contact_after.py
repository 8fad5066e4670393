"""Whether and how we are in touch after a stay: theirs to say, ended in one tap, with or without a sign-in."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from trellis.doors.client_portal.shell import contact, own_record
from trellis.foundation.access.pages import opened, page, public
from trellis.foundation.access.public_forms import came_from_here
from trellis.foundation.access.requests import Request
from trellis.journey.continuity.aftercare import actions, links, presenters, queries
from trellis.journey.continuity.aftercare.forms import AgreementForm


@require_http_methods(["GET", "HEAD", "POST"])
@page("my.contact_after", opens="client")
def contact_after(request: Request) -> HttpResponseBase:
    client = own_record(request, "my.contact_after")
    if client is None:
        return redirect("my:today")
    if request.method == "POST" and "end" in request.POST:
        actions.agree(by=request.actor, client=client, yes=False)
        messages.success(request, _("It has ended. We do not call or write to ask how you are."))
        return redirect("my:contact_after")
    now = queries.agreement_of(client)
    form = AgreementForm(request.POST or None, initial=presenters.as_typed(now))
    if form.is_valid():
        actions.agree(by=request.actor, client=client, **form.said)
        messages.success(request, _("Saved. We reach you this way from now on."))
        return redirect("my:contact_after")
    opened(request, client)
    return render(request, "client_portal/contact_after.html", {
        "form": form, "is_yes": now is not None and now.yes, "now": presenters.agreement_words(now) if now else "",
        **contact(),
    })  # fmt: skip


@csrf_exempt  # guarded by the link, which nobody can guess, and by where it comes from: no cookie before sign-in
@require_http_methods(["GET", "HEAD", "POST"])
@public("whoever has the link of a message ends these messages, and sees nothing else")
def stop(request: Request, token: str) -> HttpResponseBase:
    """A page that says nothing about anybody. A program that looks at links opens it by GET, and ends nothing."""
    client = links.client_of(token)
    if client is None:
        raise Http404
    if request.method == "POST":
        if not came_from_here(request):
            raise PermissionDenied(_("This form was sent from another site. Open it here and send it again."))
        actions.end_by_link(by=request.actor, client=client)
    response = render(request, "client_portal/stop.html", {"done": request.method == "POST"})
    response["Cache-Control"] = "no-store"  # its address is somebody's, though it names nobody
    return response


urlpatterns = [
    path("contact-after/", contact_after, name="contact_after"),
    path("stop/<str:token>/", stop, name="stop"),
]
