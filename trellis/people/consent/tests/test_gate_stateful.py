"""Any order of signing, taking back, ruling out, waiting and asking: nothing goes that the contract, written once more
in `model.py`, does not let through; and whatever went is in the accounting, exactly once."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from trellis.foundation import clock
from trellis.foundation.access.actor import Actor
from trellis.foundation.access.permissions import Refused
from trellis.foundation.program import queries as program
from trellis.foundation.program.tests.factories import load_pomona
from trellis.people.clients.tests.factories import SINCE, ClientFactory, EpisodeFactory
from trellis.people.consent import actions, queries
from trellis.people.consent.actions.gate import Wanted, Withheld, disclose
from trellis.people.consent.rules.case import Recipient
from trellis.people.consent.rules.completing import Signature, Terms
from trellis.people.consent.rules.words import CLASSES, Information, Kind, Purpose, Signer, Who
from trellis.people.consent.tests.factories import say, signed
from trellis.people.consent.tests.model import SECTIONS, goes

US = Actor.of_system("test")
NAMES = st.sampled_from([(Who.PERSON, "Ana Ruiz"), (Who.PERSON, "Dr. Kim"), (Who.ORGANIZATION, "County")])
ENTRIES = st.lists(NAMES | st.sampled_from([(Who.CLASS, name) for name in sorted(CLASSES)]), max_size=2, unique=True)
INFORMATION = st.lists(st.sampled_from(list(Information)), max_size=3, unique=True).map(tuple)
PURPOSES = st.lists(st.sampled_from(list(Purpose)), max_size=2, unique=True).map(tuple)
ENDS = st.sampled_from([{"expires_with_treatment": True}, {"never_expires": True}, {"days": 1}, {"days": 40}, {}])
ROLES = st.frozensets(st.sampled_from([*sorted(CLASSES), "law_enforcement", "child_protection", "client"]), max_size=2)
FACTS = st.dictionaries(
    st.sampled_from([
        "bona_fide", "consent_cannot_be_obtained", "recipient_is_medical_personnel", "initial_report",
        "against_program_or_staff", "order_under_subpart_e", "recipient_in_order", "authorized_body",
        "written_agreement", "board_approval", "deidentified",
    ]),
    st.booleans(), max_size=11,
)  # fmt: skip


class Gate(RuleBasedStateMachine):
    """What the test itself knows stands in `case`, as the contract writes it; the product is never asked for it."""

    @initialize(closed=st.booleans())
    def somebody(self, closed: bool) -> None:
        self.now = SINCE
        self.client = ClientFactory()
        self.rows: list[Any] = []
        self.went: list[tuple[str, list[str], str]] = []
        ended = None
        if closed:
            EpisodeFactory(
                client=self.client, closed=True, opened_on=SINCE.date(), closed_on=SINCE.date() + timedelta(days=20)
            )
            zone = program.zone()
            ended = (SINCE.astimezone(zone).replace(hour=0, minute=0) + timedelta(days=20)).isoformat()
        self.case: dict[str, Any] = {
            "client": {
                "birth_date": self.client.born_on.isoformat(), "deceased": False, "treatment_ended_at": ended,
                "minor_consented_alone": False, "guardian_appointed": False, "restricted": [],
            },
            "consents": [],
        }  # fmt: skip

    def at(self) -> Any:
        return clock.travel(self.now)

    @rule(days=st.sampled_from([0, 1, 15, 40]), seconds=st.integers(0, 2))
    def wait(self, days: int, seconds: int) -> None:
        self.now += timedelta(days=days, seconds=seconds)

    @rule(kind=st.sampled_from(list(Kind)), recipients=ENTRIES, information=INFORMATION, purposes=PURPOSES, ends=ENDS)
    def sign(self, kind, recipients, information, purposes, ends) -> None:
        given = dict(ends)
        if "days" in given:
            given["expires_at"] = self.now + timedelta(days=given.pop("days"))
        terms = Terms(kind, tuple(Recipient(*one) for one in recipients), information, purposes, **given)
        with self.at():
            try:
                row = signed(self.client, terms, signature=Signature(Signer.CLIENT, "Maria"))
            except Refused:
                return  # what is incomplete is not saved; that nothing goes on it is judged below
        self.rows.append(row)
        expires: dict[str, Any] = {"none": True} if terms.never_expires else {"event": "end_of_treatment"}
        self.case["consents"].append({
            "id": row.public_id, "kind": str(kind), "signed_by": "client", "signed_at": self.now.isoformat(),
            "recipients": [{"kind": str(k), "name": n} for k, n in recipients], "revocable_after": None,
            "information": list(map(str, information)), "purposes": list(map(str, purposes)),
            "revoked_at": None, "faults": [],
            "expires": {"at": terms.expires_at.isoformat()} if terms.expires_at else expires,
        })  # fmt: skip

    @precondition(lambda self: self.rows)
    @rule(which=st.integers(0, 99), false=st.booleans())
    def end(self, which: int, false: bool) -> None:
        number = which % len(self.rows)
        with self.at():
            try:
                if false:
                    actions.report_fault(by=US, consent=self.rows[number], why="known_false")
                    self.case["consents"][number]["faults"].append("known_false")
                else:
                    actions.revoke(by=US, consent=self.rows[number], how="voice")
                    self.case["consents"][number]["revoked_at"] = self.now.isoformat()
            except Refused:
                assert self.case["consents"][number]["revoked_at"] or self.case["consents"][number]["faults"]

    @rule(died=st.booleans(), guardian=st.booleans(), out=ENTRIES)
    def stand(self, died: bool, guardian: bool, out: Any) -> None:
        with self.at():
            actions.set_standing(
                by=US, client=self.client, deceased=died, minor_consented_alone=False, guardian_appointed=guardian,
                restricted=tuple(Recipient(*one) for one in out),
            )  # fmt: skip
        self.case["client"] |= {
            "deceased": died, "guardian_appointed": guardian,
            "restricted": [{"kind": str(k), "name": n} for k, n in out],
        }  # fmt: skip

    @rule(
        who=NAMES, roles=ROLES, purpose=st.sampled_from(list(Purpose)), information=INFORMATION,
        ground=st.none() | st.sampled_from(sorted(SECTIONS)), facts=FACTS,
    )  # fmt: skip
    def ask(self, who, roles, purpose, information, ground, facts) -> None:
        self._ask(who, roles, purpose, information, ground, facts)

    def _ask(self, who, roles, purpose, information, ground, facts) -> None:
        ask = {
            "recipient": {"kind": str(who[0]), "name": who[1], "is": sorted(roles)}, "purpose": str(purpose),
            "information": list(map(str, information)), "ground": ground, "facts": facts,
        }  # fmt: skip
        expected, expected_ground = goes(self.case | {"at": self.now.isoformat(), "ask": ask})
        wanted = Wanted(Recipient(*who, roles), purpose, information, ground, facts)
        made: list[str] = []
        with self.at():
            try:
                released = disclose(
                    by=US, client=self.client, wanted=wanted, how="spoken",
                    make=lambda decision: made.extend(decision.information) or say(decision),
                )  # fmt: skip
            except Withheld:
                assert expected == [] == made
                return
        assert made == expected
        assert released.decision.ground == expected_ground
        self.went.append((who[1], expected, expected_ground))

    @precondition(lambda self: self.rows)
    @rule(which=st.integers(0, 99), roles=ROLES, more=INFORMATION)
    def ask_as_signed(self, which: int, roles, more) -> None:
        """Somebody whom a consent names asks for what it is about, and for more."""
        consent = self.case["consents"][which % len(self.rows)]
        entry = consent["recipients"][0]
        who = (Who.PERSON, "Dr. Kim") if entry["kind"] == "class" else (entry["kind"], entry["name"])
        roles = roles | ({entry["name"]} if entry["kind"] == "class" else set())
        self._ask(who, roles, consent["purposes"][0], (*map(Information, consent["information"]), *more), None, {})

    @invariant()
    def what_went_is_in_the_accounting_exactly_once(self) -> None:
        if not hasattr(self, "client"):
            return
        with self.at():
            rows = queries.disclosures(self.client).order_by("id")
            assert [(row.recipient_name, row.information, row.ground) for row in rows] == self.went


@pytest.mark.timeout(600)
@pytest.mark.django_db
def test_nothing_goes_without_a_consent_or_a_ground_and_everything_that_went_is_accounted(clock_at):
    clock_at(SINCE)
    load_pomona()
    run_state_machine_as_test(Gate, settings=settings(max_examples=15, stateful_step_count=25, deadline=None))
