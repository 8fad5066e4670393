"""Referrals: those that wait with their clocks, one that comes in, and one on a page that is read in a minute."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from trellis.foundation import clock
from trellis.foundation.access.files import takes_file
from trellis.foundation.access.pages import find_or_404, opened, opened_nobody, page
from trellis.foundation.access.permissions import Refused, may, shown_to
from trellis.foundation.access.requests import Request, typed
from trellis.foundation.program import queries as program
from trellis.journey.inquiry.actions import referring
from trellis.journey.inquiry.forms.referrals import LARGEST_FILE, FileForm, TypedForm
from trellis.journey.inquiry.models import Inquiry, Referral
from trellis.journey.inquiry.pages.drafts import Kept
from trellis.journey.inquiry.queries import referrals as queries
from trellis.journey.inquiry.referral.arriving import Arrived
from trellis.journey.inquiry.referral_words import Waiting, in_a_minute, proposal_lines, step_lines
from trellis.people.clients.models import Client
from trellis.people.consent.paper import SHORT_NOTICE


@require_safe
@page("referral.list", opens="inquiry")
def waiting(request: Request) -> HttpResponseBase:
    found = queries.waiting(request.GET.get("page", "1"))
    found.object_list = shown_to(request.actor, found.object_list)
    if found.object_list:
        opened(request, found.object_list)
    else:
        opened_nobody(request)
    today = clock.today(program.zone())
    return render(request, "inquiry/referrals/list.html", {
        "page": found, "rows": [Waiting(one, today) for one in found.object_list],
        "may_receive": may(request.actor, "referral.receive"),
    })  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@page("referral.receive")
@takes_file(LARGEST_FILE)
def new(request: Request) -> HttpResponseBase:
    """A file or what is typed; whatever was typed stays where something is wrong with either."""
    kept = Kept(request, "referral-new")
    by_file = request.method == "POST" and request.POST.get("how") == "file"
    by_hand = request.method == "POST" and not by_file
    file = FileForm(request.POST, request.FILES) if by_file else FileForm()
    form = TypedForm(request.POST) if by_hand else TypedForm(initial=kept.initial(TypedForm))
    sent = file if by_file else form
    if sent.is_valid():
        arrived = file.cleaned_data["file"] if by_file else form.arrived
        try:
            return _received(request, arrived, kept, forget=by_hand)
        except Refused as refused:
            sent.add_error(None, str(refused))
    return render(request, "inquiry/referrals/new.html", {"file": file, "form": form, "kept": kept})


def _received(request: Request, arrived: Arrived, kept: Kept, *, forget: bool) -> HttpResponseBase:
    receipt = referring.receive(by=request.actor, arrived=arrived)
    if forget:
        kept.forget()
    if receipt.is_new:
        messages.success(request, _("The referral is here, with its original."))
    else:
        messages.info(request, _("This very referral was here already. Nothing was stored twice."))
    return redirect("referrals:one", receipt.referral.public_id)


@require_safe
@page("referral.read", opens="inquiry")
def one(request: Request, public_id: str) -> HttpResponseBase:
    referral = _find(request, "referral.read", public_id)
    opened(request, referral)
    standing = queries.standing(referral)
    proposed = [] if standing.confirmed else queries.proposals(request.actor, referral)
    steps = _may_be_named(request, queries.steps_of(referral))
    opened(request, [row.thing for row in proposed], [step for step, _thing in steps])
    return render(request, "inquiry/referrals/one.html", {
        "referral": referral, "inquiry": referral.inquiry.same_as or referral.inquiry,
        "minute": in_a_minute(referral, clock.today(program.zone())),
        "proposed": proposal_lines(proposed),
        "steps": step_lines(steps, standing),
        "may_match": may(request.actor, "referral.match", referral), "short_notice": SHORT_NOTICE,
        "may_work": may(request.actor, "inquiry.work", referral.inquiry),
    })  # fmt: skip


def _may_be_named(request: Request, steps: list[Any]) -> list[tuple[Any, Client | Inquiry]]:
    """Steps with whom they name, without people whose record is closed to the reader or whom they may not find."""
    keys: dict[str, list[str]] = {"client": [], "inquiry": []}
    for step in steps:
        kind, _colon, key = step.subject.partition(":")
        keys[kind].append(key)
    clients = [row for row in Client.objects.filter(pk__in=keys["client"]) if may(request.actor, "client.find", row)]
    asked = shown_to(request.actor, Inquiry.objects.filter(pk__in=keys["inquiry"]))
    rows: list[Client | Inquiry] = [*clients, *asked]
    things = {row.audit_subjects[0]: row for row in rows}
    return [(step, things[step.subject]) for step in steps if step.subject in things]


@require_safe
@page("referral.read", opens="inquiry")
def original(request: Request, public_id: str) -> HttpResponseBase:
    """As it was sent, to be saved."""
    referral = _find(request, "referral.read", public_id)
    opened(request, referral)
    response = HttpResponse(referring.original_of(referral), content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="referral-{referral.public_id}.json"'
    response["Cache-Control"] = "no-store"
    return response


@require_POST
@page("referral.match")
def match(request: Request, public_id: str) -> HttpResponseBase:
    return _decide(request, public_id, referring.match, _("Joined. You can take it back on this page."))


@require_POST
@page("referral.match")
def not_same(request: Request, public_id: str) -> HttpResponseBase:
    return _decide(request, public_id, referring.not_same, _("Written down: another person."))


@require_POST
@page("referral.match")
def undo(request: Request, public_id: str) -> HttpResponseBase:
    joined = queries.standing(_find(request, "referral.match", public_id)).confirmed
    if joined.startswith("inquiry:") and joined == typed(request, "subject"):
        done = _("Taken back. This inquiry waits for a call again. The other one stays as it is now.")
    else:
        done = _("Taken back. Everything stands as before.")
    return _decide(request, public_id, referring.undo_match, done)


def _decide(request: Request, public_id: str, act: Callable[..., Any], done: str) -> HttpResponseBase:
    referral = _find(request, "referral.match", public_id)
    try:
        act(by=request.actor, referral=referral, subject=typed(request, "subject"))
    except Refused as refused:
        messages.warning(request, str(refused))
    else:
        messages.success(request, done)
    return redirect("referrals:one", public_id)


def _find(request: Request, verb: str, public_id: str) -> Referral:
    return find_or_404(request.actor, verb, queries.referrals(), public_id)


urlpatterns = [
    path("referrals/", waiting, name="list"),
    path("referrals/new/", new, name="new"),
    path("referrals/<slug:public_id>/", one, name="one"),
    path("referrals/<slug:public_id>/original/", original, name="original"),
    path("referrals/<slug:public_id>/match/", match, name="match"),
    path("referrals/<slug:public_id>/not-same/", not_same, name="not_same"),
    path("referrals/<slug:public_id>/undo/", undo, name="undo"),
]
