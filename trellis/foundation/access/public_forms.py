"""What keeps a public form honest without a cookie: where it comes from, a stamp for one sending, and limits.

Each form has a name, so that the stamps and the places of one are none of another's.
"""

import random
import time
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.core import signing
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import get_random_string, salted_hmac

#: a form that lay open longer gets a new stamp and is sent once more
GOOD_FOR = timedelta(hours=12)
WINDOW_SECONDS = 600


def came_from_here(request: HttpRequest) -> bool:
    """Whether the browser says that this site's own page sent the form.

    A browser that says nothing at all is believed: the stamp and the limits still hold, and no sign-in is at stake.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None and site not in ("same-origin", "none"):
        return False
    origin = request.headers.get("Origin")
    if origin is None:
        return True
    return origin in settings.CSRF_TRUSTED_ORIGINS or urlsplit(origin).netloc == request.get_host()


@dataclass(frozen=True)
class Stamps:
    """One-time stamps: a form that was not given out here, or was sent before, is noticed."""

    form: str

    def new(self) -> str:
        return self._signer().sign(get_random_string(20))

    def is_ours(self, stamp: str) -> bool:
        """Whether it was given out here, and not too long ago."""
        try:
            self._signer().unsign(stamp, max_age=GOOD_FOR)
        except signing.BadSignature:
            return False
        return True

    def spend(self, stamp: str) -> bool:
        """True for the first who sends this stamp. Called in the transaction of the act that it allows."""
        key = salted_hmac(self._salt, stamp, algorithm="sha256").hexdigest()[:40]
        # Remembered for longer than it is good for: a stamp is never free again.
        return self.is_ours(stamp) and cache.add(f"{self.form}:stamp:{key}", 1, timeout=2 * GOOD_FOR.total_seconds())

    @property
    def _salt(self) -> str:
        return f"{self.form}.stamp"

    def _signer(self) -> signing.TimestampSigner:
        return signing.TimestampSigner(salt=self._salt)


class TooMany(Exception):
    """The answer is 429 and another way to reach us."""


def count_one(form: str, address: str | None, *, per_address: int, together: int) -> None:
    """Take one place of each limit of these ten minutes, or raise TooMany. An address is never kept readable."""
    window = _window()
    who = salted_hmac(f"{form}.limit", address or "", algorithm="sha256").hexdigest()[:20]
    limit = f"{form}:limit:{window}"
    if not _take(f"{limit}:{who}", per_address) or not _take(f"{limit}:all", together):
        raise TooMany


def _window() -> int:
    return int(time.time()) // WINDOW_SECONDS


def _take(prefix: str, places: int) -> bool:
    # The database cache adds atomically but does not count atomically: each place is a key that one sender gets.
    keys = [f"{prefix}:{n}" for n in range(places)]
    taken = cache.get_many(keys)
    free = [key for key in keys if key not in taken]
    random.shuffle(free)  # senders of the same moment rarely try the same place
    return any(cache.add(key, 1, timeout=2 * WINDOW_SECONDS) for key in free)
