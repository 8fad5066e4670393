"""The public site: words of the blueprint, in the look. A page asks the database only which blueprint counts."""

from collections.abc import Callable, Mapping
from datetime import datetime
from itertools import pairwise
from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import path, reverse
from django.views.decorators.http import require_safe

from trellis.doors.public_site import kept, presenters
from trellis.doors.public_site.places import ORDER
from trellis.foundation import clock
from trellis.foundation.access.pages import public
from trellis.foundation.access.requests import Request
from trellis.foundation.program import queries as program
from trellis.foundation.program.schema import Blueprint
from trellis.foundation.program.shell import needs_program, public_shell
from trellis.journey.inquiry import queries as inquiry
from trellis.journey.inquiry.presenters import hours_sentences, promise_sentence

#: seconds in which a page may be shown again without asking; the promise on the first page moves by the quarter hour
FRESH_FOR = 60


def _page(key: str, more: Callable[[Blueprint], Mapping[str, Any]] | None = None) -> Callable[..., HttpResponseBase]:
    @require_safe
    @public("the public site is for everybody")
    @needs_program
    def show(request: Request) -> HttpResponse:
        response = kept.answer(request, lambda: _drawn(request, key, more))
        # A browser that is signed in gets its own copy.
        response["Cache-Control"] = f"{'private' if request.actor.account_id else 'public'}, max-age={FRESH_FOR}"
        return response

    show.__name__ = key
    return show


def _drawn(request: Request, key: str, more: Callable[[Blueprint], Mapping[str, Any]] | None) -> HttpResponse:
    blueprint = program.current()
    return render(request, f"public_site/{key}.html", {
        **public_shell(key),
        "blueprint": blueprint,
        "page": blueprint.page(key),
        "next_page": _next(blueprint, key),
        "worried_url": f"{reverse('help:ask')}?for=loved_one",
        "hours": hours_sentences(inquiry.hours()),
        "promise": _promise(clock.now()),
        **(more(blueprint) if more else {}),
    })  # fmt: skip


def _link(blueprint: Blueprint, key: str) -> dict[str, Any]:
    page = blueprint.page(key)
    return {"url": reverse(f"site:{key}"), "title": page.title, "lead": page.lead}


def _next(blueprint: Blueprint, key: str) -> dict[str, Any] | None:
    following = dict(pairwise(ORDER)).get(key)
    return _link(blueprint, following) if following else None


def _home(blueprint: Blueprint) -> Mapping[str, Any]:
    return {
        **presenters.evening_grid(blueprint),
        "pages": [_link(blueprint, key) for key in ORDER],
        "ask_page": blueprint.page("ask"),
    }


def _iop(blueprint: Blueprint) -> Mapping[str, Any]:
    return {"ladder": presenters.ladder(blueprint)}


def _promise(now: datetime) -> str:
    hours = inquiry.hours()
    return promise_sentence(hours.parts(hours.respond_by(now), now))


def _week(blueprint: Blueprint) -> Mapping[str, Any]:
    return {"tracks": presenters.tracks(blueprint)}


def _therapies(blueprint: Blueprint) -> Mapping[str, Any]:
    return {"therapies": presenters.therapies(blueprint)}


def _session(blueprint: Blueprint) -> Mapping[str, Any]:
    return {"evening": presenters.one_evening(blueprint)}


home = _page("home", _home)
iop = _page("iop", _iop)
week = _page("week", _week)
session = _page("session", _session)
therapies = _page("therapies", _therapies)
twelve_steps = _page("twelve_steps")
community = _page("community")
families = _page("families")
costs = _page("costs")

urlpatterns = [
    path("", home, name="home"),
    path("what-is-an-iop/", iop, name="iop"),
    path("week/", week, name="week"),
    path("in-a-session/", session, name="session"),
    path("therapies/", therapies, name="therapies"),
    path("twelve-steps-or-not/", twelve_steps, name="twelve_steps"),
    path("community/", community, name="community"),
    path("families/", families, name="families"),
    path("cost/", costs, name="costs"),
]
