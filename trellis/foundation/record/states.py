"""Statuses and allowed moves in one table."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise as Lazy


class MoveNotAllowed(Exception):
    def __init__(self, machine: str, here: str, there: str) -> None:
        super().__init__(f"{machine}: {here} → {there}")
        self.machine, self.here, self.there = machine, here, there


@dataclass(frozen=True)
class Status:
    name: str
    label: "Lazy | str"  # the word beside the colour
    sentence: "Lazy | str"  # what it means, for people


@dataclass(frozen=True)
class Machine:
    """`moves` names, for each status, the verbs that may follow and where each leads."""

    name: str
    statuses: tuple[Status, ...]
    moves: Mapping[str, Mapping[str, str]]

    @property
    def start(self) -> str:
        return self.statuses[0].name

    @property
    def choices(self) -> list[tuple[str, "Lazy | str"]]:
        return [(status.name, status.label) for status in self.statuses]

    def status(self, name: str) -> Status:
        return next(status for status in self.statuses if status.name == name)

    def may(self, here: str, verb: str) -> bool:
        return verb in self.moves.get(here, {})

    def after(self, here: str, verb: str) -> str:
        """Where `verb` leads from `here`; MoveNotAllowed when the table has no such move."""
        try:
            return self.moves[here][verb]
        except KeyError:
            raise MoveNotAllowed(self.name, here, verb) from None

    def ends(self) -> frozenset[str]:
        return frozenset(status.name for status in self.statuses if not self.moves.get(status.name))
