"""How somebody may be reached once their stay is over, as the room that agrees on it with them says."""

from collections.abc import Callable

from trellis.people.clients.models import Client

Words = Callable[[Client], str]

_words: list[Words] = []


def register(words: Words) -> None:
    """Called in the `AppConfig.ready` of the room that knows."""
    _words[:] = [words]


def after_stay(client: Client) -> str:
    """Empty while they are here, and where nothing was agreed."""
    return _words[0](client) if _words else ""
