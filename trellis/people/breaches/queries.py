"""What can be asked of incidents. Each takes a fixed number of statements, however many people were affected."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import BooleanField, Count, Exists, OuterRef, Q, QuerySet, Subquery

from trellis.foundation import clock
from trellis.foundation.access.actor import Actor
from trellis.foundation.access.permissions import may
from trellis.foundation.program import queries as program
from trellis.foundation.record import crypto
from trellis.people.breaches import rules
from trellis.people.breaches.models import (
    Affected,
    AffectedMark,
    Circumstances,
    Given,
    Incident,
    Letter,
    PoliceDelay,
    Step,
    Wording,
)
from trellis.people.breaches.rules import Case, Deadline, Duty, Reach
from trellis.people.breaches.states import CLEARED, FINISHED
from trellis.people.breaches.waiting import Waiting

#: answers of a fact → what a rule takes
_FACTS = {"yes": True, "no": False, "unknown": None}
#: what a first screen calls near
SOON_DAYS = 7


@dataclass(frozen=True)
class Counts:
    affected: int = 0
    told: int = 0
    out_of_reach: int = 0

    @property
    def to_write(self) -> int:
        return self.affected - self.told - self.out_of_reach


@dataclass(frozen=True)
class Known:
    """An incident with all that stands beside it, and what both come to."""

    row: Incident
    facts: Circumstances
    steps: tuple[Step, ...]
    delays: tuple[PoliceDelay, ...]
    given: Mapping[Duty, Given]
    counts: Counts

    @cached_property
    def state(self) -> str:
        return rules.state_after(one.step for one in self.steps)

    @property
    def is_over(self) -> bool:
        """Nobody has to be told any more."""
        return self.state in (CLEARED, FINISHED)

    @cached_property
    def case(self) -> Case:
        now = self.facts
        return Case(
            now.discovered_on, self.counts.affected, now.residents, self.counts.out_of_reach, _FACTS[now.licensed],
            _FACTS[now.unencrypted], tuple(one.delay for one in self.delays),
        )  # fmt: skip

    @cached_property
    def everybody_told(self) -> bool:
        one = self.counts
        return rules.everybody_told(one.affected, one.told, one.out_of_reach, on_site=Duty.SITE in self.given)

    @cached_property
    def deadlines(self) -> tuple[Deadline, ...]:
        return rules.deadlines(self.case)

    @cached_property
    def unmet(self) -> tuple[Deadline, ...]:
        """What is still owed, the nearest day first; nothing where it was no breach."""
        return () if self.is_over else rules.unmet(self.deadlines, self.given.keys(), told=self.everybody_told)


def today() -> date:
    """Where the program is."""
    return clock.today(program.zone())


def incidents() -> "QuerySet[Incident]":
    return Incident.objects.all()


def known(row: Incident) -> Known:
    return all_known([row])[0]


def all_known(rows: Iterable[Incident]) -> list[Known]:
    """Five statements."""
    wanted = list(rows)
    keys = [row.pk for row in wanted]
    facts = {one.incident_id: one for one in Circumstances.objects.filter(incident__in=keys).order_by("id")}
    steps = _grouped(Step.objects.filter(incident__in=keys).select_related("assessment").order_by("id"))
    delays = _grouped(PoliceDelay.objects.filter(incident__in=keys).order_by("id"))
    given = _grouped(Given.objects.filter(incident__in=keys).order_by("id"))
    counts = _counts(keys)
    return [
        Known(
            row, facts[row.pk], tuple(steps.get(row.pk, ())), tuple(delays.get(row.pk, ())),
            {Duty(one.duty): one for one in given.get(row.pk, ())}, counts.get(row.pk, Counts()),
        )
        for row in wanted
    ]  # fmt: skip


def on_the_desk() -> list[Known]:
    """All incidents: what is due first stands first, what is over last."""
    found = all_known(Incident.objects.order_by("-id"))
    return sorted(found, key=lambda one: (one.is_over, one.unmet[0].due if one.unmet else date.max))


def discovered_in(year: int) -> list[Known]:
    """For the log of a year, in the order of discovery."""
    found = [one for one in all_known(Incident.objects.order_by("id")) if one.facts.discovered_on.year == year]
    return sorted(found, key=lambda one: (one.facts.discovered_on, one.row.pk))


def listed(incident: Incident) -> "QuerySet[Any]":
    """Who stands or stood on the list, with the newest mark as `is_in`, and whether letters went and arrived."""
    newest = AffectedMark.objects.filter(affected=OuterRef("pk")).order_by("-id")
    letters = Letter.objects.filter(affected=OuterRef("pk"))
    return Affected.objects.filter(incident=incident).annotate(
        is_in=Subquery(newest.values("is_in")[:1], output_field=BooleanField()),
        why=Subquery(newest.values("why")[:1]),
        mark_words=Subquery(newest.values("words_sealed")[:1]),
        tried=Exists(letters),
        reached=Exists(_arrived(letters)),
    )


def affected() -> "QuerySet[Affected]":
    return Affected.objects.select_related("incident")


def reach_of(row: Affected) -> Reach:
    """Of a row of `listed`."""
    return rules.reach([row.reached] if row.tried else [])  # type: ignore[attr-defined]


def is_on_the_list(row: Affected) -> bool:
    newest = row.marks.order_by("-id").first()
    return newest is not None and newest.is_in


def letters_of(row: Affected) -> "QuerySet[Letter]":
    """The newest first."""
    return Letter.objects.filter(affected=row).select_related("returned").order_by("-id")


def letter_rows() -> "QuerySet[Letter]":
    return Letter.objects.select_related("affected__incident", "returned")


def letters_to(subjects: Collection[str]) -> "QuerySet[Letter]":
    """What somebody was told themselves, the newest first: for their own page."""
    own = letter_rows().filter(affected__subject__in=subjects, to_whom=Letter.ToWhom.THEMSELVES)
    return own.exclude(how=Letter.How.NO_WAY).order_by("-id")


def wording(incident: Incident) -> dict[str, dict[str, str]]:
    """language → part → words; empty where nobody has written them."""
    newest = Wording.objects.filter(incident=incident).order_by("-id").first()
    return json.loads(crypto.unseal(newest.texts_sealed)) if newest else {}


def opened_text(sealed: str) -> str:
    return crypto.unseal(sealed) if sealed else ""


def waiting_for(actor: Actor, today: date) -> Waiting:
    """For the first screens of those who guard privacy; others are told nothing, and nothing is asked."""
    if not may(actor, "breach.see"):
        return Waiting()
    rows = list(Incident.objects.order_by("-id"))
    open_now = [one for one in all_known(rows) if not one.is_over] if rows else []
    nearest = [one.unmet[0].due for one in open_now if one.unmet]
    left = [(due - today).days for due in nearest]
    return Waiting(len(open_now), sum(days < 0 for days in left), sum(0 <= days <= SOON_DAYS for days in left))


def _arrived(letters: "QuerySet[Letter]") -> "QuerySet[Letter]":
    return letters.exclude(how=Letter.How.NO_WAY).filter(returned__isnull=True)


def _counts(keys: Sequence[int]) -> dict[int, Counts]:
    newest = AffectedMark.objects.filter(affected=OuterRef("pk")).order_by("-id").values("is_in")[:1]
    letters = Letter.objects.filter(affected=OuterRef("pk"))
    rows = Affected.objects.filter(incident__in=keys).annotate(
        is_in=Subquery(newest, output_field=BooleanField()), tried=Exists(letters), reached=Exists(_arrived(letters))
    )
    found = (
        rows.filter(is_in=True)
        .values("incident")
        .annotate(
            number=Count("pk"), told=Count("pk", filter=Q(reached=True)), tried_all=Count("pk", filter=Q(tried=True))
        )
    )
    return {
        one["incident"]: Counts(one["number"], one["told"], one["tried_all"] - one["told"]) for one in found.order_by()
    }


def _grouped(rows: Iterable[Step] | Iterable[PoliceDelay] | Iterable[Given]) -> dict[int, list]:
    found: dict[int, list] = {}
    for row in rows:
        found.setdefault(row.incident_id, []).append(row)
    return found
