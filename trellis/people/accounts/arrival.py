"""Where each person comes first after signing in: doors say it, role by role."""

from collections.abc import Callable

from django.urls import reverse
from django.utils import translation

from trellis.foundation.access.actor import Actor
from trellis.foundation.access.roles import ROLES
from trellis.people.accounts.rules import first_screen

#: the name of a page, or a function that finds the address, for a first screen that differs from day to day
Screen = str | Callable[[Actor], str]

_screens: dict[str, Screen] = {}
FALLBACK = "accounts:details"


def register(role_key: str, screen: Screen) -> None:
    _screens[role_key] = screen


def address(actor: Actor, language: str) -> str:
    """The path of the first screen, in the language of the account."""
    role = first_screen(actor.roles, [role.key for role in ROLES], _screens)
    screen = _screens[role] if role else FALLBACK
    with translation.override(language):
        return screen(actor) if callable(screen) else reverse(screen)
