"""Somebody from outside asks or tells: the words, a note of what was heard, and the clinicians who read it."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from trellis.foundation import clock
from trellis.foundation.access.pages import find_or_404, opened, page
from trellis.foundation.access.permissions import Refused, may
from trellis.foundation.access.requests import Request, typed
from trellis.people.consent.models import OutsideRequest
from trellis.people.consent.outside import actions, drafts, guidance, presenters, queries
from trellis.people.consent.outside.forms import HeardForm, ReviewForm

PER_PAGE = 30


@require_safe
@page("outside.record")
def asked(request: Request) -> HttpResponseBase:
    """Who is it? The one sentence to say stands here already: somebody is on the line."""
    return render(request, "consent/outside_asked.html", {
        "spoken": presenters.to_say(),
        "groups": presenters.groups(),
        "waiting": queries.waiting_for(request.actor, clock.now()),
        "may_review": may(request.actor, "outside.review"),
    })  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@page("outside.record")
def asked_by(request: Request, asker: str) -> HttpResponseBase:
    """The words, what to do then, and a form for what was heard. The page never looks anybody up."""
    if asker not in guidance.GUIDANCE:
        raise Http404
    before = {} if request.method == "POST" else drafts.typed_before(request.actor, asker, HeardForm)
    form = HeardForm(request.POST if request.method == "POST" else None, initial=before)
    if form.is_valid():
        written = actions.record(by=request.actor, heard=form.heard(asker))
        drafts.forget(request.actor, asker)
        return redirect("consent:asked_danger" if written.danger else "consent:asked_done")
    return render(request, "consent/outside_say.html", {
        "asker": OutsideRequest.Asker(asker),
        "spoken": presenters.to_say(),
        "guidance": guidance.GUIDANCE[asker],
        "form": form,
        "draft": {"key": drafts.key_of(asker), "url": drafts.address(asker)},
    })  # fmt: skip


@require_safe
@page("outside.record")
def asked_done(request: Request) -> HttpResponseBase:
    """The same page for every note: it shows nothing of what was written."""
    return render(request, "consent/outside_done.html")


@require_safe
@page("outside.record")
def asked_danger(request: Request) -> HttpResponseBase:
    """What to do this minute, and with whom."""
    return render(request, "consent/outside_danger.html", {"clinicians": queries.clinicians()})


@require_safe
@page("outside.review")
def asked_waiting(request: Request) -> HttpResponseBase:
    """What no clinician has read: from whom and since when, and not a word of what was heard."""
    number = Paginator(queries.unread(), PER_PAGE).get_page(request.GET.get("page"))
    late = guidance.late_before(clock.now())
    return render(request, "consent/outside_waiting.html", {
        "heading": presenters.heading(number.paginator.count),
        "page": number,
        "lines": presenters.lines(number.object_list, late),
    })  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@page("outside.review", opens="outside")
def asked_one(request: Request, public_id: str) -> HttpResponseBase:
    """What was heard, in its own words; each look is written down. Here a clinician says whose it is."""
    found = find_or_404(request.actor, "outside.review", queries.requests(), public_id)
    form = _review_form(request, found)
    if request.method == "POST" and "find" not in request.POST and form.is_valid():
        try:
            actions.review(by=request.actor, request=found, client=form.client, done=form.cleaned_data["done"])
        except Refused as refused:
            messages.warning(request, str(refused))
        else:
            messages.success(request, _("Written down. Nothing of it stands on a page that a client opens."))
        return redirect("consent:asked_waiting")
    return _show(request, found, form)


def _review_form(request: Request, found: OutsideRequest) -> ReviewForm:
    """Nobody stands there to choose before the reader has searched for a name."""
    if request.method != "POST":
        return ReviewForm(initial={"q": queries.texts_of(found)["about"][:80]})
    people = queries.clients_called(request.actor, typed(request, "q")[:80]).clients
    if "find" in request.POST:  # a search keeps what was typed, and finds no fault with it
        return ReviewForm(initial=request.POST.dict(), people=people)
    return ReviewForm(request.POST, people=people)


def _show(request: Request, found: OutsideRequest, form: ReviewForm) -> HttpResponseBase:
    review = getattr(found, "review", None)
    opened(request, f"outside:{found.pk}", list(form.people.values()))
    if review is not None:
        opened(request, *review.audit_subjects)
    names = queries.names_of([found.by, *([review.by] if review else [])])
    context: dict[str, Any] = {
        "one": found, "texts": queries.texts_of(found), "review": review, "form": form,
        "searched": request.method == "POST", "written_by": names.get(found.by, found.by),
        "read_by": names.get(review.by, review.by) if review else "",
    }  # fmt: skip
    return render(request, "consent/outside_one.html", context)


urlpatterns = [
    path("asked/", asked, name="asked"),
    path("asked/written/", asked_done, name="asked_done"),
    path("asked/danger/", asked_danger, name="asked_danger"),
    path("asked/waiting/", asked_waiting, name="asked_waiting"),
    path("asked/waiting/<slug:public_id>/", asked_one, name="asked_one"),
    path("asked/by/<slug:asker>/", asked_by, name="asked_by"),
]
