"""A permission is a pair: `may` answers yes or no, `require` raises the sentence."""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from trellis.foundation.access.actor import Actor
from trellis.foundation.access.policy import holds, is_kept_out, relations_of

T = TypeVar("T")


class Refused(Exception):
    """An act that may not or cannot be done now; the sentence is for the person who tried."""

    def __init__(self, sentence: "Promise | str") -> None:
        super().__init__(sentence)
        self.sentence = sentence

    def __str__(self) -> str:
        return str(self.sentence)


class NotPermitted(Refused):
    """The policy table says no."""


KEPT_OUT = _("This page names somebody whose record is closed to you. Ask somebody else at work to open it.")
NOT_PERMITTED = _("Your role does not include this. Ask the program administrator if it should.")


def may(actor: Actor, verb: str, obj: Any = None) -> bool:
    """Without an object: may the actor do this to anybody at all? With one: to this one?"""
    relations = relations_of(actor, verb)
    if obj is None:
        return bool(relations)
    return any(holds(actor, name, obj) for name in relations)


def require(actor: Actor, verb: str, obj: Any = None) -> None:
    if not may(actor, verb, obj):
        raise NotPermitted(NOT_PERMITTED)


def shown_to(actor: Actor, rows: Iterable[T], about: Callable[[T], Any] = lambda row: row) -> list[T]:
    """The rows of a list without those about somebody out of whose record the actor is kept."""
    return [row for row in rows if not is_kept_out(actor, about(row))]
