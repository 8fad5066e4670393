"""The rota: the blueprint's section `on_duty`, and who is on duty now."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from typing import Annotated, Any

from pydantic import Field

from trellis.foundation.access.actor import Actor
from trellis.foundation.access.roles import ClinicalDirector, Counselor, MedicalDirector, Therapist
from trellis.foundation.program import queries as program
from trellis.foundation.program.schema import DAYS, Blueprint, Day, Part
from trellis.foundation.program.schema.base import ClockTime
from trellis.journey.measures.rules import duty as rules
from trellis.people.accounts.models import Account
from trellis.people.accounts.queries import holds_staff_role, roles_of

SECTION = "on_duty"
#: who takes on an alert; nobody else stands in a rota by their role
CLINICIANS = (Therapist, Counselor, ClinicalDirector, MedicalDirector)
ROLES = tuple(role.key for role in CLINICIANS)

#: the last step of every rota, and the only one where nobody is on duty: nothing is promised of them, nothing is lost
LAST: rules.Level = (ClinicalDirector.key, MedicalDirector.key)

Level = Annotated[tuple[str, ...], Field(min_length=1, strict=False)]


class DutyShift(Part):
    """`who`: a role or an e-mail address; those of one list are told together, the next list after ten minutes."""

    days: tuple[Day, ...] = Field(min_length=1, strict=False)
    opens: ClockTime
    closes: ClockTime
    who: tuple[Level, ...] = Field(min_length=1, strict=False)

    @property
    def rule(self) -> rules.Shift:
        return rules.Shift(frozenset(DAYS.index(day) for day in self.days), self.opens, self.closes, self.who)


class OnDuty(Part):
    shifts: tuple[DutyShift, ...] = Field(min_length=1, strict=False)


def everybody_known(draft: Any) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Part of the blueprint's check: each entry is a role that may take on an alert, or an address."""
    section = draft.sections.get(SECTION)
    for number, shift in enumerate(section.shifts if section else ()):
        for depth, level in enumerate(shift.who):
            for place, name in enumerate(level):
                if name not in ROLES and not _is_address(name):
                    yield (SECTION, "shifts", number, "who", depth, place), _SAY % (name, ", ".join(ROLES))


_SAY = "“%s” cannot be on duty. Write one of %s, or the e-mail address of somebody who works here."


def _is_address(name: str) -> bool:
    before, _at, host = name.partition("@")
    return bool(before) and "." in host and not any(sign.isspace() for sign in name)


def addresses_known(by: Actor, old: Blueprint | None, new: Blueprint) -> Iterator[str]:
    """Said when a blueprint is loaded: whom a message would not reach."""
    for address in sorted({name for shift in shifts_of(new) for level in shift.who for name in level if "@" in name}):
        account = Account.objects.filter(email=address.lower(), is_active=True).first()
        if account is not None and roles_of(account).intersection(ROLES):
            continue
        if account is not None and holds_staff_role(account):
            yield f"{address} cannot be on duty: give them one of {', '.join(ROLES)}, or take them out of [on_duty]."
        else:
            yield f"Nobody who works here signs in as {address}: invite them, or take them out of [on_duty]."


def shifts_of(blueprint: Blueprint) -> tuple[rules.Shift, ...]:
    section = blueprint.section(SECTION)
    return tuple(shift.rule for shift in section.shifts) if isinstance(section, OnDuty) else ()


@dataclass(frozen=True)
class Rota:
    """Whoever is on duty, in the program's own zone."""

    shifts: tuple[rules.Shift, ...]
    zone: tzinfo

    def levels(self, now: datetime) -> tuple[rules.Level, ...]:
        """In the order of climbing; empty: nobody."""
        return rules.on_duty(self.shifts, now.astimezone(self.zone))

    def steps(self, now: datetime) -> tuple[rules.Level, ...]:
        """Whom an alert reaches in turn: whoever is on duty, and the directors where they do not stand there anyway."""
        levels = self.levels(now)
        return levels if {name for level in levels for name in level}.issuperset(LAST) else (*levels, LAST)

    def since(self, at: datetime) -> datetime:
        """From when somebody on duty could have what was answered then: at once, or when the next shift began."""
        return at if self.levels(at) else self.calls_at(at) or at

    def calls_at(self, now: datetime) -> datetime | None:
        """When we call, where nobody is on duty now: the beginning of the next shift."""
        return rules.next_shift(self.shifts, now.astimezone(self.zone))


def rota() -> Rota:
    """One look-up; before a program is loaded nobody is on duty."""
    try:
        blueprint = program.current()
    except program.NoBlueprint:
        return Rota((), UTC)
    return Rota(shifts_of(blueprint), blueprint.program.zone)


def is_on_duty(actor: Actor, now: datetime) -> bool:
    """At any level; one statement where the rota names addresses, none otherwise beside the program's own."""
    names = {name for level in rota().levels(now) for name in level}
    if not names.isdisjoint(actor.roles):
        return True
    addresses = [name.lower() for name in names if "@" in name]
    if not addresses or actor.account_id is None:
        return False
    return Account.objects.filter(pk=actor.account_id, email__in=addresses).exists()
