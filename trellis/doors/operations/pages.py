"""What is due to be deleted, what must be kept, and how long what is kept."""

from typing import Any

from django.contrib import messages
from django.db.models import Model
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from trellis.doors.operations import presenters
from trellis.doors.operations.forms import AT_ONCE, DeleteForm, EndForm, FindForm, HoldForm
from trellis.doors.operations.models import LegalHold
from trellis.doors.operations.retention import actions, going, queries
from trellis.doors.operations.retention.queries import Due
from trellis.doors.operations.retention.terms import read
from trellis.foundation import clock
from trellis.foundation.access.actor import Actor
from trellis.foundation.access.pages import find_or_404, opened, opened_nobody, page
from trellis.foundation.access.permissions import Refused, may
from trellis.foundation.access.requests import Request
from trellis.foundation.record.folding import fold
from trellis.journey.inquiry.models import Inquiry
from trellis.people.accounts.again import again
from trellis.people.accounts.models import Account
from trellis.people.clients.models import Client

DELETED_SHOWN = 20
HELD_SHOWN = 100
FOUND_SHOWN = 10


@require_http_methods(["GET", "HEAD", "POST"])
@page("retention.see", opens="client")
def due(request: Request) -> HttpResponseBase:
    found = [one for one in queries.due(read(), clock.now().date()) if request.actor.kept_out.isdisjoint(one.names)]
    free, held = [one for one in found if not one.held], [one for one in found if one.held]
    shown = [*free[:AT_ONCE], *held[:HELD_SHOWN]]
    lines = presenters.due_lines(shown)
    choices = [(one.subject, f"{one.title} ({one.detail})") for one in lines if not one.held]
    form = DeleteForm(_sent(request), choices=choices)
    deletes = may(request.actor, "retention.delete")
    if deletes and form.is_valid():
        _delete(request, [one for one in free if one.subject in form.cleaned_data["who"]])
        return redirect("retention:due")
    opened_nobody(request)
    opened(request, *(name for one in shown for name in sorted(one.names)))
    choosing = form if deletes and free else None
    return render(request, "operations/retention/due.html", {
        "lines": [one for one in lines if one.held or not choosing], "form": choosing, "free": len(free),
        "more": len(free) - AT_ONCE,
        "deleted": [presenters.tombstone_line(row) for row in queries.deleted()[:DELETED_SHOWN]], "current": "due",
    })  # fmt: skip


def _sent(request: Request) -> Any:
    return request.POST if request.method == "POST" else None


def _delete(request: Request, wanted: list[Due]) -> None:
    done, left = going.delete_all(request.actor, wanted)
    if done:
        said = ngettext("%(number)s record was deleted.", "%(number)s records were deleted.", done)
        messages.success(request, said % {"number": done})
    for _one, why in left:
        messages.warning(request, why)


@require_http_methods(["GET", "HEAD", "POST"])
@page("retention.see", opens="client")
def holds(request: Request) -> HttpResponseBase:
    """What is held now; and, by a whole name, whoever could be."""
    rows = [one for one in queries.standing()[:HELD_SHOWN] if one.subject not in request.actor.kept_out]
    form = FindForm(_sent(request))
    found = _called(request.actor, form.cleaned_data["name"]) if form.is_valid() else None
    opened_nobody(request)
    opened(request, rows, found or [])
    return render(request, "operations/retention/holds.html", {
        "lines": presenters.hold_lines(rows, _names(rows)), "form": form, "current": "holds",
        "found": None if found is None else [_found(one) for one in found],
    })  # fmt: skip


def _called(actor: Actor, name: str) -> list[Any]:
    clients = Client.objects.filter(search_name=fold(name))[:FOUND_SHOWN]
    asked = Inquiry.objects.filter(name_folded=fold(name), same_as=None)[:FOUND_SHOWN]
    return [one for one in [*clients, *asked] if actor.kept_out.isdisjoint(one.audit_subjects)]


def _found(row: Any) -> presenters.Line:
    name = row.chosen_name if isinstance(row, Client) else row.name
    return presenters.Line(name, presenters.kind_words(queries.key_of(row)[0]), row.public_id)


def _names(rows: list[LegalHold]) -> dict[str, str]:
    keys = {one.by.partition(":")[2] for one in rows if one.by.startswith("account:")}
    return {f"account:{pk}": name for pk, name in Account.objects.filter(pk__in=keys).values_list("pk", "chosen_name")}


@require_http_methods(["GET", "HEAD", "POST"])
@page("retention.hold", opens="client")
def hold(request: Request, public_id: str) -> HttpResponseBase:
    row = _record_or_404(request, "retention.hold", public_id)
    kind, key = queries.key_of(row)
    form = HoldForm(_sent(request))
    if form.is_valid():
        try:
            actions.hold(by=request.actor, row=row, reason=form.cleaned_data["reason"])
        except Refused as refused:
            form.add_error("reason", str(refused))
        else:
            messages.success(request, _("Held. Nothing in this record is deleted until you end the hold."))
            return redirect("retention:hold", public_id)
    rows = list(queries.standing().filter(subject=f"{kind}:{key}"))
    opened(request, f"{kind}:{key}")
    name = getattr(row, read().subjects[kind].name or "_", "") or presenters.kind_words(kind)
    return render(request, "operations/retention/hold.html", {
        "name": name, "kind": presenters.kind_words(kind), "form": form,
        "lines": presenters.hold_lines(rows, _names(rows)), "current": "holds",
    })  # fmt: skip


def _record_or_404(request: Request, verb: str, public_id: str) -> Any:
    """A client, an inquiry or a note: their ids are drawn from one pot."""
    for kind in ("client", "inquiry", "outside"):
        rows: Any = read().subjects[kind].model._base_manager.all()
        try:
            found: Model = find_or_404(request.actor, verb, rows, public_id)
        except Http404:
            continue
        return found
    raise Http404


@require_http_methods(["GET", "HEAD", "POST"])
@page("retention.end_hold", opens="client")
def end_hold(request: Request, public_id: str) -> HttpResponseBase:
    held = find_or_404(request.actor, "retention.end_hold", queries.standing(), public_id)
    form = EndForm(_sent(request))
    (line,) = presenters.hold_lines([held], _names([held]))
    if form.is_valid():
        try:
            actions.end_hold(by=request.actor, held=held, reason=form.cleaned_data["reason"])
        except Refused as refused:
            form.add_error("reason", str(refused))
        else:
            messages.success(request, _("The hold is ended."))
            return redirect("retention:holds")
    opened(request, held)
    return render(request, "operations/retention/end_hold.html", {"line": line, "form": form, "current": "holds"})


@require_safe
@page("retention.see")
def terms(request: Request) -> HttpResponseBase:
    return render(request, "operations/retention/terms.html", {"kinds": presenters.kind_lines(), "current": "terms"})


urlpatterns = [
    # Looking is free; whoever deletes, or lets a record be deleted, types their password again.
    path("retention/", again(due), name="due"),
    path("retention/holds/", holds, name="holds"),
    path("retention/holds/<slug:public_id>/end/", again(end_hold), name="end_hold"),
    path("retention/record/<slug:public_id>/", hold, name="hold"),
    path("retention/terms/", terms, name="terms"),
]
