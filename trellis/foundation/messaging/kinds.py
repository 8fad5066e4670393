"""The kinds of message that rooms send, and the few subjects that any of them may bear."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum, StrEnum
from typing import Any

from django.template import Context
from django.template.loader import get_template
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from trellis.foundation.messaging.models import Message
from trellis.foundation.messaging.rules import Why


class Subject(Enum):
    """Nothing here tells whoever sees a list of mail what a message is about. There are no others."""

    MESSAGE = _("A message for you")
    LINK = _("The link for you")
    REMINDER = _("A reminder for you")


class Addressee(StrEnum):
    """To whom a kind of message goes, seen from the person whom it is about. Every kind says it."""

    SELF = "self"  # the person themselves: only in a way that they still allow
    STAFF = "staff"  # whoever works here or keeps the installation running: it says only "look"
    SOMEBODY = "somebody"  # somebody else: only on a consent that names them, at the moment of sending
    STRANGER = "stranger"  # whoever typed an address, about nobody whom we know


@dataclass(frozen=True)
class Kind:
    name: str
    template: str  # <room>/messages/<name>.txt
    addressee: Addressee
    #: in a word or two, for whoever looks at what was set aside
    title: "Promise | str"
    subject: Subject = Subject.MESSAGE
    #: values as they may come, for the test that reads every message in every language
    sample: Mapping[str, Any] = field(default_factory=dict)
    #: goes out before everything else that waits
    urgent: bool = False


_kinds: dict[str, Kind] = {}
#: asked just before sending, in one transaction with what it writes: why it may not go out any more; None: it may
ReleaseCheck = Callable[[Message], Why | None]
#: `client`, `account`, … → its checks, in the order in which rooms start
_checks: dict[str, list[ReleaseCheck]] = {}


def register_kind(
    name: str,
    *,
    template: str,
    addressee: Addressee,
    title: "Promise | str",
    subject: Subject = Subject.MESSAGE,
    sample: Mapping[str, Any] | None = None,
    urgent: bool = False,
) -> None:
    """Teach the outbox a kind of message; called in a room's `AppConfig.ready`."""
    _kinds[name] = Kind(name, template, addressee, title, subject, sample or {}, urgent)


def register_release_check(subject_kind: str, check: ReleaseCheck) -> None:
    """The room that knows `client:17` says whether a message about them may still go."""
    checks = _checks.setdefault(subject_kind, [])
    if check not in checks:
        checks.append(check)


def kinds() -> list[Kind]:
    return sorted(_kinds.values(), key=lambda kind: kind.name)


def urgent() -> list[str]:
    """What somebody must read at once, by name: a life may hang on it."""
    return [kind.name for kind in kinds() if kind.urgent]


def kind_of(name: str) -> Kind:
    try:
        return _kinds[name]
    except KeyError:
        raise LookupError(f"no room registered messages of the kind {name}") from None


def why_not(message: Message) -> Why | None:
    """Why it stays here; None: it may go. Where nobody answers for the person it is about, the answer is no."""
    if not message.about:  # written before kinds had addressees, or about nobody
        free = kind_of(message.kind).addressee in (Addressee.STAFF, Addressee.STRANGER)
        return None if free else Why.WITHHELD
    checks = _checks.get(message.about.partition(":")[0], ())
    return next(filter(None, (check(message) for check in checks)), None) if checks else Why.WITHHELD


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
