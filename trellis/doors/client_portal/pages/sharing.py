"""Whom we may tell what: theirs to allow, to look at and to stop with one tap; and what was told."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from trellis.doors.client_portal.shell import contact, own_record
from trellis.foundation.access.pages import find_or_404, opened, page
from trellis.foundation.access.permissions import Refused
from trellis.foundation.access.requests import Request
from trellis.foundation.program import queries as program
from trellis.people.consent import actions, presenters, queries, signing
from trellis.people.consent.forms import NEVER, WITH_TREATMENT, OwnSignatureForm
from trellis.people.consent.models import ConsentEnd
from trellis.people.consent.pages.passed_on import print_out
from trellis.people.consent.rules.words import Information, Kind, Purpose

PER_PAGE = 20
#: what most people want to allow somebody close, to be changed at will
FOR_SOMEBODY = {
    "information": [Information.PRESENCE, Information.ATTENDANCE], "purposes": [Purpose.FAMILY_SUPPORT],
    "until": WITH_TREATMENT,
}  # fmt: skip


@page("my.sharing", opens="client")
def sharing(request: Request) -> HttpResponseBase:
    client = own_record(request, "my.sharing")
    if client is None:
        return redirect("my:today")
    opened(request, client)
    known, zone = queries.known(client), program.zone()
    lines = [presenters.line(held, zone) for held in known.held]
    return render(request, "client_portal/sharing.html", {
        "in_force": [line for line in lines if not line.why_out],
        "over": [line for line in lines if line.why_out],
        "care_is_signed": any(held.row.kind == Kind.TPO for held in known.in_force),
        **contact(),
    })  # fmt: skip


@page("my.sharing", opens="client")
def told(request: Request) -> HttpResponseBase:
    """The accounting of disclosures: who was told what, in the last three years."""
    client = own_record(request, "my.sharing")
    if client is None:
        return redirect("my:today")
    opened(request, client)
    number = Paginator(queries.disclosures(client), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "client_portal/told_to_others.html", {
        "page": number, "told": [presenters.told(row) for row in number.object_list], **contact(),
    })  # fmt: skip


@page("my.sharing", opens="client")
def passed_on(request: Request) -> HttpResponseBase:
    """What intermediaries told us of their passing on, in the last three years (42 CFR 2.24)."""
    client = own_record(request, "my.sharing")
    if client is None:
        return redirect("my:today")
    opened(request, client)
    return render(request, "client_portal/passed_on.html", {"rows": queries.passed_on(client), **contact()})


@page("my.sharing", opens="client")
def passed_on_print(request: Request) -> HttpResponseBase:
    client = own_record(request, "my.sharing")
    if client is None:
        return redirect("my:today")
    opened(request, client)
    return render(request, "consent/passed_on_print.html", print_out(client, reverse("my:passed_on")))


@page("my.sharing", opens="client")
def share(request: Request) -> HttpResponseBase:
    """With somebody they name."""
    return _sign(request, Kind.SPECIFIC, FOR_SOMEBODY)


@page("my.sharing", opens="client")
def share_for_care(request: Request) -> HttpResponseBase:
    """Treatment, payment and running the program, with one signature."""
    return _sign(request, Kind.TPO, {"until": NEVER})


def _sign(request: Request, kind: Kind, initial: dict[str, Any]) -> HttpResponseBase:
    client = own_record(request, "my.sharing")
    if client is None:
        return redirect("my:today")
    opened(request, client)
    data = request.POST if request.method == "POST" else None
    way = signing.step(
        data, by=request.actor, client=client, kind=kind, make_signature=OwnSignatureForm, initial=initial
    )  # fmt: skip
    if way.signed:
        messages.success(request, _("Signed. It holds from now on, and you can stop it whenever you like."))
        return redirect("my:sharing")
    return render(request, "client_portal/share.html", {"way": way, "for_care": kind == Kind.TPO, **contact()})


@page("my.sharing", opens="client")
@require_POST
def stop(request: Request, consent: str) -> HttpResponseBase:
    client = own_record(request, "my.sharing")
    if client is None:
        return redirect("my:today")
    row = find_or_404(request.actor, "consent.revoke", queries.consents().filter(client=client), consent)
    try:
        actions.revoke(by=request.actor, consent=row, how=ConsentEnd.How.PORTAL)
        messages.success(request, _(
            "Stopped. From this moment we tell them nothing more. What we told before cannot be called back."
        ))  # fmt: skip
    except Refused as refused:
        messages.warning(request, str(refused))
    return redirect("my:sharing")


urlpatterns = [
    path("sharing/", sharing, name="sharing"),
    path("sharing/told/", told, name="told_to_others"),
    path("sharing/passed-on/", passed_on, name="passed_on"),
    path("sharing/passed-on/print/", passed_on_print, name="passed_on_print"),
    path("sharing/somebody/", share, name="share"),
    path("sharing/care/", share_for_care, name="share_for_care"),
    path("sharing/<slug:consent>/stop/", stop, name="stop_sharing"),
]
