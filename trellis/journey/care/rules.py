"""What a note kept apart must be. Pure."""

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

#: a lazy text
Sentence = Any

SOURCE = "42 CFR 2.11, 2.31(b)"
SAY_IT = _("Write what you want to keep. Nothing stands there yet.")
AHEAD = _("This day lies ahead. Write the day of the talk.")
SAME_WORDS = _("These are the words that stand there already. Nothing was changed.")


def why_not(words: str, on: date, today: date, before: str | None = None) -> Sentence | None:
    """In: the words, the day of the talk, today, and what the note said before. Out: why it cannot be kept, or None.

    An analysis of what was said (42 CFR 2.11) is about a talk that was held.
    """
    if not words.strip():
        return SAY_IT
    if on > today:
        return AHEAD
    return SAME_WORDS if before is not None and before == words.strip() else None
