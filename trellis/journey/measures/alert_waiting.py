"""How many answers need a person, and the sentences that say so on first screens. Pure."""

from dataclasses import dataclass

from django.utils.translation import ngettext


@dataclass(frozen=True)
class Waiting:
    """`number`: alerts until somebody wrote what was done; `waiting`: of these, not taken on by anybody."""

    number: int = 0
    waiting: int = 0

    @property
    def words(self) -> str:
        if self.waiting:
            return ngettext(
                "Somebody’s answer needs a person now.",
                "%(number)d answers need a person now.",
                self.waiting,
            ) % {"number": self.waiting}
        return ngettext(
            "An answer is taken on. Write what was done.",
            "%(number)d answers are taken on. Write what was done.",
            self.number,
        ) % {"number": self.number}

    @property
    def tone(self) -> str:
        return "rose" if self.waiting else "gold"

    @property
    def version(self) -> str:
        """What a page shows already needs not be shown again."""
        return f"{self.number}-{self.waiting}"
