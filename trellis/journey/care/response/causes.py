"""What often stands behind numbers that stay hard. Questions for a team, in our own words; never anybody's fault."""

from collections.abc import Iterable, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

#: key → its name, and what to ask
CAUSES: Mapping[str, tuple["Promise | str", "Promise | str"]] = {
    "alliance": (_("How we work together"), _("Do they feel heard here? Do we want the same thing?")),
    "motivation": (_("What they want now"), _("What do they hope for now, and what holds them back?")),
    "support": (_("People around them"), _("Who is on their side? Is home safe and quiet enough?")),
    "life": (_("What happened lately"), _("A loss, work, money, court, the anniversary of something?")),
    "medication": (_("Medicine and body"), _("Begun, changed, stopped, or not helping? Sleep, pain, an illness?")),
    "dose": (_("Hours and attendance"), _("Do they get the hours that were planned? What makes it hard to come?")),
}  # fmt: skip


def names(keys: Iterable[str]) -> list["Promise | str"]:
    """In the order of the list, whatever the order of the keys."""
    chosen = set(keys)
    return [name for key, (name, _ask) in CAUSES.items() if key in chosen]
