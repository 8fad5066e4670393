"""Diagnoses: proposed by a counselor, signed under a license, ended by a row beside."""

import json
from datetime import date

import pytest
from django.db import DatabaseError, transaction
from django.test import Client as Browser

from tests.support.live import sign_in
from trellis.foundation.access.permissions import NotPermitted, Refused
from trellis.foundation.audit.trail import about
from trellis.foundation.program.tests.factories import load_pomona
from trellis.foundation.record import crypto
from trellis.foundation.record.guard import writing
from trellis.journey.admission.diagnoses import actions, queries
from trellis.journey.admission.diagnoses.rules import Criterion, Substance, Use
from trellis.journey.admission.models import Diagnosis
from trellis.journey.admission.own_copy import diagnoses as own_copy
from trellis.journey.admission.tests.factories import NOW, DiagnosisFactory
from trellis.journey.inquiry.tests.referred import sent as referred
from trellis.people.accounts.models import Account
from trellis.people.clients.tests.factories import CareAssignmentFactory, ClientFactory, StaffMemberFactory, actor_of
from trellis.people.staff.tests.factories import LicenseFactory

pytestmark = pytest.mark.django_db
MET = frozenset(list(Criterion)[:4])
DRINKS = {"code": "F10.20", "use": Use(Substance.ALCOHOL, MET)}


def clinician(client, role="therapist", **traits):
    member = StaffMemberFactory(account__roles=[role], **traits)
    CareAssignmentFactory(episode=client.episodes.get(), staff_member=member)
    return actor_of(member.account)


def at_desk(by):
    return sign_in(Browser(), Account.objects.get(pk=by.account_id))


@pytest.fixture(autouse=True)
def program(clock_at):
    clock_at(NOW)
    load_pomona()


@pytest.fixture
def marisol():
    return ClientFactory(chosen_name="Marisol Ruiz", in_program=True, born_on=date(1990, 5, 1))


@pytest.fixture
def therapist(marisol):
    return clinician(marisol, licensed=True)


@pytest.fixture
def counselor(marisol):
    by = clinician(marisol, role="counselor")
    member = Account.objects.get(pk=by.account_id).staff_member
    LicenseFactory(staff_member=member, kind="counselor_certified", number="CADC 1")
    return by


@pytest.fixture
def address(marisol):
    return f"/desk/clients/{marisol.public_id}/diagnoses/"


def test_it_is_signed_under_a_license_and_kept_with_what_it_rests_on(marisol, therapist):
    row = actions.sign(by=therapist, client=marisol, **DRINKS, onset_year=2015, words="Drinks since the move.")
    assert (row.kind, row.severity, row.suggested, row.signed_as) == ("signed", "moderate", "F10.20", "LMFT 12345")
    assert row.signed_by.account_id == therapist.account_id
    assert row.criteria == ["more_or_longer", "cannot_cut_down", "much_time", "craving"]
    assert "the move" not in row.words_sealed
    assert [event.verb for event in about(*row.audit_subjects)][:1] == ["diagnosis.sign"]
    with writing("test"), pytest.raises(DatabaseError), transaction.atomic():
        Diagnosis.objects.filter(pk=row.pk).update(code="F41.1")


def test_whoever_has_no_license_to_diagnose_proposes_and_somebody_else_signs(marisol, therapist, counselor):
    with pytest.raises(NotPermitted):
        actions.sign(by=counselor, client=marisol, **DRINKS)
    for by in (clinician(marisol), clinician(marisol, role="clinical_director")):
        with pytest.raises(Refused, match="is written down here"):
            actions.sign(by=by, client=marisol, **DRINKS)
    proposed = actions.propose(by=counselor, client=marisol, **DRINKS)
    assert (proposed.kind, proposed.signed_by, queries.standing(marisol)) == ("proposed", None, [])
    signed = actions.sign(by=therapist, client=marisol, **DRINKS, instead_of=proposed)
    assert queries.standing(marisol) == [signed]
    with pytest.raises(Refused, match="meanwhile"):
        actions.sign(by=therapist, client=marisol, code="F41.1", instead_of=proposed)


def test_a_proposal_takes_no_signed_one_away(marisol, therapist, counselor):
    signed = actions.sign(by=therapist, client=marisol, **DRINKS)
    actions.propose(by=counselor, client=marisol, **DRINKS, instead_of=signed)
    assert queries.standing(marisol) == [signed]


def test_a_proposal_in_place_of_a_signed_one_is_not_signed_beside_it(marisol, therapist, counselor):
    first = actions.sign(by=therapist, client=marisol, **DRINKS)
    over = {"code": "F10.21", "use": Use(Substance.ALCOHOL, MET, in_remission=True, last_met_on=date(2026, 3, 1))}
    proposed = actions.propose(by=counselor, client=marisol, **over, instead_of=first)
    with pytest.raises(Refused, match="Look at that one anew"):
        actions.sign(by=therapist, client=marisol, **over, instead_of=proposed)
    assert queries.standing(marisol) == [first]


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"code": "F10.10", "use": DRINKS["use"]}, "does not go with 4 criteria"),
        ({"code": "F10.2", "use": DRINKS["use"]}, "group of codes"),
        ({"code": "F11.20"}, "by its criteria"),
        ({"code": "nonsense"}, "no code"),
        ({"code": "F41.1", "onset_year": 1980}, "Check the year"),
        ({"code": "F10.20", "use": Use(Substance.ALCOHOL, MET, in_remission=True)}, "last day"),
    ],
)
def test_what_cannot_be_so_is_refused_with_a_sentence(marisol, therapist, said, sentence):
    with pytest.raises(Refused, match=sentence):
        actions.sign(by=therapist, client=marisol, **said)


def test_the_same_substance_is_looked_at_anew_and_not_beside(marisol, therapist):
    first = actions.sign(by=therapist, client=marisol, **DRINKS)
    over = Use(Substance.ALCOHOL, MET, in_remission=True, last_met_on=date(2026, 3, 1))
    mild = {"code": "F10.10", "use": Use(Substance.ALCOHOL, frozenset(list(Criterion)[:2]))}
    with pytest.raises(Refused, match="same substance"):
        actions.sign(by=therapist, client=marisol, **mild)
    second = actions.sign(by=therapist, client=marisol, code="f1021", use=over, instead_of=first)
    assert (second.code, second.remission) == ("F10.21", "early")
    assert queries.standing(marisol) == [second]


def test_it_is_ended_with_a_day_and_a_reason_by_whoever_may_sign(marisol, therapist, counselor):
    row = actions.sign(by=therapist, client=marisol, code="F41.1")
    said = {"diagnosis": row, "how": "refuted", "on": NOW.date(), "reason": "It was the coffee."}
    with pytest.raises(NotPermitted):
        actions.end(by=counselor, **said)
    with pytest.raises(Refused, match="whoever may sign"):
        actions.take_back(by=counselor, **said)
    with pytest.raises(Refused, match="is written down here"):
        actions.end(by=clinician(marisol), **said)
    with pytest.raises(Refused, match="why"):
        actions.end(by=therapist, **said | {"reason": ""})
    actions.end(by=therapist, **said)
    with pytest.raises(Refused, match="meanwhile"):
        actions.end(by=therapist, **said)
    assert queries.standing(marisol) == []


def test_the_rule_explains_before_anything_is_kept(marisol, therapist, address):
    desk = at_desk(therapist)
    sent = {"substance": "F10", "criteria": ["craving"], "look": "yes"}
    page = desk.post(f"{address}use/", sent).content.decode()
    assert "The rule says: no disorder" in page
    assert 'name="keep"' not in page
    sent["criteria"] = ["craving", "tolerance", "withdrawal", "hazardous"]
    page = desk.post(f"{address}use/", sent).content.decode()
    assert "The rule says: F10.20" in page
    assert "four or five, so moderate" in page
    assert 'value="F10.20"' in page
    again = sent | {"in_remission": "on", "last_met_on": "2026-10-30"}
    assert "begins after three months" in desk.post(f"{address}use/", again).content.decode()
    assert not queries.diagnoses_of(marisol)
    keep = {**sent, "code": "F10.20", "keep": "yes", "words": "Says so herself."}
    del keep["look"]
    assert desk.post(f"{address}use/", keep).status_code == 302
    page = desk.get(address).content.decode()
    assert "Alcohol use disorder, moderate or severe" in page
    assert "LMFT 12345" in page
    assert "Says so herself." in page
    assert "Alcohol use disorder" in desk.get(f"/desk/clients/{marisol.public_id}/").content.decode()


def test_a_counselor_proposes_on_the_page_and_the_therapist_signs_what_stands_there(
    marisol, therapist, counselor, address
):
    desk = at_desk(counselor)
    page = desk.get(f"{address}code/?q=panic&code=F41.0").content.decode()
    assert "Panic disorder" in page
    assert "Propose it" in page
    assert desk.post(f"{address}code/", {"code": "F41.0"}).status_code == 302
    (row,) = queries.diagnoses_of(marisol)
    assert "End it" not in desk.get(address).content.decode()
    desk = at_desk(therapist)
    page = desk.get(f"{address}code/?of={row.public_id}").content.decode()
    assert 'value="F41.0"' in page
    assert desk.post(f"{address}code/?of={row.public_id}", {"code": "F41.0"}).status_code == 302
    (signed,) = queries.standing(marisol)
    end = f"/desk/diagnoses/{signed.public_id}/end/"
    sent = {"how": "resolved", "on": "2026-11-25", "reason": "Two years without one."}
    assert "Propose" not in desk.get(end).content.decode()
    assert desk.post(end, sent | {"on": "2026-12-25"}).status_code == 200
    assert desk.post(end, sent).status_code == 302
    assert "Two years without one." in desk.get(address).content.decode()
    unlicensed = at_desk(clinician(marisol))
    assert "You can propose, not sign." in unlicensed.get(address).content.decode()


def test_what_a_referral_brought_is_confirmed_and_never_taken_by_itself(marisol, therapist, address):
    row = referred()
    found = row.found | {
        "diagnoses": [
            {"system": "icd-10-cm", "code": code, "display": name, "active": True, "onset": None, "substance_use": None}
            for code, name in (("F11.20", "Opioids, as sent"), ("F41.1", "Worry, as sent"), ("F99.9", "Odd, as sent"))
        ]
    }
    with writing("test"):
        row.client_subject, row.found_sealed = f"client:{marisol.pk}", crypto.seal(json.dumps(found))
        row.save()
    desk = at_desk(clinician(marisol, role="clinical_director", licensed=True))
    page = desk.get(address).content.decode()
    assert "Odd, as sent" in page
    assert "?substance=F11&amp;sent=yes" in page
    assert "?code=F41.1&amp;sent=yes" in page
    assert "?q=Odd%2C%20as%20sent&amp;sent=yes" in page
    assert "&amp;sent=yes" in desk.get(f"{address}code/?q=panic&sent=yes").content.decode()
    assert not queries.standing(marisol)
    assert desk.post(f"{address}code/?code=F41.1&sent=yes", {"code": "F41.1"}).status_code == 302
    page = desk.get(address).content.decode()
    assert "Worry, as sent" not in page
    assert "came with a referral" in page


def test_a_form_that_was_open_while_somebody_else_decided_signs_nothing_and_keeps_what_was_typed(
    marisol, therapist, counselor, address
):
    row = actions.propose(by=counselor, client=marisol, code="F41.1")
    desk, mine = at_desk(therapist), f"{address}code/?of={row.public_id}"
    assert "takes the place of F41.1" in desk.get(mine).content.decode()
    actions.take_back(by=counselor, diagnosis=row, how="refuted", on=NOW.date(), reason="It was the coffee.")
    for stale in (mine, f"{address}code/?of={'0' * 16}"):
        page = desk.post(stale, {"code": "F41.1", "words": "Since spring."}).content.decode()
        assert "Somebody ended this one meanwhile" in page
        assert "Since spring." in page
        assert desk.get(stale)["Location"] == address
    assert not queries.standing(marisol)


def test_what_is_wrong_stands_at_its_field_and_the_form_can_be_sent_again(marisol, therapist, address):
    desk = at_desk(therapist)
    four = {"substance": "F10", "criteria": ["craving", "tolerance", "withdrawal", "hazardous"], "keep": "yes"}
    found = desk.post(f"{address}use/", four | {"code": "F10.10"})
    assert list(found.context["form"].errors) == ["code"]
    assert 'name="keep"' in found.content.decode()
    slip = {"code": "F10.21", "in_remission": "on", "last_met_on": "0202-05-01"}
    found = desk.post(f"{address}use/", four | slip)
    assert "too far back" in found.context["form"].errors["last_met_on"][0]
    found = desk.post(f"{address}code/", {"code": "F41.1", "onset_year": "1980"})
    assert list(found.context["form"].errors) == ["onset_year"]
    assert not queries.diagnoses_of(marisol)


def test_the_desk_reads_nothing_of_it(marisol, address):
    for role in ("front_desk", "biller", "intake_coordinator"):
        assert at_desk(actor_of(StaffMemberFactory(account__roles=[role]).account)).get(address).status_code == 403


@pytest.mark.parametrize("number", [1, 30])
def test_what_was_found_is_one_statement(marisol, statements, number):
    for _ in range(number):
        DiagnosisFactory(client=marisol)
    with statements() as seen:
        assert len([one.signed_by.chosen_name for one in queries.diagnoses_of(marisol)]) == number
    assert len(seen) == 1


def test_the_person_takes_it_along_in_their_own_copy(marisol, therapist):
    row = actions.sign(by=therapist, client=marisol, **DRINKS, words="In her words.")
    actions.end(by=therapist, diagnosis=row, how="error", on=NOW.date(), reason="Of another.")
    (entry,) = own_copy(marisol)
    found = {field.key: field.value for field in entry}
    assert (found["code"], found["words"], found["ended"], found["why_ended"]) == (
        "F10.20", "In her words.", "error", "Of another.",
    )  # fmt: skip
    assert found["criteria"] == row.criteria
