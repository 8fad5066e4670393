"""A device of ours in somebody else's hands: its session is locked, and the pages of one task alone are open.

What is handed over is noted in the session, beside the lock and only with it: where either is lost, all is locked.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language

from trellis.foundation import clock
from trellis.foundation.access.actor import Actor
from trellis.people.accounts import rules, session
from trellis.people.accounts.actions import lock_room
from trellis.people.accounts.models import Account

KEY = "handed"
#: an attribute of the pages that whoever holds the device may open
OPEN = "open_while_handed"
#: what the staff's own hands still reach
STAFF = {"accounts:unlock", "account_logout"}


@dataclass(frozen=True)
class Handed:
    """`to`: whose task it is, as the room that handed it over names them. `language`: of their pages, last.
    `back`: where the staff go on.
    """

    to: str
    #: of the page that was shown last
    language: str
    since: datetime
    back: str
    over: bool


def open_while_handed(view: Any) -> Any:
    """A page that whoever holds a device of ours may open, and nobody else."""
    setattr(view, OPEN, True)
    return view


def hand_over(request: HttpRequest, *, by: Actor, account: Account, to: str, language: str, back: str) -> None:
    """Locked first: nothing is open while it changes hands. Refused without a room PIN."""
    lock = lock_room(by=by, account=account, session_key=request.session.session_key or "")
    now = clock.now().timestamp()
    request.session[KEY] = {
        "lock": lock.pk, "to": to, "language": language, "since": now, "seen": now, "back": back, "over": False,
    }  # fmt: skip


def of(request: HttpRequest, lock: int | None) -> Handed | None:
    """What is handed over under this lock; silence for a while ends it, whatever the page believes."""
    noted = request.session.get(KEY)
    if lock is None or not noted or noted["lock"] != lock:
        return None
    silent = rules.is_quiet(clock.now(), _instant(noted["seen"]), rules.HANDED_QUIET)
    over = noted["over"] or silent
    return Handed(noted["to"], noted["language"], _instant(noted["since"]), noted["back"], over)


def note(request: HttpRequest) -> None:
    """Somebody is at it: a sign of life of the task, and of the session under it."""
    session.touch(request)
    _change(request, seen=clock.now().timestamp(), language=(get_language() or "en")[:2])


def end(request: HttpRequest) -> None:
    """Finished or given back: from here on nothing is open but the lock."""
    _change(request, over=True)


def forget(request: HttpRequest) -> None:
    """The PIN was right."""
    request.session.pop(KEY, None)


def _change(request: HttpRequest, **values: Any) -> None:
    request.session[KEY] = {**request.session[KEY], **values}


def _instant(stamp: float) -> datetime:
    return datetime.fromtimestamp(stamp, UTC)
