"""Staff ask a client, read aloud or type a paper in, and read what was answered."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from trellis.foundation import clock
from trellis.foundation.access.pages import find_or_404, opened, page
from trellis.foundation.access.permissions import Refused, may
from trellis.foundation.access.requests import Request, typed
from trellis.foundation.program import queries as program
from trellis.journey.measures import actions, alert_queries, called_for, filling, presenters, queries
from trellis.journey.measures.forms import AskForm
from trellis.journey.measures.models import Administration, Outcome, SafetyAlert
from trellis.journey.measures.rules.forms import ALONE, speaks
from trellis.people.clients.models import Client
from trellis.people.clients.queries import clients


@require_http_methods(["GET", "HEAD", "POST"])
@page("measures.ask", opens="client")
def ask(request: Request, public_id: str) -> HttpResponseBase:
    client = find_or_404(request.actor, "measures.ask", clients(), public_id)
    due = queries.due(client, clock.today(program.zone()))
    first = request.GET.get("instrument") or (due[0].form.key if due else None)
    alert = _open_alert(request, client)
    form = AskForm(request.POST or None, initial={
        "instrument": first, "language": "en", "alert": alert and alert.public_id,
    })  # fmt: skip
    if form.is_valid():
        try:
            begun = actions.begin(by=request.actor, client=client, because=alert, **_begin(form.cleaned_data, due))
        except Refused as refused:
            form.add_error("on" if isinstance(refused, actions.WrongDay) else None, str(refused))
        else:
            return redirect("measures:fill", begun.public_id)
    opened(request, client)
    return render(request, "measures/ask.html", {
        "client": client,
        "form": form,
        "due": [presenters.name(one.form.key) for one in due],
        "results": _results(request, client),
    })  # fmt: skip


def _open_alert(request: Request, client: Client) -> SafetyAlert | None:
    """Because of which it is asked, as the page of the alert leads here."""
    named = typed(request, "alert") or request.GET.get("alert", "").replace("\0", "")
    found = SafetyAlert.objects.filter(client=client, public_id=named).first()
    return found if found and alert_queries.is_open(found) else None


def _results(request: Request, client: Client) -> list[presenters.Result]:
    """Whoever only answers for an alert asks, and does not read what was answered before."""
    if not may(request.actor, "measures.read", client):
        return []
    return [presenters.result(row, row.outcome) for row in queries.finished(client)]


def _begin(said: dict[str, Any], due: list[queries.Asked]) -> dict[str, Any]:
    because = next((one.due.occasion for one in due if one.form.key == said["instrument"]), "asked")
    return {
        "instrument": said["instrument"], "way": said["way"], "language": said["language"],
        "occasion": said["occasion"] or because,
        "on": said["on"] if said["way"] == Administration.Way.PAPER else None,
    }  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@page("measures.ask", opens="client")
def fill(request: Request, public_id: str) -> HttpResponseBase:
    form = _held(request, public_id)
    given, note = queries.given(form), ""
    wrong = presenters.NOTHING_WRONG
    if request.method == "POST" and given.outcome is None:
        given, wrong, note = filling.hand_in(request, form)
    if given.outcome is not None:
        return _handed_in(request, form, given.outcome)
    opened(request, form)
    return render(request, "measures/fill.html", {
        "client": form.client,
        "form_given": form,
        **filling.context(given, reverse("measures:answer", args=[form.public_id]), wrong=wrong, note=note),
        "before": [],  # said to whoever answers alone
    })  # fmt: skip


def _handed_in(request: Request, form: Administration, outcome: Outcome) -> HttpResponseBase:
    """To what it came to, and what that calls for; whoever only answers for an alert reads it there."""
    if may(request.actor, "measures.read", form):
        return redirect("measures:given", form.public_id)
    for one in called_for.by(form, outcome):
        if one.do:
            messages.warning(request, one.do)
    messages.success(request, _("Handed in. Now write down what you did."))
    return redirect("alerts:list")


@require_POST
@page("measures.ask")
def answer(request: Request, public_id: str) -> HttpResponseBase:
    return filling.keep(request, _held(request, public_id))


def _held(request: Request, public_id: str) -> Administration:
    """What staff hold in their hands; a form on a client's own phone, or handed to them, is the client's."""
    form = find_or_404(request.actor, "measures.ask", queries.administrations(), public_id)
    if form.way in ALONE:
        raise Http404
    return form


@page("measures.read", opens="client")
def given(request: Request, public_id: str) -> HttpResponseBase:
    form = find_or_404(request.actor, "measures.read", queries.administrations(), public_id)
    found = queries.given(form)
    language = (get_language() or "en")[:2]
    shown = language if speaks(found.form, language, aloud=True) else "en"
    opened(request, form)
    return render(request, "measures/given.html", {
        "client": form.client,
        "given": found,
        "title": found.form.title,
        "called_for": called_for.by(form, found.outcome),
        "result": presenters.result_words(found.outcome, form) if found.outcome else "",
        "flags": presenters.flag_words(sorted(found.flags | set(found.outcome.flags if found.outcome else ()))),
        "answers": presenters.answer_lines(found, shown),
        "shown": shown,
        "may_go_on": _may_go_on(request, form, found),
    })  # fmt: skip


def _may_go_on(request: Request, form: Administration, found: queries.Given) -> bool:
    held = found.outcome is None and form.way not in ALONE and not queries.is_over(form, clock.today(program.zone()))
    return held and may(request.actor, "measures.ask", form)


urlpatterns = [
    path("clients/<slug:public_id>/questions/", ask, name="ask"),
    path("measures/<slug:public_id>/", given, name="given"),
    path("measures/<slug:public_id>/fill/", fill, name="fill"),
    path("measures/<slug:public_id>/fill/answer/", answer, name="answer"),
]
