"""Who waits to hear from us."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Page, Paginator
from django.db.models import CharField, Count, F, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat

from trellis.journey.inquiry import rules
from trellis.journey.inquiry.models import CloseReason, Inquiry
from trellis.journey.inquiry.states import OPEN, REACHED
from trellis.people.clients.models import Episode
from trellis.people.consent.deaths import the_dead

PAGE = 25
TABS = ("to_call", "reached", "mine", "everyone")
_OWED = Q(status__in=OPEN, call_by__isnull=False)


def of_the_dead(through: str = "") -> Q:
    """Those who asked to come back and have died since, and whoever has no record here and died: nobody calls.
    `through`: where rows name an inquiry."""
    of_clients = Q(**{f"{through}client_subject__in": the_dead().annotate(subject=_SUBJECT).values("subject")})
    return of_clients | Q(**{f"{through}close_reason": CloseReason.DIED})


_SUBJECT = Concat(Value("client:"), Cast("pk", CharField()))


@dataclass(frozen=True)
class Board:
    counts: dict[str, int]
    page: "Page[Inquiry]"
    #: keys of inquiries on this page that share a number or an address with another one that still counts
    seen_elsewhere: frozenset[int]
    #: keys of open inquiries on this page of people who had a stay here
    here_before: frozenset[int]


def board(*, now: datetime, tab: str, q: str = "", number: str | int = 1, staff_id: int | None = None) -> Board:
    """One page of the board; at most six statements. A search looks through everyone, whatever the tab."""
    rows = _search(q) if q else _tab(tab, staff_id)
    page = Paginator(rows, PAGE).get_page(number)
    found = list(page.object_list)
    page.object_list = found
    return Board(_counts(now, staff_id), page, _seen_elsewhere(found), here_before(found))


def to_call_count(now: datetime) -> tuple[int, int]:
    """How many calls are owed, and how many of them are overdue; one statement."""
    counts = _counts(now, None)
    return counts["to_call"], counts["overdue"]


def _counts(now: datetime, staff_id: int | None) -> dict[str, int]:
    return dict(
        Inquiry.objects.exclude(of_the_dead()).aggregate(
            to_call=Count("id", filter=_OWED),
            overdue=Count("id", filter=_OWED & Q(call_by__lt=now)),
            reached=Count("id", filter=Q(status=REACHED)),
            mine=Count("id", filter=Q(status__in=OPEN, owner_id=staff_id or 0)),
        )
    )


def _rows() -> "QuerySet[Inquiry]":
    return Inquiry.objects.select_related("owner__account").order_by(
        F("call_by").asc(nulls_last=True), "-asked_at", "id"
    )


def _tab(tab: str, staff_id: int | None) -> "QuerySet[Inquiry]":
    if tab == "everyone":
        return _rows().order_by("-asked_at", "-id")
    rows = _rows().exclude(of_the_dead())
    if tab == "reached":
        return rows.filter(status=REACHED)
    if tab == "mine":
        return rows.filter(status__in=OPEN, owner_id=staff_id or 0)
    return rows.filter(_OWED)


def _search(q: str) -> "QuerySet[Inquiry]":
    """Part of a name, accents forgiven; part of a number; part of an address or of the place that refers."""
    folded = rules.fold(q)
    match = (
        Q(name_folded__contains=folded) | Q(email__contains=q.strip().lower()) | Q(organisation__icontains=q.strip())
    )
    digits = rules.digits(q)
    if len(digits) >= 3:
        match |= Q(telephone_digits__contains=digits)
    return _rows().filter(match).order_by("-asked_at", "-id")


def here_before(rows: Iterable[Inquiry]) -> frozenset[int]:
    """Whose open inquiry names somebody who had a stay: a record that an assessment began is none; one statement."""
    known = {row.pk: int(row.client_subject.rpartition(":")[2]) for row in rows if row.is_open and row.client_subject}
    stayed = set(Episode.objects.filter(client__in=known.values()).values_list("client", flat=True))
    return frozenset(key for key, client in known.items() if client in stayed)


def _seen_elsewhere(rows: Sequence[Inquiry]) -> frozenset[int]:
    numbers = {row.telephone_digits for row in rows if row.telephone_digits}
    addresses = {row.email for row in rows if row.email}
    others = (
        Inquiry.objects.filter(Q(telephone_digits__in=numbers) | Q(email__in=addresses))
        .exclude(status="merged")
        .values_list("telephone_digits", "email")
    )
    seen = Counter(value for pair in others for value in pair if value)
    return frozenset(
        row.pk
        for row in rows
        if row.status != "merged" and any(seen[value] > 1 for value in (row.telephone_digits, row.email) if value)
    )
