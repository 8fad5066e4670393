"""What the parts of a build share: the calendar, the dice, the people who work here."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from random import Random

from trellis.doors.demo.calendar import Calendar
from trellis.foundation import clock
from trellis.foundation.access.actor import Actor
from trellis.foundation.program.schema import Blueprint
from trellis.people.accounts.models import Account
from trellis.people.staff.models import StaffMember

BUILDER = Actor.of_system("demo")


@dataclass
class Member:
    """Somebody who works here, as what the actions ask for."""

    account: Account
    staff_member: StaffMember
    actor: Actor
    roles: tuple[str, ...]
    languages: tuple[str, ...]


@dataclass
class House:
    calendar: Calendar
    rng: Random
    blueprint: Blueprint
    members: dict[str, Member] = field(default_factory=dict)  # by name

    def of(self, role: str) -> list[Member]:
        return [member for member in self.members.values() if role in member.roles]

    def one(self, role: str, language: str = "en") -> Member:
        """Somebody in the role who speaks the language, or else the first."""
        able = self.of(role)
        return next((m for m in able if language in m.languages[:1]), able[0])

    @contextmanager
    def at(self, instant: datetime) -> Iterator[None]:
        with clock.travel(instant):
            yield
