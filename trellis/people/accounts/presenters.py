from dataclasses import dataclass
from datetime import datetime

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

BROWSERS = (("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))
SYSTEMS: tuple[tuple[str, "str | Promise"], ...] = (
    ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", _("Android phone or tablet")), ("Windows", "Windows"),
    ("Mac OS", "Mac"), ("Linux", "Linux"),
)  # fmt: skip


@dataclass(frozen=True)
class Device:
    title: str
    since: str


def device_of(user_agent: str, since: datetime) -> Device:
    """What a browser says of itself, in words that its owner knows: Firefox, Windows."""
    found = [_first(BROWSERS, user_agent), _first(SYSTEMS, user_agent)]
    title = ", ".join(str(word) for word in found if word) or gettext("A device we do not know")
    when = date_format(localtime(since), "DATETIME_FORMAT")
    return Device(title, gettext("Signed in since %(when)s") % {"when": when})


def _first(names: "tuple[tuple[str, str | Promise], ...]", user_agent: str) -> "str | Promise | None":
    return next((name for mark, name in names if mark in user_agent), None)
