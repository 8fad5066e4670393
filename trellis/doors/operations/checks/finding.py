from dataclasses import asdict, dataclass
from enum import StrEnum


class State(StrEnum):
    OK = "ok"
    LOOK = "look"  # works, and somebody should look at it
    WRONG = "wrong"


@dataclass(frozen=True)
class Finding:
    name: str
    state: State
    sentence: str
    remedy: str = ""

    def as_dict(self) -> dict[str, str]:
        return {key: str(value) for key, value in asdict(self).items()}


def ok(name: str, sentence: str) -> Finding:
    return Finding(name, State.OK, sentence)


def look(name: str, sentence: str, remedy: str) -> Finding:
    return Finding(name, State.LOOK, sentence, remedy)


def wrong(name: str, sentence: str, remedy: str) -> Finding:
    return Finding(name, State.WRONG, sentence, remedy)
