"""Who acts for the client here: theirs to let in, to see and to end with one tap."""

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from trellis.doors.client_portal.shell import contact, own_record
from trellis.foundation.access.pages import find_or_404, opened, page
from trellis.foundation.access.permissions import Refused
from trellis.foundation.access.requests import Request
from trellis.foundation.program import queries as program
from trellis.people.clients.models import Client
from trellis.people.consent import queries as consent
from trellis.people.consent.rules.words import Who
from trellis.people.proxies import actions, presenters, queries, rules
from trellis.people.proxies.forms import LetInForm


@require_http_methods(["GET", "HEAD", "POST"])
@page("my.helpers", opens="client")
def helpers(request: Request) -> HttpResponseBase:
    """Whoever may be let in stands in a consent already. The link stands on this answer and nowhere else."""
    client = own_record(request, "my.helpers")
    if client is None:
        return redirect("my:today")
    opened(request, client)
    names = _named(client)
    form = LetInForm(request.POST if request.method == "POST" else None, names=names)
    if form.is_valid():
        try:
            made = actions.let_in(by=request.actor, client=client, **form.said())
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            return render(request, "client_portal/helper_link.html", {"made": made, **contact()})
    zone = program.zone()
    lines = [presenters.own(one, zone) for one in queries.of_client(client)]
    return render(request, "client_portal/helpers.html", {
        "form": form, "names": names, "lines": [line for line in lines if line.holds],
        "over": [line for line in lines if not line.holds], **contact(),
    })  # fmt: skip


@require_POST
@page("my.helpers")
def end(request: Request, access: str) -> HttpResponseBase:
    client = own_record(request, "my.helpers")
    if client is None:
        return redirect("my:today")
    row = find_or_404(request.actor, "proxy.end", queries.accesses().filter(client=client), access)
    try:
        actions.end(by=request.actor, access=row)
        messages.success(request, _("Ended. From this moment they see nothing of you here."))
    except Refused as refused:
        messages.warning(request, str(refused))
    return redirect("my:helpers")


def _named(client: Client) -> list[str]:
    """People whom a consent in force names for this purpose, each once."""
    found = [
        one.name
        for held in consent.known(client).in_force
        if rules.PURPOSE in held.rule.purposes
        for one in held.recipients
        if one.kind == Who.PERSON
    ]
    return list(dict.fromkeys(found))


urlpatterns = [
    path("helpers/", helpers, name="helpers"),
    path("helpers/<slug:access>/end/", end, name="end_helper"),
]
