"""What licenses somebody holds, and whether they may sign."""

from collections.abc import Collection, Iterable
from datetime import date, timedelta
from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.utils.timezone import localdate

from trellis.foundation import clock
from trellis.foundation.access.actor import Actor
from trellis.people.staff.licenses import rules
from trellis.people.staff.licenses.rules import Held, Kind, Sentence, Signing
from trellis.people.staff.models import License, StaffMember


def refusal_to_sign(by: Actor, what: Signing) -> Sentence | None:
    """Why whoever acts may not sign this today; None where they may. One statement."""
    return rules.may_sign(what, held_by(by), localdate(clock.now()))


def held_by(by: Actor) -> list[Held]:
    """What whoever acts holds; one statement."""
    if by.account_id is None:
        return []
    return held(in_use().filter(staff_member__account=by.account_id))


def who_may_sign(what: Signing, among: Collection[int], on: date) -> set[int]:
    """Of these staff members, those whose license lets them sign this on a day; one statement."""
    found: dict[int, list[License]] = {}
    for row in in_use().filter(staff_member__in=among):
        found.setdefault(row.staff_member_id, []).append(row)
    return {key for key, rows in found.items() if rules.signs_with(what, held(rows), on) is not None}


def in_use() -> "QuerySet[License]":
    """Rows that no later row ends or corrects, and that were no mistake."""
    return _supervised(_in_use()).order_by("-until", "-id")


def _in_use() -> "QuerySet[License]":
    return License.objects.filter(replaced_by__isnull=True, mistaken=False)


def _supervised(rows: "QuerySet[License]") -> "QuerySet[License]":
    """With until when whoever supervises is licensed, and since when they work here no more."""
    theirs = _in_use().filter(staff_member=OuterRef("supervisor"), kind__in=rules.SUPERVISE).order_by("-until")
    return rows.annotate(
        supervisor_until=Subquery(theirs.values("until")[:1]), supervisor_left=F("supervisor__ended_on")
    )


def licenses_of(member: StaffMember) -> list[License]:
    """Every row about them, those in use first; one statement."""
    rows = _supervised(License.objects.filter(staff_member=member)).select_related("supervisor__account", "replaced_by")
    return sorted(rows.order_by("-until", "-id"), key=lambda row: hasattr(row, "replaced_by") or row.mistaken)


def ending(on: date) -> list[tuple[License, date]]:
    """Of everybody who works here: what ended or ends within 60 days, and when; the first first. One statement."""
    rows = in_use().filter(staff_member__ended_on=None, staff_member__account__is_active=True)
    found: dict[int, list[License]] = {}
    for row in rows.select_related("staff_member__account"):
        found.setdefault(row.staff_member_id, []).append(row)
    soon = [pair for theirs in found.values() for pair in _soon(theirs, on)]
    return sorted(soon, key=lambda pair: (pair[1], pair[0].pk))


def _soon(rows: list[License], on: date) -> list[tuple[License, date]]:
    every = held(rows)
    pairs = zip(rows, every, strict=True)
    return [(row, rules.last_day(one, every)) for row, one in pairs if rules.ends_soon(one, every, on)]


def held(rows: Iterable[License]) -> list[Held]:
    return [Held(Kind(row.kind), row.number, row.since, row.until, _supervised_until(row)) for row in rows]


def _supervised_until(row: Any) -> date | None:
    """A supervisor whose license was a mistake never supervised: the registration counted on no day."""
    if row.supervisor_id is None:
        return None
    licensed: date = row.supervisor_until or row.since - timedelta(days=1)
    return min(licensed, row.supervisor_left or licensed)
