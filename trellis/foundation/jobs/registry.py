"""Which jobs there are, how long one may take, how often it is tried, how often it comes round."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django_tasks import task


@dataclass(frozen=True)
class Limits:
    seconds: int = 60
    tries: int = 5


@dataclass(frozen=True)
class Repeat:
    job: Any
    interval: timedelta

    @property
    def name(self) -> str:
        return str(self.job.module_path)


_limits: dict[str, Limits] = {}
_repeats: dict[str, Repeat] = {}


def job(*, seconds: int = 60, tries: int = 5) -> Callable[[Callable[..., Any]], Any]:
    """Make a module's function a job: it may take `seconds`, and is tried `tries` times.

    Its arguments are ids and other plain values, never words or names: they lie readable in the jobs' table.
    """

    def decorate(function: Callable[..., Any]) -> Any:
        made = task(function)
        _limits[made.module_path] = Limits(seconds, tries)
        return made

    return decorate


def every(minutes: int, job: Any) -> None:
    """Repeat a job; called in a room's `AppConfig.ready`."""
    if minutes < 1:
        raise ValueError("a job comes round once a minute at most")
    _repeats[job.module_path] = Repeat(job, timedelta(minutes=minutes))


def limits_of(path: str) -> Limits:
    return _limits.get(path, Limits())


def repeats() -> list[Repeat]:
    return sorted(_repeats.values(), key=lambda repeat: repeat.name)
