"""The one place that asks why: before any page about one watched client is shown to whoever is not close to them."""

from collections.abc import Callable
from datetime import datetime

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render

from trellis.foundation import clock
from trellis.foundation.access.actor import Actor
from trellis.foundation.access.requests import Request
from trellis.people.clients import policy
from trellis.people.clients.emergency import queries as emergency
from trellis.people.clients.models import Client
from trellis.people.clients.watched import queries, rules
from trellis.people.clients.watched.forms import WhyForm

#: pages on which somebody guards records, and lists: nobody is asked there
_no_question = {"client.watch", "client.review_watched", "client.review_emergency"}

Close = Callable[[Actor, Client, datetime], bool]
_close: list[Close] = []


def never_of(close: Close) -> None:
    """Teach who else stands close to a client: called at start by the room that knows."""
    _close.append(close)


def never_on(*verbs: str) -> None:
    """Pages of another room that list people, however few, or on which somebody guards their records."""
    _no_question.update(verbs)


def why_first(request: Request, verb: str, subjects: list[str]) -> HttpResponseBase | None:
    """The question in the page's place; None where nothing is asked."""
    client_id = rules.only_client(subjects)
    if client_id is None or verb in _no_question or not request.actor.is_staff:
        return None
    now = clock.now()
    client = queries.watched(client_id, now)
    if client is None or not is_asked(request.actor, client, now):
        return None
    if request.headers.get("HX-Request") == "true":  # part of a page that stood open: all of it asks
        return HttpResponse(headers={"HX-Refresh": "true"})
    return ask(request, client, WhyForm(), request.get_full_path())


def ask(request: Request, client: Client, form: WhyForm, onward: str) -> HttpResponseBase:
    """It names nobody: somebody who turns back has opened nothing."""
    return render(request, "clients/why.html", {"public_id": client.public_id, "form": form, "onward": onward})


def is_asked(actor: Actor, client: Client, now: datetime) -> bool:
    """Not whoever said why already, in an emergency or here, and nobody who stands close to the client."""
    if policy.is_own(actor, client) or policy.is_on_caseload(actor, client):
        return False
    said = emergency.ends(actor.account_id, client, now) or queries.open_now(actor.account_id, client, now)
    return not said and not any(close(actor, client, now) for close in _close)
