"""The end of a stay: one act, nothing left running."""

from datetime import date, timedelta
from typing import Any

from django.utils.formats import date_format
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from trellis.foundation import clock
from trellis.foundation.access.actions import action
from trellis.foundation.access.actor import Actor
from trellis.foundation.access.permissions import Refused
from trellis.foundation.program import queries as program
from trellis.journey.schedule.actions.changes import call_off
from trellis.journey.schedule.actions.enroll import end_enrollments, running_after, withdraw
from trellis.journey.schedule.actions.generate import coming
from trellis.journey.schedule.actions.marks import keep_once
from trellis.journey.schedule.models import CallOutcome, Series
from trellis.journey.schedule.queries.people import last_seated_on, owed_to
from trellis.journey.schedule.states import CallResult, CancelReason
from trellis.people.clients import actions as clients
from trellis.people.clients.models import Client, Episode
from trellis.people.consent.actions.consents import write_death

AHEAD = _("A stay is closed on its last day or after it. Choose today or an earlier day.")
CAME_LATER = _("They were in a group on {day}. The stay cannot end before that day.")


def _who(episode: Episode, arguments: dict[str, Any]) -> tuple[str, ...]:
    return episode.audit_subjects


@action("schedule.finish", on="episode", about=_who)
def finish_stay(*, by: Actor, episode: Episode, closed_on: date, reason: str) -> Episode:
    """Closes the episode and whatever ran in it: groups, the hour alone, the wait-list, open leave, calls owed.

    What is recorded up to that day stays as it is.
    """
    # The client first, as whoever writes in a record holds them.
    client = Client.objects.select_for_update(of=("self",)).get(pk=episode.client_id)
    _check_day(client, closed_on)
    closed = clients.close_episode(by=by, episode=episode, closed_on=closed_on, reason=reason)
    if reason == Episode.CloseReason.DIED:
        write_death(by, client)
    for call in owed_to(client):
        # Nobody at the desk calls somebody whose stay is closed, and least of all the family of somebody who died.
        fact = {"recorded_at": clock.now(), "by": by.name, "key": f"closed-{call.pk}"}
        keep_once(CallOutcome(session=call.session, client=client, result=CallResult.HANDED_OVER, **fact))
    rows = list(episode.enrollments.filter(running_after(closed_on)).select_related("series"))
    end_enrollments(rows, closed_on)
    for series in {row.series for row in rows if row.series.personal}:
        _end_hour(by, series, closed_on)
    for entry in episode.waiting.filter(status="waiting"):
        withdraw(entry)
    for leave in client.leaves.filter(until__isnull=True):
        leave.until = max(closed_on, leave.since)
        leave.save(update_fields=["until"])
    return closed


def _check_day(client: Client, closed_on: date) -> None:
    if closed_on > clock.today(program.zone()):
        raise Refused(AHEAD)
    last = last_seated_on(client, program.zone())
    if last is not None and closed_on < last:
        raise Refused(format_lazy(CAME_LATER, day=date_format(last)))


def _end_hour(by: Actor, series: Series, last: date) -> None:
    """The hour alone ends with the stay, and its room and its therapist are free again."""
    series.until = last
    series.save(update_fields=["until"])
    series.facilitators.filter(until__isnull=True).update(until=last)
    for session in coming(series, last + timedelta(days=1)):
        call_off(by, session, CancelReason.SERIES_ENDED, "")
