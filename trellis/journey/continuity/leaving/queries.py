"""What can be asked about ends of stays, next places and letters; with a fixed number of statements."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery

from trellis.foundation import clock
from trellis.foundation.access.actor import Actor
from trellis.foundation.access.permissions import may
from trellis.foundation.access.policy import ANY, relations_of
from trellis.foundation.program import queries as program
from trellis.foundation.record import crypto
from trellis.journey.continuity.leaving import rules
from trellis.journey.continuity.leaving.waiting import Waiting
from trellis.journey.continuity.models import (
    Discharge,
    DischargeSummary,
    LetterAnswer,
    LetterRequest,
    TransitionPlan,
    TransitionStep,
)
from trellis.journey.continuity.states import TRANSITION
from trellis.journey.measures.models import Outcome
from trellis.journey.schedule.letters import marks_of, minutes_of
from trellis.journey.schedule.states import SEATED
from trellis.people.clients.kept_out.queries import clients_kept_from
from trellis.people.clients.models import CareAssignment, Client, Episode
from trellis.people.clients.policy import last_teams_since
from trellis.people.clients.states import OPEN
from trellis.people.consent.deaths import the_dead
from trellis.people.consent.models import Disclosure


def today() -> date:
    return clock.today(program.zone())


def words(sealed: str) -> str:
    return crypto.unseal(sealed) if sealed else ""


# --- ends of stays ----------------------------------------------------------------------------------------------------


def discharges(client: Client) -> list[Discharge]:
    """The newest first, each with its episode and what was signed, oldest first; two statements."""
    signed = Prefetch("summaries", queryset=DischargeSummary.objects.order_by("id"), to_attr="signed")
    rows = Discharge.objects.filter(client=client).select_related("episode").order_by("-episode__closed_on", "-id")
    return list(rows.prefetch_related(signed))


def summaries() -> "QuerySet[DischargeSummary]":
    return DischargeSummary.objects.select_related("client", "discharge__episode")


def newest_summary(client: Client) -> DischargeSummary | None:
    """As it holds: of the last stay, the one that was signed last; none while nobody has signed that stay's."""
    last = Discharge.objects.filter(client=client).order_by("-id").values("pk")[:1]
    return summaries().filter(discharge__in=last).order_by("-id").first()


def unsigned() -> "QuerySet[Discharge]":
    """Whose summary nobody has signed, by the day on which it is due."""
    rows = Discharge.objects.filter(summary_due__isnull=False).filter(
        ~Exists(DischargeSummary.objects.filter(discharge=OuterRef("pk")))
    )
    return rows.select_related("client", "episode").order_by("summary_due", "id")


def unsigned_for(actor: Actor) -> list[Discharge]:
    """Those that the actor may read; nobody from whom they are kept. One statement."""
    return list(unsigned().filter(_within(actor, "discharge.read")))


def decided_to_go(client: Client) -> bool:
    """Against our advice. While a stay is open the sheet is printed for who is about to leave like that."""
    newest = Episode.objects.filter(client=client).order_by("-opened_on", "-id")
    found = newest.values_list("status", "discharge__kind").first()
    return found is None or found[0] == OPEN or found[1] == Discharge.Kind.AGAINST_ADVICE


# --- the next place ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Plan:
    """A plan with its steps in their order, and what both come to."""

    row: TransitionPlan
    steps: tuple[TransitionStep, ...]
    left_on: date | None

    @property
    def state(self) -> str:
        has_appointment = self.row.appointment_at is not None
        return rules.state_after((one.kind for one in self.steps), has_appointment=has_appointment)

    @property
    def appointment_at(self) -> Any:
        set_later = [one.appointment_at for one in self.steps if one.appointment_at]
        return set_later[-1] if set_later else self.row.appointment_at

    @property
    def arrived_on(self) -> date | None:
        return next((one.on for one in self.steps if one.kind == "arrived"), None)

    @property
    def goes_on(self) -> bool:
        return bool(TRANSITION.moves[self.state])

    def linkage(self, day: date) -> rules.Linkage | None:
        return rules.linkage(self.left_on, self.state, self.arrived_on, day)


def plans() -> "QuerySet[TransitionPlan]":
    return TransitionPlan.objects.select_related("client", "episode")


def plans_of(client: Client) -> list[Plan]:
    """The newest first; two statements."""
    return filled(plans().filter(client=client).order_by("-at", "-id"))


def filled(rows: "QuerySet[TransitionPlan]") -> list[Plan]:
    steps = TransitionStep.objects.select_related("disclosure").order_by("id")
    found = rows.prefetch_related(Prefetch("steps", queryset=steps, to_attr="in_order"))
    return [
        Plan(row, tuple(row.in_order), row.episode.closed_on if row.episode else None)  # type: ignore[attr-defined]
        for row in found
    ]


def _not_confirmed(actor: Actor) -> "QuerySet[TransitionPlan]":
    """After a stay that is over: nobody wrote down that they got there, and whoever missed it is called for another
    day. Of those whom the actor may read; not who is back with us or got to another place, and not who has died."""
    moved = TransitionStep.objects.filter(plan=OuterRef("pk")).exclude(kind__in=("called", "sent")).order_by("-id")
    there = TransitionStep.objects.filter(plan__episode=OuterRef("episode"), kind=TransitionStep.Kind.ARRIVED)
    back = Episode.objects.filter(client=OuterRef("client"), opened_on__gte=OuterRef("episode__closed_on")).exclude(
        pk=OuterRef("episode")
    )
    return (
        plans()
        .filter(_within(actor, "transition.read"), ~Exists(back), ~Exists(there), episode__closed_on__isnull=False)
        .annotate(moved=Subquery(moved.values("kind")[:1]))
        .filter(Q(moved__isnull=True) | Q(moved__in=(TransitionStep.Kind.APPOINTMENT, TransitionStep.Kind.MISSED)))
        .exclude(client__in=the_dead())
    )


def not_confirmed(actor: Actor, day: date) -> list[tuple[Plan, rules.Linkage]]:
    """By the day on which they should be seen there; two statements."""
    found = ((plan, plan.linkage(day)) for plan in filled(_not_confirmed(actor).order_by("id")))
    return sorted(((plan, clock) for plan, clock in found if clock), key=lambda pair: pair[1].due)


def has_plan(client: Client) -> bool:
    return TransitionPlan.objects.filter(client=client).exists()


def lately_sent(client: Client, plan_places: Iterable[str]) -> list[Disclosure]:
    """What went to these places, the newest first: a step may name it. One statement."""
    rows = Disclosure.objects.filter(subject=client.audit_subjects[0], recipient_name__in=list(plan_places))
    return list(rows.order_by("-at", "-id")[:10])


# --- letters ----------------------------------------------------------------------------------------------------------


def letter_requests() -> "QuerySet[LetterRequest]":
    return LetterRequest.objects.select_related("client")


def waiting_letters(actor: Actor) -> list[LetterRequest]:
    """What nobody has answered, by the day on which it is due; one statement."""
    rows = letter_requests().filter(_within(actor, "letters.list")).filter(answer__isnull=True)
    return list(rows.exclude(client__in=the_dead()).order_by("due_on", "id"))


def letters_of(client: Client) -> list[LetterRequest]:
    """The newest first, each with its answer; one statement."""
    rows = LetterRequest.objects.filter(client=client).select_related("answer__disclosure")
    return list(rows.order_by("-id"))


def answer_of(row: LetterRequest) -> LetterAnswer | None:
    return LetterAnswer.objects.filter(request=row).select_related("disclosure").first()


# --- figures ----------------------------------------------------------------------------------------------------------


def came(client: Client) -> list[tuple[date, int]]:
    """Day and minutes of each session they sat in; one statement."""
    zone = program.zone()
    return [
        (mark.session.starts_at.astimezone(zone).date(), minutes_of(mark))
        for mark in marks_of(client)
        if mark.state in SEATED
    ]


def measured(client: Client, since: date, until: date) -> list[rules.Measured]:
    """Forms of a stay that came to a number, or to one for each of their scales; one statement."""
    rows = Outcome.objects.filter(
        administration__client=client, administration__on__gte=since, administration__on__lte=until
    ).order_by("administration__on", "pk")
    columns = ("administration__instrument", "administration__on", "total", "subscores")
    return [
        rules.Measured(instrument, on, number, scale)
        for instrument, on, total, scales in rows.values_list(*columns)
        for scale, number in (scales.items() if total is None else (("", total),))
        if number is not None
    ]


# --- who sees what ----------------------------------------------------------------------------------------------------


def waiting_for(actor: Actor, day: date) -> Waiting:
    """For first screens: summaries past their day, letters due, people who may not have got to the next place. Others
    are told nothing, and nothing is asked."""
    if not may(actor, "letters.list"):
        return Waiting()
    summaries_late = unsigned().filter(_within(actor, "discharge.read"), summary_due__lt=day).count()
    asked = LetterRequest.objects.filter(_within(actor, "letters.list"), answer__isnull=True)
    letters = asked.exclude(client__in=the_dead()).aggregate(
        late=Count("id", filter=Q(due_on__lt=day)), today=Count("id", filter=Q(due_on=day))
    )
    over = _not_confirmed(actor).filter(episode__closed_on__lt=day - timedelta(days=rules.CLOCK[-1]))
    return Waiting(
        summaries_late,
        letters["late"],
        letters["today"],
        over.aggregate(people=Count("client", distinct=True))["people"],
    )


def _within(actor: Actor, verb: str) -> Q:
    """Rows about clients whom the actor reaches by this verb: everybody, or those of their care team, also where the
    stay has ended since; nobody from whom they are kept."""
    closed = ~Q(client__in=clients_kept_from(actor))
    reached: Sequence[str] = tuple(relations_of(actor, verb))
    if ANY in reached:
        return closed
    if not reached or actor.account_id is None:
        return Q(pk=None)
    later = Episode.objects.filter(
        client=OuterRef("episode__client"), opened_on__gt=OuterRef("episode__opened_on")
    )  # fmt: skip
    mine = CareAssignment.objects.filter(staff_member__account_id=actor.account_id).filter(
        Q(until__isnull=True, episode__status=OPEN)
        | Q(until__gte=F("episode__closed_on"), episode__closed_on__gte=last_teams_since()) & ~Exists(later)
    )
    return closed & Q(client__in=mine.values("episode__client"))
