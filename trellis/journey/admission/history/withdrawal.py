"""What the lines of withdrawal call for, where it is seen without opening the history."""

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from trellis.foundation import clock
from trellis.foundation.access.permissions import may
from trellis.foundation.access.requests import Request
from trellis.foundation.program import queries as program
from trellis.journey.admission.history import blueprint, presenters, queries
from trellis.journey.admission.history.rules import Verdict
from trellis.journey.measures.called_for import CalledFor
from trellis.journey.measures.models import Administration, Outcome
from trellis.people.clients.models import Client
from trellis.people.consent.deaths import has_died


def panel(request: Request, client: Client) -> SafeString | None:
    """On the client's page, while somebody is to do something now; two statements."""
    section = blueprint.section()
    if section is None or not may(request.actor, "history.read", client):
        return None
    uses = queries.last_uses(client, queries.substances(client))
    found = presenters.warnings(section, queries.scales(request.actor, client), uses, clock.today(program.zone()))
    # Whoever reads no totals cannot know whether the scale was asked already.
    knows = may(request.actor, "measures.read", client)
    now = [one for one in found if one.is_now and (knows or one.verdict != Verdict.ASK)]
    if not now or has_died(client):
        return None
    may_ask = may(request.actor, "measures.ask", client)
    return render_to_string(
        "admission/_history_warnings.html", {"client": client, "warnings": now, "may_ask": may_ask}
    )  # fmt: skip


def called_for(form: Administration, _outcome: Outcome) -> list[CalledFor]:
    """Of the newest total of a scale: on which side of the medical director's line it lies."""
    section = blueprint.section()
    newest = queries.scale(form) if section is not None else None
    if newest is None:
        return []
    found = presenters.warnings(section, newest, {}, clock.today(program.zone()))
    sides = (Verdict.ABOVE, Verdict.BELOW)
    said = [CalledFor(one.tone, one.title, one.detail) for one in found if one.verdict in sides]
    return said if said and not has_died(form.client) else []
