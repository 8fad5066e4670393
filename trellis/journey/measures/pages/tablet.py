"""The shared tablet: staff hand it over, the client answers what is due, and it stays locked until a room PIN."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from trellis.foundation import clock
from trellis.foundation.access.pages import find_or_404, opened, opened_nobody, page
from trellis.foundation.access.permissions import Refused
from trellis.foundation.access.requests import Request
from trellis.journey.measures import filling, presenters, queries, safety_card, tablet
from trellis.journey.measures.actions import on_tablet
from trellis.journey.measures.forms import HandOverForm
from trellis.journey.measures.models import Administration
from trellis.people.accounts import handing
from trellis.people.accounts.rules import HANDED_QUIET
from trellis.people.clients.models import Client
from trellis.people.clients.queries import clients

VERB = "measures.on_tablet"
NOTHING_DUE = _("Nothing is due now that they can answer by themselves in this language.")
View = Callable[..., HttpResponseBase]


@require_http_methods(["GET", "HEAD", "POST"])
@page("measures.hand_over", opens="client")
def hand_over(request: Request, public_id: str) -> HttpResponseBase:
    client = find_or_404(request.actor, "measures.hand_over", clients(), public_id)
    opened(request, client)
    form = HandOverForm(request.POST or None, initial={"language": client.language})
    language = form.cleaned_data["language"] if form.is_valid() else client.language
    asked = tablet.due(client, language)
    if form.is_valid() and _hand(request, client, form, has_due=bool(asked)):
        with override(language):
            return redirect("tablet:next")
    return render(request, "measures/hand_over.html", {
        "client": client, "form": form, "takes": presenters.minutes_words(tablet.minutes(asked)) if asked else "",
        "has_pin": bool(getattr(request.user, "room_pin", "")),
    })  # fmt: skip


def _hand(request: Request, client: Client, form: HandOverForm, *, has_due: bool) -> bool:
    """False: the page says why not."""
    try:
        if not has_due:
            raise Refused(NOTHING_DUE)
        on_tablet.hand_over(by=request.actor, client=client)
        handing.hand_over(
            request, by=request.actor, account=request.user,  # type: ignore[arg-type]
            to=client.public_id, language=form.cleaned_data["language"],
            back=reverse("tablet:hand_over", args=[client.public_id]),
        )  # fmt: skip
    except Refused as refused:
        form.add_error(None, str(refused))
        return False
    return True


def while_handed_over(view: View) -> View:
    """A page for whoever holds the device; without a hand-over there is no such page."""

    @wraps(view)
    def answered(request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        handed = _handed(request)
        if handed is None or handed.over:
            raise Http404
        return view(request, *args, **kwargs)

    return answered


def _handed(request: Request) -> handing.Handed | None:
    return getattr(request, "handed", None)


def _held(request: Request) -> tuple[Client, handing.Handed]:
    handed = _handed(request)
    assert handed is not None  # `while_handed_over` has looked
    return find_or_404(request.actor, VERB, clients(), handed.to), handed


@handing.open_while_handed
@require_http_methods(["GET", "HEAD", "POST"])
@page(VERB, opens="client")
@while_handed_over
def next_one(request: Request) -> HttpResponseBase:
    """What stands next, or thanks when there is nothing more."""
    client, _handed_over = _held(request)
    asked = tablet.due(client, _language())
    if request.method == "POST" and asked:
        begun = on_tablet.begin(
            by=request.actor, client=client, instrument=asked[0].form.key, occasion=asked[0].due.occasion,
            language=_language(),
        )  # fmt: skip
        opened(request, client)
        return redirect("tablet:form", begun.public_id)
    opened(request, client)
    together = [] if asked else tablet.together(client, _language())
    if not asked:
        handing.end(request)
    return _shown(
        request, "next", next=presenters.task(asked[0]) if asked else None, left=len(asked),
        together=[presenters.plain(one.form.key) for one in together],
    )  # fmt: skip


@handing.open_while_handed
@require_http_methods(["GET", "HEAD", "POST"])
@page(VERB, opens="client")
@while_handed_over
def form(request: Request, public_id: str) -> HttpResponseBase:
    client, handed = _held(request)
    given_to = _form(client, handed, public_id)
    given, note = queries.given(given_to), ""
    wrong = presenters.NOTHING_WRONG
    opened(request, client)
    if request.method == "POST" and given.outcome is None:
        given, wrong, note = filling.hand_in(request, given_to, on_tablet)
        if not note:
            return redirect("tablet:form", given_to.public_id)
    if given.outcome is not None:
        return _after(request, given_to, handed)
    hidden = tablet.answered_before(given_to, handed.since)
    return _shown(request, "form", name=presenters.plain(given_to.instrument), **{
        **filling.context(
            given, reverse("tablet:answer", args=[public_id]), wrong=wrong, note=note, hidden=hidden
        ),
        "is_worrying": tablet.worries(given_to, handed.since),
    })  # fmt: skip


def _after(request: Request, given_to: Administration, handed: handing.Handed) -> HttpResponseBase:
    """Handed in: no answer is shown any more; what does not wait is said first."""
    if not tablet.worries(given_to, handed.since):
        return redirect("tablet:next")
    return _shown(request, "worries", card=safety_card.card(clock.now()))


@handing.open_while_handed
@require_POST
@page(VERB, opens="client")
@while_handed_over
def answer(request: Request, public_id: str) -> HttpResponseBase:
    client, handed = _held(request)
    opened(request, client)
    given_to = _form(client, handed, public_id)
    return filling.keep(request, given_to, on_tablet, lambda _given: tablet.worries(given_to, handed.since))


@handing.open_while_handed
@require_http_methods(["GET", "HEAD", "POST"])
@page(VERB, opens="client")
@while_handed_over
def give_back(request: Request) -> HttpResponseBase:
    """Pressed, or sent here by a page that nobody touched."""
    opened_nobody(request)
    handing.end(request)
    return redirect("accounts:unlock")


@handing.open_while_handed
@require_POST
@page(VERB, opens="client")
@while_handed_over
def still_here(request: Request) -> HttpResponseBase:
    opened_nobody(request)
    return HttpResponse(status=204)


def _language() -> str:
    """Of the page: theirs to change."""
    return (get_language() or "en")[:2]


def _form(client: Client, handed: handing.Handed, public_id: str) -> Administration:
    found = tablet.form_of(client, public_id, handed.since)
    if found is None:
        raise Http404
    return found


def _shown(request: Request, template: str, /, **context: Any) -> HttpResponseBase:
    """Without anything of whoever is signed in."""
    return render(request, f"measures/tablet_{template}.html", {
        **context,
        "idle_seconds": int(HANDED_QUIET.total_seconds()),
        "idle_ping_url": reverse("tablet:still_here"), "idle_leave_url": reverse("tablet:give_back"),
        "home_url": None, "nav_items": [], "strip_url": None,
    })  # fmt: skip


urlpatterns = [
    path("clients/<slug:public_id>/questions/tablet/", hand_over, name="hand_over"),
    path("tablet/", next_one, name="next"),
    path("tablet/back/", give_back, name="give_back"),
    path("tablet/still-here/", still_here, name="still_here"),
    path("tablet/<slug:public_id>/", form, name="form"),
    path("tablet/<slug:public_id>/answer/", answer, name="answer"),
]
