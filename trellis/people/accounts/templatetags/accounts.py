from typing import Any

from allauth.usersessions.models import UserSession
from django import template
from django.utils.crypto import salted_hmac

from trellis.people.accounts.presenters import Device, device_of
from trellis.people.accounts.rules import MOST_SESSIONS

register = template.Library()


@register.simple_tag
def device(session: UserSession) -> Device:
    return device_of(session.user_agent, session.created_at)


@register.simple_tag
def most_sessions() -> int:
    return MOST_SESSIONS


@register.simple_tag(takes_context=True)
def session_mark(context: dict[str, Any]) -> str:
    """Two pages with the same mark belong to one sign-in; it opens nothing."""
    key = context["request"].session.session_key or ""
    return salted_hmac("session mark", key).hexdigest()[:16]
