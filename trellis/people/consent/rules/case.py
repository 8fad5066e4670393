"""A case as plain values, read from JSON. What is missing or malformed is nothing: it can never allow."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import compress
from operator import not_
from typing import Any

from trellis.people.consent.rules.words import CLASSES, END_OF_TREATMENT, Who


class Malformed(Exception):
    """A part is missing, or is not what it should be."""


@dataclass(frozen=True)
class Recipient:
    """Who would be told. `roles` is what they are ("is" in a case): treating_provider, law_enforcement, …"""

    kind: str
    name: str
    roles: frozenset[str] = frozenset()

    @property
    def same_name(self) -> str:
        return same(self.name)


def same(name: str) -> str:
    """Two names are one where this is the same: trimmed, inner spaces as one, case folded. Never by likeness."""
    return " ".join(name.split()).casefold()


@dataclass(frozen=True)
class Expiry:
    """Exactly one of the three."""

    at: datetime | None = None
    event: str | None = None
    none: bool = False


@dataclass(frozen=True)
class Consent:
    """One signed consent (42 CFR 2.31(a)), as it stands. A part of it that is malformed is None or empty: deficient."""

    id: str
    kind: str
    signed_by: str
    signed_at: datetime | None
    recipients: tuple[Recipient, ...]
    information: tuple[str, ...]
    purposes: tuple[str, ...]
    expires: Expiry | None
    revoked_at: datetime | None = None
    revocable_after: datetime | None = None
    faults: tuple[Any, ...] = ()


@dataclass(frozen=True)
class Client:
    """What must be known of the person to judge who may sign for them. `restricted`: who is not to be told (2.26)."""

    birth_date: date
    deceased: bool = False
    treatment_ended_at: datetime | None = None
    minor_consented_alone: bool = False
    guardian_appointed: bool = False
    restricted: tuple[Recipient, ...] = ()


@dataclass(frozen=True)
class Ask:
    recipient: Recipient
    purpose: str
    information: tuple[Any, ...]
    ground: str | None = None
    facts: dict[str, Any] = field(default_factory=dict)

    def split(self, through: frozenset[str]) -> tuple[tuple[str, ...], tuple[Any, ...]]:
        """What may go and what stays, in the order asked. A word that nobody knows, or that is no text, stays."""
        may_go = [isinstance(word, str) and word in through for word in self.information]
        return tuple(compress(self.information, may_go)), tuple(compress(self.information, map(not_, may_go)))


@dataclass(frozen=True)
class Case:
    at: datetime
    client: Client
    consents: tuple[Consent, ...]
    ask: Ask


def read(value: dict[str, Any]) -> Case:
    """Raises Malformed. A consent that cannot be read costs only itself."""
    return Case(
        at=_instant(value.get("at")),
        client=_client(_object(value.get("client"))),
        consents=tuple(_consents(_list(value.get("consents")))),
        ask=_ask(_object(value.get("ask"))),
    )


def asked_of(value: dict[str, Any]) -> tuple[Any, ...]:
    """What a case asks for, even where the rest of it is malformed."""
    ask = value.get("ask")
    information = ask.get("information") if isinstance(ask, dict) else None
    return tuple(information) if isinstance(information, list) else ()


def _client(value: dict[str, Any]) -> Client:
    return Client(
        birth_date=_date(value.get("birth_date")),
        deceased=_yes_or_no(value.get("deceased")),
        treatment_ended_at=_instant_or_none(value.get("treatment_ended_at")),
        minor_consented_alone=_yes_or_no(value.get("minor_consented_alone")),
        guardian_appointed=_yes_or_no(value.get("guardian_appointed")),
        restricted=tuple(map(_restriction, _list(value.get("restricted")))),
    )


def _ask(value: dict[str, Any]) -> Ask:
    recipient = _object(value.get("recipient"))
    ground = value.get("ground")
    return Ask(
        recipient=Recipient(
            kind=_one_of(recipient.get("kind"), (Who.PERSON, Who.ORGANIZATION)),
            name=_text(recipient.get("name")),
            roles=frozenset(_texts(_list(recipient.get("is")))),
        ),
        purpose=_text(value.get("purpose")),
        information=tuple(_list(value.get("information"))),
        ground=None if ground is None else _text(ground),
        facts=_object(value.get("facts")),
    )


def _consents(values: list[Any]) -> list[Consent]:
    found = []
    for value in values:
        try:
            found.append(_consent(_object(value)))
        except Malformed:
            continue
    return found


def _consent(value: dict[str, Any]) -> Consent:
    return Consent(
        id=_text(value.get("id")),
        kind=_text(value.get("kind")),
        signed_by=_text(value.get("signed_by") or ""),
        signed_at=_instant_or_none(value.get("signed_at")),
        recipients=tuple(_recipients(_list(value.get("recipients")))),
        information=_texts(_list(value.get("information"))),
        purposes=_texts(_list(value.get("purposes"))),
        expires=_expiry(value.get("expires")),
        revoked_at=_instant_or_none(value.get("revoked_at")),
        revocable_after=_instant_or_none(value.get("revocable_after")),
        faults=tuple(_list(value.get("faults"))),
    )


def _recipients(values: list[Any]) -> list[Recipient]:
    """An entry that nobody understands names nobody."""
    found = []
    for value in values:
        try:
            found.append(_named(value))
        except Malformed:
            continue
    return found


def _named(value: Any) -> Recipient:
    entry = _object(value)
    return Recipient(_one_of(entry.get("kind"), Who), _text(entry.get("name")))


def _restriction(value: Any) -> Recipient:
    """Who is not to be told. One that nobody understands might mean anybody."""
    found = _named(value)
    if found.kind == Who.CLASS:
        _one_of(found.name, CLASSES)
    return found


def _expiry(value: Any) -> Expiry | None:
    """None where it is blank, unknown, or more than one thing (2.31(a)(7))."""
    if not isinstance(value, dict) or len(value) != 1:
        return None
    ((key, said),) = value.items()
    if key == "at":
        return Expiry(at=_instant(said))
    if key == "event" and said == END_OF_TREATMENT:
        return Expiry(event=said)
    return Expiry(none=True) if key == "none" and said is True else None


# --- the parts --------------------------------------------------------------------------------------------------------


def _object(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise Malformed
    return value


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise Malformed
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise Malformed
    return value


def _texts(values: list[Any]) -> tuple[str, ...]:
    """Anything but a text stands there as a word that nobody knows."""
    return tuple(value if isinstance(value, str) else "" for value in values)


def _one_of(value: Any, known: Iterable[str]) -> str:
    if _text(value) not in tuple(known):
        raise Malformed
    return str(value)


def _yes_or_no(value: Any) -> bool:
    if not isinstance(value, bool):
        raise Malformed
    return value


def _date(value: Any) -> date:
    try:
        return date.fromisoformat(_text(value))
    except ValueError:
        raise Malformed from None


def _instant_or_none(value: Any) -> datetime | None:
    return None if value is None else _instant(value)


def _instant(value: Any) -> datetime:
    """An instant carries an offset; one without could be any of several."""
    try:
        found = datetime.fromisoformat(_text(value))
    except ValueError:
        raise Malformed from None
    if found.tzinfo is None:
        raise Malformed
    return found
