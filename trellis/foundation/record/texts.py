from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

LANGUAGES = ("en", "es")


def say(text: Mapping[str, str], language: str | None = None) -> str:
    """The text in the reader's language."""
    chosen = (language or get_language() or "en")[:2]
    return text[chosen] if chosen in text else text["en"]


def check_bilingual(value: Any) -> None:
    if not isinstance(value, dict) or set(value) != set(LANGUAGES) or not all(value.values()):
        raise ValidationError(_("Give the text in English and in Spanish."))


class BilingualField(models.JSONField):
    """A text of data: `{"en": …, "es": …}`."""

    default_validators = [check_bilingual]
