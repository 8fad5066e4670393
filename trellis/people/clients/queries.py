"""What can be asked about clients."""

from datetime import date

from django.db.models import Prefetch, Q, QuerySet

from trellis.foundation.access.actor import Actor
from trellis.foundation.access.policy import ANY, relations_of
from trellis.foundation.record.prepared import Prepared
from trellis.people.clients import near
from trellis.people.clients.finding import Found, find_clients
from trellis.people.clients.kept_out import queries as kept_out
from trellis.people.clients.models import CareAssignment, Client, Episode, LegalName
from trellis.people.clients.policy import CASELOAD
from trellis.people.clients.states import OPEN
from trellis.people.staff import queries as staff
from trellis.people.staff.models import StaffMember

CARE_ROLES = ("counselor", "therapist", "group_facilitator", "clinical_director", "medical_director")


def clients() -> "QuerySet[Client]":
    return Client.objects.all()


def client_of(account_id: int | None) -> Client | None:
    if account_id is None:
        return None
    found: Client | None = _ask_client_of.first(account_id)
    return found


@Prepared
def _ask_client_of(account_id: int) -> "QuerySet[Client]":
    return Client.objects.filter(account_id=account_id)


def open_episode(client: Client) -> Episode | None:
    return Episode.objects.filter(client=client, status=OPEN).first()


def episodes_of(client: Client) -> list[Episode]:
    """Newest first, each with its care team of now; two statements."""
    team = (
        CareAssignment.objects.filter(until__isnull=True)
        .select_related("staff_member__account")
        .order_by("since", "id")
    )
    rows = Episode.objects.filter(client=client).order_by("-opened_on", "-id")
    return list(rows.prefetch_related(Prefetch("assignments", queryset=team, to_attr="team")))


def clients_in_program() -> "QuerySet[Client]":
    """Everybody whose episode is open, by name."""
    return Client.objects.filter(episodes__status=OPEN).order_by("search_name", "id")


def caseload_of(account_id: int) -> "QuerySet[Client]":
    """The clients on whose care team the account's owner is, or to whom they are as near before there is one."""
    mine = CareAssignment.objects.filter(staff_member__account_id=account_id, until__isnull=True, episode__status=OPEN)
    on_team = Q(pk__in=mine.values("episode__client_id"))
    return Client.objects.filter(on_team | near.near(account_id)).order_by("search_name", "id")


def sees_everybody(actor: Actor) -> bool:
    return ANY in relations_of(actor, "client.find")


def listed_for(actor: Actor) -> "QuerySet[Client]":
    """Those in the program whom the actor may find: everybody, or their caseload; nobody from whom they are kept."""
    closed = kept_out.clients_kept_from(actor)
    found = _listed_by_role(actor)
    return found.exclude(pk__in=closed) if closed else found


def _listed_by_role(actor: Actor) -> "QuerySet[Client]":
    if sees_everybody(actor):
        return clients_in_program()
    if CASELOAD in relations_of(actor, "client.find") and actor.account_id is not None:
        return caseload_of(actor.account_id)
    return Client.objects.none()


def found_for(actor: Actor, text: str) -> Found:
    """Those of this name whom the actor may find."""
    if not sees_everybody(actor):
        return find_clients(text, listed_for(actor))
    return find_clients(text, closed=kept_out.clients_kept_from(actor))


def legal_names(client: Client) -> list[LegalName]:
    """What papers say and said, the newest first."""
    return list(LegalName.objects.filter(client=client).order_by("-since", "-id"))


def legal_name_on(client: Client, day: date) -> LegalName | None:
    """The name that papers of a day carry."""
    return LegalName.objects.filter(client=client, since__lte=day).order_by("-since", "-id").first()


def assignable() -> "QuerySet[StaffMember]":
    """Who may be on a care team: people who work here now and lead groups or hours."""
    held = {"account__grants__until__isnull": True, "account__grants__role__in": CARE_ROLES}
    return staff.working().filter(**held).distinct()


__all__ = [
    "Found", "assignable", "caseload_of", "client_of", "clients", "clients_in_program", "episodes_of", "find_clients",
    "found_for",    "legal_name_on", "legal_names", "listed_for", "open_episode", "sees_everybody",
]  # fmt: skip
