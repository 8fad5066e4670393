"""What every page knows without asking anybody: the other language, and where quick exit leads. No database."""

from django.conf import settings
from django.http import HttpRequest
from django.urls import Resolver404, resolve, translate_url
from django.utils.translation import get_language

NAMES = {"en": "English", "es": "Español"}
NEUTRAL_SITE = "https://www.weather.gov/"


def shell(request: HttpRequest) -> dict[str, str]:
    other = "en" if (get_language() or "en").startswith("es") else "es"
    return {
        "other_language": other,
        "other_language_name": NAMES[other],
        "other_language_url": _in_other_language(request, other),
        "exit_url": getattr(settings, "EXIT_URL", NEUTRAL_SITE),
    }


def _in_other_language(request: HttpRequest, other: str) -> str:
    path, match = request.get_full_path(), request.resolver_match
    if match is None:
        return other_language_url(path, other)
    if match.route not in _prefixed:
        # Asked once a route: it costs as much as drawing the whole navigation.
        _prefixed[match.route] = translate_url(path, other) == _with_prefix(path, other)
    return _with_prefix(path, other) if _prefixed[match.route] else other_language_url(path, other)


#: routes whose pages differ from their translation by the prefix alone
_prefixed: dict[str, bool] = {}


def other_language_url(path: str, other: str) -> str:
    """The same page in the other language; for a path that is no page (an error), only the prefix changes."""
    translated = translate_url(path, other)
    if translated != path or _is_page(path):
        return translated
    return _with_prefix(path, other)


def _with_prefix(path: str, other: str) -> str:
    bare = path.removeprefix("/es") or "/" if path == "/es" or path.startswith("/es/") else path
    return f"/es{bare}" if other == "es" else bare


def _is_page(path: str) -> bool:
    try:
        resolve(path.partition("?")[0])
    except Resolver404:
        return False
    return True
