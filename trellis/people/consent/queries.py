"""What can be asked about consents and disclosures. A case for the rule takes two statements."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, QuerySet, Subquery

from trellis.foundation import clock
from trellis.foundation.access.actor import Actor
from trellis.foundation.access.permissions import shown_to
from trellis.foundation.access.policy import ANY, relations_of
from trellis.foundation.program import queries as program
from trellis.foundation.record.prepared import Prepared
from trellis.people.clients import queries as clients
from trellis.people.clients.models import Client, Episode
from trellis.people.consent import rules
from trellis.people.consent.deaths import has_died, the_dead
from trellis.people.consent.models import (
    Consent,
    ConsentEnd,
    ConsentScan,
    Disclosure,
    DisclosureFacts,
    PassedOn,
    Standing,
)
from trellis.people.consent.rules import passing_on
from trellis.people.consent.rules.case import Expiry, Recipient
from trellis.people.consent.rules.reasons import Reason
from trellis.people.consent.rules.words import END_OF_TREATMENT

#: nobody knows when they were born: whoever signs cannot be judged, so no consent serves
UNBORN = datetime.max.date()
ACCOUNTED = timedelta(days=3 * 365 + 1)  # 42 CFR 2.25


@dataclass(frozen=True)
class Held:
    """A consent and what ended it, as the rule takes it."""

    row: Consent
    ends: tuple[ConsentEnd, ...]
    rule: rules.Consent
    #: why it serves nobody now; None while it is in force
    out: Reason | None

    @property
    def recipients(self) -> tuple[Recipient, ...]:
        return self.rule.recipients


@dataclass(frozen=True)
class Known:
    """Everything the rule must know of a client, at one instant."""

    at: datetime
    client: rules.Client
    held: tuple[Held, ...]

    @property
    def in_force(self) -> list[Held]:
        return [one for one in self.held if one.out is None]

    def case(self, ask: rules.Ask) -> rules.Case:
        return rules.Case(self.at, self.client, tuple(one.rule for one in self.held), ask)


def known(client: Client, *, lock: bool = False) -> Known:
    """`lock`: nobody signs, takes back or restricts beside us until we are done. One statement, and the lock."""
    zone = program.zone()
    if lock:
        _lock(client.pk)
    # Read once the row is held: whoever waited for another judges after what the other did.
    at = clock.now()
    rows = _ask_known(client.pk)
    person = _person(rows[0], zone)
    held = tuple(_held(row, ends, person, at, zone) for row, ends in _ended(map(_consent, rows)))
    return Known(at, person, held)


def known_of(clients: Collection[int]) -> dict[int, Known]:
    """The same for several people, by their keys; two statements."""
    at, zone = clock.now(), program.zone()
    people = {found.pk: _person(found, zone) for found in _with_standing(clients)}
    rows = _ended(_with_ends(clients))
    held = {key: [(row, ends) for row, ends in rows if row.client_id == key] for key in people}
    return {
        key: Known(at, person, tuple(_held(row, ends, person, at, zone) for row, ends in held[key]))
        for key, person in people.items()
    }


def consents() -> "QuerySet[Consent]":
    return Consent.objects.select_related("client")


def papers_of(client: Client) -> list[tuple[Consent, int]]:
    """What was signed on paper, the newest first, each with how many scans of it are kept; one statement."""
    rows = _on_paper().filter(client=client).annotate(kept=Count("scans")).order_by("-signed_at", "-id")
    return [(row, row.kept) for row in rows]


def scans_of(consent: Consent) -> "QuerySet[ConsentScan]":
    return ConsentScan.objects.filter(consent=consent).select_related("consent", "document").order_by("id")


def scans_missing(actor: Actor) -> list[Consent]:
    """Papers without a scan, the oldest first, of whoever the actor may keep one for; one statement."""
    rows = _on_paper().filter(scans__isnull=True).order_by("signed_at", "id")
    if ANY not in relations_of(actor, "consent.keep_scan"):
        rows = rows.filter(client__in=clients.caseload_of(actor.account_id or 0))
    return shown_to(actor, rows)


def _on_paper() -> "QuerySet[Consent]":
    return consents().filter(signed_on=Consent.SignedOn.PAPER).defer("shown")


def letters(client: Client) -> "QuerySet[Disclosure]":
    """What went as a letter."""
    of_client = Disclosure.objects.filter(subject=client.audit_subjects[0], letter__isnull=False)
    return of_client.select_related("letter")


def standing(client: Client) -> Standing:
    """What was written down last; a new one, unsaved, where nothing was. Of a death also what a stay alone says."""
    found = Standing.objects.filter(client=client).order_by("-id").first() or Standing(client=client, restricted=[])
    found.deceased = has_died(client)
    return found


def disclosures(client: Client) -> "QuerySet[Disclosure]":
    """The accounting of disclosures of three years, the newest first (42 CFR 2.25)."""
    since = clock.now() - ACCOUNTED
    return Disclosure.objects.filter(subject=client.audit_subjects[0], at__gte=since).order_by("-at", "-id")


def to_intermediaries(client: Client) -> "QuerySet[Disclosure]":
    """What was told to somebody who passes it on, the newest first."""
    told = Disclosure.objects.filter(subject=client.audit_subjects[0], consent__intermediary=True)
    return told.order_by("-at", "-id")


def passed_on(client: Client) -> "QuerySet[PassedOn]":
    """What intermediaries told us of the last three years (42 CFR 2.24), the newest first."""
    since = passing_on.listed_since(day_of(clock.now()))
    rows = PassedOn.objects.filter(disclosure__subject=client.audit_subjects[0], on__gte=since)
    return rows.select_related("disclosure").order_by("-on", "-id")


def day_of(at: datetime) -> date:
    """On the program's calendar."""
    return at.astimezone(program.zone()).date()


def owed_facts(client: Client) -> list[tuple[Disclosure, tuple[str, ...]]]:
    """What the record of an emergency still lacks (2.51(c)). It stays until it is written down; two statements."""
    rows = list(Disclosure.objects.filter(subject=client.audit_subjects[0]).exclude(owed=[]).order_by("id"))
    later = DisclosureFacts.objects.filter(disclosure__in=rows).values_list("disclosure_id", "facts")
    came: dict[int, set[str]] = {}
    for key, facts in later:
        came.setdefault(key, set()).update(facts)
    lacks = [(row, tuple(fact for fact in row.owed if fact not in came.get(row.pk, ()))) for row in rows]
    return [(row, facts) for row, facts in lacks if facts]


def recipients_of(entries: list[dict[str, Any]]) -> tuple[Recipient, ...]:
    return tuple(Recipient(entry["kind"], entry["name"]) for entry in entries)


def _lock(client: int) -> None:
    """Apart from what is read then: PostgreSQL answers a statement that waited from before it waited."""
    Client.objects.select_for_update().only("pk").get(pk=client)


def _person(found: Any, zone: tzinfo) -> rules.Client:
    return rules.Client(
        birth_date=found.born_on or UNBORN,
        deceased=found.died,
        treatment_ended_at=datetime.combine(found.ended, time.min, tzinfo=zone) if found.ended else None,
        minor_consented_alone=bool(found.now_minor_consented_alone),
        guardian_appointed=bool(found.now_guardian_appointed),
        restricted=recipients_of(found.now_restricted or []),
    )


STANDING = ("minor_consented_alone", "guardian_appointed", "restricted")


#: without every word that was shown: a page of text, and nothing is decided by it
CONSENT = [field.attname for field in Consent._meta.concrete_fields if field.name != "shown"]


@Prepared
def _ask_known(pk: int) -> "QuerySet[Client]":
    """The client and how they stand, beside each consent and each end of it; a client without one is one row."""
    rows = _with_standing([pk]).order_by("-consents__signed_at", "-consents__id")
    return rows.annotate(
        **{f"consent_{name}": F(f"consents__{name}") for name in CONSENT},
        why=F("consents__ends__why"), ended_at=F("consents__ends__at"), ended_how=F("consents__ends__how"),
    )  # fmt: skip


def _consent(row: Any) -> Any:
    """The consent of a row of `_ask_known`, with its end; None where there is none."""
    if row.consent_id is None:
        return None
    found: Any = Consent.from_db(row._state.db, CONSENT, [getattr(row, f"consent_{name}") for name in CONSENT])
    found.why, found.ended_at, found.ended_how = row.why, row.ended_at, row.ended_how
    return found


def _with_standing(clients: Collection[int]) -> "QuerySet[Client]":
    newest = Standing.objects.filter(client=OuterRef("pk")).order_by("-id")
    stay = Episode.objects.filter(client=OuterRef("pk")).order_by("-opened_on", "-id")
    return Client.objects.filter(pk__in=clients).annotate(
        **{f"now_{name}": Subquery(newest.values(name)[:1]) for name in STANDING},
        ended=Subquery(stay.values("closed_on")[:1]),
        died=Exists(the_dead().filter(pk=OuterRef("pk"))),
    )


def _ended(rows: Iterable[Any]) -> list[tuple[Consent, tuple[ConsentEnd, ...]]]:
    found: dict[int, tuple[Consent, list[ConsentEnd]]] = {}
    for row in filter(None, rows):
        _, ends = found.setdefault(row.pk, (row, []))
        if row.why is not None:
            ends.append(ConsentEnd(consent=row, why=row.why, at=row.ended_at, how=row.ended_how))
    return [(row, tuple(ends)) for row, ends in found.values()]


def _with_ends(clients: Collection[int]) -> "QuerySet[Consent]":
    rows = Consent.objects.filter(client__in=clients).order_by("-signed_at", "-id").defer("shown")
    return rows.annotate(why=F("ends__why"), ended_at=F("ends__at"), ended_how=F("ends__how"))


def _held(row: Consent, ends: tuple[ConsentEnd, ...], client: rules.Client, at: datetime, zone: tzinfo) -> Held:
    rule = rule_of(row, ends, zone)
    return Held(row, ends, rule, rules.out_of_force(rule, client, at))


def rule_of(row: Consent, ends: tuple[ConsentEnd, ...], zone: tzinfo) -> rules.Consent:
    """Signed on the day that stood in the program's calendar: it decides who was of age."""
    revoked = [end.at for end in ends if end.why == ConsentEnd.Why.REVOKED]
    return rules.Consent(
        id=row.public_id,
        kind=row.kind,
        signed_by=row.signed_by,
        signed_at=row.signed_at.astimezone(zone),
        recipients=recipients_of(row.recipients),
        information=tuple(row.information),
        purposes=tuple(row.purposes),
        expires=_expiry(row),
        revoked_at=min(revoked, default=None),
        revocable_after=row.revocable_after,
        faults=_faults(row, ends),
    )


def _faults(row: Consent, ends: tuple[ConsentEnd, ...]) -> tuple[str, ...]:
    """An intermediary that may pass on to nobody known is a fault on the face of it (2.31(a)(4)(ii))."""
    found = tuple(end.why for end in ends if end.why != ConsentEnd.Why.REVOKED)
    return (*found, ConsentEnd.Why.INTERMEDIARY_UNNAMED) if row.intermediary and not row.members else found


def _expiry(row: Consent) -> Expiry:
    if row.expires_with_treatment:
        return Expiry(event=END_OF_TREATMENT)
    return Expiry(none=True) if row.never_expires else Expiry(at=row.expires_at)
