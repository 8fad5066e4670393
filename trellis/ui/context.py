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
        "other_language_url": other_language_url(request.get_full_path(), other),
        "exit_url": getattr(settings, "EXIT_URL", NEUTRAL_SITE),
    }


def other_language_url(path: str, other: str) -> str:
    """The same page in the other language; for a path that is no page (an error), only the prefix changes."""
    translated = translate_url(path, other)
    if translated != path or _is_page(path):
        return translated
    bare = path.removeprefix("/es") or "/" if path == "/es" or path.startswith("/es/") else path
    return f"/es{bare}" if other == "es" else bare


def _is_page(path: str) -> bool:
    try:
        resolve(path.partition("?")[0])
    except Resolver404:
        return False
    return True
