"""How many notes wait for a clinician, and the sentences that say so on first screens. Pure."""

from dataclasses import dataclass

from django.utils.translation import ngettext


@dataclass(frozen=True)
class Waiting:
    """Notes that no clinician has read; of these, how many speak of danger, and how many lie too long."""

    number: int = 0
    danger: int = 0
    late: int = 0

    @property
    def danger_words(self) -> str:
        return ngettext(
            "Somebody from outside told us of danger. Nobody has read it yet.",
            "%(number)d notes from outside speak of danger. Nobody has read them yet.",
            self.danger,
        ) % {"number": self.danger}

    @property
    def late_words(self) -> str:
        return ngettext(
            "A note from outside waits longer than a day.",
            "%(number)d notes from outside wait longer than a day.",
            self.late,
        ) % {"number": self.late}

    @property
    def words(self) -> str:
        return ngettext(
            "One note from outside waits to be read.",
            "%(number)d notes from outside wait to be read.",
            self.number,
        ) % {"number": self.number}
