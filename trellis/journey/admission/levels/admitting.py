"""What was decided about the level of a stay that is to begin, as whoever admits may read it."""

from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from trellis.foundation.access.actor import Actor
from trellis.foundation.access.permissions import may
from trellis.foundation.program import queries as program
from trellis.journey.admission.levels import presenters, queries, words
from trellis.people.clients.models import Client


@dataclass(frozen=True)
class Decided:
    #: a sentence to whoever admits
    words: str
    #: the level decided on is the one that somebody is admitted to
    agrees: bool = False
    #: a first draft of why they are admitted; empty where that has to be said afresh
    reason: str = ""


def decided(by: Actor, client: Client | None, level: str) -> Decided:
    """For an admission to `level`; None: somebody without a record. Whoever reads why somebody is admitted reads why it
    was decided so: the care team, and intake while they are on the way in."""
    if client is None:
        return Decided(_("Say in the reason who found this level right for them."))
    if not may(by, "admission.read", client):
        return Decided(_("What was decided about the level of care is not shown to you. Ask whoever decides for why."))
    row = queries.decided_lately(client)
    if row is None:
        return Decided(_("Nobody decided lately on their level of care here. Say in the reason who found it right."))
    day = row.at.astimezone(program.zone()).date()
    said = {"level": words.level(row.level), "day": date_format(day, "DATE_FORMAT"), "admitted": level}
    if row.level != level:
        return Decided(
            _("%(level)s was decided on %(day)s. Say in the reason why they are admitted to %(admitted)s.") % said
        )
    return Decided(_("%(level)s was decided on %(day)s.") % said, True, presenters.why_decided(row))
