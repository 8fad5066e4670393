"""The one policy table: which role may do which verb in which relation. Default: no."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from trellis.foundation.access.actor import Actor
from trellis.foundation.access.roles import Role

ANY = "any"  # whoever the record is about
EVEN_CLOSED = "even_closed"  # the same, and if the actor is kept out of it
OWN = "own"  # the record is about the actor
ACTS_FOR = "acts_for"  # the actor may act for whom the record is about, at this instant

Relation = Callable[[Actor, Any], bool]
#: role → relation, or relations, in which it may
Grants = Mapping[type[Role] | str, str | tuple[str, ...]]

#: may be done by everybody, signed in or not
EVERYBODY = "everybody"
#: may be done by every account, whatever its roles
SIGNED_IN = "signed_in"
#: may be done by the software at an operator's asking
SYSTEM = "system"


@dataclass(frozen=True)
class Row:
    verb: str
    role: str
    relation: str


_table: dict[str, dict[str, tuple[str, ...]]] = {}
_relations: dict[str, Relation] = {ANY: lambda actor, obj: True, EVEN_CLOSED: lambda actor, obj: True}
#: relations that answer for somebody who is kept out too
_even_kept_out: set[str] = {EVEN_CLOSED}


def register(verb: str, grants: Grants) -> None:
    """Add a verb. `grants` names, for each role, the relations in which it may; system acts must be named too."""
    if verb in _table:
        raise ValueError(f"{verb} stands in the policy table already")
    _table[verb] = {
        role if isinstance(role, str) else role.key: (relation,) if isinstance(relation, str) else relation
        for role, relation in grants.items()
    }


def relation(name: str, holds: Relation, *, even_kept_out: bool = False) -> None:
    """Teach the table what a relation means; called by the room that knows.

    `even_kept_out`: it answers itself for whoever is kept out of the record; every other relation is over for them.
    """
    _relations[name] = holds
    if even_kept_out:
        _even_kept_out.add(name)


def rows() -> Iterator[Row]:
    for verb, grants in sorted(_table.items()):
        for role, relations in sorted(grants.items()):
            for name in relations:
                yield Row(verb, role, name)


def verbs() -> frozenset[str]:
    return frozenset(_table)


def relations_of(actor: Actor, verb: str) -> frozenset[str]:
    """In which relations the actor may do the verb; empty: in none."""
    if verb not in _table:
        raise LookupError(f"{verb} does not stand in the policy table")
    held = set(actor.roles) | {EVERYBODY}
    if actor.account_id is not None:
        held.add(SIGNED_IN)
    if actor.system:
        held.add(SYSTEM)
    grants = _table[verb]
    return frozenset(name for role in held for name in grants.get(role, ()))


def holds(actor: Actor, name: str, obj: Any) -> bool:
    if name not in _relations:
        raise LookupError(f"nobody taught the policy table the relation {name}")
    if name not in _even_kept_out and is_kept_out(actor, obj):
        return False
    return _relations[name](actor, obj)


def is_kept_out(actor: Actor, obj: Any) -> bool:
    """Whether the record that `obj` is about is closed to the actor, whatever their role."""
    return bool(actor.kept_out) and not actor.kept_out.isdisjoint(getattr(obj, "audit_subjects", ()))


def untaught() -> frozenset[str]:
    """Relations that stand in the table and that no room has taught; a sound house has none."""
    return frozenset(row.relation for row in rows()) - frozenset(_relations)
