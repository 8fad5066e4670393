"""Coming sessions for which somebody plans another leader: a client in them has closed their record to who leads now.

Whoever leads still sits with that client and marks who is there; why the record is closed is said nowhere here.
"""

from collections import defaultdict
from datetime import datetime, timedelta

from trellis.foundation.access.actor import Actor
from trellis.foundation.access.permissions import may, shown_to
from trellis.journey.schedule.models import Booking, RosterAddition, Session
from trellis.journey.schedule.roster import enrollments_in
from trellis.people.clients.models import KeptOut

#: how far ahead a leader is planned anew; what lies further comes nearer
AHEAD = timedelta(days=7)


def led_by_somebody_kept_out(now: datetime, actor: Actor) -> list[Session]:
    """For those who plan, the next first; five statements, one where no record is closed to anybody.

    A session of somebody who is closed to the planner, too, is for others to plan.
    """
    if not may(actor, "schedule.change"):
        return []
    kept = shown_to(actor, KeptOut.objects.filter(until__isnull=True))
    closed: dict[int, set[int]] = defaultdict(set)
    for row in kept:
        closed[row.account_id].add(row.client_id)
    if not closed:
        return []
    booked = _booked(list(closed), now)
    rooms = {session.pk for session, _account in booked}
    guests = Session.objects.filter(joins__in=rooms).exclude(status="cancelled").values_list("pk", "joins")
    hosts = {guest: host for guest, host in guests if host is not None}
    people = _people([*rooms, *hosts], {row.client_id for row in kept})
    for guest, host in hosts.items():
        people[host] |= people[guest]
    found = {session.pk: session for session, account in booked if people[session.pk] & closed[account]}
    return sorted(found.values(), key=lambda one: (one.starts_at, one.pk))


def _booked(accounts: list[int], now: datetime) -> list[tuple[Session, int]]:
    """Sessions that these people lead, of those that are not over, each with the account that leads."""
    rows = Booking.objects.filter(
        staff_member__account__in=accounts, released=False,
        session__ends_at__gt=now, session__starts_at__lt=now + AHEAD,
    )  # fmt: skip
    rows = rows.exclude(session__status="cancelled").select_related("session__series", "staff_member")
    return [(one.session, one.staff_member.account_id) for one in rows if one.session and one.staff_member]


def _people(sessions: list[int], among: set[int]) -> dict[int, set[int]]:
    """Who of these clients belongs to each session."""
    enrolled = enrollments_in(sessions).filter(episode__client__in=among)
    added = RosterAddition.objects.filter(session__in=sessions, client__in=among)
    found: dict[int, set[int]] = defaultdict(set)
    for session, client in enrolled.values_list("series__sessions", "episode__client"):
        found[session].add(client)
    for session, client in added.values_list("session", "client"):
        found[session].add(client)
    return found
