"""How much care is right: facts in, what the program's rules say, and what a clinician decides."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from trellis.foundation import clock
from trellis.foundation.access.pages import find_or_404, opened, page
from trellis.foundation.access.permissions import Refused, may
from trellis.foundation.access.requests import Request
from trellis.foundation.program import queries as program
from trellis.journey.admission.levels import actions, presenters, queries
from trellis.journey.admission.levels.blueprint import care_levels
from trellis.journey.admission.levels.forms import LevelForm
from trellis.journey.admission.levels.known import known
from trellis.journey.admission.levels.rules import PASSING, VALUES, Fact, is_recent
from trellis.journey.admission.models import LevelAssessment
from trellis.people.clients.models import Client
from trellis.people.clients.queries import clients
from trellis.people.staff.licenses.queries import refusal_to_sign
from trellis.people.staff.licenses.rules import Signing


@require_http_methods(["GET", "HEAD", "POST"])
@page("level.read", opens="client")
def level(request: Request, public_id: str) -> HttpResponseBase:
    """Looking keeps nothing: the same form is sent once more to be written down."""
    client = find_or_404(request.actor, "level.read", clients(), public_id)
    before = queries.assessments(client)
    waits = bool(before) and before[0].kind == LevelAssessment.Kind.PROPOSED and before[0].by != request.actor.name
    deciding = may(request.actor, "level.decide", client)
    cannot = refusal_to_sign(request.actor, Signing.LEVEL) if deciding else None
    deciding = deciding and cannot is None
    form = LevelForm(
        request.POST.dict() if request.method == "POST" else None, initial=_before(before),
        after_proposal=waits and deciding, known=known(request.actor, client),
    )  # fmt: skip
    if form.is_valid() and "keep" in request.POST:
        if _keep(request, client, form, deciding):
            return redirect("clients:client", client.public_id)
        # Whatever came meanwhile stands on this page, below: sent once more the form has seen it.
        form.data = {**form.data, "seen": before[0].public_id if before else ""}
    opened(request, client)
    said = _said(form)
    if said is not None and not form.cleaned_data["level"]:
        form.data = {**form.data, "level": said.level}  # what the rules say stands there, to be agreed to or changed
    return render(request, "admission/level.html", {
        "client": client, "form": form, "said": said, "before": [presenters.kept(row) for row in before],
        "danger": form.is_bound and form.cleaned_data.get(Fact.SAFETY.value) == VALUES[Fact.SAFETY][-1],
        "may_decide": deciding, "cannot": cannot,
        "may_propose": may(request.actor, "level.propose", client), "has_rules": care_levels() is not None,
    })  # fmt: skip


def _before(before: list[LevelAssessment]) -> dict[str, Any]:
    """What was found last time stands there to be looked at, never to be asked again; what changes fast only lately."""
    if not before:
        return {}
    last = before[0]
    zone = program.zone()
    recent = is_recent(last.at.astimezone(zone).date(), clock.today(zone))
    facts = {fact.value: last.facts.get(fact.value) or "" for fact in Fact if recent or fact not in PASSING}
    because = {f"{fact}_why": why for fact, why in presenters.reasons(last).items()}
    return {**facts, **because, "hours": last.hours, "seen": last.public_id}


def _said(form: LevelForm) -> presenters.Said | None:
    section = care_levels()
    if section is None or not form.is_bound or not form.is_valid():
        return None
    found = queries.recommended(form.facts())
    assert found is not None  # the section is there
    return presenters.said(found, section, form.cleaned_data["hours"])


def _keep(request: Request, client: Client, form: LevelForm, deciding: bool) -> bool:
    try:
        (actions.decide if deciding else actions.propose)(by=request.actor, client=client, **form.said())
    except Refused as refused:
        form.add_error(None, str(refused))
        return False
    messages.success(request, _("Decided and written down.") if deciding else _("Proposed. A clinician decides."))
    return True


urlpatterns = [path("clients/<slug:public_id>/level/", level, name="level")]
