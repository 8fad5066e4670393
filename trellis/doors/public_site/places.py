"""The pages in the order in which a person asks; their names come from the blueprint."""

from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from trellis.foundation.program import queries as program
from trellis.ui.navigation import NavItem, register

#: read one after the other
ORDER = ("iop", "week", "session", "therapies", "twelve_steps", "community", "families", "costs")


def _menu(key: str) -> str:
    return str(program.current().page(key).menu)


menu = lazy(_menu, str)


def register_places() -> None:
    for number, key in enumerate(ORDER):
        register(NavItem(place="public", key=key, label=menu(key), url_name=f"site:{key}", icon="leaf", order=number))
    register(NavItem("public", "meetings", _("Meetings"), "meetings:find", "search", len(ORDER)))
