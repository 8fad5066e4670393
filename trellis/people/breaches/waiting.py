"""How many incidents are open, and the sentences that say so on first screens. Pure."""

from dataclasses import dataclass

from django.utils.translation import ngettext


@dataclass(frozen=True)
class Waiting:
    """Incidents of which something is owed; of these, how many are past a day of the law, and how many are near one."""

    number: int = 0
    late: int = 0
    soon: int = 0

    @property
    def late_words(self) -> str:
        return ngettext(
            "An incident with records is past a day of the law.",
            "%(number)d incidents with records are past a day of the law.",
            self.late,
        ) % {"number": self.late}

    @property
    def soon_words(self) -> str:
        return ngettext(
            "An incident with records is due within seven days.",
            "%(number)d incidents with records are due within seven days.",
            self.soon,
        ) % {"number": self.soon}

    @property
    def open_words(self) -> str:
        return ngettext(
            "An incident with records is open.",
            "%(number)d incidents with records are open.",
            self.number,
        ) % {"number": self.number}
