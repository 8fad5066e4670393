"""A locked session answers nothing but the lock: the server holds it, so that no reload goes around it."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.urls import reverse

from trellis.people.accounts import handing, queries, session
from trellis.people.accounts.actions import lock_room
from trellis.people.accounts.forms import OpenRoomForm
from trellis.people.accounts.middleware import asked_by_script, came_from, keep_words, sign_out, to_sign_in

Next = Callable[[HttpRequest], HttpResponseBase]

LOCKED = 423
#: what a locked session may still ask, beside public pages
STILL_OPEN = {"accounts:lock", "accounts:unlock", "accounts:draft", "account_logout"}
#: an attribute of pages that lock when nobody touches them
LOCKS = "locks_when_quiet"


def locks_when_quiet(view: Any) -> Any:
    """A page that whoever walks by must not read: left alone, it is covered until the room PIN was typed."""
    setattr(view, LOCKS, True)
    return view


class LockedRoom:
    """Asks nothing of the database for anybody without a room PIN, and one question for everybody with one."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponseBase:
        request.handed = None
        if not has_pin(request) and request.actor.is_staff and handing.KEY in request.session:
            # Its lock has no key any more: the whole sign-in is asked for.
            sign_out(request)
            return to_sign_in(request)
        lock = lock_on(request)
        request.locked = lock is not None
        request.handed = handing.of(request, lock)
        response = self.get_response(request)
        # An address that leads nowhere is no way out either.
        lost = request.handed is not None and request.resolver_match is None
        return locked(request) if lost else response

    def process_view(self, request: Any, view: Any, args: Any, kwargs: Any) -> HttpResponseBase | None:
        if request.handed is not None:
            return _in_other_hands(request, view)
        access = getattr(view, "access", None)
        if request.locked:
            is_public = access is not None and access.verb is None
            return None if is_public or request.resolver_match.view_name in STILL_OPEN else locked(request)
        if has_pin(request) and request.method == "GET" and not by_itself(request):
            session.stay(request, in_room=getattr(view, LOCKS, False))
        return None


def has_pin(request: Any) -> bool:
    return bool(request.actor.is_staff and request.user.room_pin)


def _in_other_hands(request: Any, view: Any) -> HttpResponseBase | None:
    """The task alone while it lasts; public pages are no exception, so that nobody wanders off."""
    if getattr(view, handing.OPEN, False) and not request.handed.over:
        handing.note(request)
        return None
    return None if request.resolver_match.view_name in handing.STAFF else locked(request)


def lock_on(request: Any) -> int | None:
    """Locked by its page, or, where a page could not say so, by the time that nobody touched it."""
    if not has_pin(request):
        return None
    key = request.session.session_key
    known = queries.lock_of(key)
    if known is not None or not session.room_is_quiet(request):
        return known
    return lock_room(by=request.actor, account=request.user, session_key=key).pk


def locked(request: Any) -> HttpResponseBase:
    if request.handed is not None:
        return handed_back(request)
    keep_words(request)
    if by_itself(request) or request.headers.get("Accept") == "application/json":
        return JsonResponse({"locked": True}, status=LOCKED)
    return lock_screen(request, OpenRoomForm(initial={"next": came_from(request)}))


def handed_back(request: Any) -> HttpResponseBase:
    """Whoever holds the device reads thanks; a script of its page is led here."""
    if by_itself(request) or request.headers.get("Accept") == "application/json":
        return HttpResponse(status=401, headers={"HX-Redirect": reverse("accounts:unlock")})
    return lock_screen(request, OpenRoomForm(initial={"next": request.handed.back}))


def lock_screen(request: HttpRequest, form: OpenRoomForm) -> HttpResponseBase:
    """Nothing on it says whose it is or what lies behind; it stays, for there is nothing to hide any more."""
    shown = {"form": form, "idle_seconds": None, "handed": getattr(request, "handed", None)}
    return render(request, "accounts/locked.html", shown, status=LOCKED)


def by_itself(request: HttpRequest) -> bool:
    """A script of a page asks, not somebody who opens one."""
    return asked_by_script(request) or "X-Background" in request.headers
