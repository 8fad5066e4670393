"""Pairs of records that somebody must look at, and records that became one; six statements whatever their number."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Q

from trellis.foundation.access.actor import Actor
from trellis.foundation.access.permissions import may, shown_to
from trellis.journey.admission.models import Admission, RecordsCompared
from trellis.journey.admission.one_person.rules import Closing, Made, may_be_one
from trellis.journey.admission.rules import Person
from trellis.people.clients.models import Client, Episode, KeptOut, LegalName
from trellis.people.clients.states import OPEN

#: what an admission itself writes about somebody, and what a record is found by
_BEGINNING = {"ClientWord", "LegalName", "Episode", "Admission"}


@dataclass(frozen=True)
class Pair:
    """`second` was made while `first` was there. `here`: keys of those who are in the program."""

    second: Client
    first: Client
    here: frozenset[int] = frozenset()

    @property
    def audit_subjects(self) -> tuple[str, ...]:
        return (*self.second.audit_subjects, *self.first.audit_subjects)


def waiting_for(actor: Actor) -> list[Pair]:
    """For those who tell them apart and may see both; others are told nothing, and nothing is asked."""
    return shown_to(actor, _waiting()) if may(actor, "admission.compare") else []


def _waiting() -> list[Pair]:
    closings = [
        Closing(client, f"account:{account}", since, until)
        for client, account, since, until in KeptOut.objects.values_list("client", "account", "since", "until")
    ]
    if not closings:
        return []
    rows = Admission.objects.filter(recorded_by__in={one.account for one in closings})
    made = [Made(*row) for row in rows.values_list("client", "recorded_by", "recorded_at")]
    keys = {one.client for one in closings} | {one.client for one in made}
    people = Client.objects.in_bulk(keys)
    looked_at = set(RecordsCompared.objects.values_list("second", "first"))
    pairs = [pair for pair in may_be_one(closings, made, _names(people)) if pair not in looked_at]
    here = frozenset(Episode.objects.filter(client__in=keys, status=OPEN).values_list("client", flat=True))
    return [Pair(people[second], people[first], here) for second, first in pairs]


def _names(people: dict[int, Client]) -> dict[int, list[Person]]:
    found: dict[int, list[Person]] = defaultdict(list)
    for key, one in people.items():
        found[key].append(Person(key, one.chosen_name, one.telephone, one.email, one.born_on))
    for paper in LegalName.objects.filter(client__in=people):
        name = f"{paper.given} {paper.family}"
        found[paper.client_id].append(Person(paper.client_id, name, born_on=people[paper.client_id].born_on))
    return found


def is_written_on(client: Client) -> bool:
    """Whether something lies under this record beside what its admission wrote: attendance, a consent, a request."""
    return any(
        relation.related_model._base_manager.filter(**{relation.field.name: client}).exists()
        for relation in Client._meta.related_objects
        if relation.related_model.__name__ not in _BEGINNING
    )


def joined_with(client: Client) -> list[Client]:
    """Other records of the same person; one statement."""
    one = RecordsCompared.objects.filter(found=RecordsCompared.Found.ONE)
    firsts, seconds = one.filter(second=client).values("first"), one.filter(first=client).values("second")
    return list(Client.objects.filter(Q(pk__in=firsts) | Q(pk__in=seconds)).order_by("pk"))


def also_known_as(client: Client) -> Collection[str]:
    """As whom the trail knows them beside this record (`client:9`)."""
    return [subject for other in joined_with(client) for subject in other.audit_subjects]
