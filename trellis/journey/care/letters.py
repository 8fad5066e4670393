"""What a letter says of notes kept apart: the words of whoever writes the letter, and of nobody else."""

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from trellis.foundation.access.actor import Actor
from trellis.foundation.access.permissions import Refused
from trellis.journey.care import queries
from trellis.people.clients.models import Client

NOT_YOURS = _("Notes kept apart leave only by the hand of whoever wrote them. You keep none about this client.")


def counseling_notes(client: Client, by: Actor) -> tuple[str, ...]:
    """A consent for them alone let this through (42 CFR 2.31(b)); still only their author opens them."""
    found = queries.opened_notes(queries.own(by, client)) if by.account_id is not None else []
    if not found:
        raise Refused(NOT_YOURS)
    return tuple(f"{date_format(note.on, 'DATE_FORMAT')}: {note.newest.words}" for note in found)
