"""Groups that are on at an instant, and who belongs to them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db.models import QuerySet

from trellis.journey.schedule import roster
from trellis.journey.schedule.models import Session
from trellis.people.clients.models import Client


def groups_on(now: datetime) -> "QuerySet[Session]":
    on = Session.objects.filter(starts_at__lte=now, ends_at__gt=now, series__personal=False)
    return on.exclude(status="cancelled").select_related("series").order_by("series__key")


def begun(now: datetime) -> "QuerySet[Session]":
    """Those that have begun, the newest first."""
    return Session.objects.filter(starts_at__lte=now, series__personal=False).order_by("-starts_at", "series__key")


def people_of(sessions: Sequence[Session]) -> Mapping[int, list[Client]]:
    """The rosters of many sessions, each in the order in which people came into the program."""
    rows = roster.enrollments_in([session.pk for session in sessions])
    pairs = rows.values_list("series__sessions", "episode__client").order_by("series__sessions", "episode__client")
    everybody = Client.objects.in_bulk({client for _, client in pairs})
    found: dict[int, list[Client]] = defaultdict(list)
    for session, client in pairs:
        found[session].append(everybody[client])
    return found
