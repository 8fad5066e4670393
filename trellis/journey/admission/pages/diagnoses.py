"""What somebody is diagnosed with: the list, one by its criteria, one by its code, and what ends one."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from trellis.foundation import clock
from trellis.foundation.access.pages import find_or_404, opened, page
from trellis.foundation.access.permissions import Refused, may, require
from trellis.foundation.access.requests import Request
from trellis.journey.admission.diagnoses import actions, codes, forms, presenters, queries, rules
from trellis.journey.admission.models import Diagnosis
from trellis.journey.admission.refusals import show
from trellis.people.clients.models import Client
from trellis.people.clients.queries import clients
from trellis.people.staff.licenses.queries import refusal_to_sign
from trellis.people.staff.licenses.rules import Signing


@dataclass(frozen=True)
class Rights:
    signs: bool
    proposes: bool
    #: why somebody whose role would let them sign cannot
    cannot: str


def rights(request: Request, client: Client) -> Rights:
    by_role = may(request.actor, "diagnosis.sign", client)
    cannot = (refusal_to_sign(request.actor, Signing.DIAGNOSIS) if by_role else None) or ""
    return Rights(by_role and not cannot, may(request.actor, "diagnosis.propose", client), cannot)


@require_safe
@page("diagnosis.read", opens="client")
def diagnoses(request: Request, public_id: str) -> HttpResponseBase:
    client = find_or_404(request.actor, "diagnosis.read", clients(), public_id)
    rows = queries.diagnoses_of(client)
    elsewhere = queries.sent_by_others(request.actor, client, rows)
    opened(request, client)
    lines = presenters.lines(rows)
    return render(request, "admission/diagnoses.html", {
        "client": client, "rights": rights(request, client), "edition": codes.EDITION,
        "signed": [one for one in lines if one.is_signed and not one.ended],
        "proposed": [one for one in lines if not one.is_signed and not one.ended],
        "ended": [one for one in lines if one.ended],
        "sent": presenters.sent(elsewhere, localdate(clock.now())),
    })  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@page("diagnosis.read", opens="client")
def use(request: Request, public_id: str) -> HttpResponseBase:
    """Looking keeps nothing: the same form is sent once more to be written down."""
    client = find_or_404(request.actor, "diagnosis.read", clients(), public_id)
    anew, allowed = _anew(request, client), rights(request, client)
    if _is_gone(request, anew):
        return redirect("admission:diagnoses", client.public_id)
    form = forms.UseForm(request.POST if request.method == "POST" else None, initial=_initial(request, anew))
    said = _said(form, client)
    if said and "keep" in request.POST and _keep(request, client, form, anew, allowed):
        return redirect("admission:diagnoses", client.public_id)
    opened(request, client)
    return render(request, "admission/diagnosis_use.html", {
        "client": client, "form": form, "said": said, "rights": allowed, "anew": anew,
    })  # fmt: skip


def _said(form: forms.UseForm, client: Client) -> presenters.Said | None:
    """The rule's code stands in the form, to be agreed to or changed."""
    if not form.is_bound or not form.is_valid():
        return None
    given, today = form.use(), localdate(clock.now())
    if wrong := rules.why_not(given, today, client.born_on):
        form.add_error(*wrong)
        return None
    said = presenters.said(rules.suggest(given, today), given)
    if "keep" not in form.data:
        data: Any = form.data
        form.data = data.copy()
        form.data["code"] = said.code  # type: ignore[index]
    return said


@require_http_methods(["GET", "HEAD", "POST"])
@page("diagnosis.read", opens="client")
def code(request: Request, public_id: str) -> HttpResponseBase:
    client = find_or_404(request.actor, "diagnosis.read", clients(), public_id)
    anew, allowed = _anew(request, client), rights(request, client)
    if _is_gone(request, anew):
        return redirect("admission:diagnoses", client.public_id)
    form = forms.DiagnosisForm(request.POST if request.method == "POST" else None, initial=_initial(request, anew))
    if form.is_valid() and _keep(request, client, form, anew, allowed):
        return redirect("admission:diagnoses", client.public_id)
    opened(request, client)
    typed = request.GET.get("q", "").replace("\0", "")[:80]
    chosen = codes.normal(str(form["code"].value() or ""))
    found = codes.find(typed, localdate(clock.now()))
    return render(request, "admission/diagnosis_code.html", {
        "client": client, "form": form, "rights": allowed, "typed": typed, "anew": anew,
        "found": [(one.code, presenters.label(one.code)) for one in found], "edition": codes.EDITION,
        "chosen": presenters.label(chosen), "sent": "sent" in request.GET,
    })  # fmt: skip


def _anew(request: Request, client: Client) -> Diagnosis | None:
    """The one that is looked at anew, named in the address; ended or not, for the action refuses one that ended."""
    asked = request.GET.get("of", "")
    rows = queries.diagnoses_of(client) if asked else []
    return next((row for row in rows if row.public_id == asked), None)


def _is_gone(request: Request, anew: Diagnosis | None) -> bool:
    """Somebody ended it since the list was shown. What was typed already stays in its form, with a refusal."""
    if request.method == "POST" or not request.GET.get("of") or (anew and not hasattr(anew, "end")):
        return False
    messages.warning(request, _("Somebody ended this one meanwhile. Look at the list first."))
    return True


def _initial(request: Request, anew: Diagnosis | None) -> dict[str, Any]:
    asked = {name: request.GET.get(name, "").replace("\0", "")[:10] for name in ("substance", "code")}
    before = forms.as_it_stands(anew, presenters.line(anew).words) if anew else {}
    return before | {name: value for name, value in asked.items() if value}


def _keep(
    request: Request, client: Client, form: forms.DiagnosisForm, anew: Diagnosis | None, allowed: Rights
) -> bool:  # fmt: skip
    elsewhere = "sent" in request.GET or bool(anew and anew.from_elsewhere)
    said = {**form.said(), "instead_of": anew, "from_elsewhere": elsewhere}
    try:
        if request.GET.get("of") and anew is None:
            raise Refused(actions.ENDED)
        (actions.sign if allowed.signs else actions.propose)(by=request.actor, client=client, **said)
    except Refused as refused:
        show(form, refused)
        return False
    done = _("Signed and written down.") if allowed.signs else _("Proposed. A clinician decides.")
    messages.success(request, done)
    return True


@require_http_methods(["GET", "HEAD", "POST"])
@page("diagnosis.propose", opens="client")
def end(request: Request, public_id: str) -> HttpResponseBase:
    row = find_or_404(request.actor, "diagnosis.propose", queries.diagnoses(), public_id)
    form = forms.EndForm(request.POST or None, initial={"on": localdate(clock.now())})
    if form.is_valid() and _end(request, row, form):
        messages.success(request, _("Written down."))
        return redirect("admission:diagnoses", row.client.public_id)
    opened(request, row.client)
    return render(request, "admission/diagnosis_end.html", {
        "client": row.client, "line": presenters.line(row), "form": form,
    })  # fmt: skip


def _end(request: Request, row: Diagnosis, form: forms.EndForm) -> bool:
    proposed = row.kind == Diagnosis.Kind.PROPOSED
    try:
        require(request.actor, "diagnosis.propose" if proposed else "diagnosis.sign", row)
        (actions.take_back if proposed else actions.end)(by=request.actor, diagnosis=row, **form.cleaned_data)
    except Refused as refused:
        form.add_error(None, str(refused))
        return False
    return True


urlpatterns = [
    path("clients/<slug:public_id>/diagnoses/", diagnoses, name="diagnoses"),
    path("clients/<slug:public_id>/diagnoses/use/", use, name="diagnosis_use"),
    path("clients/<slug:public_id>/diagnoses/code/", code, name="diagnosis_code"),
    path("diagnoses/<slug:public_id>/end/", end, name="diagnosis_end"),
]
