"""Who acts for a client, for people at work: all of them, a representative entered, one ended."""

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from trellis.foundation.access.pages import find_or_404, opened, page
from trellis.foundation.access.permissions import Refused, may
from trellis.foundation.access.requests import Request
from trellis.foundation.program import queries as program
from trellis.people.clients.queries import clients
from trellis.people.proxies import actions, presenters, queries
from trellis.people.proxies.forms import RepresentativeForm


@require_safe
@page("proxy.read", opens="client")
def of_client(request: Request, public_id: str) -> HttpResponseBase:
    client = find_or_404(request.actor, "proxy.read", clients(), public_id)
    opened(request, client)
    zone = program.zone()
    return render(request, "proxies/of_client.html", {
        "client": client, "lines": [presenters.at_work(one, zone) for one in queries.of_client(client)],
        "can_enter": may(request.actor, "proxy.enter", client),
    })  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@page("proxy.enter", opens="client")
def enter(request: Request, public_id: str) -> HttpResponseBase:
    """The link stands on this answer and nowhere else."""
    client = find_or_404(request.actor, "proxy.enter", clients(), public_id)
    opened(request, client)
    form = RepresentativeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            made = actions.enter(by=request.actor, client=client, **form.said())
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            return render(request, "proxies/link.html", {"client": client, "made": made})
    return render(request, "proxies/enter.html", {"client": client, "form": form})


@require_POST
@page("proxy.read")
def end(request: Request, public_id: str, access: str) -> HttpResponseBase:
    client = find_or_404(request.actor, "proxy.end", clients(), public_id)
    row = find_or_404(request.actor, "proxy.end", queries.accesses().filter(client=client), access)
    actions.end(by=request.actor, access=row)
    messages.success(request, _("Ended. From this moment they open nothing here."))
    return redirect("proxies:of_client", client.public_id)


urlpatterns = [
    path("clients/<slug:public_id>/acting/", of_client, name="of_client"),
    path("clients/<slug:public_id>/acting/enter/", enter, name="enter"),
    path("clients/<slug:public_id>/acting/<slug:access>/end/", end, name="end"),
]
