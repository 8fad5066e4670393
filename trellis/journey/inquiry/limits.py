"""How many inquiries one address, and everybody together, may send in ten minutes."""

from trellis.foundation.access import public_forms
from trellis.foundation.access.public_forms import WINDOW_SECONDS, TooMany

PER_ADDRESS = 10
TOGETHER = 90

__all__ = ["PER_ADDRESS", "TOGETHER", "WINDOW_SECONDS", "TooMany", "count_one"]


def count_one(address: str | None) -> None:
    """Take one place, or raise TooMany: the answer is 429 and a telephone number."""
    public_forms.count_one("inquiry", address, per_address=PER_ADDRESS, together=TOGETHER)
