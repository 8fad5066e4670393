"""What is known of a person, by section: shown with its source, confirmed by one tap, asked once."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from trellis.foundation import clock
from trellis.foundation.access.pages import find_or_404, opened, page
from trellis.foundation.access.permissions import Refused, may
from trellis.foundation.access.requests import Request, typed
from trellis.foundation.program import queries as program
from trellis.journey.admission.history import actions, presenters, queries, rules, words
from trellis.journey.admission.history.bank import Section, questions, sections
from trellis.journey.admission.history.bank import section as section_of
from trellis.journey.admission.history.blueprint import section as withdrawal
from trellis.journey.admission.history.forms import SectionForm, SubstanceForm
from trellis.journey.admission.history.rules import Row, Standing
from trellis.journey.measures import safety_card
from trellis.people.clients.models import Client
from trellis.people.clients.queries import clients
from trellis.people.consent.outside.queries import names_of


@page("history.read", opens="client")
def history(request: Request, public_id: str) -> HttpResponseBase:
    client = find_or_404(request.actor, "history.read", clients(), public_id)
    rows, told = queries.answers(client), queries.substances(client)
    elsewhere, found = queries.for_staff(request.actor, client), rules.standing(rows)
    names = _names(client, rows)
    opened(request, client)
    return render(request, "admission/history.html", {
        "client": client,
        "cards": presenters.cards(sections(), found, rules.offered(elsewhere.offers, found), names),
        "warnings": presenters.warnings(withdrawal(), elsewhere, queries.last_uses(client, told), _today()),
        "may_ask": may(request.actor, "measures.ask", client), "has_lines": withdrawal() is not None,
    })  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@page("history.read", opens="client")
def section(request: Request, public_id: str, section: str) -> HttpResponseBase:
    client = find_or_404(request.actor, "history.read", clients(), public_id)
    part = section_of(section, sections())
    if part is None:
        raise Http404
    rows = queries.answers(client)
    form = _form(request, client, part, rows)
    kept = _keep(request, client, form) if request.method == "POST" else None
    if kept is not None:
        return _after(request, client, part, kept)
    opened(request, client)
    return render(request, "admission/history_section.html", _shown(request, client, part, form, rows))


def _form(request: Request, client: Client, part: Section, rows: list[Row]) -> SectionForm:
    """Bound, it stands on what its reader saw: what somebody else answered meanwhile is no change of theirs."""
    data = request.POST.dict() if request.method == "POST" else None
    until = queries.number_of(client, typed(request, "seen")) if data is not None else None
    seen = {"seen": queries.newest(client)} if data is None else None
    return SectionForm(
        data, section=part, before=rules.standing(rows, until), born_on=client.born_on, today=_today(), by_staff=True,
        initial=seen,
    )  # fmt: skip


def _keep(request: Request, client: Client, form: SectionForm) -> actions.Kept | None:
    """What was typed, then what was confirmed. Where only the second is refused the first stands: it may not wait."""
    if not form.is_valid():
        return None
    key, _space, source = typed(request, "confirm").partition(" ")
    kept = None
    try:
        said = {one: answer for one, answer in form.said.items() if one != key}
        if said:
            kept = actions.answer(
                by=request.actor, client=client, said=said, who=form.who, seen=form.cleaned_data["seen"]
            )
        if key:
            actions.confirm(by=request.actor, client=client, key=key, source=source)
    except Refused as refused:
        if kept is None:
            form.add_error(None, str(refused))
            return None
        messages.warning(request, str(refused))
    kept = kept or actions.Kept()
    _say(request, kept)
    return kept


def _after(request: Request, client: Client, part: Section, kept: actions.Kept) -> HttpResponseBase:
    """Where an answer does not wait, to its alert: there it is taken on, and the C-SSRS asked."""
    if kept.alert is not None and may(request.actor, "alerts.see", kept.alert):
        return redirect("alerts:one", kept.alert.public_id)
    confirmed = bool(typed(request, "confirm"))
    return redirect("admission:history_section", client.public_id, part.key) if confirmed else _back(client)


def _say(request: Request, kept: actions.Kept) -> None:
    messages.success(request, _("Saved."))
    if kept.alert is not None:
        told = _("Clinicians are told now. Stay with the person. In danger: 911. Day and night: 988.")
        messages.warning(request, told)
    if kept.meanwhile:
        asked = get_text_list([f"“{questions()[key].ask}”" for key in kept.meanwhile], _("and"))
        both = _("Somebody else answered this meanwhile: %(questions)s Both stand; yours is the newest.")
        messages.warning(request, both % {"questions": asked})


def _shown(request: Request, client: Client, part: Section, form: SectionForm, rows: list[Row]) -> dict[str, Any]:
    elsewhere, found = queries.for_staff(request.actor, client), rules.standing(rows)
    offers, names = rules.offered(elsewhere.offers, found), _names(client, rows)
    told = queries.substances(client) if part.key in ("use", "withdrawal") else {}
    return {
        "client": client, "section": part, "form": form,
        "before": safety_card.before_words(clock.now()) if part.asks_about_safety else [],
        "askings": presenters.askings(part, form, found, offers, names),
        "substances": presenters.substances(told, names) if part.key == "use" else [],
        "warnings": presenters.warnings(withdrawal(), elsewhere, queries.last_uses(client, told), _today()) if told or
        part.key == "withdrawal" else [],
        "is_withdrawal": part.key == "withdrawal", "has_lines": withdrawal() is not None,
        "required": presenters.required(rules.asks(_said(found, "mandate"))) if part.key == "legal" else "",
        "may_answer": may(request.actor, "history.answer", client),
        "may_ask": may(request.actor, "measures.ask", client),
    }  # fmt: skip


def _said(found: dict[str, Standing], key: str) -> rules.Said | None:
    return found[key].now.said if key in found else None


@require_http_methods(["GET", "HEAD", "POST"])
@page("history.read", opens="client")
def substance(request: Request, public_id: str, substance: str) -> HttpResponseBase:
    client = find_or_404(request.actor, "history.read", clients(), public_id)
    if substance not in list(rules.Substance):
        raise Http404
    told = queries.substances(client)
    seen = typed(request, "seen") if request.method == "POST" else queries.newest_told(told, substance)
    form = SubstanceForm(
        request.POST.dict() if request.method == "POST" else None, use=queries.use_at(told, substance, seen),
        seen=seen, born_on=client.born_on, today=_today(), by_staff=True,
    )  # fmt: skip
    if form.is_valid():
        try:
            actions.record_use(
                by=request.actor, client=client, substance=substance, who=form.who, use=form.use,
                seen=form.cleaned_data["seen"],
            )  # fmt: skip
        except actions.Meanwhile as refused:
            told = queries.substances(client)
            form.look_again(refused.newest.public_id, str(refused))
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Saved."))
            return redirect("admission:history_section", client.public_id, "use")
    opened(request, client)
    rows = told.get(substance, [])
    return render(request, "admission/history_substance.html", {
        "client": client, "form": form, "name": words.SUBSTANCES[rules.Substance(substance)],
        "before": presenters.told_before(rows, names_of({one.by for one in rows})),
        "may_answer": may(request.actor, "history.answer", client),
    })  # fmt: skip


def _back(client: Client) -> HttpResponseBase:
    return redirect("admission:history", client.public_id)


def _names(client: Client, rows: list[Row]) -> dict[str, str]:
    """Who wrote things down, without the person themself: that is said already."""
    return names_of({row.by for row in rows} - {f"account:{client.account_id}"})


def _today() -> Any:
    return clock.today(program.zone())


urlpatterns = [
    path("clients/<slug:public_id>/history/", history, name="history"),
    path("clients/<slug:public_id>/history/substances/<slug:substance>/", substance, name="history_substance"),
    path("clients/<slug:public_id>/history/<slug:section>/", section, name="history_section"),
]
