"""How many summaries, letters and next places wait, and the sentences that say so on first screens. Pure."""

from dataclasses import dataclass

from django.utils.translation import ngettext


@dataclass(frozen=True)
class Waiting:
    """Summaries past their day; letters past their day, and due today; next places that nobody confirmed in time."""

    summaries_late: int = 0
    letters_late: int = 0
    letters_today: int = 0
    arrivals_late: int = 0

    @property
    def summary_words(self) -> str:
        return ngettext(
            "A summary at the end of a stay is past its day.",
            "%(number)d summaries at the end of a stay are past their day.",
            self.summaries_late,
        ) % {"number": self.summaries_late}

    @property
    def late_words(self) -> str:
        return ngettext(
            "A letter that somebody asked for is past its day.",
            "%(number)d letters that somebody asked for are past their day.",
            self.letters_late,
        ) % {"number": self.letters_late}

    @property
    def today_words(self) -> str:
        return ngettext(
            "A letter that somebody asked for is due today.",
            "%(number)d letters that somebody asked for are due today.",
            self.letters_today,
        ) % {"number": self.letters_today}

    @property
    def arrival_words(self) -> str:
        return ngettext(
            "Somebody left for another place, and nobody knows whether they got there.",
            "%(number)d people left for another place, and nobody knows whether they got there.",
            self.arrivals_late,
        ) % {"number": self.arrivals_late}
