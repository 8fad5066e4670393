"""What a client takes out of their own record about which care came next."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from trellis.journey.continuity.advice import presenters, queries
from trellis.journey.continuity.advice.keeping import read
from trellis.journey.continuity.models import Review
from trellis.people.clients.models import Client
from trellis.people.clients.own_copy import Entry, day, several, text


def reviews(client: Client) -> Iterable[Entry]:
    """What was decided, why, and what the record spoke for then; one statement."""
    for row in reversed(queries.reviews(client)):
        said = presenters.decided(row)
        yield (
            day("on", _("Day"), row.on),
            text("decided", _("What was decided"), row.decided, said.name),
            text("words", _("Why"), said.words),
            several("spoke", _("What the record said then"), _codes(row), _sentences(said)),
        )


def _codes(row: Review) -> Iterable[str]:
    """ "step_down + came_most": a way, for or against, and the reason's key."""
    for one in read(row.advice).options:
        yield from (f"{one.way} + {reason.key}" for reason in one.speaks_for)
        yield from (f"{one.way} - {reason.key}" for reason in one.against)


def _sentences(said: presenters.Decided) -> str:
    """Each sentence once, then which way it speaks for and against."""
    return " ".join([*said.says, *map(_names, said.cards)])


def _names(card: presenters.Card) -> str:
    sides = ((_("Speaks for it"), card.speaks_for), (_("Speaks against it"), card.against))
    return f"{card.name}. " + " ".join(f"{side}: {'; '.join(named)}." for side, named in sides if named)
