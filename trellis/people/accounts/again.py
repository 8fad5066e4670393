"""Dangerous acts ask for the password again, unless it was typed a moment ago: ACCOUNT_REAUTHENTICATION_TIMEOUT."""

from collections.abc import Callable
from typing import Any

from allauth.account.decorators import reauthentication_required
from django.http import HttpResponseBase

View = Callable[..., HttpResponseBase]


def again(view: View) -> View:
    """Looking is free; what is sent waits until whoever sits there has shown that it is them."""
    asked: Any = reauthentication_required(view, allow_get=True)
    found: View = asked
    return found
