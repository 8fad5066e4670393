"""Asking for help: five small pages, no account, no cookie, no JavaScript."""

from datetime import datetime
from typing import Any

from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from trellis.foundation import clock
from trellis.foundation.access.pages import public
from trellis.foundation.access.permissions import Refused
from trellis.foundation.access.public_forms import came_from_here
from trellis.foundation.access.requests import Request, typed
from trellis.foundation.program.shell import needs_program, public_shell
from trellis.journey.inquiry import actions, limits, queries, stamps
from trellis.journey.inquiry.forms import STEPS, Asking
from trellis.journey.inquiry.forms.asking import Step
from trellis.journey.inquiry.models import Inquiry
from trellis.journey.inquiry.presenters import hours_sentences, promise_sentence

app_name = "help"

#: nobody sees this field; what fills it in is not a person
HONEYPOT = "reference"
LAST = len(STEPS) - 1
_SALT = "inquiry.thanks"
THANKS_GOOD_FOR = 60 * 60 * 24 * 7


@csrf_exempt  # guarded by where it comes from and a one-time stamp: there is no cookie before sign-in
@require_http_methods(["GET", "HEAD", "POST"])
@public("asking for help needs no account")
@needs_program
def ask(request: Request) -> HttpResponse:
    if request.method != "POST":
        asking = Asking()
        return _show(request, asking, asking.unbound(0, for_whom=request.GET.get("for")), 0)
    if not came_from_here(request):
        raise PermissionDenied(_("This form was sent from another site. Open it here and send it again."))
    asking = Asking(request.POST)
    number = asking.number
    if "back" in request.POST:
        return _show(request, asking, asking.unbound(max(number - 1, 0)), max(number - 1, 0))
    if "switch" in request.POST:
        return _show(request, asking, asking.unbound(number), number)
    return _next(request, asking, number)


def _next(request: Request, asking: Asking, number: int) -> HttpResponse:
    form = asking.bound(number)
    if not form.is_valid():
        return _show(request, asking, form, number)
    if request.POST.get(HONEYPOT):
        return _show(request, asking, form, number, problem=_not_a_person())
    if number < LAST:
        return _show(request, asking, asking.unbound(number + 1), number + 1)
    wrong = asking.first_wrong()
    if wrong is not None:
        return _show(request, asking, asking.bound(wrong), wrong)
    return _send(request, asking)


def _send(request: Request, asking: Asking) -> HttpResponse:
    try:
        limits.count_one(request.actor.address)
        inquiry = actions.receive(by=request.actor, answers=asking.answers(), stamp=typed(request, "stamp"))
    except limits.TooMany:
        response = _show(request, asking, asking.bound(LAST), LAST, problem=_too_many(), status=429)
        response["Retry-After"] = str(limits.WINDOW_SECONDS)
        return response
    except Refused as refused:
        return _show(request, asking, asking.bound(LAST), LAST, problem=str(refused), fresh=True)
    return _thank(inquiry)


def _thank(inquiry: Inquiry) -> HttpResponseRedirect:
    """The address holds the moment that we promised and nothing else."""
    told = {"by": inquiry.respond_by.isoformat(), "call": bool(inquiry.telephone)}
    return redirect(f"{reverse('help:thanks')}?p={signing.dumps(told, salt=_SALT, compress=True)}")


@require_safe
@public("says when we call, and nothing about whom or why")
@needs_program
def thanks(request: Request) -> HttpResponse:
    told = _told(request.GET.get("p", ""))
    if told is None:
        return redirect("help:ask")
    hours = queries.hours()
    moment = datetime.fromisoformat(told["by"])
    context = {
        **public_shell("ask"),
        "promise": promise_sentence(hours.parts(moment), by_call=told["call"]) if moment > clock.now() else "",
        "by_call": told["call"],
    }
    return _private(render(request, "inquiry/public/thanks.html", context))


def _told(signed: str) -> dict[str, Any] | None:
    try:
        return dict(signing.loads(signed, salt=_SALT, max_age=THANKS_GOOD_FOR))
    except signing.BadSignature:
        return None


def _show(
    request: Request,
    asking: Asking,
    form: Step,
    number: int,
    *,
    problem: str = "",
    status: int = 200,
    fresh: bool = False,
) -> HttpResponse:
    stamp = asking.data.get("stamp", "")
    hours = queries.hours()
    respond_by = hours.respond_by(clock.now())
    context = {
        **public_shell("ask"),
        "form": form,
        "number": number + 1,
        "total": len(STEPS),
        "is_last": number == LAST,
        "carried": asking.carried(number),
        "stamp": stamp if stamps.is_ours(stamp) and not fresh else stamps.new_stamp(),
        "honeypot": HONEYPOT,
        "problem": problem,
        "page": hours.blueprint.page("ask"),
        "hours": hours_sentences(hours),
        "promise": promise_sentence(hours.parts(respond_by), by_call=bool(asking.data.get("telephone")) or number == 0),
    }
    return _private(render(request, "inquiry/public/ask.html", context, status=status))


def _private(response: HttpResponse) -> HttpResponse:
    """Kept by this browser alone, so that Back works; never by a cache in between, never shown as if it were new."""
    response["Cache-Control"] = "private, no-cache"
    return response


def _not_a_person() -> str:
    return _("Something filled in a field that nobody sees. Please press the button once more.")


def _too_many() -> str:
    return _("We received a lot in a short time and have not sent this yet. Call us, or send it again in ten minutes.")


urlpatterns = [
    path("", ask, name="ask"),
    path("thanks/", thanks, name="thanks"),
]
