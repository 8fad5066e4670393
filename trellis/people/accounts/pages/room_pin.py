"""The room PIN: set on one's own account, and typed where a group room was left alone."""

from urllib.parse import urlencode

from allauth.core.internal import ratelimit
from django.contrib import messages
from django.contrib.auth.hashers import check_password
from django.http import HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from trellis.foundation.access.pages import page
from trellis.foundation.access.permissions import Refused
from trellis.foundation.access.requests import Request, typed
from trellis.people.accounts import actions, handing, queries, session, signals
from trellis.people.accounts.forms import OpenRoomForm, RoomPinForm
from trellis.people.accounts.locking import lock_screen
from trellis.people.accounts.middleware import lead, sign_out, to_sign_in
from trellis.people.accounts.pages.own import me
from trellis.people.accounts.rules import Over

NOT_IT = 422


@page("account.room_pin")
@sensitive_post_parameters("pin", "pin_again")
def room_pin(request: Request) -> HttpResponseBase:
    account = me(request)
    if not session.showed_second_step_lately(request, account):
        return lead(request, f"{reverse('mfa_reauthenticate')}?{urlencode({'next': request.path})}")
    form = RoomPinForm(request.POST or None)
    if typed(request, "do") == "remove":
        actions.remove_room_pin(by=request.actor, account=account)
        messages.success(request, _("The room PIN is removed. A room that nobody touches signs you out."))
        return redirect("accounts:details")
    if form.is_valid():
        actions.set_room_pin(by=request.actor, account=account, pin=form.cleaned_data["pin"])
        messages.success(request, _("The room PIN is set."))
        return redirect("accounts:details")
    return render(request, "accounts/room_pin.html", {"form": form, "is_set": bool(account.room_pin)})


@page("account.lock_room")
@require_POST
def lock(request: Request) -> HttpResponseBase:
    """A page says that nobody touched it."""
    try:
        actions.lock_room(by=request.actor, account=me(request), session_key=_key(request))
    except Refused as refused:
        return JsonResponse({"sentence": str(refused)}, status=409)
    return HttpResponse(status=204)


@page("account.try_room_pin")
@sensitive_post_parameters("pin")
def unlock(request: Request) -> HttpResponseBase:
    account, form = me(request), OpenRoomForm(request.POST or None)
    if not account.room_pin:
        return _opened(request, form)
    if not queries.is_locked(_key(request)):
        if request.method == "GET":
            return redirect("accounts:arrive")
        # Its page could not reach us when it locked itself: it is locked from here on.
        actions.lock_room(by=request.actor, account=account, session_key=_key(request))
    if not form.is_valid():
        return _not_it(request, form)
    return _tried(request, form)


def _tried(request: Request, form: OpenRoomForm) -> HttpResponseBase:
    account, key = me(request), _key(request)
    usage = ratelimit.consume(request, app="allauth.account", action="room_pin", key=str(account.pk))
    if not usage or not actions.take_a_try(by=request.actor, account=account, session_key=key):
        return _over(request)
    if check_password(form.cleaned_data["pin"], account.room_pin):
        usage.rollback()
        actions.open_room(by=request.actor, account=account, session_key=key)
        session.touch(request)
        handing.forget(request)
        return _opened(request, form)
    signals.note(request, account, "room PIN refused")
    left = queries.tries_left(key)
    if not left:
        return _over(request)
    form.add_error("pin", wrong(left))
    return _not_it(request, form)


def wrong(left: int) -> str:
    if left == 1:
        return _("That is not your room PIN. One try is left; then you are signed out.")
    return _("That is not your room PIN. %(number)d tries are left.") % {"number": left}


def _opened(request: Request, form: OpenRoomForm) -> HttpResponseBase:
    if _wants_json(request):
        return JsonResponse({"open": True})
    onward = form.data.get("next", "")
    ours = url_has_allowed_host_and_scheme(onward, allowed_hosts={request.get_host()})
    return redirect(onward if ours else reverse("accounts:arrive"))


def _not_it(request: Request, form: OpenRoomForm) -> HttpResponseBase:
    if _wants_json(request):
        return JsonResponse({"sentence": " ".join(map(str, form.errors.get("pin", [])))}, status=NOT_IT)
    return lock_screen(request, form)


def _over(request: Request) -> HttpResponseBase:
    """Too many: whoever it is shows by their whole sign-in who they are."""
    sign_out(request)
    return to_sign_in(request, Over.TRIES)


def _key(request: Request) -> str:
    return request.session.session_key or ""


def _wants_json(request: Request) -> bool:
    return request.headers.get("Accept") == "application/json"


urlpatterns = [
    path("room-pin/", room_pin, name="room_pin"),
    path("lock/", lock, name="lock"),
    path("unlock/", unlock, name="unlock"),
]
