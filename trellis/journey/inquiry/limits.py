"""How many inquiries one address, and everybody together, may send in ten minutes."""

import random
import time

from django.core.cache import cache
from django.utils.crypto import salted_hmac

WINDOW_SECONDS = 600
PER_ADDRESS = 10
TOGETHER = 90


class TooMany(Exception):
    """The answer is 429 and a telephone number."""


def count_one(address: str | None) -> None:
    """Take one place of each limit, or raise TooMany. An address is never kept readable."""
    window = _window()
    who = salted_hmac("inquiry.limit", address or "", algorithm="sha256").hexdigest()[:20]
    if not _take(f"inquiry:limit:{window}:{who}", PER_ADDRESS) or not _take(f"inquiry:limit:{window}:all", TOGETHER):
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
