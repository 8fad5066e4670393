"""Who waits for a place, and whose hand-on nobody has confirmed: questions to the record, no kept list."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Prefetch, Q, QuerySet

from trellis.foundation import clock
from trellis.journey.admission.models import AdmissionWait, HandOn, HandOnStep, WaitStep
from trellis.journey.admission.waiting import rules
from trellis.journey.inquiry.models import Inquiry
from trellis.journey.inquiry.queries.board import of_the_dead
from trellis.journey.inquiry.states import CONVERTED, REFERRED

#: somebody who went elsewhere and of whom nobody wrote how is asked about for so long
REMEMBERED = timedelta(days=30)
_SPOKEN = (WaitStep.Kind.CONTACT, WaitStep.Kind.NO_ANSWER, WaitStep.Kind.OFFER)
_SETTLED = (WaitStep.Kind.GIVEN, WaitStep.Kind.DECLINED)


@dataclass(frozen=True)
class OnList:
    wait: AdmissionWait
    person: rules.Waiting
    #: the oldest first
    steps: list[WaitStep]

    @property
    def said_no(self) -> list[tuple[str, datetime]]:
        """Interim services that they did not want as yet, and when they last said so."""
        ours = rules.interim_services(self.person.pregnant)
        last = {step.what: step for step in self.steps if step.kind in _SETTLED and step.what in ours}
        return [(key, step.at) for key, step in last.items() if step.kind == WaitStep.Kind.DECLINED]

    @property
    def offered(self) -> datetime | None:
        return next((step.at for step in reversed(self.steps) if step.kind == WaitStep.Kind.OFFER), None)


def waiting() -> list[OnList]:
    """Everybody who waits, in the order in which a place is theirs; two statements."""
    found = {row.pk: _on_list(row) for row in _open().exclude(of_the_dead("inquiry__"))}
    return [found[one.key] for one in rules.in_order(one.person for one in found.values())]


def wait_of(inquiry: Inquiry, *, even_of_the_dead: bool = False) -> OnList | None:
    rows = _open() if even_of_the_dead else _open().exclude(of_the_dead("inquiry__"))
    row = rows.filter(inquiry=inquiry).first()
    return _on_list(row) if row else None


def is_of_the_dead(inquiry: Inquiry) -> bool:
    return Inquiry.objects.filter(of_the_dead(), pk=inquiry.pk).exists()


def steps_of(inquiry: Inquiry) -> list[WaitStep]:
    """What happened while they waited, now and before, the newest first."""
    return list(WaitStep.objects.filter(wait__inquiry=inquiry).select_related("wait").order_by("-id"))


def _open() -> "QuerySet[AdmissionWait]":
    """Whoever was admitted waits no more. Any other end of the inquiry takes nobody off: somebody says why."""
    here = Q(inquiry__status=CONVERTED) | Q(inquiry__same_as__status=CONVERTED)
    rows = AdmissionWait.objects.exclude(here).exclude(steps__kind=WaitStep.Kind.OFF)
    steps = Prefetch("steps", queryset=WaitStep.objects.order_by("id"))
    return rows.select_related("inquiry").prefetch_related(steps).order_by("id")


def _on_list(row: AdmissionWait) -> OnList:
    steps = list(row.steps.all())
    said = next((step for step in reversed(steps) if step.kind == WaitStep.Kind.FACTS), row)
    settled: dict[str, datetime] = {}
    for step in steps:
        if step.kind in _SETTLED:
            settled.setdefault(step.what, step.at)
    spoken = [step.at for step in steps if step.kind in _SPOKEN]
    person = rules.Waiting(
        row.pk, row.since, bool(said.pregnant), bool(said.injects), tuple(settled.items()), max(spoken, default=None)
    )
    return OnList(row, person, steps)


def hand_ons() -> list[HandOn]:
    """Hand-ons that nobody has confirmed, the oldest first, each with what was heard; two statements."""
    known = HandOnStep.objects.exclude(found=HandOnStep.Found.NOT_REACHED)
    rows = HandOn.objects.exclude(pk__in=known.values("hand_on")).exclude(of_the_dead("inquiry__"))
    return list(rows.select_related("inquiry").prefetch_related(_heard()).order_by("on", "id"))


def hand_ons_of(inquiry: Inquiry) -> list[HandOn]:
    rows = HandOn.objects.filter(inquiry=inquiry).select_related("inquiry").prefetch_related(_heard())
    return list(rows.order_by("-on", "-id"))


def _heard() -> Prefetch:
    return Prefetch("steps", queryset=HandOnStep.objects.order_by("id"))


def nobody_said_how() -> "list[Inquiry]":
    """Went elsewhere of late, and nobody wrote how they were handed on; one statement."""
    lately = clock.now() - REMEMBERED
    rows = Inquiry.objects.filter(
        status=REFERRED, hand_ons__isnull=True, changes__after=REFERRED, changes__at__gte=lately
    )
    return list(rows.exclude(of_the_dead()).distinct().order_by("asked_at", "id"))
