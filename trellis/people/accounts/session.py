"""What a session remembers about its own age and how it was opened. No database beyond the session itself."""

import time
from datetime import UTC, datetime, timedelta

from allauth.account import app_settings
from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.account.internal.flows.reauthentication import did_recently_reauthenticate
from django.conf import settings
from django.http import HttpRequest

from trellis.foundation import clock
from trellis.people.accounts.models import Account
from trellis.people.accounts.rules import STEP, Limits, Over, is_quiet, why_over

STARTED, SEEN, KEPT, IN_ROOM = "started", "seen", "kept", "in_room"
ASKED = "asked_to_be_kept"  # from the sign-in form until the last step of the sign-in


def begin(request: HttpRequest, *, kept: bool = False) -> None:
    """A session starts, or starts to be kept on this device, which only a person's own choice does."""
    now = clock.now().timestamp()
    request.session.update({STARTED: now, SEEN: now, KEPT: kept})


def limits(request: HttpRequest, *, staff: bool) -> Limits:
    if staff:
        return Limits(timedelta(minutes=settings.IDLE_MINUTES_STAFF), timedelta(hours=settings.SESSION_HOURS_STAFF))
    if request.session.get(KEPT):
        return Limits(None, timedelta(days=settings.SESSION_DAYS_KEPT))
    return Limits(timedelta(minutes=settings.IDLE_MINUTES_CLIENT), timedelta(hours=settings.SESSION_HOURS_CLIENT))


def why_ended(request: HttpRequest, *, staff: bool) -> Over | None:
    now = clock.now()
    if STARTED not in request.session:
        begin(request)
    started, seen = (_instant(request, key, now) for key in (STARTED, SEEN))
    return why_over(now, started, seen, limits(request, staff=staff))


def touch(request: HttpRequest) -> None:
    """A sign of life; written down at most every STEP, for each time is a write."""
    now = clock.now()
    if now - _instant(request, SEEN, now) >= STEP:
        request.session[SEEN] = now.timestamp()


def stay(request: HttpRequest, *, in_room: bool) -> None:
    """Notes whether the page that somebody just opened is one that locks when nobody touches it."""
    if bool(request.session.get(IN_ROOM)) != in_room:
        request.session[IN_ROOM] = in_room


def room_is_quiet(request: HttpRequest) -> bool:
    now = clock.now()
    allowed = timedelta(minutes=settings.ROOM_LOCK_MINUTES)
    return bool(request.session.get(IN_ROOM)) and is_quiet(now, _instant(request, SEEN, now), allowed)


def showed_second_step_lately(request: HttpRequest, account: Account) -> bool:
    """By the wall's clock, as the library that writes the records reads it."""
    records = [one for one in get_authentication_records(request, account) if one.get("method") == "mfa"]
    return bool(records) and time.time() - records[-1]["at"] < app_settings.REAUTHENTICATION_TIMEOUT


def showed_themselves_lately(request: HttpRequest) -> bool:
    """Typed their password, or showed another proof, within the minutes after which the library asks again."""
    return bool(did_recently_reauthenticate(request))


def passed_second_step(request: HttpRequest, account: Account) -> bool:
    """Did whoever opened this session show a second factor, or sign in by passkey, which is two in one?"""
    return any(record.get("method") == "mfa" for record in get_authentication_records(request, account))


def note_second_step(request: HttpRequest, account: Account, kind: str) -> None:
    record_authentication(request, account, "mfa", type=kind)


def _instant(request: HttpRequest, key: str, fallback: datetime) -> datetime:
    stamp = request.session.get(key)
    return datetime.fromtimestamp(stamp, UTC) if isinstance(stamp, int | float) else fallback
