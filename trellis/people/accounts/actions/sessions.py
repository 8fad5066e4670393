"""Open sessions, which libraries write: no part of the record."""

from allauth.usersessions.models import UserSession
from django.http import HttpRequest


def renew_key(request: HttpRequest) -> None:
    """The same session, on the same device, under another key: the old one opens nothing."""
    before = request.session.session_key
    request.session.cycle_key()
    UserSession.objects.filter(session_key=before).update(session_key=request.session.session_key)
