from allauth.usersessions.models import UserSession
from django import template

from trellis.people.accounts.presenters import Device, device_of

register = template.Library()


@register.simple_tag
def device(session: UserSession) -> Device:
    return device_of(session.user_agent, session.created_at)
