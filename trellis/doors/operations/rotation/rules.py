"""What is true of keys and of the texts under them: pure, over keys and numbers."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

FIRST = "It seals what is written now. Make another one first: trellis keys rotate"


@dataclass
class Found:
    """What lies in one place: how many texts each key opens, and the ids of rows with a text that no key opens."""

    place: str
    never_changes: bool = False
    texts: Counter[str] = field(default_factory=Counter)
    closed: list[int] = field(default_factory=list)

    def older(self, keys: Sequence[str]) -> int:
        return sum(self.texts[key] for key in keys[1:])


def waiting(found: Iterable[Found], keys: Sequence[str]) -> int:
    """Texts under an older key that can be sealed anew."""
    return sum(one.older(keys) for one in found if not one.never_changes)


def staying(found: Iterable[Found], keys: Sequence[str]) -> int:
    """Texts under an older key in rows that never change: their key stays."""
    return sum(one.older(keys) for one in found if one.never_changes)


def why_not(key: str, keys: Sequence[str], found: Iterable[Found]) -> str:
    """Why a key cannot be let go, in a sentence; empty: it can."""
    if key == keys[0]:
        return FIRST
    needing = [(one, one.texts[key]) for one in found if one.texts[key]]
    if not needing:
        return ""
    where = ", ".join(f"{one.place} ({number})" for one, number in needing)
    said = f"It is needed: {sum(number for _, number in needing)} texts lie under it, in {where}."
    if any(not one.never_changes for one, _ in needing):
        return f"{said} Run first: trellis keys reseal"
    return f"{said} These rows never change, so it stays."
