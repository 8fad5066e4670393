"""A page that was drawn for one reader is the page of every other: its words change with the program and the minute."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language

from trellis.foundation import clock
from trellis.foundation.program import queries as program

MOST = 200
Key = tuple[str, str, str, str]
_kept: dict[Key, bytes] = {}


def answer(request: HttpRequest, draw: Callable[[], HttpResponse]) -> HttpResponse:
    """What is kept for this page, language and minute, drawn first where nothing is."""
    if not _is_for_everybody(request):
        return draw()
    key = (program.digest(), request.path, get_language() or "", f"{clock.now():%Y-%m-%d %H:%M}")
    if key in _kept:
        return HttpResponse(_kept[key])
    response = draw()
    if len(_kept) >= MOST:
        forget()
    _kept[key] = response.content
    return response


def forget() -> None:
    _kept.clear()


def _is_for_everybody(request: HttpRequest) -> bool:
    """Nobody is signed in, nothing is to be said to this reader alone, and the address asks for nothing more."""
    own = {settings.SESSION_COOKIE_NAME, settings.MESSAGE_COOKIE_NAME}
    return own.isdisjoint(request.COOKIES) and not request.META.get("QUERY_STRING")
