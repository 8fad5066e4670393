"""Who an affected subject is. The trail names `client:17` and `inquiry:4`; each room says who is behind its kind."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from trellis.foundation.access.actor import Actor


@dataclass(frozen=True)
class Person:
    """What a list and a letter need."""

    subject: str
    name: str
    language: str
    telephone: str = ""
    email: str = ""
    #: reads letters on a page of their own
    has_own_page: bool = False
    has_died: bool = False

    @property
    def audit_subjects(self) -> tuple[str, ...]:
        return (self.subject,)


@dataclass(frozen=True)
class Kind:
    """How one room answers for its people; each takes a fixed number of statements."""

    #: keys → people
    load: Callable[[Iterable[int]], list[Person]]
    #: everybody ever known, as plain subjects
    everybody: Callable[[], Iterable[str]]
    #: by a part of the name, nobody out of whose record the actor is kept
    search: Callable[[Actor, str], list[Person]]
    #: keys → as whom they count today (an inquiry that became a client is the client); None: no person
    counts_as: Callable[[Iterable[int]], Mapping[int, str | None]] | None = None


_kinds: dict[str, Kind] = {}


def register(kind: str, known: Kind) -> None:
    """Called at start by the room that knows them."""
    _kinds[kind] = known


def load(subjects: Iterable[str]) -> dict[str, Person]:
    found = [person for kind, keys in _by_kind(subjects).items() for person in _kinds[kind].load(keys)]
    return {person.subject: person for person in found}


def everybody() -> frozenset[str]:
    return counted(subject for kind in _kinds.values() for subject in kind.everybody())


def search(actor: Actor, text: str) -> list[Person]:
    return [person for kind in _kinds.values() for person in kind.search(actor, text)] if text.strip() else []


def counted(subjects: Iterable[str]) -> frozenset[str]:
    """Each person once, under the name that counts today; subjects of no kind that is known here fall out."""
    found: set[str] = set()
    for kind, keys in _by_kind(subjects).items():
        way = _kinds[kind].counts_as
        found.update(filter(None, way(keys).values()) if way else (f"{kind}:{key}" for key in keys))
    return frozenset(found)


def _by_kind(subjects: Iterable[str]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for subject in subjects:
        kind, _, key = subject.partition(":")
        if kind in _kinds and key.isdecimal():
            found.setdefault(kind, []).append(int(key))
    return found
