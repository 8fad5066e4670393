"""A team answers to numbers that stay harder than usual. Written once, beside what was written before."""

from collections.abc import Collection
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from trellis.foundation import clock
from trellis.foundation.access.actions import action
from trellis.foundation.access.actor import Actor
from trellis.foundation.access.permissions import Refused
from trellis.foundation.program import queries as program
from trellis.foundation.record import crypto
from trellis.journey.care.models import TeamResponse
from trellis.journey.care.response.causes import CAUSES
from trellis.journey.measures.library import instruments
from trellis.people.clients.models import Client
from trellis.people.clients.queries import open_episode

LATEST = timedelta(days=90)
SAY_IT = _("Write what the team does now, in a sentence or two.")
NO_MEASURE = _("Choose the measure that this is about.")
NO_CAUSE = _("Choose what may stand behind it, one or more. You do not have to be sure.")
NO_DAY = _("Choose a day from today on, within three months.")


@action("care.respond", on="client")
def respond(
    *, by: Actor, client: Client, instrument: str, causes: Collection[str], words: str, due_on: date
) -> TeamResponse:
    """The same sent by two taps is one response."""
    today = clock.today(program.zone())
    _judge(instrument, causes, words, due_on, today)
    Client.objects.select_for_update(of=("self",)).get(pk=client.pk)
    values = {
        "client": client, "instrument": instrument, "on": today, "due_on": due_on,
        "causes": [key for key in CAUSES if key in causes],
    }  # fmt: skip
    newest = TeamResponse.objects.filter(client=client).order_by("-id").first()
    if newest is not None and _same(newest, values, words):
        return newest
    return TeamResponse.objects.create(
        **values, episode=open_episode(client), words_sealed=crypto.seal(words.strip()), at=clock.now(), by=by.name
    )


def _same(row: TeamResponse, values: dict[str, Any], words: str) -> bool:
    alike = all(getattr(row, name) == value for name, value in values.items())
    return alike and crypto.unseal(row.words_sealed) == words.strip()


def _judge(instrument: str, causes: Collection[str], words: str, due_on: date, today: date) -> None:
    if instrument not in instruments():
        raise Refused(NO_MEASURE)
    if not causes or not set(causes) <= set(CAUSES):
        raise Refused(NO_CAUSE)
    if not words.strip():
        raise Refused(SAY_IT)
    if not today <= due_on <= today + LATEST:
        raise Refused(NO_DAY)
