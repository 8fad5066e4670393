"""Letters for court, probation, child welfare, work, school and benefits: what is asked, by which day, the letter."""

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from trellis.foundation.access.pages import find_or_404, opened, opened_nobody, page
from trellis.foundation.access.permissions import Refused, may
from trellis.foundation.access.requests import Request
from trellis.journey.continuity.leaving import actions, letters, presenters, queries, rules
from trellis.journey.continuity.leaving.forms import CloseForm, LetterForm
from trellis.journey.continuity.models import LetterRequest
from trellis.people.clients.queries import clients
from trellis.people.consent import presenters as consent
from trellis.people.consent.actions import gate


@require_safe
@page("letters.list", opens="client")
def waiting(request: Request) -> HttpResponseBase:
    """What is asked for and not written, summaries nobody signed, and who may not have got there; each by its day."""
    rows = queries.waiting_letters(request.actor)
    owed = queries.unsigned_for(request.actor)
    today = queries.today()
    arrivals = queries.not_confirmed(request.actor, today)
    opened_nobody(request)
    opened(request, rows, owed, [plan.row for plan, _clock in arrivals])
    return render(request, "continuity/leaving_letters.html", {
        "letters": [presenters.letter_line(row, today) for row in rows],
        "summaries": [presenters.summary_line(row, today) for row in owed],
        "arrivals": [presenters.arrival_line(*one) for one in arrivals],
    })  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@page("letters.note", opens="client")
def ask(request: Request, public_id: str) -> HttpResponseBase:
    """Write down that somebody needs a letter; the earlier ones stand below."""
    client = find_or_404(request.actor, "letters.note", clients(), public_id)
    form = LetterForm(request.POST if request.method == "POST" else None, initial={"until": queries.today()})
    if form.is_valid():
        try:
            row = actions.ask_letter(by=request.actor, client=client, **form.cleaned_data)
        except Refused as refused:
            form.add_error("until", str(refused))
        else:
            messages.success(request, _("Written down. It stands on the list of letters until it is answered."))
            return _after(request, row)
    opened(request, client)
    reads = may(request.actor, "letters.read", client)
    return render(request, "continuity/leaving_ask_letter.html", {
        "client": client, "form": form, "before": [
            (row, presenters.letter_title(row), _answer(row, reads)) for row in queries.letters_of(client)
        ],
        "reads": reads, "sees_client": may(request.actor, "client.read", client),
    })  # fmt: skip


def _answer(row: LetterRequest, reads: bool) -> str:
    """Why there is no letter is for whoever reads letters."""
    found = getattr(row, "answer", None)
    if found is None:
        return _("Not answered yet")
    return presenters.answer_words(found) if reads else str(found.get_how_display())


def _after(request: Request, row: LetterRequest) -> HttpResponseBase:
    if may(request.actor, "letters.read", row.client):
        return redirect("leaving:letter", row.public_id)
    return redirect("leaving:ask_letter", row.client.public_id)


@require_safe
@page("letters.read", opens="client")
def letter(request: Request, public_id: str) -> HttpResponseBase:
    """What the letter would say, whether it may go, and who may sign it."""
    row = find_or_404(request.actor, "letters.read", queries.letter_requests(), public_id)
    return _shown(request, row, CloseForm())


def _shown(request: Request, row: LetterRequest, form: CloseForm) -> HttpResponseBase:
    opened(request, row)
    found, today = queries.answer_of(row), queries.today()
    decision = gate.decide(row.client, letters.wanted(row))
    may_go = set(letters.INFORMATION) <= set(decision.information)
    return render(request, "continuity/leaving_letter.html", {
        "client": row.client, "row": row, "title": presenters.letter_title(row), "form": form,
        "due": presenters.due_words(row.due_on, today), "parts": letters.preview(row),
        "done": presenters.answer_words(found) if found else "", "disclosure": found.disclosure if found else None,
        "answer": consent.answer(decision), "may_go": may_go, "consent_kind": rules.consent_for(row.audience),
        "can": {
            "sign": may(request.actor, "letters.answer", row),
            "ask": may(request.actor, "consent.help_sign", row.client),
            "take": all(may(request.actor, verb, row.client) for verb in ("consent.read", "disclosure.make")),
            "close": may(request.actor, "letters.close", row),
        },
    })  # fmt: skip


@page("letters.answer", opens="client")
@require_POST
def sign(request: Request, public_id: str) -> HttpResponseBase:
    row = find_or_404(request.actor, "letters.answer", queries.letter_requests(), public_id)
    opened(request, row)
    try:
        actions.send_letter(by=request.actor, row=row)
        messages.success(request, _("The letter is written, signed and in the list of what was told."))
    except Refused as refused:
        messages.warning(request, str(refused))
    return redirect("leaving:letter", row.public_id)


@page("letters.close", opens="client")
@require_POST
def close(request: Request, public_id: str) -> HttpResponseBase:
    row = find_or_404(request.actor, "letters.close", queries.letter_requests(), public_id)
    form = CloseForm(request.POST)
    if not form.is_valid():
        return _shown(request, row, form)
    opened(request, row)
    try:
        actions.close_letter(by=request.actor, row=row, **form.cleaned_data)
        messages.success(request, _("Written down. It leaves the list."))
    except Refused as refused:
        messages.warning(request, str(refused))
    return redirect("leaving:letter", row.public_id)


urlpatterns = [
    path("letters/", waiting, name="letters"),
    path("letters/<slug:public_id>/", letter, name="letter"),
    path("letters/<slug:public_id>/sign/", sign, name="sign_letter"),
    path("letters/<slug:public_id>/close/", close, name="close_letter"),
    path("clients/<slug:public_id>/letters/", ask, name="ask_letter"),
]
