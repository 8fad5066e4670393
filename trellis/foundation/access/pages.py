"""Who may open a page, and what the page opens."""

import functools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import Model, QuerySet
from django.http import Http404, HttpResponseBase

from trellis.foundation.access.actions import record_act
from trellis.foundation.access.actor import Actor
from trellis.foundation.access.permissions import KEPT_OUT, NOT_PERMITTED, NotPermitted, may
from trellis.foundation.access.requests import Request

View = Callable[..., HttpResponseBase]
M = TypeVar("M", bound=Model)


@dataclass(frozen=True)
class PageAccess:
    """What a page declares. `verb` None: everybody may open it. `opens`: the kind of subject it shows, if any."""

    verb: str | None
    opens: str | None = None
    #: why a page that changes nothing may be opened without a sign-in
    reason: str = ""


class NothingOpened(RuntimeError):
    """A page declared that it opens a record and did not say which."""


#: what a room asks before a page about one record is shown: `(request, verb, subjects)`, an answer in its place or None
AskFirst = Callable[[Request, str, list[str]], HttpResponseBase | None]
_ask_first: list[AskFirst] = []


def ask_first(ask: AskFirst) -> None:
    """Called at start by the room that knows whose record is not shown without a question."""
    _ask_first.append(ask)


def public(reason: str) -> Callable[[View], View]:
    """Everybody may open this page. The reason stands in the architecture test's report."""

    def decorate(view: View) -> View:
        @functools.wraps(view)
        def open_page(request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
            return view(request, *args, **kwargs)

        open_page.access = PageAccess(None, None, reason)  # type: ignore[attr-defined]
        open_page.login_required = False  # type: ignore[attr-defined]
        return open_page

    return decorate


def page(verb: str, *, opens: str | None = None) -> Callable[[View], View]:
    """Whoever may do `verb` in some relation may open the page; the page itself asks about the object.

    A page about one record asks itself whether it is closed to the reader. A list leaves such people out; one that does
    not is not shown at all.
    """

    def decorate(view: View) -> View:
        @functools.wraps(view)
        def open_page(request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not may(request.actor, verb):
                raise NotPermitted(NOT_PERMITTED)
            request.opened = []
            response = view(request, *args, **kwargs)
            if opens:
                if not kwargs and not request.actor.kept_out.isdisjoint(request.opened):
                    raise NotPermitted(KEPT_OUT)
                if kwargs and (asked := _asked(request, verb, response)) is not None:
                    return asked
                _write_opened(request, verb, response)
            return response

        open_page.access = PageAccess(verb, opens)  # type: ignore[attr-defined]
        return open_page

    return decorate


def library(view: View, verb: str | None = None, *, reason: str = "") -> View:
    """A page of a library, which cannot say itself who may open it. Without a verb it is public, for a reason."""
    if (verb is None) == (not reason):
        raise TypeError("a page of a library has a verb, or is public for a reason")

    @functools.wraps(view)
    def open_page(request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if verb is not None and not may(request.actor, verb):
            raise NotPermitted(NOT_PERMITTED)
        response = view(request, *args, **kwargs)
        response["Cache-Control"] = "no-store"
        return response

    open_page.access = PageAccess(verb, None, reason)  # type: ignore[attr-defined]
    open_page.login_required = verb is not None  # type: ignore[attr-defined]
    return open_page


def opened(request: Request, *things: Any) -> None:
    """Say what the page shows: whatever says whom it is about, lists of such, or plain subjects (`client:4`)."""
    for thing in things:
        if isinstance(thing, str):
            request.opened.append(thing)
        elif (subjects := getattr(thing, "audit_subjects", None)) is not None:
            request.opened.extend(subjects)
        else:
            opened(request, *thing)


def opened_nobody(request: Request) -> None:
    """The list is empty today: say so, so that forgetting stays a fault."""
    request.opened.append("")


def _asked(request: Request, verb: str, response: HttpResponseBase) -> HttpResponseBase | None:
    """A question in the page's place. What somebody sends is never held up by one: nothing typed is lost."""
    if response.status_code != 200 or request.method not in ("GET", "HEAD"):
        return None
    return next((found for ask in _ask_first if (found := ask(request, verb, request.opened)) is not None), None)


def _write_opened(request: Request, verb: str, response: HttpResponseBase) -> None:
    if response.status_code != 200:
        return
    if not request.opened:
        raise NothingOpened(f"{verb}: the page opens a record and did not say which")
    subjects = [subject for subject in request.opened if subject]
    if subjects:
        with transaction.atomic():
            record_act(request.actor, f"opened {verb}", subjects)


def find_or_404(actor: Actor, verb: str, rows: "QuerySet[M]", public_id: str) -> M:
    """The row, if it is there and the actor may; the same answer for "not yours" and "not there"."""
    # PostgreSQL takes no null character in a text, and nothing has such an id.
    return found_or_404(actor, verb, None if "\0" in public_id else rows.filter(public_id=public_id).first())


def found_or_404(actor: Actor, verb: str, row: M | None) -> M:
    """The same for a row that was looked for already."""
    if row is None or not may(actor, verb, row):
        raise Http404
    return row
