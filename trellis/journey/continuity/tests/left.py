"""Ends of stays, next places and letters, through the actions themselves where they can be."""

from datetime import date
from typing import Any

from trellis.foundation import clock
from trellis.foundation.access.actor import Actor
from trellis.foundation.record import crypto
from trellis.foundation.record.guard import writing
from trellis.journey.continuity.leaving import actions, signed_words
from trellis.journey.continuity.models import Discharge, DischargeSummary, LetterRequest, TransitionPlan
from trellis.people.accounts.models import Account
from trellis.people.clients.models import Client, Episode
from trellis.people.clients.tests.factories import (
    AccountFactory,
    EpisodeFactory,
    StaffMemberFactory,
    actor,
    actor_of,
)
from trellis.people.staff.tests.factories import LicenseFactory

WORDS = {"stay": "Nine weeks of evening groups.", "condition": "Sleeps well, no use in four weeks."}


def licensed(role: str, kind: str = "lmft") -> Actor:
    """Somebody in this role who may sign."""
    member = StaffMemberFactory(account__roles=[role], credential=kind.upper())
    LicenseFactory(staff_member=member, kind=kind)
    return actor_of(member.account)


def ended(client: Client, **given: Any) -> Discharge:
    """An earlier stay of theirs that ended as planned; its summary is owed."""
    stay = EpisodeFactory(
        client=client, opened_on=date(2025, 1, 6), status="closed", closed_on=date(2025, 3, 7),
        close_reason="completed",
    )  # fmt: skip
    return of_stay(stay, **given)


def of_stay(stay: Episode, **given: Any) -> Discharge:
    row = {
        "kind": "planned", "condition_sealed": crypto.seal("Sleeps well"), "summary_due": date(2025, 3, 21),
        "at": clock.now(), "by": "x",
    }  # fmt: skip
    with writing("factory"):
        return Discharge.objects.create(episode=stay, client=stay.client, **(row | given))


def signed(row: Discharge, account: Account | None = None, **words: str) -> DischargeSummary:
    text = signed_words.written(WORDS | words)
    with writing("factory"):
        return DischargeSummary.objects.create(
            discharge=row, client=row.client, words_sealed=crypto.seal(text), words_sha256=signed_words.sha256(text),
            language="en", account=account or AccountFactory(), signer="Rosa Vega", credential="LMFT", at=clock.now(),
            by="x",
        )  # fmt: skip


def next_place(client: Client, **given: Any) -> TransitionPlan:
    said = {"direction": "step_down", "place": "Valley Outpatient", "place_kind": "outpatient"}
    return actions.plan(by=actor("clinical_director"), client=client, **(said | given))


def asked_for(client: Client, **given: Any) -> LetterRequest:
    """Their employer wants to know when they came; by today."""
    today = clock.now().date()
    said = {
        "audience": "employer", "kind": "attendance", "recipient": "Citrus Foods", "recipient_kind": "organization",
        "since": date(2026, 10, 1), "until": date(2026, 10, 2), "asked_by": "The client", "due_on": today,
    }  # fmt: skip
    return actions.ask_letter(by=actor("clinical_director"), client=client, **(said | given))
