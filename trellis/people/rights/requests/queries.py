"""What can be asked about requests. Where one stands is derived from its answers each time."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, DateField, Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from trellis.foundation import clock
from trellis.foundation.access.actor import Actor
from trellis.foundation.access.permissions import may
from trellis.foundation.program import queries as program
from trellis.foundation.record import crypto
from trellis.people.clients.models import Client
from trellis.people.rights import rules
from trellis.people.rights.models import RequestAnswer, RightsRequest
from trellis.people.rights.requests.waiting import Waiting
from trellis.people.rights.rules import Kind
from trellis.people.rights.states import ACCEPTED, DECIDING, EXTEND

SOON = timedelta(days=3)
#: what concerns everybody who meets the client, once we have agreed
HOLDING = (Kind.RESTRICTION, Kind.SELF_PAID, Kind.CHANNEL)


@dataclass(frozen=True)
class Asked:
    """A request with its answers, in their order, and what both come to."""

    row: RightsRequest
    answers: tuple[RequestAnswer, ...]

    @property
    def kind(self) -> Kind:
        return Kind(self.row.kind)

    @property
    def state(self) -> str:
        return rules.state_after(one.step for one in self.answers)

    @property
    def due(self) -> date:
        return next((one.due_on for one in self.answers if one.due_on), self.row.due_on)

    @property
    def parts(self) -> list[str]:
        """Kinds of information that are in question after a no."""
        return next((one.parts for one in self.answers if one.parts), [])

    @property
    def waits(self) -> bool:
        return rules.is_waiting(self.state)

    @property
    def steps(self) -> tuple[str, ...]:
        return rules.steps_from(self.kind, self.state)


def today() -> date:
    """Where the program is."""
    return clock.today(program.zone())


def requests() -> "QuerySet[RightsRequest]":
    return RightsRequest.objects.select_related("client")


def asked(row: RightsRequest) -> Asked:
    return Asked(row, tuple(row.answers.order_by("id")))


def of_client(client: Client, *, complaints: bool = True) -> list[Asked]:
    """The newest first; two statements."""
    rows = RightsRequest.objects.filter(client=client).order_by("-id")
    return _filled(rows if complaints else rows.exclude(kind=Kind.COMPLAINT))


def holding(client: Client) -> list[Asked]:
    """What we agreed to and what still holds: the only way to reach them, and who is not to be told."""
    rows = RightsRequest.objects.filter(client=client, kind__in=HOLDING).order_by("-id")
    return [one for one in _filled(rows) if holds(one)]


def reached(client: Client) -> rules.Reached:
    """How they agreed to hear that something waits for them: by text, or at the address they sign in with."""
    only = any(one.kind is Kind.CHANNEL for one in holding(client))
    account = client.account
    mail = account.email if account is not None and account.is_active else None
    return rules.Reached(client.telephone if client.may_text else "", mail or "", only)


def in_dispute(client: Client, information: Iterable[str]) -> list[Asked]:
    """Corrections with a no and their own words beside it, about these kinds of information, the oldest first."""
    told = frozenset(information)
    rows = RightsRequest.objects.filter(client=client, kind=Kind.CORRECTION).order_by("id")
    return [one for one in _filled(rows) if rules.goes_along(one.state, one.parts, told)]


def holds(one: Asked) -> bool:
    return one.kind in HOLDING and one.state == ACCEPTED


def open_requests() -> "QuerySet[RightsRequest]":
    """Everything that waits for us, with its day as `due`; what is due first comes first."""
    decided = RequestAnswer.objects.filter(request=OuterRef("pk"), step__in=DECIDING)
    later = RequestAnswer.objects.filter(request=OuterRef("pk"), step=EXTEND).values("due_on")[:1]
    rows = RightsRequest.objects.filter(~Exists(decided)).select_related("client")
    due = Coalesce(Subquery(later), F("due_on"), output_field=DateField())
    return rows.annotate(due=due).order_by("due", "id")


def waiting_for(actor: Actor, today: date) -> Waiting:
    """For the first screens of those who answer; others are told nothing, and nothing is asked."""
    if not may(actor, "rights.answer"):
        return Waiting()
    late, soon = Q(due__lt=today), Q(due__gte=today, due__lte=today + SOON)
    counted = (
        open_requests()
        .order_by()
        .aggregate(number=Count("id"), late=Count("id", filter=late), soon=Count("id", filter=soon))
    )
    return Waiting(**counted)


def opened_text(sealed: str) -> str:
    return crypto.unseal(sealed) if sealed else ""


def _filled(rows: "QuerySet[RightsRequest]") -> list[Asked]:
    answers = Prefetch("answers", queryset=RequestAnswer.objects.order_by("id"), to_attr="in_order")
    found: Iterable[RightsRequest] = rows.prefetch_related(answers)
    return [Asked(row, tuple(row.in_order)) for row in found]  # type: ignore[attr-defined]
