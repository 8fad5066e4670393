"""After the end of a stay: its summary, the sheet they take along, and the next place."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from trellis.foundation import clock
from trellis.foundation.access.pages import find_or_404, opened, page
from trellis.foundation.access.permissions import Refused, may
from trellis.foundation.access.requests import Request
from trellis.journey.continuity.aftercare import presenters as afterwards
from trellis.journey.continuity.leaving import actions, draft, pdf, presenters, queries, signed_words, taken_along
from trellis.journey.continuity.leaving.forms import PlanForm, StepForm, SummaryForm
from trellis.journey.continuity.leaving.queries import Plan
from trellis.journey.continuity.models import Discharge
from trellis.people.clients.models import Client
from trellis.people.clients.queries import clients
from trellis.people.consent.actions import gate
from trellis.people.consent.actions.gate import Wanted
from trellis.people.consent.deaths import has_died
from trellis.people.consent.presenters import answer, in_a_line
from trellis.people.consent.rules.case import Recipient
from trellis.people.consent.rules.words import Information, Purpose, Who

# --- the summary ------------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
@page("discharge.read", opens="client")
def discharge(request: Request, public_id: str) -> HttpResponseBase:
    """The last stay that ended: what is known, the summary to sign, and those that were signed."""
    client = find_or_404(request.actor, "discharge.read", clients(), public_id)
    rows = queries.discharges(client)
    form = _summary_form(request, client, rows[0]) if rows and may(request.actor, "discharge.sign", client) else None
    if form is not None and form.is_bound and form.is_valid() and _sign(request, rows[0], form):
        return redirect("leaving:discharge", client.public_id)
    opened(request, client)
    today = queries.today()
    return render(request, "continuity/leaving_discharge.html", {
        "client": client, "form": form, "has_died": has_died(client),
        "ended": [presenters.ended(row, today) for row in rows],
        "sees_client": may(request.actor, "client.read", client),
        "sees_transition": may(request.actor, "transition.read", client),
        "agreed": afterwards.agreed(client, rows[0].episode) if rows else None,
        "sees_contact": may(request.actor, "contact_after.see", client),
    })  # fmt: skip


def _summary_form(request: Request, client: Client, row: Discharge) -> SummaryForm:
    signed = getattr(row, "signed", [])
    if request.method == "POST":
        return SummaryForm(request.POST, amends=bool(signed))
    if signed:
        known: dict[str, Any] = signed_words.read(queries.words(signed[-1].words_sealed))
        return SummaryForm(amends=True, initial={**known, "seen": signed[-1].public_id})
    return SummaryForm(amends=False, initial=draft.drafted(client, row))


def _sign(request: Request, row: Discharge, form: SummaryForm) -> bool:
    said = form.cleaned_data
    try:
        actions.sign_summary(
            by=request.actor, row=row, words=form.words(), language=(get_language() or "en")[:2],
            why=said.get("why", ""), seen=said["seen"],
        )  # fmt: skip
    except Refused as refused:
        form.add_error(None, str(refused))
        return False
    messages.success(request, _("Signed. Its words do not change any more; what comes later stands beside it."))
    return True


@require_safe
@page("discharge.read", opens="client")
def summary(request: Request, public_id: str, summary: str) -> HttpResponseBase:
    """Its PDF, for the program's own record. To somebody else it goes through the gate."""
    client = find_or_404(request.actor, "discharge.read", clients(), public_id)
    row = get_object_or_404(queries.summaries().filter(client=client), public_id=summary)
    opened(request, client)
    return pdf.attachment(row)


@require_safe
@page("discharge.read", opens="client")
def sheet(request: Request, public_id: str) -> HttpResponseBase:
    """What somebody who leaves takes along, on paper; without a name on it."""
    client = find_or_404(request.actor, "discharge.read", clients(), public_id)
    opened(request, client)
    return render(request, "continuity/leaving_sheet.html", {
        "client": client, "decided_to_go": queries.decided_to_go(client),
        **taken_along.taken_along(client, clock.now()),
    })  # fmt: skip


# --- the next place ---------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
@page("transition.read", opens="client")
def transition(request: Request, public_id: str) -> HttpResponseBase:
    client = find_or_404(request.actor, "transition.read", clients(), public_id)
    form = PlanForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.plan(by=request.actor, client=client, **form.said())
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(
                request, _("Written down. The days until they are seen there are counted from their last day here.")
            )
            return redirect("leaving:transition", client.public_id)
    opened(request, client)
    today = queries.today()
    return render(request, "continuity/leaving_transition.html", {
        "client": client, "form": form, "cards": [presenters.plan_card(one, today) for one in queries.plans_of(client)],
        "may_plan": may(request.actor, "transition.plan", client),
        "sees_client": may(request.actor, "client.read", client),
    })  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@page("transition.read", opens="client")
def plan(request: Request, public_id: str) -> HttpResponseBase:
    """One place: what was done, whether they got there, and whether papers may go."""
    row = find_or_404(request.actor, "transition.read", queries.plans(), public_id)
    client = row.client
    (known,) = queries.filled(queries.plans().filter(pk=row.pk))
    sent = [(one, in_a_line(one)) for one in queries.lately_sent(client, [row.place])]
    form = StepForm(
        request.POST if request.method == "POST" else None, sent=sent, initial={"on": queries.today()}
    )  # fmt: skip
    if form.is_valid() and _step(request, known, form):
        return redirect("leaving:plan", row.public_id)
    opened(request, client)
    return render(request, "continuity/leaving_plan.html", {
        "client": client, "form": form, "card": presenters.plan_card(known, queries.today()),
        "answer": answer(gate.decide(client, wanted_by(row.place))),
        "may_plan": may(request.actor, "transition.plan", client),
        "may_ask": may(request.actor, "disclosure.ask", client),
        "sees_sharing": may(request.actor, "consent.read", client),
    })  # fmt: skip


def _step(request: Request, known: Plan, form: StepForm) -> bool:
    try:
        actions.step(by=request.actor, row=known.row, **form.said())
    except Refused as refused:
        form.add_error(None, str(refused))
        return False
    messages.success(request, _("Written down."))
    return True


def wanted_by(place: str) -> Wanted:
    """What the next place needs: that they come from us, and how it ended."""
    return Wanted(
        Recipient(Who.ORGANIZATION, place, frozenset({"treating_provider"})), Purpose.TREATMENT,
        (Information.PRESENCE, Information.DISCHARGE_SUMMARY),
    )  # fmt: skip


urlpatterns = [
    path("clients/<slug:public_id>/discharge/", discharge, name="discharge"),
    path("clients/<slug:public_id>/discharge/<slug:summary>/", summary, name="summary"),
    path("clients/<slug:public_id>/leaving/", sheet, name="sheet"),
    path("clients/<slug:public_id>/transition/", transition, name="transition"),
    path("transitions/<slug:public_id>/", plan, name="plan"),
]
