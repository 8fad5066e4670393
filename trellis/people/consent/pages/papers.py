"""Papers: the scan of a consent that was signed on one, and the letter that a client's consent let go."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from trellis.foundation.access.files import takes_file
from trellis.foundation.access.pages import find_or_404, opened, opened_nobody, page
from trellis.foundation.access.permissions import Refused, may
from trellis.foundation.access.requests import Request
from trellis.foundation.documents import giving, shelf
from trellis.foundation.documents.models import Document
from trellis.people.clients.models import Client
from trellis.people.clients.queries import clients
from trellis.people.consent import actions, forms, presenters, queries
from trellis.people.consent.actions import gate
from trellis.people.consent.models import Consent


@require_safe
@page("consent.keep_scan", opens="client")
def missing(request: Request) -> HttpResponseBase:
    """Papers whose scan is missing, the oldest first."""
    rows = queries.scans_missing(request.actor)
    opened_nobody(request)
    opened(request, rows)
    return render(request, "consent/papers_missing.html", {"papers": presenters.papers((row, 0) for row in rows)})


@require_safe
@page("consent.read", opens="client")
def paper(request: Request, public_id: str, consent: str) -> HttpResponseBase:
    client, row = _consent(request, "consent.read", public_id, consent)
    return _paper(request, client, row, forms.ScanForm())


@page("consent.keep_scan", opens="client")
@require_POST
@takes_file(settings.DOCUMENT_BYTES)
def keep(request: Request, public_id: str, consent: str) -> HttpResponseBase:
    client, row = _consent(request, "consent.keep_scan", public_id, consent)
    form = forms.ScanForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            actions.keep_scan(by=request.actor, consent=row, file=form.cleaned_data["file"])
        except Refused as refused:
            form.add_error("file", str(refused))
        else:
            messages.success(request, _("The page is kept."))
            return redirect("consent:paper", client.public_id, row.public_id)
    return _paper(request, client, row, form)


@require_safe
@page("consent.read", opens="client")
def scan(request: Request, public_id: str, consent: str, scan: str) -> HttpResponseBase:
    client, row = _consent(request, "consent.read", public_id, consent)
    found = get_object_or_404(queries.scans_of(row), public_id=scan)
    opened(request, client)
    return _given(request, found.document, "consent", "consent:paper", client.public_id, row.public_id)


@require_safe
@page("disclosure.make", opens="client")
def letter(request: Request, public_id: str, disclosure: str) -> HttpResponseBase:
    """The letter as it was written down. The gate is asked again: it leaves now."""
    client = find_or_404(request.actor, "disclosure.make", clients(), public_id)
    rows = queries.letters(client)
    if not may(request.actor, "consent.read", client):  # the last team of a stay: what it sent itself
        rows = rows.filter(by=request.actor.name)
    row = get_object_or_404(rows, public_id=disclosure)
    if not gate.may_still_go(client, row):
        gate.note_refusal(by=request.actor, client=client)
        messages.warning(request, _("This letter stays here: what let it go no longer holds."))
        return redirect(_back(request, client), client.public_id)
    opened(request, client)
    return _given(request, row.letter, "letter", _back(request, client), client.public_id)


def _back(request: Request, client: Client) -> str:
    """The last team of a stay that has ended sees no more of what is shared than its own asking."""
    return "consent:sharing" if may(request.actor, "consent.read", client) else "consent:ask"


def _given(request: Request, document: Document | None, name: str, back: str, *where: str) -> HttpResponseBase:
    assert document is not None
    try:
        return giving.attachment(document, name)
    except shelf.Damaged:
        messages.warning(request, _("This file cannot be read from the disk. Tell the program administrator."))
        return redirect(back, *where)


def _paper(request: Request, client: Client, row: Consent, form: forms.ScanForm) -> HttpResponseBase:
    opened(request, client)
    return render(request, "consent/paper.html", {
        "client": client, "form": form, "scans": queries.scans_of(row), "consent": row,
        "title": presenters.paper_title(row), "can_keep": may(request.actor, "consent.keep_scan", row),
    })  # fmt: skip


def _consent(request: Request, verb: str, public_id: str, consent: str) -> tuple[Client, Consent]:
    client = find_or_404(request.actor, verb, clients(), public_id)
    on_paper = queries.consents().filter(client=client, signed_on=Consent.SignedOn.PAPER)
    return client, find_or_404(request.actor, verb, on_paper, consent)


urlpatterns = [
    path("papers/", missing, name="papers_missing"),
    path("clients/<slug:public_id>/sharing/paper/<slug:consent>/", paper, name="paper"),
    path("clients/<slug:public_id>/sharing/paper/<slug:consent>/keep/", keep, name="keep_scan"),
    path("clients/<slug:public_id>/sharing/paper/<slug:consent>/<slug:scan>/", scan, name="scan"),
    path("clients/<slug:public_id>/sharing/letter/<slug:disclosure>/", letter, name="letter"),
]
