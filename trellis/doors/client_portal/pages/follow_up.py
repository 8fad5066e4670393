"""After a stay: a few short questions, and the way back in one tap."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from trellis.doors.client_portal.shell import contact, own_record
from trellis.foundation import clock
from trellis.foundation.access.pages import opened, page
from trellis.foundation.access.permissions import Refused
from trellis.foundation.access.requests import Request
from trellis.foundation.program import queries as program
from trellis.journey.continuity.aftercare import actions, queries, rules
from trellis.journey.continuity.aftercare.forms import OwnQuestionsForm
from trellis.journey.inquiry import queries as inquiries
from trellis.journey.inquiry.presenters import promise_sentence
from trellis.journey.measures import queries as measures
from trellis.journey.measures import safety_card
from trellis.people.clients.models import Client
from trellis.people.clients.queries import open_episode


def card(client: Client) -> dict[str, Any]:
    """For the first page of somebody whose stay is over."""
    today = clock.today(program.zone())
    standing = queries.standing(client, today)
    return {
        "follow_up": standing is not None and standing.present is not None,
        **_return(client),
    }


def _return(client: Client) -> dict[str, Any]:
    """By when we call whoever asked to come back."""
    asked = queries.asks_to_return(client)
    if asked is None:
        return {"promise": "", "asked_to_return": False}
    parts = inquiries.hours().parts(asked.respond_by)
    return {"asked_to_return": True, "promise": promise_sentence(parts, by_call=bool(asked.telephone), dated=True)}


@require_http_methods(["GET", "HEAD", "POST"])
@page("my.follow_up", opens="client")
def follow_up(request: Request) -> HttpResponseBase:
    client = own_record(request, "my.follow_up")
    if client is None:
        return redirect("my:today")
    today = clock.today(program.zone())
    standing = queries.standing(client, today)
    now = standing.present if standing else None
    form = OwnQuestionsForm(request.POST or None, initial={"day": now.day if now else 1}) if now else None
    if form is not None and form.is_valid():
        try:
            row = actions.answer(by=request.actor, client=client, day=form.cleaned_data["day"], answers=form.answers)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            return _thanks(request, client, queries.answers_of(row))
    opened(request, client)
    return render(request, "client_portal/follow_up.html", {
        "form": form, "before": safety_card.before_words(clock.now()) if form else [], **_around(client), **contact(),
    })  # fmt: skip


def _thanks(request: Request, client: Client, answers: dict[str, str]) -> HttpResponseBase:
    opened(request, client)
    return render(request, "client_portal/follow_up_done.html", {
        "is_not_safe": rules.is_not_safe(answers), "is_hard": rules.is_hard(answers),
        "wants_call": rules.wants_call(answers), "card": safety_card.card(clock.now()),
        "more_questions": bool(measures.due(client, clock.today(program.zone()))),
        **_around(client), **contact(),
    })  # fmt: skip


def _around(client: Client) -> dict[str, Any]:
    return {"is_here": open_episode(client) is not None, **_return(client)}


@require_POST
@page("my.follow_up")
def come_back(request: Request) -> HttpResponseBase:
    """One tap. Nothing must be said again: what we know stays known."""
    client = own_record(request, "my.follow_up")
    if client is not None:
        try:
            actions.ask_to_return(by=request.actor, client=client)
        except Refused as refused:
            messages.info(request, str(refused))
        else:
            messages.success(request, _("We know that you would like to come back."))
    return redirect("my:today")


urlpatterns = [
    path("follow-up/", follow_up, name="follow_up"),
    path("come-back/", come_back, name="come_back"),
]
