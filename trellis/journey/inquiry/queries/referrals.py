"""Referrals: who waits, whom one may be about, and what somebody said of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce, TruncDate

from trellis.foundation.access.actor import Actor
from trellis.foundation.access.permissions import may, shown_to
from trellis.foundation.record.folding import fold
from trellis.journey.inquiry import rules
from trellis.journey.inquiry.models import Inquiry, Referral, ReferralMatch
from trellis.journey.inquiry.referral.matching import SHORTEST_NUMBER, Match, Person
from trellis.journey.inquiry.referral.matching import proposals as judged
from trellis.journey.inquiry.states import MERGED, OPEN
from trellis.people.clients.kept_out.queries import clients_kept_from
from trellis.people.clients.models import Client, Episode, LegalName
from trellis.people.clients.queries import sees_everybody
from trellis.people.clients.states import OPEN as IN_PROGRAM

PAGE = 25
#: so many are compared, and so many are shown
MOST_COMPARED, MOST_SHOWN = 200, 5


@dataclass(frozen=True)
class Proposal:
    match: Match
    thing: Client | Inquiry
    #: a client who is in the program now
    is_here: bool = False


@dataclass(frozen=True)
class Standing:
    """What was said last of each person who was proposed, by plain subjects."""

    confirmed: str = ""
    not_same: tuple[str, ...] = ()


def referrals() -> "QuerySet[Referral]":
    return Referral.objects.select_related("inquiry__same_as")


def by_digest(digest: str) -> Referral | None:
    return referrals().filter(digest=digest).first()


def waiting(number: str | int = 1) -> "Page[Referral]":
    """Those whose person is not here yet and whose inquiry goes on; whose time ends first stands first. Two statements.

    Without a discharge the day of its coming counts.
    """
    goes_on = Q(inquiry__status__in=OPEN) | Q(inquiry__status=MERGED, inquiry__same_as__status__in=OPEN)
    rows = referrals().filter(goes_on).defer("found_sealed")
    rows = rows.annotate(first=Coalesce("discharged_on", TruncDate("received_at"))).order_by("first", "pk")
    page: Page[Any] = Paginator(rows, PAGE).get_page(number)
    page.object_list = list(page.object_list)
    return page


def of_client(client: Client) -> list[Referral]:
    """Newest first; one statement."""
    subject = client.audit_subjects[0]
    known = Q(client_subject=subject) | Q(inquiry__client_subject=subject) | Q(inquiry__same_as__client_subject=subject)
    return list(referrals().filter(known).order_by("-received_at", "-pk"))


def recognized_in(client: Client) -> list[str]:
    """Under which names the trail knows a client in whose referral somebody recognized them; one statement."""
    rows = Referral.objects.filter(client_subject=client.audit_subjects[0]).order_by("inquiry")
    return [f"inquiry:{key}" for key in dict.fromkeys(rows.values_list("inquiry_id", flat=True))]


def of_inquiry(inquiry: Inquiry) -> list[Referral]:
    """Those of inquiries that were joined to it, too."""
    rows = referrals().filter(Q(inquiry=inquiry) | Q(inquiry__same_as=inquiry))
    return list(rows.order_by("-received_at", "-pk"))


def steps_of(referral: Referral) -> list[ReferralMatch]:
    """Newest first."""
    return list(referral.matches.order_by("-at", "-pk"))


def standing(referral: Referral) -> Standing:
    """One statement."""
    last: dict[str, str] = {one.subject: one.step for one in reversed(steps_of(referral))}
    steps = ReferralMatch.Step
    confirmed = next((subject for subject, step in last.items() if step == steps.CONFIRMED), "")
    return Standing(confirmed, tuple(subject for subject, step in last.items() if step == steps.NOT_SAME))


def proposals(actor: Actor, referral: Referral) -> list[Proposal]:
    """Whom it may be about, surest first, for whoever may say so; five statements. Nobody whose record is closed to
    the actor, and nobody of whom somebody said no."""
    if not (may(actor, "referral.match", referral) and sees_everybody(actor)):
        return []
    this, looked_at = person_of(referral), set(standing(referral).not_same)
    clients = {one.audit_subjects[0]: one for one in _clients_like(actor, this)}
    inquiries = {one.audit_subjects[0]: one for one in shown_to(actor, _inquiries_like(referral, this))}
    people = [*_of_clients(clients), *map(_of_inquiry, inquiries.values())]
    found = [match for match in judged(this, people) if match.subject not in looked_at][:MOST_SHOWN]
    keys = [clients[match.subject].pk for match in found if match.subject in clients]
    here = set(Episode.objects.filter(client__in=keys, status=IN_PROGRAM).values_list("client", flat=True))
    things: dict[str, Client | Inquiry] = {**clients, **inquiries}
    return [
        Proposal(match, things[match.subject], match.subject in clients and things[match.subject].pk in here)
        for match in found
    ]


def person_of(referral: Referral) -> Person:
    patient = referral.found["patient"]
    try:
        born_on = date.fromisoformat(patient["birth_date"] or "")
    except ValueError:
        born_on = None
    name = (patient["name"] or "").replace("\x00", "")
    return Person(f"inquiry:{referral.inquiry_id}", (name,) if name else (), born_on, tuple(patient["phone"]))


def _clients_like(actor: Actor, this: Person) -> "QuerySet[Client]":
    """Whoever shares the birth date, a number's end, or the first and the last word of the name."""
    asked = Q(born_on=this.born_on) if this.born_on else Q(pk=None)
    for number in _numbers(this):
        # However it is written it ends alike; the rule compares the rest.
        asked |= Q(telephone__endswith=number[-4:])
    for words in (fold(name).split() for name in this.names):
        if words:
            asked |= Q(search_name=" ".join(words))
            asked |= Q(search_name__startswith=f"{words[0]} ", search_name__endswith=f" {words[-1]}")
    # A record that became part of another has no name to be found by.
    rows = Client.objects.exclude(search_name="").exclude(pk__in=clients_kept_from(actor))
    return rows.filter(asked).order_by("-pk")[:MOST_COMPARED]


def _inquiries_like(referral: Referral, this: Person) -> "QuerySet[Inquiry]":
    """About the person themself, not joined to another and not a client yet: the client is proposed then."""
    rows = Inquiry.objects.filter(Q(for_whom="self") | Q(channel="referral"), client_subject="")
    rows = rows.exclude(status=MERGED).exclude(pk=referral.inquiry_id)
    named = [Q(name_folded=rules.fold(name)) for name in this.names]
    words = [rules.fold(name).split() for name in this.names]
    named += [Q(name_folded__startswith=w[0], name_folded__endswith=w[-1]) for w in words if w]
    asked = [Q(telephone_digits=number) for number in _numbers(this)] + named
    return rows.filter(reduce(or_, asked, Q(pk=None))).order_by("-asked_at")[:MOST_COMPARED]


def _numbers(this: Person) -> set[str]:
    return {number for one in this.telephones if len(number := rules.digits(one)) >= SHORTEST_NUMBER}


def _of_clients(clients: dict[str, Client]) -> Iterable[Person]:
    """By the name that they go by, and by those on their papers."""
    names = {one.pk: [one.chosen_name] for one in clients.values()}
    for paper in LegalName.objects.filter(client__in=list(names)):
        names[paper.client_id].append(f"{paper.given} {paper.family}")
    return [Person(subject, tuple(names[one.pk]), one.born_on, (one.telephone,)) for subject, one in clients.items()]


def _of_inquiry(inquiry: Inquiry) -> Person:
    return Person(inquiry.audit_subjects[0], (inquiry.name,), None, (inquiry.telephone,))
