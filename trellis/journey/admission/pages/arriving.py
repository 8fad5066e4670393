"""What is still missing of somebody's admission: one page, with a way to each thing, and two for coverage and needs."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from trellis.foundation.access.pages import find_or_404, opened, page
from trellis.foundation.access.permissions import Refused, may
from trellis.foundation.access.requests import Request
from trellis.foundation.program import queries as program
from trellis.journey.admission.arriving import actions, presenters, queries
from trellis.journey.admission.arriving.blueprint import Arriving, arriving
from trellis.journey.admission.arriving.forms import CoverageForm, NeedsForm, PaperForm, StepForm
from trellis.journey.admission.arriving.orientation import orientation
from trellis.journey.admission.arriving.queries import Arrival
from trellis.journey.admission.arriving.rules import By
from trellis.journey.admission.models import NeedFact
from trellis.journey.admission.refusals import show
from trellis.people.clients.actions import assign
from trellis.people.clients.models import Client
from trellis.people.clients.queries import assignable, clients, open_episode
from trellis.people.consent.people_words import KINDS
from trellis.people.consent.rules.words import Kind

#: where each kind of step is done: the address, the verb that opens it, and whether `of` stands in it
WAYS = {
    By.CONSENT: ("consent:sign", "consent.help_sign", True),
    By.NOTICE: ("rights:record_notice", "notice.record", False),
    By.MEASURE: ("measures:ask", "measures.ask", False),
    By.LEVEL: ("admission:level", "level.read", False),
    By.COVERAGE: ("admission:coverage", "coverage.write", False),
    By.NEEDS: ("admission:needs", "arriving.write", False),
}


@require_http_methods(["GET", "HEAD", "POST"])
@page("arriving.read", opens="client")
def arrive(request: Request, public_id: str) -> HttpResponseBase:
    client = find_or_404(request.actor, "arriving.read", clients(), public_id)
    form = None
    if request.method == "POST":
        act, form = _ACTS.get(request.POST.get("what", ""), _nothing)(request, client)
        if act is not None and (form is None or form.is_valid()) and _done(request, act, form):
            return redirect("admission:arriving", client.public_id)
    opened(request, client)
    return render(request, "admission/arriving.html", _context(request, client, form))


def _done(request: Request, act: Callable[[], Any], form: Any) -> bool:
    """Refused, it stands at the form where there is one; without one the page is loaded anew and says why."""
    try:
        act()
    except Refused as refused:
        if form is not None:
            show(form, refused)
            return False
        messages.warning(request, str(refused))
        return True
    messages.success(request, _("Written down."))
    return True


Act = tuple[Callable[[], Any] | None, Any]


def _nothing(request: Request, client: Client) -> Act:
    return None, None


def _step(request: Request, client: Client) -> Act:
    key = request.POST.get("step", "")
    form = StepForm(request.POST, auto_id=f"id_{key}_%s")
    return lambda: actions.write_step(by=request.actor, client=client, step=key, **form.cleaned_data), form


def _undo(request: Request, client: Client) -> Act:
    return lambda: actions.undo_step(by=request.actor, client=client, step=request.POST.get("step", "")), None


def _paper(request: Request, client: Client) -> Act:
    form = PaperForm(request.POST)
    return lambda: actions.orientation_on_paper(by=request.actor, client=client, **form.cleaned_data), form


def _assign(request: Request, client: Client) -> Act:
    return lambda: _on_team(request, client), None


def _on_team(request: Request, client: Client) -> None:
    stay, member = open_episode(client), assignable().filter(public_id=request.POST.get("member", "")).first()
    if stay is None or member is None:
        raise Refused(actions.NO_STAY if stay is None else _("Choose somebody from the list."))
    assign(by=request.actor, episode=stay, staff_member=member, since=queries.today())


def _still_covered(request: Request, client: Client) -> Act:
    return lambda: actions.still_covered(by=request.actor, client=client, seen=request.POST.get("seen", "")), None


def _still_needed(request: Request, client: Client) -> Act:
    newest = _number(request.POST.get("seen", ""))
    return lambda: actions.still_needed(by=request.actor, client=client, seen=newest), None


def _number(seen: str) -> int:
    return int(seen) if seen.isdecimal() and len(seen) < 19 else 0


def _newest(known: Mapping[str, NeedFact]) -> int:
    return max((row.pk for row in known.values()), default=0)


_ACTS: dict[str, Callable[[Request, Client], Act]] = {
    "step": _step, "undo": _undo, "paper": _paper, "assign": _assign, "still_covered": _still_covered,
    "still_needed": _still_needed,
}  # fmt: skip


def _context(request: Request, client: Client, form: Any) -> dict[str, Any]:
    today, section = queries.today(), arriving()
    found = queries.arrival(client, today)
    lines = presenters.steps(section, found, today) if section else []
    may_write = may(request.actor, "arriving.write", client)
    sees_coverage = may(request.actor, "coverage.read", client)
    lacks_counselor = any(line.by == By.COUNSELOR and not line.done for line in lines)
    may_assign = lacks_counselor and found.stay is not None and may(request.actor, "client.assign")
    return {
        "client": client, "section": section, "found": found, "today": today, "may_write": may_write,
        "heading": presenters.heading(lines) if lines else _("Arriving"),
        "lines": [(line, _way(request, client, line), _form_of(line, form, today)) for line in lines],
        "paper": _paper_form(section, found, client, form) if may_write else None,
        "proposals": queries.counselors(client, client.language) if may_assign else None,
        "coverage": presenters.paid(found.coverage, today) if found.coverage and sees_coverage else None,
        "sees_coverage": sees_coverage, "may_cover": may(request.actor, "coverage.write", client),
        "needs": presenters.needed(found.needs), "were_asked": bool(found.needs),
        "consents_before": [(str(KINDS[Kind(kind)]), at) for kind, at in found.before.consents],
        "newest_need": _newest(found.needs),
    }  # fmt: skip


def _way(request: Request, client: Client, line: presenters.Step) -> str:
    """Where it is done, for whoever may do it there."""
    if line.done or By(line.by) not in WAYS:
        return "#orientation" if line.by == By.ORIENTATION and not line.done else ""
    name, verb, named = WAYS[By(line.by)]
    if not may(request.actor, verb, client):
        return ""
    return reverse(name, args=[client.public_id, line.of[0]] if named else [client.public_id])


def _form_of(line: presenters.Step, form: Any, today: date) -> StepForm | None:
    if line.by != By.FACT or line.done:
        return None
    if isinstance(form, StepForm) and form.data.get("step") == line.key:
        return form
    return StepForm(initial={"on": today}, auto_id=f"id_{line.key}_%s")


def _paper_form(section: Arriving | None, found: Arrival, client: Client, form: Any) -> PaperForm | None:
    if section is None or not section.orientation or found.orientation or found.stay is None:
        return None
    return form if isinstance(form, PaperForm) else PaperForm(initial={"language": client.language})


@require_http_methods(["GET", "HEAD", "POST"])
@page("coverage.read", opens="client")
def coverage(request: Request, public_id: str) -> HttpResponseBase:
    """Who pays. What is known stands in the form: whoever changes one thing types one thing."""
    client = find_or_404(request.actor, "coverage.read", clients(), public_id)
    today, before = queries.today(), queries.coverages(client)
    begins = presenters.terms_of(before[0]) if before else {"payer": client.payer}
    sent = request.POST if request.method == "POST" else None
    form = CoverageForm(sent, initial={**begins, "on": today}, blueprint=program.current())
    if request.method == "POST" and form.is_valid():
        number = form.cleaned_data["member_number"]
        try:
            actions.cover(by=request.actor, client=client, terms=form.terms, member_number=number)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Written down."))
            return redirect("admission:coverage", client.public_id)
    opened(request, client)
    return render(request, "admission/arriving_coverage.html", {
        "client": client, "form": form, "before": [presenters.paid(row, today) for row in before],
        "may_write": may(request.actor, "coverage.write", client),
        "may_arrive": may(request.actor, "arriving.read", client),
    })  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@page("arriving.write", opens="client")
def needs(request: Request, public_id: str) -> HttpResponseBase:
    client = find_or_404(request.actor, "arriving.write", clients(), public_id)
    known = queries.needs_of([client.pk]).get(client.pk, {})
    form = NeedsForm(request.POST if request.method == "POST" else None, initial=presenters.answers_of(known))
    seen = request.POST.get("seen", "") if request.method == "POST" else str(_newest(known))
    if request.method == "POST" and form.is_valid():
        try:
            actions.write_needs(by=request.actor, client=client, answers=form.answers(), seen=_number(seen))
        except Refused as refused:
            show(form, refused)
        else:
            messages.success(request, _("Written down."))
            return redirect("admission:arriving", client.public_id)
    opened(request, client)
    return render(request, "admission/arriving_needs.html", {"client": client, "form": form, "seen": seen})


@require_http_methods(["GET", "HEAD"])
@page("arriving.read", opens="client")
def orientation_paper(request: Request, public_id: str) -> HttpResponseBase:
    """The words of the orientation on paper, in the client's language, with a line to sign."""
    client = find_or_404(request.actor, "arriving.read", clients(), public_id)
    opened(request, client)
    section = arriving()
    passages = orientation(section, client.language).passages if section else ()
    return render(request, "admission/arriving_paper.html", {"client": client, "passages": passages})


urlpatterns = [
    path("clients/<slug:public_id>/arriving/", arrive, name="arriving"),
    path("clients/<slug:public_id>/arriving/coverage/", coverage, name="coverage"),
    path("clients/<slug:public_id>/arriving/needs/", needs, name="needs"),
    path("clients/<slug:public_id>/arriving/orientation/", orientation_paper, name="orientation_paper"),
]
