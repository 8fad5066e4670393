"""A record that is watched closely: the page that says so, the tap that says why, and the pages that are read after."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from trellis.foundation import clock
from trellis.foundation.access.pages import find_or_404, opened, opened_nobody, page
from trellis.foundation.access.permissions import Refused, shown_to
from trellis.foundation.access.requests import Request, typed
from trellis.people.clients import queries as clients
from trellis.people.clients.watched import actions, asking, queries
from trellis.people.clients.watched.forms import WatchedReviewForm, WatchForm, WhyForm

PER_PAGE = 30


@require_http_methods(["GET", "HEAD", "POST"])
@page("client.watch", opens="client")
def watch(request: Request, public_id: str) -> HttpResponseBase:
    person = find_or_404(request.actor, "client.watch", clients.clients(), public_id)
    form = WatchForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.watch(by=request.actor, client=person, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("This record is watched closely from now on."))
            return redirect("clients:watch", person.public_id)
    opened(request, person)
    return render(request, "clients/watch.html", {
        "client": person, "form": form, "watches": queries.watches_of(person, clock.now()),
    })  # fmt: skip


@require_POST
@page("client.watch")
def end_watch(request: Request, public_id: str, watch: str) -> HttpResponseBase:
    person = find_or_404(request.actor, "client.watch", clients.clients(), public_id)
    row = find_or_404(request.actor, "client.end_watch", person.watches.select_related("client"), watch)
    try:
        actions.end_watch(by=request.actor, watch=row)
        messages.success(request, _("Ended."))
    except Refused as refused:
        messages.warning(request, str(refused))
    return redirect("clients:watch", person.public_id)


@require_POST
@page("client.say_why")
def why(request: Request, public_id: str) -> HttpResponseBase:
    """The same answer where nothing is asked: what is not watched is not told from what is."""
    person = find_or_404(request.actor, "client.say_why", clients.clients(), public_id)
    onward = typed(request, "next")
    if not url_has_allowed_host_and_scheme(onward, allowed_hosts={request.get_host()}):
        onward = reverse("clients:client", args=[person.public_id])
    now = clock.now()
    if queries.watched(person.pk, now) is not None and asking.is_asked(request.actor, person, now):
        form = WhyForm(request.POST)
        if not form.is_valid():
            return asking.ask(request, person, form, onward)
        actions.say_why(by=request.actor, client=person, **form.cleaned_data)
    return redirect(onward)


@require_safe
@page("client.review_watched", opens="client")
def watched(request: Request) -> HttpResponseBase:
    """What nobody has read, the oldest first; below it what was read."""
    waiting = shown_to(request.actor, queries.unread())
    read = Paginator(queries.read_already(), PER_PAGE).get_page(request.GET.get("page"))
    read.object_list = shown_to(request.actor, read.object_list)
    opened_nobody(request)
    opened(request, waiting, read.object_list)
    is_late = queries.lateness(clock.now())
    return render(request, "clients/watched.html", {
        "waiting": [(one, is_late(one.since)) for one in waiting], "page": read,
    })  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@page("client.review_watched", opens="client")
def watched_one(request: Request, public_id: str) -> HttpResponseBase:
    opening = find_or_404(request.actor, "client.review_watched", queries.openings(), public_id)
    form = WatchedReviewForm(request.POST or None)
    if form.is_valid():
        try:
            actions.review(by=request.actor, opening=opening, **form.cleaned_data)
        except Refused as refused:
            messages.warning(request, str(refused))
        else:
            messages.success(request, _("Written down."))
        return redirect("clients:watched")
    opened(request, opening)
    return render(request, "clients/watched_one.html", {
        "one": opening, "form": form, "review": getattr(opening, "review", None),
        "own": opening.account_id == request.actor.account_id,
    })  # fmt: skip


urlpatterns = [
    path("clients/watched/", watched, name="watched"),
    path("clients/watched/<slug:public_id>/", watched_one, name="watched_one"),
    path("clients/<slug:public_id>/watch/", watch, name="watch"),
    path("clients/<slug:public_id>/watch/<slug:watch>/end/", end_watch, name="end_watch"),
    path("clients/<slug:public_id>/why/", why, name="why"),
]
