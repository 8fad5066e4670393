"""What the measures of one quarter are judged from: a fixed number of statements, however many people there are."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, tzinfo
from functools import cached_property

from django.db.models import Q

from trellis.doors.reports import sources
from trellis.doors.reports.rules import DIED, ENGAGED, START, STAYED, FollowUp, Onward, Quarter, Stay
from trellis.journey.inquiry.models import Inquiry, Referral
from trellis.journey.schedule.models import Attendance
from trellis.journey.schedule.states import SEATED
from trellis.people.clients.models import Client, Episode
from trellis.people.consent.models import Standing

#: the last day on which something can still count for a quarter, after its end
LONGEST = timedelta(max(START + ENGAGED, *STAYED))
NOT_A_PERSON = "not_a_person"


@dataclass(frozen=True)
class KnownStay:
    key: int
    client: int
    stay: Stay


@dataclass(frozen=True)
class Sent:
    """One discharge elsewhere that we heard of. Whoever is not a client here is known by what they asked."""

    inquiry: int
    client: int | None
    discharged: date | None
    heard: date


@dataclass(frozen=True)
class Facts:
    sent: tuple[Sent, ...] = ()
    stays: tuple[KnownStay, ...] = ()
    #: by client: the days on which they sat in a session
    sat: Mapping[int, frozenset[date]] = field(default_factory=dict)
    died: Mapping[int, date] = field(default_factory=dict)
    #: by the key of a stay; and by that and the days after it
    onward: Mapping[int, Onward] = field(default_factory=dict)
    follow_ups: Mapping[tuple[int, int], FollowUp] = field(default_factory=dict)

    @cached_property
    def _by_client(self) -> dict[int, list[Stay]]:
        found: dict[int, list[Stay]] = defaultdict(list)
        for one in self.stays:
            found[one.client].append(one.stay)
        return dict(found)

    def stays_of(self, client: int | None) -> list[Stay]:
        return self._by_client.get(client, []) if client is not None else []


def facts(quarter: Quarter, zone: tzinfo) -> Facts:
    sent = _sent(quarter, zone)
    stays = _stays(quarter, {one.client for one in sent if one.client is not None})
    people = {one.client for one in stays} | {one.client for one in sent if one.client is not None}
    ended = {one.key: (one.client, one.stay.closed) for one in stays if one.stay.closed}
    return Facts(
        sent, stays, _sat(people, quarter, zone), _died(people, stays, zone), sources.onward(ended),
        sources.follow_ups(ended),
    )  # fmt: skip


def _sent(quarter: Quarter, zone: tzinfo) -> tuple[Sent, ...]:
    """Each discharge of a person once, as we first heard of it; one without a day by the day on which we heard."""
    start, end = _instants(quarter.first, quarter.last, zone)
    rows = (
        Referral.objects.filter(
            Q(discharged_on__range=(quarter.first, quarter.last))
            | Q(discharged_on=None, received_at__gte=start, received_at__lt=end)
        )
        .exclude(inquiry__close_reason=NOT_A_PERSON)
        .order_by("received_at", "pk")
        .values_list(
            "inquiry_id", "inquiry__same_as_id", "client_subject", "inquiry__client_subject",
            "inquiry__same_as__client_subject", "discharged_on", "received_at",
        )
    )  # fmt: skip
    found: dict[tuple[str, date | None], Sent] = {}
    for inquiry, other, *subjects, discharged, received in rows:
        root, client = other or inquiry, _client_of(subjects)
        who = f"client:{client}" if client is not None else f"inquiry:{root}"
        found.setdefault((who, discharged), Sent(root, client, discharged, received.astimezone(zone).date()))
    return tuple(found.values())


def _client_of(subjects: Iterable[str | None]) -> int | None:
    """As `Referral.client_id` finds them."""
    known = next((one for one in subjects if one), "")
    return int(known.partition(":")[2]) if known else None


def _stays(quarter: Quarter, referred: Collection[int]) -> tuple[KnownStay, ...]:
    """All stays of everybody who began, ended, or was due for a follow-up in the quarter, or was sent to us then."""
    earliest = quarter.first - timedelta(max(sources.FOLLOW_UP_DAYS))
    of_the_quarter = Episode.objects.filter(
        Q(opened_on__range=(quarter.first, quarter.last)) | Q(closed_on__range=(earliest, quarter.last))
    )
    rows = Episode.objects.filter(Q(client__in=of_the_quarter.values("client")) | Q(client__in=referred))
    columns = ("pk", "client_id", "opened_on", "closed_on", "close_reason")
    return tuple(
        KnownStay(key, client, Stay(*days))
        for key, client, *days in rows.order_by("opened_on", "pk").values_list(*columns)
    )


def _sat(people: Collection[int], quarter: Quarter, zone: tzinfo) -> dict[int, frozenset[date]]:
    """The newest mark of a session that was not taken back holds."""
    start, end = _instants(quarter.first - timedelta(START), quarter.last + LONGEST, zone)
    rows = Attendance.objects.filter(client__in=people, session__starts_at__gte=start, session__starts_at__lt=end)
    columns = ("client_id", "session_id", "session__starts_at", "state", "undo__id")
    newest = {
        (client, session): (starts, state, undo)
        for client, session, starts, state, undo in rows.order_by("pk").values_list(*columns)
    }
    found: dict[int, set[date]] = defaultdict(set)
    for (client, _), (starts, state, undo) in newest.items():
        if undo is None and state in SEATED:
            found[client].add(starts.astimezone(zone).date())
    return {client: frozenset(days) for client, days in found.items()}


def _died(people: Collection[int], stays: Iterable[KnownStay], zone: tzinfo) -> dict[int, date]:
    """The day that a stay names, else the day since which it is written down; nobody whose death was taken back, though
    the reason of that stay goes on counting as it was written."""
    newest: dict[int, date] = {}
    taken_back: set[int] = set()
    rows = Standing.objects.filter(client__in=people).order_by("pk")
    for client, deceased, at in rows.values_list("client_id", "deceased", "recorded_at"):
        if deceased:
            newest.setdefault(client, at.astimezone(zone).date())
            taken_back.discard(client)
        elif newest.pop(client, None):
            taken_back.add(client)
    ended = {one.client: one.stay.closed for one in stays if one.stay.reason == DIED and one.stay.closed}
    return newest | {client: on for client, on in ended.items() if client not in taken_back}


def clients(keys: Collection[int]) -> dict[int, Client]:
    return Client.objects.in_bulk(keys)


def inquiries(keys: Collection[int]) -> dict[int, Inquiry]:
    return Inquiry.objects.in_bulk(keys)


def _instants(first: date, last: date, zone: tzinfo) -> tuple[datetime, datetime]:
    return datetime.combine(first, time(), zone), datetime.combine(last + timedelta(1), time(), zone)
