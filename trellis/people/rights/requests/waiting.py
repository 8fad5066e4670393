"""How many requests wait for an answer, and the sentences that say so on first screens. Pure."""

from dataclasses import dataclass

from django.utils.translation import ngettext


@dataclass(frozen=True)
class Waiting:
    """Requests that nobody has answered; of these, how many are past their day, and how many are due soon."""

    number: int = 0
    late: int = 0
    soon: int = 0

    @property
    def late_words(self) -> str:
        return ngettext(
            "A client’s request is past the day that we promised.",
            "%(number)d requests of clients are past the day that we promised.",
            self.late,
        ) % {"number": self.late}

    @property
    def soon_words(self) -> str:
        return ngettext(
            "A client’s request is due within three days.",
            "%(number)d requests of clients are due within three days.",
            self.soon,
        ) % {"number": self.soon}
