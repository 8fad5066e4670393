"""Which records are watched, what somebody said, and what nobody has read yet."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.utils.translation import ngettext

from trellis.foundation.access.actor import Actor
from trellis.foundation.access.permissions import may
from trellis.foundation.program import queries as program
from trellis.people.clients.kept_out.queries import clients_kept_from
from trellis.people.clients.models import Client, Watch, WatchedOpening
from trellis.people.clients.watched import rules


def in_force(now: datetime) -> "QuerySet[Watch]":
    """The oldest first."""
    holds = Q(since__lte=now, end__isnull=True) & (Q(until__isnull=True) | Q(until__gt=now))
    return Watch.objects.filter(holds).order_by("since", "pk")


def watches_of(client: Client, now: datetime) -> list[Watch]:
    return list(in_force(now).filter(client=client))


def wish_of(client: Client, now: datetime) -> Watch | None:
    """What the client asked for themselves, where it holds."""
    return in_force(now).filter(client=client, why=Watch.Why.WISH).first()


def watched(client_id: int, now: datetime) -> Client | None:
    """The client, if the record is watched now; one statement, asked at every page of one client."""
    watch = in_force(now).filter(client=client_id).select_related("client").first()
    return watch.client if watch else None


def open_now(account_id: int | None, client: Client, now: datetime) -> WatchedOpening | None:
    """What this person said, where its hour is not over."""
    found = WatchedOpening.objects.filter(account=account_id, client=client, since__lte=now, until__gt=now)
    return found.order_by("-until").first()


def openings() -> "QuerySet[WatchedOpening]":
    return WatchedOpening.objects.select_related("client", "account", "review")


def unread() -> "QuerySet[WatchedOpening]":
    """The oldest first."""
    return openings().filter(review__isnull=True).order_by("since", "pk")


def read_already() -> "QuerySet[WatchedOpening]":
    """The newest first."""
    return openings().filter(review__isnull=False).order_by("-since", "-pk")


@dataclass(frozen=True)
class Waiting:
    """Openings of watched records that others made and nobody has read; of these, how many are past their day."""

    number: int = 0
    late: int = 0

    @property
    def words(self) -> str:
        return ngettext(
            "A record that is watched closely was opened. Nobody has read why yet.",
            "%(number)d openings of records that are watched closely. Nobody has read why yet.",
            self.number,
        ) % {"number": self.number}


def waiting_for(actor: Actor, now: datetime) -> Waiting:
    """For the first screen of those who read; others are told nothing, and nothing is asked."""
    if not may(actor, "client.review_watched"):
        return Waiting()
    others = WatchedOpening.objects.filter(review__isnull=True).exclude(account=actor.account_id)
    found = list(others.exclude(client__in=clients_kept_from(actor)).values_list("since", flat=True))
    is_late = lateness(now) if found else None
    return Waiting(len(found), sum(map(is_late, found)) if is_late else 0)


def lateness(now: datetime) -> Callable[[datetime], bool]:
    """Whether what was opened then should have been read before today, on the program's own calendar."""
    zone, closed = program.zone(), _closed()
    today = now.astimezone(zone).date()
    return lambda since: rules.read_by(since.astimezone(zone).date(), closed) < today


def _closed() -> Callable[[date], bool]:
    blueprint = program.current()
    return lambda day: day in blueprint.holidays_in(day.year)
