"""Questions for a client: what is due, one form at a time, and thanks."""

from typing import Any

from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_POST

from trellis.doors.client_portal.shell import contact, own_record
from trellis.foundation import clock
from trellis.foundation.access.pages import opened, page
from trellis.foundation.access.permissions import may
from trellis.foundation.access.requests import Request, typed
from trellis.foundation.program import queries as program
from trellis.journey.measures import actions, filling, presenters, queries, safety_card
from trellis.journey.measures.blueprint import measures
from trellis.journey.measures.library import form
from trellis.journey.measures.models import Administration
from trellis.journey.measures.queries import Asked
from trellis.journey.measures.rules.forms import BY_STAFF, Form, fits
from trellis.people.clients.models import Client, Episode

PHONE = Administration.Way.PHONE


def card(request: Request, client: Client, episode: Episode | None) -> dict[str, Any]:
    """For Today: whether questions wait, and how long they take together. Without a stay that is open: of the last."""
    episode = episode or queries.asked_in(client)
    if episode is None or not may(request.actor, "my.questions", client):
        return {}
    waiting = queries.waiting(client, episode, clock.today(program.zone()))
    minutes = sum(form(one.instrument).minutes for one in waiting if _is_answered_alone(form(one.instrument)))
    return {"questions": presenters.minutes_words(minutes) if minutes else ""}


@page("my.questions", opens="client")
def questions(request: Request) -> HttpResponseBase:
    client = own_record(request, "my.questions")
    if client is None:
        return redirect("my:today")
    asked, together = _due(client)
    opened(request, client)
    return render(request, "client_portal/questions.html", {
        "tasks": [presenters.task(one) for one in asked],
        "together": [presenters.plain(one.form.key) for one in together],
        **contact(),
    })  # fmt: skip


@require_POST
@page("measures.begin")
def begin_questions(request: Request) -> HttpResponseBase:
    """What is due is begun, or gone on with; nothing else is."""
    client = own_record(request, "my.questions")
    asked, _together = _due(client) if client else ([], [])
    one = next((one for one in asked if one.form.key == typed(request, "instrument")), None)
    if client is None or one is None:
        return redirect("my:questions")
    begun = one.begun or actions.begin(
        by=request.actor, client=client, instrument=one.form.key, occasion=one.due.occasion, way=PHONE,
        language=_language(),
    )  # fmt: skip
    return redirect("my:question", begun.public_id)


@require_http_methods(["GET", "HEAD", "POST"])
@page("my.questions", opens="client")
def question(request: Request, public_id: str) -> HttpResponseBase:
    client, form = _own_form(request, public_id)
    given, note = queries.given(form), ""
    wrong = presenters.NOTHING_WRONG
    if request.method == "POST" and given.outcome is None:
        given, wrong, note = filling.hand_in(request, form)
        if not note:
            return redirect("my:question", form.public_id)
    opened(request, client)
    if given.outcome is not None:
        asked, _together = _due(client)
        return render(request, "client_portal/questions_done.html", {
            "given": given, "is_worrying": filling.is_worrying(given), "card": safety_card.card(clock.now()),
            "next": presenters.task(asked[0]) if asked else None, **contact(),
        })  # fmt: skip
    return render(request, "client_portal/question.html", {
        "name": presenters.plain(form.instrument),
        "takes": presenters.minutes_words(given.form.minutes),
        **filling.context(given, reverse("my:answer", args=[form.public_id]), wrong=wrong, note=note),
        **contact(),
    })  # fmt: skip


@require_POST
@page("measures.answer")
def answer(request: Request, public_id: str) -> HttpResponseBase:
    _client, form = _own_form(request, public_id)
    return filling.keep(request, form)


def _due(client: Client) -> tuple[list[Asked], list[Asked]]:
    """What they can answer by themselves on this page, and what somebody asks together with them."""
    asked = [one for one in queries.due(client, clock.today(program.zone())) if one.form.key not in BY_STAFF]
    alone = [one for one in asked if one.begun or _is_answered_alone(one.form)]
    return alone, [one for one in asked if one not in alone]


def _is_answered_alone(one: Form) -> bool:
    return fits(one, way=PHONE, language=_language(), reviewed=measures().reviewed_spanish)


def _language() -> str:
    return (get_language() or "en")[:2]


def _own_form(request: Request, public_id: str) -> tuple[Client, Administration]:
    """The same answer for a form of others as for none."""
    client = own_record(request, "my.questions")
    rows = queries.administrations().filter(client=client, way=PHONE, public_id=public_id)
    form = rows.first() if client else None
    if client is None or form is None:
        raise Http404
    return client, form


urlpatterns = [
    path("questions/", questions, name="questions"),
    path("questions/begin/", begin_questions, name="begin_questions"),
    path("questions/<slug:public_id>/", question, name="question"),
    path("questions/<slug:public_id>/answer/", answer, name="answer"),
]
