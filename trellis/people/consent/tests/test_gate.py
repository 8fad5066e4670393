"""Nothing goes but through the gate, and what goes is written down exactly once."""

from datetime import timedelta
from hashlib import sha256

import pytest
from django.db import IntegrityError, connection, transaction

from trellis.foundation import clock
from trellis.foundation.access.actor import Actor
from trellis.foundation.access.permissions import NotPermitted
from trellis.foundation.audit.models import AuditEvent
from trellis.foundation.record.guard import writing
from trellis.people.clients.tests.factories import SINCE, ClientFactory, EpisodeFactory, actor
from trellis.people.consent import actions, queries
from trellis.people.consent.actions import gate
from trellis.people.consent.actions.gate import How, Withheld, disclose
from trellis.people.consent.models import Disclosure
from trellis.people.consent.rules.case import Recipient
from trellis.people.consent.rules.reasons import Reason
from trellis.people.consent.rules.words import Who
from trellis.people.consent.tests.factories import SISTER, for_care, in_emergency, say, signed, terms, wanted

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("program")]
US = Actor.of_system("test")


def let_go(client, asked=None, *, by=US, how=How.SPOKEN, make=say):
    return disclose(by=by, client=client, wanted=asked or wanted(), how=how, make=make)


def reason(client, asked=None):
    with pytest.raises(Withheld) as refused:
        let_go(client, asked)
    return refused.value.decision.reason


def test_without_a_consent_the_answer_is_no_and_the_trail_knows_that_somebody_tried(marisol):
    assert reason(marisol) is Reason.NO_CONSENT
    assert not Disclosure.objects.exists()
    assert AuditEvent.objects.get(verb="disclosure.refuse").subjects == [f"client:{marisol.pk}"]


def test_what_goes_is_written_down_once_with_everything_the_law_asks_for(marisol):
    consent = signed(marisol)
    released = let_go(marisol, wanted(address="12 Alder Street"))
    row = Disclosure.objects.get()
    assert released.disclosure == row
    assert (row.subject, row.at, row.by) == (f"client:{marisol.pk}", clock.now(), "system:test")
    assert (row.recipient_name, row.recipient_address) == (SISTER.name, "12 Alder Street")
    assert (row.purpose, row.information, row.withheld) == ("family_support", ["attendance"], [])
    assert (row.ground, row.consent, row.notice) == (f"consent:{consent.public_id}", consent, True)
    assert row.content_sha256 == sha256(b"attendance").hexdigest()
    assert AuditEvent.objects.filter(verb="disclosure.make").count() == 1


def test_only_what_the_consent_names_goes(marisol):
    signed(marisol)
    released = let_go(marisol, wanted(information=("toxicology", "attendance")))
    assert released.content.words == "attendance"
    assert Disclosure.objects.get().withheld == ["toxicology"]


def test_where_making_it_fails_nothing_went_and_nothing_is_written(marisol):
    def fails(decision):
        raise OSError("no paper")

    signed(marisol)
    with pytest.raises(OSError, match="no paper"):
        let_go(marisol, make=fails)
    assert not Disclosure.objects.exists()


def test_a_consent_taken_back_denies_from_that_instant(marisol, clock_at):
    consent = signed(marisol)
    let_go(marisol)
    actions.revoke(by=US, consent=consent, how="voice")
    assert reason(marisol) is Reason.REVOKED
    assert Disclosure.objects.count() == 1


def test_a_consent_that_ended_one_second_ago_denies(marisol, clock_at):
    consent = signed(marisol)
    clock_at(consent.expires_at - timedelta(seconds=1))
    let_go(marisol)
    clock_at(consent.expires_at + timedelta(seconds=1))
    assert reason(marisol) is Reason.EXPIRED


def test_a_consent_for_the_time_of_treatment_ends_as_the_last_day_begins(marisol):
    client = ClientFactory()
    EpisodeFactory(
        client=client,
        closed=True,
        closed_on=(SINCE - timedelta(days=1)).date(),
        opened_on=SINCE.date() - timedelta(days=9),
    )
    signed(client, terms(expires_with_treatment=True))
    signed(marisol, terms(expires_with_treatment=True))
    assert reason(client) is Reason.EXPIRED
    assert let_go(marisol).decision.allow


def test_a_class_is_asked_by_what_the_recipient_is(marisol):
    signed(marisol, for_care())
    doctor = Recipient(Who.PERSON, "Dr. Kim", frozenset({"treating_provider"}))
    assert let_go(marisol, wanted(recipient=doctor, purpose="treatment")).decision.notice
    stranger = Recipient(Who.PERSON, "Dr. Kim")
    assert reason(marisol, wanted(recipient=stranger, purpose="treatment")) is Reason.NO_CONSENT


def test_whom_the_client_ruled_out_is_not_told(marisol):
    signed(marisol)
    actions.set_standing(
        by=US, client=marisol, deceased=False, minor_consented_alone=False, guardian_appointed=False,
        restricted=(SISTER,),
    )  # fmt: skip
    assert reason(marisol) is Reason.RESTRICTED


def test_a_consent_known_to_be_false_serves_for_nothing(marisol):
    consent = signed(marisol)
    actions.report_fault(by=US, consent=consent, why="known_false")
    assert reason(marisol) is Reason.DEFICIENT
    with pytest.raises(ValueError, match="revoked"):
        actions.report_fault(by=US, consent=consent, why="revoked")


def test_care_is_not_held_up_and_the_record_says_what_it_still_lacks(marisol):
    released = let_go(marisol, in_emergency(), how="spoken")
    assert released.decision.ground == "2.51"
    ((row, lacks),) = queries.owed_facts(marisol)
    assert (row, lacks) == (released.disclosure, ("recipient_name", "recipient_affiliation", "disclosed_by", "nature"))
    actions.complete_disclosure(
        by=US, client=marisol, disclosure=row, facts={"nature": "Unconscious", "recipient_name": "Dr. Kim", "x": "y"}
    )  # fmt: skip
    assert queries.owed_facts(marisol) == [(row, ("recipient_affiliation", "disclosed_by"))]
    actions.complete_disclosure(
        by=US, client=marisol, disclosure=row, facts={"recipient_affiliation": "A hospital", "disclosed_by": "Ana"}
    )  # fmt: skip
    assert queries.owed_facts(marisol) == []


def test_a_birth_date_that_nobody_knows_holds_up_no_emergency():
    assert let_go(ClientFactory(born_on=None), in_emergency()).decision.allow


def test_an_emergency_claimed_by_a_relative_is_none(marisol):
    facts = {"bona_fide": True, "consent_cannot_be_obtained": True}
    with pytest.raises(Withheld) as refused:
        let_go(marisol, in_emergency(facts=facts))
    assert refused.value.decision.missing == ("recipient_is_medical_personnel",)


def test_at_most_three_statements_of_its_own(marisol, statements):
    signed(marisol)
    with statements() as one:
        let_go(marisol)
    for _ in range(29):
        signed(marisol, terms(recipients=(Recipient(Who.PERSON, f"Friend {_}"),)))
    with statements() as thirty:
        let_go(marisol)
    assert len(one) == len(thirty)
    own = [sql for sql in thirty if "audit_" not in sql and "program_" not in sql]
    assert len(own) == 3, thirty


def test_may_i_writes_nothing_and_takes_one_statement(marisol, statements):
    signed(marisol)
    with statements() as seen:
        assert gate.decide(marisol, wanted()).allow
    assert len([sql for sql in seen if "program_" not in sql]) == 1
    assert not any(sql.startswith(("INSERT", "UPDATE")) for sql in seen)


@pytest.mark.parametrize("role", ["front_desk", "group_facilitator", "counselor"])
def test_whoever_may_not_release_does_not(marisol, role):
    signed(marisol)
    with pytest.raises(NotPermitted):
        let_go(marisol, by=actor(role))
    assert not Disclosure.objects.exists()


def test_the_accounting_goes_back_three_years(marisol, clock_at):
    signed(marisol, for_care())
    doctor = Recipient(Who.PERSON, "Dr. Kim", frozenset({"treating_provider"}))
    let_go(marisol, wanted(recipient=doctor, purpose="treatment"))
    clock_at(SINCE + timedelta(days=3 * 365))
    assert queries.disclosures(marisol).count() == 1
    clock_at(SINCE + timedelta(days=3 * 365 + 2))
    assert queries.disclosures(marisol).count() == 0


@pytest.mark.parametrize("table", ["consent_consent", "consent_disclosure"])
def test_no_row_is_ever_changed(marisol, table):
    signed(marisol)
    let_go(marisol)
    with pytest.raises(IntegrityError), transaction.atomic(), writing("test"), connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET information = '[]'")


def test_every_row_says_whom_it_is_about(marisol):
    consent = signed(marisol)
    end = actions.revoke(by=US, consent=consent, how="voice")
    standing = actions.set_standing(
        by=US, client=marisol, deceased=False, minor_consented_alone=False, guardian_appointed=False, restricted=()
    )
    went = let_go(marisol, in_emergency()).disclosure
    later = actions.complete_disclosure(by=US, client=marisol, disclosure=went, facts={"nature": "Unconscious"})
    assert {row.audit_subjects for row in (consent, end, standing, went, later)} == {(f"client:{marisol.pk}",)}
