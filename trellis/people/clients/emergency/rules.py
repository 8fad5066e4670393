"""How long an emergency lasts, and when nobody has looked at one for too long. Pure."""

from datetime import datetime, timedelta

#: how long a record stays open; whoever needs it longer says so again
OPEN_FOR = timedelta(hours=1)
#: within which somebody reads why a record was opened
READ_WITHIN = timedelta(days=1)
FEWEST_LETTERS = 10


def is_open(since: datetime, until: datetime, now: datetime) -> bool:
    """From the instant it was opened to the instant it ends, which is not part of it."""
    return since <= now < until


def late_before(now: datetime) -> datetime:
    """What was opened before this and is not read yet waits too long."""
    return now - READ_WITHIN


def says_why(words: str) -> bool:
    """A few words that another person can judge: letters and numbers, not signs."""
    return sum(letter.isalnum() for letter in words) >= FEWEST_LETTERS
