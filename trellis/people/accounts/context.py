from typing import Any

from django.conf import settings
from django.http import HttpRequest

from trellis.foundation.access.permissions import may
from trellis.people.accounts import session
from trellis.people.accounts.rules import PAGE_EARLIER
from trellis.ui import navigation
from trellis.ui.addresses import address


def person(request: HttpRequest) -> dict[str, Any]:
    """Who is signed in, where they may go, and when the page asks whether they are still there."""
    actor = getattr(request, "actor", None)
    if actor is None or actor.account_id is None:
        return {}
    place = "staff" if actor.is_staff else "family" if actor.roles == {"loved_one"} else "client"
    links = navigation.links(place, allowed=lambda verb: may(actor, verb))  # type: ignore[arg-type]
    return {
        "me": request.user,
        "nav_items": links,
        "nav_current": present(links, request.path),
        "home_url": address("accounts:arrive"),
        "account_url": address("accounts:details"),
        "signout_url": address("account_logout"),
        "signed_in_name": getattr(request.user, "chosen_name", ""),
        **idle(request, staff=actor.is_staff),
        **lock(request, staff=actor.is_staff),
    }


def lock(request: HttpRequest, *, staff: bool) -> dict[str, Any]:
    """What a page needs that locks when nobody touches it; nothing for who has no room PIN."""
    if not staff or not settings.ROOM_LOCK_MINUTES:
        return {}
    has_pin = bool(getattr(request.user, "room_pin", ""))
    return {"lock_minutes": settings.ROOM_LOCK_MINUTES, "has_room_pin": has_pin}


def present(links: list[navigation.NavLink], path: str) -> str:
    """The key of the item that the page stands under: the one whose path is the longest beginning of ours."""
    under = [link for link in links if path.startswith(link.url)]
    return max(under, key=lambda link: len(link.url)).key if under else ""


def idle(request: HttpRequest, *, staff: bool) -> dict[str, Any]:
    allowed = session.limits(request, staff=staff).idle
    if allowed is None:
        return {}
    return {
        "idle_seconds": max(30, int((allowed - PAGE_EARLIER).total_seconds())),
        "idle_ping_url": address("accounts:ping"),
        "idle_leave_url": address("accounts:left"),
    }
