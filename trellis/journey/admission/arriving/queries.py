"""What the record says of somebody who arrives. Each question takes a fixed number of statements."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, F, Q

from trellis.foundation import clock
from trellis.foundation.program import queries as program
from trellis.journey.admission.arriving import rules
from trellis.journey.admission.arriving.blueprint import rhythms
from trellis.journey.admission.levels import queries as levels
from trellis.journey.admission.models import Coverage, NeedFact, OrientationSigned, StepDone
from trellis.journey.measures.queries import finished
from trellis.people.accounts.models import RoleGrant
from trellis.people.clients import queries as clients
from trellis.people.clients.models import CareAssignment, Client, Episode, KeptOut
from trellis.people.clients.states import OPEN
from trellis.people.consent import queries as consents
from trellis.people.rights.notice import queries as notice
from trellis.people.rights.notice.queries import Reading


@dataclass(frozen=True)
class Before:
    """What was said for an earlier stay and not since: it is shown with its day, and asked whether it still holds."""

    coverage: Coverage | None
    needs: list[NeedFact]
    #: kinds of consents in force that were signed before this stay, and when
    consents: list[tuple[str, datetime]]
    notice: datetime | None

    @property
    def anything(self) -> bool:
        return bool(self.coverage or self.needs or self.consents or self.notice)


@dataclass(frozen=True)
class Arrival:
    """Everything a page needs to say what is missing."""

    stay: Episode | None
    #: the first day of the stay; where there is none, today
    first: date
    known: rules.Known
    #: the newest row of each step that somebody wrote down
    steps: Mapping[str, StepDone]
    orientation: OrientationSigned | None
    coverage: Coverage | None
    needs: Mapping[str, NeedFact]
    came_before: bool
    before: Before


def arrival(client: Client, today: date) -> Arrival:
    """A fixed number of statements."""
    stays = clients.episodes_of(client)
    stay = next((one for one in stays if one.status == OPEN), None)
    first = stay.opened_on if stay else today
    steps, signed = _steps(stay), _orientation(stay)
    held, reading = consents.known(client).held, notice.reading(client)
    in_force = [one.row for one in held if one.out is None]
    paid, needs = coverage(client), needs_of([client.pk]).get(client.pk, {})
    known = rules.Known(
        consents={row.kind for row in in_force}, notice=reading.was_read, orientation=signed is not None,
        instruments={row.instrument for row in finished(client) if rules.of_this_stay(row.on, first)},
        level=_level_decided(client, stay, first), coverage=_counts(paid, first, today),
        needs=rules.were_asked(NeedFact.Need.values, {key: row.at for key, row in needs.items()}, first),
        team=_roles(stay), facts={key for key, row in steps.items() if row.done},
    )  # fmt: skip
    before = Before(
        coverage=paid if paid and not rules.of_this_stay(paid.at, first) else None,
        needs=[row for row in needs.values() if not rules.of_this_stay(row.at, first)],
        consents=[(row.kind, row.signed_at) for row in in_force if not rules.of_this_stay(row.signed_at, first)],
        notice=_read_before(reading, first),
    )
    return Arrival(stay, first, known, steps, signed, paid, needs, any(one.status != OPEN for one in stays), before)


def _read_before(reading: Reading, first: date) -> datetime | None:
    if not reading.was_read or reading.newest is None or rules.of_this_stay(reading.newest.at, first):
        return None
    return reading.newest.at


def _counts(row: Coverage | None, first: date, today: date) -> bool:
    if row is None or not rules.of_this_stay(row.at, first):
        return False
    return rules.covers(row.starts_on, row.ends_on, max(today, first))


def _steps(stay: Episode | None) -> dict[str, StepDone]:
    rows = StepDone.objects.filter(episode=stay) if stay else StepDone.objects.none()
    return {row.step: row for row in rows.order_by("id")}


def _orientation(stay: Episode | None) -> OrientationSigned | None:
    rows = OrientationSigned.objects.filter(episode=stay) if stay else OrientationSigned.objects.none()
    return rows.order_by("-id").first()


def _level_decided(client: Client, stay: Episode | None, first: date) -> bool:
    rows = levels.decided(client, stay)
    return rules.of_this_stay(rows.values_list("at", flat=True).first(), first)


def _roles(stay: Episode | None) -> set[str]:
    if stay is None:
        return set()
    team = CareAssignment.objects.filter(episode=stay, until__isnull=True)
    rows = RoleGrant.objects.filter(account__staff_member__in=team.values("staff_member"), until__isnull=True)
    return set(rows.values_list("role", flat=True))


# --- facts that later rooms ask ---------------------------------------------------------------------------------------


def coverage(client: Client) -> Coverage | None:
    """The newest counts."""
    return Coverage.objects.filter(client=client).order_by("-id").first()


def coverages(client: Client) -> list[Coverage]:
    """The newest first; one statement."""
    return list(Coverage.objects.filter(client=client).order_by("-id"))


def needs_of(keys: Collection[int], *, until: int | None = None) -> dict[int, dict[str, NeedFact]]:
    """What each of these clients needs to be able to come, by need; one statement however many they are. `until`: as
    it stood with this row."""
    found: dict[int, dict[str, NeedFact]] = {}
    rows = NeedFact.objects.filter(client__in=keys).order_by("id")
    for row in rows if until is None else rows.filter(pk__lte=until):
        found.setdefault(row.client_id, {})[row.need] = row
    return found


# --- who has room -----------------------------------------------------------------------------------------------------


def counselors(client: Client, language: str) -> list[rules.Proposal]:
    """Counselors who work here now, with the number of their open stays; nobody to whom the record is closed, and
    nobody who is on the team already. Two statements."""
    closed = KeptOut.objects.filter(client=client, until__isnull=True).values("account")
    here = CareAssignment.objects.filter(episode__client=client, episode__status=OPEN, until__isnull=True)
    open_stay = Q(assignments__until__isnull=True, assignments__episode__status=OPEN)
    rows = (
        clients.assignable()
        .filter(account__grants__role="counselor", account__grants__until__isnull=True)
        .exclude(account__in=closed)
        .exclude(pk__in=here.values("staff_member"))
        .annotate(
            clients_now=Count("assignments__episode", filter=open_stay, distinct=True), called=F("account__chosen_name")
        )
    )
    found = [rules.Candidate(row.public_id, row.called, row.languages, row.clients_now) for row in rows]
    return rules.who_has_room(found, language, rhythms().caseload)


def today() -> date:
    return clock.today(program.zone())
