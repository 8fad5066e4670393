"""How much care is right: proposed by a counselor, decided by a clinician, kept as it stood."""

import re
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.test import Client as Browser

from tests.support.live import sign_in
from trellis.foundation.access.permissions import NotPermitted, Refused, may
from trellis.foundation.audit.trail import about
from trellis.foundation.program.check import check
from trellis.foundation.program.tests.factories import TEXT, load_pomona
from trellis.foundation.record.guard import writing
from trellis.journey.admission.history.actions import answer
from trellis.journey.admission.history.queries import newest
from trellis.journey.admission.history.rules import ANSWERED, Said
from trellis.journey.admission.levels import actions, presenters, queries
from trellis.journey.admission.levels.blueprint import care_levels
from trellis.journey.admission.levels.known import known
from trellis.journey.admission.levels.rules import DIMENSIONS, Fact
from trellis.journey.admission.models import LevelAssessment
from trellis.journey.admission.own_copy import levels
from trellis.journey.admission.tests.factories import NOW
from trellis.journey.measures.models import Administration, Outcome
from trellis.people.accounts.models import Account
from trellis.people.clients.tests.factories import CareAssignmentFactory, ClientFactory, StaffMemberFactory, actor_of

pytestmark = pytest.mark.django_db
NOT_LESS = "Use, and surroundings that pull back."


def clinician(client, role="therapist", **traits):
    """Somebody on the care team."""
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
    return ClientFactory(chosen_name="Marisol Ruiz", in_program=True)


@pytest.fixture
def therapist(marisol):
    return clinician(marisol, licensed=True)


@pytest.fixture
def address(marisol):
    return f"/desk/clients/{marisol.public_id}/level/"


FACTS = {**dict.fromkeys(DIMENSIONS, "0"), Fact.SUBSTANCE: "2", Fact.ENVIRONMENT: "2"}
RATED = {fact.value: value for fact, value in FACTS.items()}
WHY = {Fact.SUBSTANCE: "Uses after fights.", Fact.ENVIRONMENT: "A house where all drink."}
SAID = {"facts": FACTS, "reasons": WHY}


def test_a_clinician_agrees_and_it_is_kept_with_what_was_known(marisol, therapist):
    row = actions.decide(by=therapist, client=marisol, **SAID, level="2.1", hours=9)
    assert (row.kind, row.recommended, row.level, row.facts["living"], row.hours) == ("decided", "2.1", "2.1", None, 9)
    assert row.episode == marisol.episodes.get()
    assert row.rules_version == 1
    assert [event.verb for event in about(*row.audit_subjects)][:1] == ["level.decide"]


def test_another_level_needs_a_reason(marisol, therapist):
    with pytest.raises(Refused, match="write why"):
        actions.decide(by=therapist, client=marisol, **SAID, level="1.5", reason="  ")
    row = actions.decide(by=therapist, client=marisol, **SAID, level="1.5", reason="Works nights.")
    assert row.level == "1.5"
    assert "Works nights" not in row.reason_sealed


def test_a_level_must_be_chosen_among_those_in_use(marisol, therapist):
    for level in ("", "9"):
        with pytest.raises(Refused, match="Choose"):
            actions.decide(by=therapist, client=marisol, **SAID, level=level, reason="x")


def test_a_counselor_proposes_and_does_not_decide(marisol):
    by = clinician(marisol, role="counselor")
    assert actions.propose(by=by, client=marisol, **SAID, level="2.1").kind == "proposed"
    with pytest.raises(NotPermitted):
        actions.decide(by=by, client=marisol, **SAID, level="2.1", seen=queries.newest(marisol).public_id)


def test_without_a_license_a_therapist_proposes_and_reads_why(marisol, address):
    by = clinician(marisol)
    with pytest.raises(Refused, match="No license or registration of yours"):
        actions.decide(by=by, client=marisol, **SAID, level="2.1")
    desk = at_desk(by)
    page = desk.post(address, {"look": "yes"}).content.decode()
    assert "No license or registration of yours" in page
    assert "Propose it" in page
    assert desk.post(address, {"level": "1", "keep": "yes"}).status_code == 302
    assert queries.newest(marisol).kind == "proposed"


def test_after_a_proposal_the_day_of_the_talk_is_written_down(marisol, therapist):
    counselor = clinician(marisol, role="counselor")
    proposed = actions.propose(by=counselor, client=marisol, **SAID, level="2.1")
    said = {"by": therapist, "client": marisol, **SAID, "level": "2.1", "seen": proposed.public_id}
    with pytest.raises(Refused, match="talked about it"):
        actions.decide(**said)
    with pytest.raises(Refused, match="lies ahead"):
        actions.decide(**said, consulted_on=NOW.date() + timedelta(days=1))
    with pytest.raises(Refused, match="too far back"):
        actions.decide(**said, consulted_on=NOW.date().replace(year=202))
    assert actions.decide(**said, consulted_on=NOW.date()).consulted_on == NOW.date()


def test_whoever_decides_says_why_a_dimension_is_2_or_more(marisol, therapist):
    with pytest.raises(Refused, match="Recovery environment"):
        actions.decide(by=therapist, client=marisol, facts=FACTS, reasons={Fact.SUBSTANCE: "Uses."}, level="2.1")
    row = actions.decide(by=therapist, client=marisol, **SAID, level="2.1")
    assert presenters.reasons(row) == {"dimension_4": "Uses after fights.", "dimension_5": "A house where all drink."}
    assert "after fights" not in row.reasons_sealed


def test_two_who_write_at_once_lose_nothing(marisol, therapist):
    first = actions.decide(by=therapist, client=marisol, **SAID, level="2.1")
    with pytest.raises(Refused, match="Somebody else"):
        actions.decide(by=therapist, client=marisol, **SAID, level="2.1")
    actions.decide(by=therapist, client=marisol, **SAID, level="2.1", seen=first.public_id)
    assert len(queries.assessments(marisol)) == 2


def test_two_clinicians_at_one_form_the_second_sends_once_more_after_looking(marisol, therapist, address):
    second = at_desk(clinician(marisol, licensed=True))
    second.get(address)
    actions.decide(by=therapist, client=marisol, **SAID, level="2.1", considerations="Wants mornings.")
    sent = {**RATED, "dimension_4_why": "Uses.", "dimension_5_why": "All drink.", "level": "2.1", "keep": "yes"}
    page = second.post(address, {**sent, "seen": ""}).content.decode()
    assert "Somebody else wrote a level down meanwhile" in page
    assert "Wants mornings." in page
    seen = re.search(r'name="seen" value="(\w+)"', page).group(1)
    assert second.post(address, {**sent, "seen": seen}).status_code == 302
    assert len(queries.assessments(marisol)) == 2


def test_a_decision_waits_for_every_dimension_and_an_emergency_for_none(marisol, therapist):
    with pytest.raises(Refused, match=r"Rate these before you decide.*: 1\. .*, 2\. .*, 3\. "):
        actions.decide(by=therapist, client=marisol, facts={Fact.SUBSTANCE: "1", Fact.ENVIRONMENT: "0"}, level="1.5")
    with pytest.raises(Refused, match="Rate these"):
        actions.decide(by=therapist, client=marisol, facts={}, level="2.1", reason="All know it.")
    now = {Fact.PSYCHIATRIC: "4"}
    assert actions.decide(
        by=therapist, client=marisol, facts=now, reasons={Fact.PSYCHIATRIC: "A plan for tonight."}, level="4"
    ).level == "4"  # fmt: skip


def test_what_the_record_knows_stands_beside_the_field_with_its_day(marisol, therapist, address):
    told = {"thoughts_of_death": "no", "safe_now": "safe", "living": "sober"}
    answer(
        by=therapist, client=marisol, who="person", said={key: Said(ANSWERED, value) for key, value in told.items()},
        seen="",
    )  # fmt: skip
    with writing("test"):
        scored = {"version": "1", "language": "en", "way": "aloud", "occasion": "asked", "at": NOW, "by": "account:1"}
        form = Administration.objects.create(client=marisol, instrument="cows", on=NOW.date(), **scored)
        Outcome.objects.create(
            administration=form, status="complete", total=14, severity="moderate", at=NOW, by="account:1"
        )
    found = known(therapist, marisol)
    assert found[Fact.WITHDRAWAL] == ["COWS, Nov. 25, 2026: 14 of 48, moderate"]
    assert "In a sober home (The person, Nov. 25, 2026" in " ".join(found[Fact.LIVING])
    assert "think of ending your life? No (The person, Nov. 25, 2026" in found[Fact.SAFETY][0]
    page = at_desk(therapist).get(address).content.decode()
    assert "In a sober home (The person, Nov. 25, 2026" in page
    assert known(actor_of(StaffMemberFactory(account__roles=["front_desk"]).account), marisol) == {}


@pytest.mark.parametrize("number", [1, 30])
def test_what_the_record_knows_is_asked_in_a_fixed_number_of_statements(marisol, therapist, statements, number):
    for _ in range(number):
        seen = newest(marisol)
        answer(by=therapist, client=marisol, who="person", said={"living": Said(ANSWERED, "own")}, seen=seen)
    may(therapist, "measures.read", marisol)
    with statements() as seen:
        known(therapist, marisol)
    assert len(seen) == 4


def test_withdrawal_and_danger_of_last_month_are_found_afresh(marisol, therapist, address, clock_at):
    facts = {**FACTS, Fact.WITHDRAWAL: "mild", Fact.SAFETY: "low", Fact.LIVING: "shaky"}
    actions.decide(by=therapist, client=marisol, facts=facts, reasons=WHY, level="2.1")
    picked = ('value="mild" selected', 'value="low" selected', 'value="shaky" selected')
    page = at_desk(therapist).get(address).content.decode()
    assert all(one in page for one in picked)
    clock_at(NOW + timedelta(days=31))
    page = at_desk(therapist).get(address).content.decode()
    assert [one in page for one in picked] == [False, False, True]


def test_high_danger_asks_whether_it_is_now(marisol, therapist, address):
    desk = at_desk(therapist)
    assert "Is it now?" in desk.post(address, {"safety": "high", "look": "yes"}).content.decode()
    assert "Is it now?" not in desk.post(address, {"safety": "moderate", "look": "yes"}).content.decode()
    refused = desk.post(address, {"safety": "high", "level": "3.7", "keep": "yes", "seen": ""}).content.decode()
    assert "write why" in refused
    assert "Is it now?" in refused
    sent = {"safety": "high", "level": "4", "reason": "A plan for tonight.", "keep": "yes", "seen": ""}
    assert desk.post(address, sent).status_code == 302  # no rating could lead to more


def test_a_program_without_such_rules_says_so(marisol, therapist, address):
    load_pomona(**{TEXT[TEXT.index("[care_levels]") :]: ""})
    assert care_levels() is None
    with pytest.raises(Refused, match="no rules"):
        actions.decide(by=therapist, client=marisol, **SAID, level="2.1")
    assert "This program has no rules for levels of care yet" in at_desk(therapist).get(address).content.decode()


def test_the_database_itself_keeps_it(marisol, therapist):
    row = actions.decide(by=therapist, client=marisol, **SAID, level="2.1")
    with writing("test"), pytest.raises(DatabaseError), transaction.atomic():
        LevelAssessment.objects.filter(pk=row.pk).update(level="4")


def test_a_rule_that_cannot_be_read_is_a_fault_with_what_to_write():
    text = TEXT.replace('"dimension_1 >= 4"', '"dimension_1 is bad"').replace('level = "3.7"', 'level = "3.6"', 1)
    found = {fault.sentence for fault in check(text)}
    assert any("living >= unsafe" in sentence for sentence in found)
    assert any("3.7" in sentence for sentence in found)


def test_the_page_explains_before_anything_is_kept(marisol, therapist, address):
    desk = at_desk(therapist)
    assert "Nobody has written down yet" in desk.get(f"/desk/clients/{marisol.public_id}/").content.decode()
    sent = {"dimension_4": "2", "dimension_5": "2", "safety": "none", "hours": "6"}
    page = desk.post(address, {**sent, "look": "yes"}).content.decode()
    assert "The rules say: 2.1 Intensive outpatient" in page
    assert NOT_LESS in page
    assert "they can give 6" in page
    assert "Why not more (2.5 High-intensity outpatient)" in page
    assert "would need 4. Substance use-related risks: 3 – serious or more" in page
    assert "Where they live" in page.split("could lead to more")[1].split("</ul>")[0]
    assert '<option value="2.1" selected>' in page
    assert not queries.assessments(marisol)


def test_it_is_written_down_and_stands_there_the_next_time(marisol, therapist, address):
    desk = at_desk(therapist)
    why = {"dimension_4_why": "Uses after fights.", "dimension_5_why": "All drink there."}
    sent = {**RATED, **why, "level": "1.5", "considerations": "Wants mornings."}
    refused = desk.post(address, {**sent, "keep": "yes"}).content.decode()
    assert "write why" in refused
    assert "Wants mornings." in refused
    assert desk.post(address, {**sent, "reason": "Works nights.", "keep": "yes"}).status_code == 302
    page = desk.get(address).content.decode()
    assert "The rules said 2.1 Intensive outpatient." in page
    assert "Works nights." in page
    assert "Wants mornings." in page
    assert page.count("Uses after fights.") == 2
    assert '<option value="2" selected>' in page
    assert "1.5 Outpatient" in desk.get(f"/desk/clients/{marisol.public_id}/").content.decode()


def test_a_counselor_sees_a_button_to_propose(marisol, address):
    desk = at_desk(clinician(marisol, role="counselor"))
    assert "Propose it" in desk.post(address, {"look": "yes"}).content.decode()
    assert desk.post(address, {"level": "1", "keep": "yes"}).status_code == 302
    assert queries.newest(marisol).kind == "proposed"


def test_the_desk_reads_nothing_of_it(marisol, address):
    for role in ("front_desk", "biller", "intake_coordinator"):
        by = actor_of(StaffMemberFactory(account__roles=[role]).account)
        assert at_desk(by).get(address).status_code == 403


@pytest.mark.parametrize("number", [1, 30])
def test_what_was_found_before_is_one_statement(marisol, statements, number):
    with writing("test"):
        for _ in range(number):
            LevelAssessment.objects.create(
                client=marisol, kind="decided", facts={}, rules_version=1, recommended="1", level="1", at=NOW, by="x"
            )
    with statements() as seen:
        assert len(queries.assessments(marisol)) == number
    assert len(seen) == 1


def test_the_person_takes_it_along_in_their_own_copy(marisol, therapist):
    actions.decide(by=therapist, client=marisol, **SAID, level="1.5", reason="Works nights.")
    (entry,) = levels(marisol)
    found = {field.key: field.value for field in entry}
    assert (found["level"], found["recommended"], found["reason"]) == ("1.5", "2.1", "Works nights.")
