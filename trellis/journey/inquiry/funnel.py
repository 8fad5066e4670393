"""Later rooms tell here when an inquiry came to their stage: this room never asks them by name."""

from collections.abc import Callable, Collection, Mapping
from datetime import datetime

from trellis.journey.inquiry.rules import STAGES

#: in: keys of inquiries. out: when each came to the stage; those that did not are left out. One statement.
Recorder = Callable[[Collection[int]], Mapping[int, datetime]]
_recorders: dict[str, Recorder] = {}
OURS = STAGES[:3]


def register_stage(name: str, recorder: Recorder) -> None:
    """Called in a room's `AppConfig.ready`, for "admitted" or "first_session"."""
    if name not in STAGES or name in OURS:
        raise ValueError(f"{name} is not a stage that another room records: {', '.join(STAGES[len(OURS) :])}")
    _recorders[name] = recorder


def stages() -> tuple[str, ...]:
    """The stages that somebody records, in walking order."""
    return tuple(name for name in STAGES if name in OURS or name in _recorders)


def recorded(keys: Collection[int]) -> dict[str, Mapping[int, datetime]]:
    """When each inquiry came to each later stage; one statement a stage."""
    return {name: _recorders[name](keys) for name in stages() if name in _recorders}
