"""`@action`: the one way to change the record."""

import functools
import inspect
from collections.abc import Callable, Iterable
from typing import Any, ParamSpec, TypeVar

from django.db import transaction

from trellis.foundation.access.actor import Actor
from trellis.foundation.access.permissions import require
from trellis.foundation.audit import trail
from trellis.foundation.record.guard import writing

P = ParamSpec("P")
R = TypeVar("R")

#: every action of the house, by its dotted name; the architecture tests read it
ACTIONS: dict[str, str] = {}


class NoSubject(RuntimeError):
    """An action ended without saying whom it was about."""


def action(
    verb: str, *, on: str | None = None, about: Callable[[Any, dict[str, Any]], Iterable[str]] | None = None
) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """One verb, one transaction, one audit event.

    `on` names the argument whose object is judged (permission) and is the subject; without it the result is.
    `about(result, arguments)` names other subjects, as plain values, or () for an act about nobody.
    """

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        _check_signature(function, on)
        ACTIONS[f"{function.__module__}.{function.__qualname__}"] = verb

        @functools.wraps(function)
        def act(*args: P.args, **kwargs: P.kwargs) -> R:
            if args:
                raise TypeError(f"{function.__name__} takes keyword arguments only")
            by = kwargs["by"]
            if not isinstance(by, Actor):
                raise TypeError(f"{function.__name__} needs by=Actor")
            judged = kwargs[on] if on else None
            require(by, verb, judged)
            with transaction.atomic(), writing(verb):
                result = function(**kwargs)  # type: ignore[call-arg]
                thing = judged if on else result
                subjects = tuple(about(result, kwargs)) if about else _subjects(function, thing)
                record_act(by, verb, subjects, thing)
            return result

        act.verb = verb  # type: ignore[attr-defined]
        return act

    return decorate


def record_act(by: Actor, verb: str, subjects: Iterable[str], thing: Any = None) -> None:
    trail.record(
        actor=by.name,
        roles=by.roles,
        verb=verb,
        subjects=subjects,
        object=named(thing),
        request_id=by.request_id,
        address=by.address,
    )


def named(thing: Any) -> str:
    """A row as a plain value: `session:4`."""
    key = getattr(thing, "pk", None)
    return f"{thing._meta.model_name}:{key}" if key is not None else ""


def _subjects(function: Callable[..., Any], thing: Any) -> tuple[str, ...]:
    subjects = getattr(thing, "audit_subjects", ())
    if not subjects:
        raise NoSubject(f"{function.__name__} must say whom it is about: on=, about=, or a result with a subject")
    return tuple(subjects)


def _check_signature(function: Callable[..., Any], on: str | None) -> None:
    parameters = inspect.signature(function).parameters
    by_keyword = (inspect.Parameter.KEYWORD_ONLY, inspect.Parameter.VAR_KEYWORD)
    if any(p.kind not in by_keyword for p in parameters.values()):
        raise TypeError(f"{function.__qualname__}: an action takes keyword arguments only")
    for needed in filter(None, ("by", on)):
        if needed not in parameters:
            raise TypeError(f"{function.__qualname__}: an action needs {needed}=")
