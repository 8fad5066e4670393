"""Where a sentence waits for the next page. It may hold a name: for whoever is signed in it waits on the server."""

from typing import Any

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.messages.storage.session import SessionStorage


class OfSession(SessionStorage):
    def _get(self, *args: Any, **kwargs: Any) -> tuple[list[Any], bool]:
        found, _all = super()._get(*args, **kwargs)  # type: ignore[misc]
        return found or [], bool(found)

    def _store(self, messages: Any, response: Any, *args: Any, **kwargs: Any) -> list[Any]:
        """What is said to nobody in particular ("You have signed out.") begins no session."""
        if messages and not self.request.user.is_authenticated:
            return list(messages)
        left: list[Any] = super()._store(messages, response, *args, **kwargs)  # type: ignore[misc]
        return left


class OfNobody(CookieStorage):
    cookie_name = settings.MESSAGE_COOKIE_NAME


class Storage(FallbackStorage):
    storage_classes = (OfSession, OfNobody)
