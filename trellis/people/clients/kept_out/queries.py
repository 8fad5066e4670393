"""Who is kept out of whose record."""

from django.db.models import QuerySet

from trellis.foundation.access.actor import Actor
from trellis.people.accounts.models import Account
from trellis.people.clients import rules
from trellis.people.clients.models import CareAssignment, Client, KeptOut
from trellis.people.clients.states import OPEN
from trellis.people.staff import queries as staff


def kept_out_of(client: Client) -> "QuerySet[KeptOut]":
    """Who is kept out now, since longest first."""
    rows = KeptOut.objects.filter(client=client, until__isnull=True).select_related("account")
    return rows.order_by("since", "pk")


def is_kept_out(account_id: int, client_id: int) -> bool:
    return KeptOut.objects.filter(account=account_id, client=client_id, until__isnull=True).exists()


def clients_kept_from(actor: Actor) -> list[int]:
    """Keys of the clients whose records are closed to the actor; no statement."""
    named = (subject.partition(":") for subject in actor.kept_out)
    return [int(key) for kind, _, key in named if kind == Client.subject_kind]


def is_on_team(account_id: int, client: Client) -> bool:
    """On the care team of the client's open stay."""
    team = CareAssignment.objects.filter(episode__client=client, episode__status=OPEN, until__isnull=True)
    return team.filter(staff_member__account_id=account_id).exists()


def called(name: str) -> list[Account]:
    """Those who work here and have this whole name, accents and capitals forgiven."""
    asked = rules.fold(name)
    return [one.account for one in staff.working() if rules.fold(one.account.chosen_name) == asked]
