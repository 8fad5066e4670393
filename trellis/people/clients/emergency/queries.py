"""Who is meant, what is open now, and what nobody has read yet."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q, QuerySet
from django.utils.translation import ngettext

from trellis.foundation.access.actor import Actor
from trellis.foundation.access.permissions import may
from trellis.people.accounts.models import Account
from trellis.people.clients import rules as names
from trellis.people.clients.emergency import rules
from trellis.people.clients.emergency.policy import REVIEWERS
from trellis.people.clients.models import Client, EmergencyOpening


def called(name: str, born_on: date) -> list[Client]:
    """Those with this whole chosen name, accents and capitals forgiven, who were born on this day; two at most."""
    return list(Client.objects.filter(search_name=names.fold(name), born_on=born_on).order_by("pk")[:2])


def is_open(account_id: int, client_id: int, now: datetime) -> bool:
    return EmergencyOpening.objects.filter(account=account_id, client=client_id, since__lte=now, until__gt=now).exists()


def ends(account_id: int | None, client: Client, now: datetime) -> datetime | None:
    """Until when the record is open to this person because of an emergency."""
    found = EmergencyOpening.objects.filter(account=account_id, client=client, since__lte=now, until__gt=now)
    return found.order_by("-until").values_list("until", flat=True).first()


def openings() -> "QuerySet[EmergencyOpening]":
    return EmergencyOpening.objects.select_related("client", "account", "review")


def unread() -> "QuerySet[EmergencyOpening]":
    """The oldest first."""
    return openings().filter(review__isnull=True).order_by("since", "pk")


def read_already() -> "QuerySet[EmergencyOpening]":
    """The newest first."""
    return openings().filter(review__isnull=False).order_by("-since", "-pk")


def reviewers() -> list[Account]:
    """Whoever guards privacy here and has an address."""
    held = Q(grants__until__isnull=True, grants__role__in=[role.key for role in REVIEWERS])
    found = Account.objects.filter(held, is_active=True, email__isnull=False).exclude(email="")
    return list(found.distinct().order_by("pk"))


@dataclass(frozen=True)
class Waiting:
    """Openings that nobody has read; of these, how many lie too long."""

    number: int = 0
    late: int = 0

    @property
    def words(self) -> str:
        return ngettext(
            "A record was opened in an emergency. Nobody has read why yet.",
            "%(number)d records were opened in emergencies. Nobody has read why yet.",
            self.number,
        ) % {"number": self.number}


def waiting_for(actor: Actor, now: datetime) -> Waiting:
    """For the first screens of those who read; others are told nothing, and nothing is asked."""
    if not may(actor, "client.review_emergency"):
        return Waiting()
    late = Count("id", filter=Q(since__lt=rules.late_before(now)))
    return Waiting(**EmergencyOpening.objects.filter(review__isnull=True).aggregate(number=Count("id"), late=late))
