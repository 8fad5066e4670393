"""What other rooms say that a result calls for: it stands first where the form is read, and so right after scoring."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from trellis.journey.measures.models import Administration, Outcome


@dataclass(frozen=True)
class CalledFor:
    """`do`: what is done now; empty: nothing."""

    tone: str
    words: str
    do: str


_asked: list[Callable[[Administration, Outcome], Iterable[CalledFor]]] = []


def register(found: Callable[[Administration, Outcome], Iterable[CalledFor]]) -> None:
    """Called in the `AppConfig.ready` of the room that knows the lines. It costs nothing for forms without one."""
    if found not in _asked:
        _asked.append(found)


def by(administration: Administration, outcome: Outcome | None) -> list[CalledFor]:
    """None for a form that came to nothing yet."""
    return [one for found in _asked for one in found(administration, outcome)] if outcome is not None else []
