from django.http import HttpRequest

from trellis.foundation.access.actor import Actor


class Request(HttpRequest):
    """What our pages receive: Django's request and what the middleware adds."""

    actor: Actor
    request_id: str
    htmx: bool
    #: subjects that the page has shown, until its audit event is written
    opened: list[str]
