"""What a client takes out of their own record about groups: marks with their minutes, and what they told us."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from trellis.foundation.record.texts import say
from trellis.journey.schedule.letters import marks_of, minutes_of
from trellis.journey.schedule.models import AbsenceNotice
from trellis.journey.schedule.states import SEATED
from trellis.people.clients.models import Client
from trellis.people.clients.own_copy import Entry, instant, number, text, yes_no
from trellis.ui.words import spoken_minutes


def attendance(client: Client) -> Iterable[Entry]:
    """One statement."""
    for mark in marks_of(client):
        minutes = minutes_of(mark) if mark.state in SEATED else 0
        yield (
            instant("starts_at", _("When"), mark.session.starts_at),
            text("group", _("Group"), say(mark.session.series.names)),
            text("state", _("What was marked"), mark.state, mark.label),
            number("minutes", _("Minutes you were there"), minutes, spoken_minutes(minutes)),
            text("reason", _("Reason"), mark.reason),
        )


def notices(client: Client) -> Iterable[Entry]:
    """One statement."""
    rows = AbsenceNotice.objects.filter(client=client).select_related("session__series", "undo").order_by("id")
    for row in rows:
        yield (
            instant("recorded_at", _("When you told us"), row.recorded_at),
            instant("starts_at", _("For the group at"), row.session.starts_at),
            text("group", _("Group"), say(row.session.series.names)),
            text("kind", _("What you told us"), row.kind, row.get_kind_display()),
            text("reason", _("Reason"), row.reason),
            yes_no("taken_back", _("Taken back"), hasattr(row, "undo")),
        )
