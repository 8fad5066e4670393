"""One-time stamps: a form that was not given out here, or was sent before, is noticed without a cookie."""

from datetime import timedelta

from django.core import signing
from django.core.cache import cache
from django.utils.crypto import get_random_string, salted_hmac

#: a form that lay open longer gets a new stamp and is sent once more
GOOD_FOR = timedelta(hours=12)
_SALT = "inquiry.stamp"


def new_stamp() -> str:
    return signing.TimestampSigner(salt=_SALT).sign(get_random_string(20))


def is_ours(stamp: str) -> bool:
    """Whether it was given out here, and not too long ago."""
    try:
        signing.TimestampSigner(salt=_SALT).unsign(stamp, max_age=GOOD_FOR)
    except signing.BadSignature:
        return False
    return True


def spend(stamp: str) -> bool:
    """True for the first who sends this stamp. Called in the transaction of the act that it allows."""
    key = salted_hmac(_SALT, stamp, algorithm="sha256").hexdigest()[:40]
    # Remembered for longer than it is good for: a stamp is never free again.
    return is_ours(stamp) and cache.add(f"inquiry:stamp:{key}", 1, timeout=2 * GOOD_FOR.total_seconds())
