"""The words of the orientation, as the program says them: shown, signed, and kept with their hash."""

from dataclasses import dataclass
from hashlib import sha256

from trellis.journey.admission.arriving.blueprint import Arriving


@dataclass(frozen=True)
class Orientation:
    #: title and words of each passage
    passages: tuple[tuple[str, str], ...]

    @property
    def text(self) -> str:
        return "\n\n".join(f"{title}\n{words}" for title, words in self.passages)

    @property
    def sha256(self) -> str:
        return sha256(self.text.encode()).hexdigest()


def orientation(section: Arriving, language: str) -> Orientation:
    return Orientation(
        tuple((getattr(one.title, language), getattr(one.words, language)) for one in section.orientation)
    )
