"""The week's part of a client's page, and the way to the end of a stay or to a new one."""

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from trellis.foundation import clock
from trellis.foundation.access.permissions import may
from trellis.foundation.access.requests import Request
from trellis.foundation.program import queries as program
from trellis.journey.admission.assessing.queries import open_assessment_of
from trellis.journey.schedule import queries
from trellis.journey.schedule.presenters.minutes import outlook
from trellis.journey.schedule.week_words import Said, session_card, week_vine
from trellis.people.clients.models import Client
from trellis.people.clients.queries import open_episode
from trellis.people.consent.deaths import has_died


def week(request: Request, client: Client) -> SafeString | None:
    """This week's hours and what is next, for those who may read the minutes."""
    if not may(request.actor, "schedule.minutes", client):
        return None
    now, zone = clock.now(), program.zone()
    ledger = queries.week(client, queries.this_week(now), now)
    following = queries.next_session(client, now)
    held = queries.holds([following.pk]).get(following.pk) if following else None
    return render_to_string("schedule/_panel.html", {
        "client": client,
        "vine": week_vine(ledger, Said(now, zone)) if ledger.lines else None,
        "status": ". ".join(filter(None, outlook(ledger))),
        "next": session_card(following, held, now, zone) if following else None,
        "can_plan": may(request.actor, "schedule.enroll", client),
    })  # fmt: skip


def stay(request: Request, client: Client) -> SafeString | None:
    """A stay ends with a discharge (the page of continuity), or a new one begins."""
    episode = open_episode(client)
    if episode is not None and may(request.actor, "schedule.finish", client):
        return render_to_string("schedule/_stay.html", {"client": client, "episode": episode}, request)
    if episode is None and may(request.actor, "schedule.start") and open_assessment_of(client) is None:
        return render_to_string("schedule/_stay.html", {"client": client, "died": has_died(client)}, request)
    return None
