"""What is known of a person: asked once, said by somebody, confirmed from elsewhere, and never overwritten."""

import re
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.test import Client as Browser

from tests.support.live import sign_in
from trellis.foundation import clock
from trellis.foundation.access.permissions import NotPermitted, Refused
from trellis.foundation.audit.trail import about
from trellis.foundation.program.check import check
from trellis.foundation.program.tests.factories import TEXT, load_pomona
from trellis.foundation.record.guard import writing
from trellis.journey.admission import own_copy
from trellis.journey.admission.history import actions, queries, rules
from trellis.journey.admission.history.blueprint import section as withdrawal
from trellis.journey.admission.history.rules import Asks, Said, Use
from trellis.journey.admission.models import HistoryAnswer, SubstanceEntry
from trellis.journey.admission.tests.factories import NOW, AdmissionFactory, InquiryFactory
from trellis.journey.inquiry.models import Referral
from trellis.journey.inquiry.tests.referred import typed
from trellis.journey.measures.models import Administration, Outcome
from trellis.people.accounts.models import Account
from trellis.people.clients.tests.factories import CareAssignmentFactory, ClientFactory, StaffMemberFactory, actor_of

pytestmark = pytest.mark.django_db


def clinician(client, role="therapist"):
    member = StaffMemberFactory(account__roles=[role], account__chosen_name=f"Sam {role}")
    CareAssignmentFactory(episode=client.episodes.get(), staff_member=member)
    return actor_of(member.account)


def browser(by):
    return sign_in(Browser(), Account.objects.get(pk=by.account_id))


@pytest.fixture(autouse=True)
def program(clock_at):
    clock_at(NOW)
    load_pomona()


@pytest.fixture
def marisol():
    return ClientFactory(chosen_name="Marisol Ruiz", in_program=True, with_account=True)


@pytest.fixture
def therapist(marisol):
    return clinician(marisol)


@pytest.fixture
def phone(marisol):
    return sign_in(Browser(), marisol.account)


@pytest.fixture
def address(marisol):
    return f"/desk/clients/{marisol.public_id}/history/"


@pytest.fixture
def referral(marisol):
    """From another place, and recognized."""
    row = typed()
    with writing("test"):
        Referral.objects.filter(pk=row.pk).update(client_subject=f"client:{marisol.pk}")
    return row


def yes(value="yes"):
    return Said(rules.ANSWERED, value)


def scored(client, instrument, total, severity="moderate", days=0):
    with writing("test"):
        form = Administration.objects.create(
            client=client, instrument=instrument, version="1", language="en", way="aloud", occasion="asked",
            on=clock.now().date() - timedelta(days=days), at=clock.now(), by="account:1",
        )  # fmt: skip
        Outcome.objects.create(
            administration=form, status="complete", total=total, severity=severity, at=clock.now(), by="account:1"
        )
    return form


def text(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def seen(response):
    return re.search(r'name="seen" value="(\w+)"', response.content.decode()).group(1)


class TestWhatIsSaid:
    def test_it_is_a_row_of_its_own_and_sealed(self, marisol, therapist):
        actions.answer(by=therapist, client=marisol, said={"goal": yes("Sleep")}, who="person")
        actions.answer(by=therapist, client=marisol, said={"goal": yes("Work")}, who="family")
        found = queries.as_it_stands(marisol)["goal"]
        assert (found.now.said.value, found.now.who, found.before[0].said.value) == ("Work", "family", "Sleep")
        assert not HistoryAnswer.objects.filter(value_sealed__contains="Work").exists()
        assert next(iter(about(f"client:{marisol.pk}"))).verb == "history.answer"

    def test_not_today_is_an_answer(self, marisol, therapist):
        actions.answer(by=therapist, client=marisol, said={"goal": Said(rules.NOT_TODAY)}, who="person")
        assert queries.states(marisol) == {"goal": "not_today"}

    def test_two_who_write_at_once_lose_nothing(self, marisol, therapist):
        other = clinician(marisol, "counselor")
        before = queries.newest(marisol)
        assert (
            actions.answer(by=other, client=marisol, said={"goal": yes("A")}, who="person", seen=before).meanwhile == ()
        )
        said = {"goal": yes("B"), "pain": yes("Back")}
        kept = actions.answer(by=therapist, client=marisol, said=said, who="person", seen=before)
        assert kept.meanwhile == ("goal",)
        found = queries.as_it_stands(marisol)["goal"]
        assert (found.now.said.value, found.before[0].said.value) == ("B", "A")

    def test_the_same_again_is_no_new_row(self, marisol, therapist):
        for _ in range(2):
            actions.answer(by=therapist, client=marisol, said={"goal": yes("A")}, who="person")
        assert HistoryAnswer.objects.count() == 1

    def test_a_question_that_is_not_ours_is_refused(self, marisol, therapist):
        with pytest.raises(Refused, match="not asked here"):
            actions.answer(by=therapist, client=marisol, said={"shoe_size": yes("9")}, who="person")

    def test_nobody_off_the_care_team_writes_or_reads(self, marisol, address):
        other = actor_of(StaffMemberFactory(account__roles=["therapist"]).account)
        with pytest.raises(NotPermitted):
            actions.answer(by=other, client=marisol, said={"goal": yes()}, who="person")
        assert browser(other).get(address).status_code == 404
        desk = actor_of(StaffMemberFactory(account__roles=["front_desk"]).account)
        assert browser(desk).get(address).status_code == 403

    def test_the_database_itself_keeps_it(self, marisol, therapist):
        actions.answer(by=therapist, client=marisol, said={"goal": yes("A")}, who="person")
        with writing("test"), pytest.raises(DatabaseError), transaction.atomic():
            HistoryAnswer.objects.update(key="pain")

    def test_whether_somebody_ordered_them_here_is_known_to_other_rooms(self, marisol, therapist):
        assert queries.mandate(marisol) is Asks.UNKNOWN
        actions.answer(by=therapist, client=marisol, said={"mandate": yes("court")}, who="person")
        assert queries.mandate(marisol) is Asks.OTHERS


class TestWhatIsKnownElsewhere:
    def test_it_is_confirmed_with_its_source_and_tapping_twice_is_once(self, marisol, therapist, referral):
        source = f"referral:{referral.pk}"
        for _ in range(2):
            row = actions.confirm(by=therapist, client=marisol, key="medicines_now", source=source)
        assert (row.source, row.who, HistoryAnswer.objects.count()) == (source, "referral", 1)
        with pytest.raises(Refused, match="not known there"):
            actions.confirm(by=therapist, client=marisol, key="medicines_now", source="referral:0")

    def test_the_page_shows_it_takes_it_by_one_tap_and_keeps_what_was_typed_beside(
        self, marisol, therapist, referral, address
    ):
        desk, page = browser(therapist), address + "medicines/"
        shown = desk.get(page)
        assert "Buprenorphine 8 mg" in text(shown)
        assert "from Example Detox" in text(shown)
        token = f"medicines_now referral:{referral.pk}"
        sent = {"confirm": token, "prescriber": "Dr. Kim", "who": "person", "seen": ""}
        assert desk.post(page, sent).status_code == 302
        assert set(queries.states(marisol)) == {"medicines_now", "prescriber"}
        assert "Who referred them" in text(desk.get(page))

    def test_another_answer_stands_beside_it(self, marisol, therapist, referral, address):
        actions.answer(by=therapist, client=marisol, said={"medicines_now": yes("None any more")}, who="person")
        page = text(browser(therapist).get(address + "medicines/"))
        assert "It differs, and both stand: “Buprenorphine 8 mg”" in page

    def test_a_screen_and_what_they_wrote_at_first_stand_there(self, marisol, therapist, address):
        inquiry = InquiryFactory(client_subject=f"client:{marisol.pk}", language="es")
        AdmissionFactory(episode=marisol.episodes.get(), inquiry=inquiry)
        form = scored(marisol, "phq-9", 14)
        found = {one.key: one for one in queries.for_staff(therapist, marisol).offers}
        assert (found["low_mood"].value, found["low_mood"].source) == ("yes", f"phq-9:{form.pk}")
        assert found["language"].value == "es"
        assert "PHQ-9, Nov. 25, 2026: 14 of 27, moderate" in text(browser(therapist).get(address + "mental/"))

    def test_whoever_may_not_read_answers_sees_nothing_of_screens(self, marisol):
        scored(marisol, "phq-9", 14)
        intake = actor_of(StaffMemberFactory(account__roles=["intake_coordinator"]).account)
        assert queries.for_staff(intake, marisol).offers == ()


class TestThePages:
    def test_the_overview_says_how_much_is_known_by_whom_and_what_is_next(self, marisol, therapist, address):
        said = {"ill_when_stopping": yes(), "seizures": Said(rules.NOT_TODAY)}
        actions.answer(by=therapist, client=marisol, said=said, who="family")
        page = browser(therapist).get(address)
        assert "1 of 4 known · 1 not today" in text(page)
        assert "Somebody of their family, Nov. 25, 2026; written down by Sam therapist" in text(page)
        assert page.content.decode().count('id="next"') == 1
        assert "1 of 12 sections are complete" not in text(browser(therapist).get(address.removesuffix("history/")))

    def test_what_cannot_be_gets_a_sentence_and_nothing_typed_is_lost(self, marisol, therapist, address):
        sent = {"last_dose": "2031-01-01", "prescriber": "Dr. Kim", "who": "person"}
        page = text(browser(therapist).post(address + "medicines/", sent))
        assert "This day has not come yet" in page
        assert not HistoryAnswer.objects.exists()

    def test_whoever_saves_over_somebody_else_is_told_and_what_they_left_alone_stays(self, marisol, therapist, address):
        desk, page = browser(therapist), address + "wants/"
        before = seen(desk.get(page)) if HistoryAnswer.objects.exists() else ""
        actions.answer(
            by=clinician(marisol, "counselor"), client=marisol, said={"goal": yes("A"), "first_step": yes("S")},
            who="person",
        )  # fmt: skip
        saved = desk.post(page, {"goal": "B", "first_step": "", "who": "person", "seen": before}, follow=True)
        assert "Somebody else answered this meanwhile: “What do you want to be different?”" in text(saved)
        found = queries.as_it_stands(marisol)
        assert (found["goal"].now.said.value, found["first_step"].now.said.value) == ("B", "S")

    def test_the_legal_section_says_what_may_be_required(self, marisol, therapist, address):
        desk = browser(therapist)
        assert "Until then nothing is required" in text(desk.get(address + "legal/"))
        actions.answer(by=therapist, client=marisol, said={"mandate": yes("nobody")}, who="person")
        assert "theirs to say yes or no to" in text(desk.get(address + "legal/"))

    def test_a_section_or_substance_that_is_none_is_not_there(self, therapist, address):
        desk = browser(therapist)
        assert desk.get(address + "shoes/").status_code == 404
        assert desk.get(address + "substances/tea/").status_code == 404

    @pytest.mark.parametrize("number", [1, 30])
    def test_the_overview_takes_as_many_statements_for_one_answer_as_for_thirty(
        self, marisol, therapist, address, statements, number
    ):
        with writing("test"):
            for _ in range(number):
                HistoryAnswer.objects.create(
                    client=marisol, key="goal", state="not_today", who="person", on=NOW.date(), at=NOW, by="account:1"
                )
        desk = browser(therapist)
        desk.get(address)
        with statements() as seen:
            desk.get(address)
        assert len(seen) <= 20


class TestSubstancesAndWithdrawal:
    def test_a_last_use_asks_for_the_scale_and_a_total_above_the_line_calls(self, marisol, therapist, address):
        desk = browser(therapist)
        sent = {"pattern": "daily", "first_age": "19", "last_on": "2026-11-24", "route": "smoked", "who": "person"}
        assert desk.post(address + "substances/opioid/", sent).status_code == 302
        page = desk.get(address + "withdrawal/")
        assert "Last use of opioids: Nov. 24, 2026. Ask the COWS now." in text(page)
        assert "?instrument=cows" in page.content.decode()
        scored(marisol, "cows", 15)
        assert "COWS 15 on Nov. 25, 2026: this is above our line of 13." in text(desk.get(address))
        assert "Call the medical director now" in text(desk.get(address))

    def test_the_newest_telling_counts_and_not_today_takes_nothing_away(self, marisol, therapist, address):
        for use in (Use("some_weeks", 17), None, Use("never", 17)):
            actions.record_use(by=therapist, client=marisol, substance="alcohol", who="person", use=use)
        told = queries.substances(marisol)
        assert [one.state for one in told["alcohol"]] == ["answered", "not_today", "answered"]
        assert queries.uses(told) == {"alcohol": Use("never")}
        page = text(browser(therapist).get(address + "substances/alcohol/"))
        assert "Some days in a week; first at 17" in page
        with pytest.raises(Refused, match="substance"):
            actions.record_use(by=therapist, client=marisol, substance="tea", who="person", use=None)

    @pytest.mark.parametrize(
        ("sent", "said"),
        [
            ({"pattern": "daily", "last_on": "2027-01-01"}, "has not come yet"),
            ({"pattern": "daily", "first_age": "50"}, "older than today"),
            ({"pattern": "daily", "first_age": "20", "last_on": "2010-01-01"}, "before the first time"),
            ({"first_age": "20"}, "Say how often"),
        ],
    )
    def test_what_cannot_be_gets_a_sentence(self, therapist, address, sent, said):
        page = browser(therapist).post(address + "substances/opioid/", {**sent, "who": "person"})
        assert said in text(page)
        assert not SubstanceEntry.objects.exists()

    def test_a_program_without_lines_says_so(self, therapist, address):
        load_pomona(**{TEXT[TEXT.index("[withdrawal.cows]") :]: ""})
        assert withdrawal() is None
        assert "This program has no lines for withdrawal yet" in text(browser(therapist).get(address + "withdrawal/"))

    def test_a_line_beyond_its_scale_is_a_fault(self):
        text_ = TEXT.replace("transfer = 13", "transfer = 49").replace(
            'substances = ["alcohol"]', 'substances = ["tea"]'
        )
        found = {fault.sentence for fault in check(text_)}
        assert any("48" in one for one in found)
        assert any("alcohol, opioid" in one for one in found)


class TestTheirOwnStory:
    def test_they_tell_it_section_by_section_and_staff_see_who_said_it(self, marisol, phone, therapist, address):
        assert "Go on here" in text(phone.get("/my/story/"))
        sent = {"goal": "To sleep", "first_step__later": "on", "seen": ""}
        assert phone.post("/my/story/wants/", sent).status_code == 302
        assert queries.states(marisol) == {"goal": "answered", "first_step": "not_today"}
        page = text(browser(therapist).get(address + "wants/"))
        assert "The person, Nov. 25, 2026 " in page
        assert "“Not today”, Nov. 25, 2026. That is fine." in page

    def test_what_is_hard_is_not_asked_there(self, marisol, phone):
        assert phone.get("/my/story/trauma/").status_code == 404
        by = actor_of(marisol.account)
        with pytest.raises(Refused):
            actions.tell(by=by, client=marisol, said={"trauma_words": yes()})
        with pytest.raises(Refused):
            actions.confirm_own(by=by, client=marisol, key="hard_things_back", source="pc-ptsd-5:1")

    def test_they_do_not_see_what_their_family_said(self, marisol, phone, therapist):
        actions.answer(by=therapist, client=marisol, said={"goal": yes("He drinks again")}, who="family")
        assert "He drinks again" not in text(phone.get("/my/story/wants/"))
        assert list(own_copy.history(marisol)) == []

    def test_they_confirm_what_another_place_sent_by_one_tap(self, marisol, phone, referral):
        assert "Buprenorphine 8 mg" in text(phone.get("/my/story/medicines/"))
        token = f"medicines_now referral:{referral.pk}"
        assert phone.post("/my/story/medicines/", {"confirm": token, "seen": ""}).status_code == 302
        row = HistoryAnswer.objects.get()
        assert (row.who, row.source) == ("person", f"referral:{referral.pk}")

    def test_they_tell_of_one_substance_and_it_goes_along_in_their_copy(self, marisol, phone):
        assert phone.post("/my/story/substances/alcohol/", {"later": "on"}).status_code == 302
        sent = {"pattern": "daily", "first_age": "17", "last_on": "2026-11-20", "route": "mouth"}
        sent["seen"] = seen(phone.get("/my/story/substances/alcohol/"))
        assert phone.post("/my/story/substances/alcohol/", sent).status_code == 302
        assert "Every day, or nearly; first at 17; last on Nov. 20, 2026" in text(phone.get("/my/story/use/"))
        told = [{line.key: line.shown for line in entry} for entry in own_copy.substances(marisol)]
        assert told[0]["told"] == "Not today"
        assert told[1]["substance"] == "alcohol"
        assert queries.uses(queries.substances(marisol))["alcohol"].last_on == date(2026, 11, 20)

    def test_nobody_tells_for_them(self, marisol, therapist):
        with pytest.raises(NotPermitted):
            actions.tell(by=therapist, client=marisol, said={"goal": yes()})
