from django.http import HttpRequest

from trellis.foundation.access.actor import Actor


class Request(HttpRequest):
    """What our pages receive: Django's request and what the middleware adds."""

    actor: Actor
    request_id: str
    htmx: bool
    #: subjects that the page has shown, until its audit event is written
    opened: list[str]


def typed(request: HttpRequest, name: str) -> str:
    """What a field outside any form says, trimmed, and without the null character that PostgreSQL takes in no text."""
    return _sound(request.POST.get(name, ""))


def typed_list(request: HttpRequest, name: str) -> list[str]:
    """The same for a field that stands there more than once."""
    return [_sound(text) for text in request.POST.getlist(name)]


def _sound(text: str) -> str:
    return text.replace("\0", "").strip()
