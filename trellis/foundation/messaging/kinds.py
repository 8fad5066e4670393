"""The kinds of message that rooms send, and the few subjects that any of them may bear."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from django.template import Context
from django.template.loader import get_template
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from trellis.foundation.messaging.models import Message


class Subject(Enum):
    """Nothing here tells whoever sees a list of mail what a message is about. There are no others."""

    MESSAGE = _("A message for you")
    LINK = _("The link for you")
    REMINDER = _("A reminder for you")


@dataclass(frozen=True)
class Kind:
    name: str
    template: str  # <room>/messages/<name>.txt
    subject: Subject = Subject.MESSAGE
    #: values as they may come, for the test that reads every message in every language
    sample: Mapping[str, Any] = field(default_factory=dict)


_kinds: dict[str, Kind] = {}
#: asked just before sending: may this message still go out? Without an answer the answer is no.
ReleaseCheck = Callable[[Message], bool]
_checks: list[ReleaseCheck] = []


def register_kind(
    name: str, *, template: str, subject: Subject = Subject.MESSAGE, sample: Mapping[str, Any] | None = None
) -> None:
    """Teach the outbox a kind of message; called in a room's `AppConfig.ready`."""
    _kinds[name] = Kind(name, template, subject, sample or {})


def register_release_check(check: ReleaseCheck) -> None:
    if check not in _checks:
        _checks.append(check)


def kinds() -> list[Kind]:
    return sorted(_kinds.values(), key=lambda kind: kind.name)


def kind_of(name: str) -> Kind:
    try:
        return _kinds[name]
    except KeyError:
        raise LookupError(f"no room registered messages of the kind {name}") from None


def may_be_released(message: Message) -> bool:
    return all(check(message) for check in _checks)


@dataclass(frozen=True)
class Written:
    subject: "Promise | str"
    body: str


def write(kind: Kind, language: str, values: Mapping[str, Any]) -> Written:
    """The message in its reader's language. Plain text: nothing is escaped, nothing is run."""
    with override(language):
        template: Any = get_template(kind.template)
        body = template.template.render(Context(dict(values), autoescape=False))
        return Written(str(kind.subject.value), body.strip() + "\n")
