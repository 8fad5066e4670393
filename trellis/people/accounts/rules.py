"""What makes a sign-in name and a PIN good enough, when a session is over, which page comes first. Pure."""

import hashlib
import re
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

FEWEST_DIGITS = 6
MOST_DIGITS = 12
FEWEST_ROOM_DIGITS = 4
MOST_ROOM_DIGITS = 8
#: down and across the keys of a telephone, and their like (the first of every list of leaked PINs that no rule names)
TRIED_FIRST = frozenset({"2580", "0852", "1379", "1397", "7931", "1470", "3690", "147258", "159753", "147258369"})
#: an account may be signed in at so many places at once
MOST_SESSIONS = 5
#: wrong room PINs after which a session is over
ROOM_TRIES = 5
SIGN_IN_NAME = re.compile(r"[a-z0-9](?:[a-z0-9._-]{1,38}[a-z0-9])")
#: how often the sign of life of a session is written down; a session ends at most this much early
STEP = timedelta(seconds=20)
#: how much earlier than the server a page says "are you still there": its own pings come every 30 seconds
PAGE_EARLIER = timedelta(seconds=50)
#: a device of ours that was handed to somebody, and that nobody touches, locks after this
HANDED_QUIET = timedelta(minutes=5)


def fault_of_pin(pin: str) -> Promise | None:
    """In: a PIN as typed. Out: what is wrong with it, or None. Source: NIST SP 800-63B 3.1.1 (six digits or more)."""
    if not pin.isascii() or not pin.isdigit() or not FEWEST_DIGITS <= len(pin) <= MOST_DIGITS:
        return _("Choose a PIN of 6 to 12 digits.")
    if len(set(pin)) < 3:
        return _("Choose a PIN with at least three different digits.")
    if is_run(pin):
        return _("Choose a PIN that does not count up or down.")
    return None


def fault_of_room_pin(pin: str) -> Promise | None:
    """In: a room PIN as typed. Out: what is wrong with it, or None. It opens only what its owner signed in to before,
    and five wrong ones end that: so four digits are enough, but none of those that people try first.
    """
    if not pin.isascii() or not pin.isdigit() or not FEWEST_ROOM_DIGITS <= len(pin) <= MOST_ROOM_DIGITS:
        return _("Choose a room PIN of 4 to 8 digits.")
    if len(set(pin)) < 3 or is_run(pin) or pin in TRIED_FIRST:
        return _("This PIN is easy to guess. Choose one with at least three different digits, not counting up or down.")
    if len(pin) == 4 and pin[:2] in ("19", "20"):
        return _("This PIN looks like a year, which is easy to guess. Choose another one.")
    return None


def is_run(pin: str) -> bool:
    """123456, 890123 or 987654: each digit one more, or one less, than the one before."""
    steps = {(int(b) - int(a)) % 10 for a, b in pairwise(pin)}
    return steps in ({1}, {9})


def clean_name(name: str) -> str:
    return name.strip().lower()


def fault_of_sign_in_name(name: str) -> Promise | None:
    """In: a sign-in name, cleaned. Out: what is wrong with it, or None. It never looks like an email address."""
    if not SIGN_IN_NAME.fullmatch(name):
        return _("A sign-in name has 3 to 40 letters a to z, digits, dots or hyphens, such as blue.river7.")
    return None


class Over(StrEnum):
    """Why a session is over."""

    IDLE = "idle"
    WHOLE = "whole"
    TRIES = "tries"


@dataclass(frozen=True)
class Limits:
    """How long a session lasts without a sign of life (None: as long as `whole`), and at most."""

    idle: timedelta | None
    whole: timedelta


def why_over(now: datetime, started: datetime, seen: datetime, limits: Limits) -> Over | None:
    if now - started >= limits.whole:
        return Over.WHOLE
    if limits.idle is not None and now - seen >= limits.idle:
        return Over.IDLE
    return None


def is_quiet(now: datetime, seen: datetime, allowed: timedelta) -> bool:
    """Whether a room has been left alone for so long that the server locks it, if its page has not done so already."""
    return bool(allowed) and now - seen >= allowed + PAGE_EARLIER


def new_token() -> str:
    """128 random bits, for a link."""
    return secrets.token_urlsafe(16)


def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def first_screen(roles: Iterable[str], order: Iterable[str], screens: Mapping[str, object]) -> str | None:
    """The role whose first screen a person gets: the first in `order` that they hold and that has one."""
    held = frozenset(roles)
    return next((role for role in order if role in held and role in screens), None)
