"""Addresses of pages that hold nothing, such as a list or a door: every page asks for a dozen of them."""

from functools import lru_cache

from django.conf import settings
from django.urls import get_script_prefix, reverse
from django.utils.translation import get_language


def address(name: str) -> str:
    """`reverse` of a name without values, in the reader's language, asked of the URLconf once."""
    return _address(name, get_language(), get_script_prefix(), settings.ROOT_URLCONF)


@lru_cache(maxsize=512)
def _address(name: str, language: str, prefix: str, urlconf: str) -> str:
    return reverse(name, urlconf)
