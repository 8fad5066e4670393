"""A referral comes in: stored once with its original, shown in a minute, matched by people and by nobody else."""

import json
import re
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from trellis.foundation import clock
from trellis.foundation.access.actor import Actor
from trellis.foundation.access.permissions import NotPermitted, Refused
from trellis.foundation.audit.models import AuditEvent
from trellis.foundation.messaging.models import Message
from trellis.foundation.record.guard import writing
from trellis.journey.inquiry.actions import answering
from trellis.journey.inquiry.actions.referring import match, not_same, original_of, undo_match
from trellis.journey.inquiry.models import Inquiry, Referral, ReferralMatch, ReferralOriginal
from trellis.journey.inquiry.own_copy import referrals as own_copy
from trellis.journey.inquiry.queries import referrals as queries
from trellis.journey.inquiry.tests.asking import told
from trellis.journey.inquiry.tests.factories import actor, asked, sign_in
from trellis.journey.inquiry.tests.referrals import BUNDLE, bundle, resource
from trellis.journey.inquiry.tests.referred import sent, typed
from trellis.journey.inquiry.tests.staff import again, browser, one
from trellis.people.accounts.models import Account
from trellis.people.clients.kept_out.actions import keep_out
from trellis.people.clients.tests.factories import (
    CareAssignmentFactory,
    ClientFactory,
    EpisodeFactory,
    StaffMemberFactory,
)

pytestmark = pytest.mark.usefixtures("morning")

DESK = "/desk/referrals/"
TYPED = {
    "how": "typed", "name": "Rosa Medina", "language": "es", "organisation": "Example Detox",
    "discharged_on": "2026-11-19", "takes": "Buprenorphine 8 mg", "urgent": "No doses after Friday", "part2": "on",
}  # fmt: skip


def jose(**changes):
    """A client who is the person of the bundle."""
    client = ClientFactory(chosen_name="José Luis Peña", born_on=date(1981, 4, 2), **changes)
    EpisodeFactory(client=client)
    return client


def fresh(by: Actor) -> Actor:
    """The same person at the next request."""
    closed = Account.objects.get(pk=by.account_id).kept_out
    return Actor(account_id=by.account_id, roles=by.roles, kept_out=frozenset(closed))


def file(body=BUNDLE, name="referral.json"):
    return SimpleUploadedFile(name, body if isinstance(body, bytes) else json.dumps(body).encode())


class TestComingIn:
    def test_it_begins_an_inquiry_about_the_person_that_says_nothing_of_health(self):
        referral = sent()
        inquiry = referral.inquiry
        assert (inquiry.name, inquiry.telephone, inquiry.language) == ("José Luis Peña", "(909) 555-0142", "es")
        assert (inquiry.channel, inquiry.organisation) == ("referral", "Example Hospital")
        assert inquiry.call_by is not None
        assert not any((inquiry.may_leave_message, inquiry.may_text, inquiry.may_email, inquiry.words))
        assert (referral.part2, referral.discharged_on) == (True, date(2026, 11, 20))

    def test_its_original_is_kept_byte_for_byte_and_nothing_clinical_lies_open(self):
        referral = sent()
        assert original_of(referral) == json.dumps(BUNDLE).encode()
        stored = str(list(Referral.objects.values())) + str(list(ReferralOriginal.objects.values()))
        assert "Opioid" not in stored
        assert "Buprenorphine" not in stored

    def test_the_same_file_twice_is_one_referral(self):
        assert sent().pk == sent().pk
        assert (Referral.objects.count(), Inquiry.objects.count()) == (1, 1)

    def test_a_broken_one_lands_what_is_good_and_names_what_is_not(self):
        referral = sent(bundle(resource("Condition", "c", code=7), resource("Condition", "d", code={"text": "Asthma"})))
        assert [row["display"] for row in referral.found["diagnoses"]] == ["Asthma"]
        page = told(browser("therapist").get(f"{DESK}{referral.public_id}/"))
        assert "1 part could not be read" in page
        assert "code is no object." in page

    def test_the_sender_hears_nothing(self):
        sent(), typed()
        assert not Message.objects.exists()

    def test_somebody_who_does_not_bring_people_in_takes_in_none(self, desk):
        assert browser("front_desk").post(f"{DESK}new/", TYPED).status_code == 403
        assert not Referral.objects.exists()


class TestThePageOfOne:
    def test_a_clinician_reads_it_in_a_minute(self):
        referral = sent()
        page = told(browser("therapist").get(f"{DESK}{referral.public_id}/"))
        for words in (
            "7 days: 3 days left (Friday, November 27)", "14 days: 10 days left", "Danger to life", "Opioid withdrawal",
            "Buprenorphine 8 MG", "Opioid dependence", "Example Hospital", "42 CFR part 2 prohibits", "Severe allergy",
        ):  # fmt: skip
            assert words in page, words

    def test_reading_it_is_written_down_about_the_inquiry(self):
        referral = sent()
        browser("therapist").get(f"{DESK}{referral.public_id}/")
        event = AuditEvent.objects.get(verb="opened referral.read")
        assert f"inquiry:{referral.inquiry_id}" in event.subjects

    @pytest.mark.parametrize("role", ["front_desk", "program_administrator", "biller"])
    def test_the_office_does_not(self, role):
        assert browser(role).get(f"{DESK}{sent().public_id}/").status_code == 403

    def test_a_counselor_does_once_the_client_is_theirs(self, me):
        referral, client = sent(), jose()
        match(by=me, referral=referral, subject=f"client:{client.pk}")
        counselor = StaffMemberFactory(account__roles=["counselor"])
        theirs = sign_in(Client(), counselor.account_id)
        assert theirs.get(f"{DESK}{referral.public_id}/").status_code == 404
        CareAssignmentFactory(episode=client.episodes.get(), staff_member=counselor)
        assert theirs.get(f"{DESK}{referral.public_id}/").status_code == 200
        assert "Referral of" in told(theirs.get(f"/desk/clients/{client.public_id}/"))

    def test_the_original_is_given_out_to_be_saved(self):
        answer = browser("therapist").get(f"{DESK}{sent().public_id}/original/")
        assert answer.content == json.dumps(BUNDLE).encode()
        assert answer["Content-Disposition"].startswith("attachment; ")

    def test_the_inquiry_and_the_board_lead_there(self, desk):
        referral = sent()
        assert f"{DESK}{referral.public_id}/" in desk.get(one(referral.inquiry)).content.decode()
        assert DESK in desk.get("/desk/inquiries/").content.decode()


class TestTakingItIn:
    def test_a_file_opens_its_page(self, desk):
        answer = desk.post(f"{DESK}new/", {"how": "file", "file": file()}, follow=True)
        assert answer.redirect_chain[-1][0] == f"{DESK}{Referral.objects.get().public_id}/"
        answer = desk.post(f"{DESK}new/", {"how": "file", "file": file()}, follow=True)
        assert "was here already" in told(answer)

    @pytest.mark.parametrize(
        ("body", "sentence"),
        [
            (b"%PDF-1.7", "This is a PDF file."),
            (b"<Bundle/>", "This is a XML file."),
            (b"not json", "We cannot read this file as a referral"),
            (bundle(patient=False), "We cannot read this file as a referral"),
            (b" " * 5_000_001, "larger than 5 MB"),
            (b"", "We cannot read this file as a referral"),
        ],
        ids=["pdf", "xml", "words", "nobody", "large", "empty"],
    )
    def test_what_is_no_referral_is_named(self, desk, body, sentence):
        assert sentence in told(desk.post(f"{DESK}new/", {"how": "file", "file": file(body)}))
        assert not Referral.objects.exists()

    def test_what_was_typed_becomes_one(self, desk):
        page = told(desk.post(f"{DESK}new/", TYPED, follow=True))
        assert "No doses after Friday" in page
        assert "Buprenorphine 8 mg" in page
        assert Referral.objects.get().discharged_on == date(2026, 11, 19)

    @pytest.mark.parametrize(
        ("change", "sentence"),
        [
            ({"name": ""}, "Write the name"),
            ({"organisation": ""}, "Write which place"),
            ({"born_on": "2030-01-01"}, "lies in the future"),
            ({"born_on": "0081-04-02"}, "Check the year"),
            ({"discharged_on": "soon"}, "Write a day"),
            ({"discharged_on": "9999-12-31"}, "Check the year"),
            ({"discharged_on": "0026-11-20"}, "Check the year"),
        ],
    )
    def test_what_is_wrong_is_said_and_nothing_typed_is_lost(self, desk, change, sentence):
        page = desk.post(f"{DESK}new/", TYPED | change)
        assert sentence in told(page)
        assert "No doses after Friday" in page.content.decode()
        assert not Referral.objects.exists()

    def test_a_draft_comes_back_and_goes_when_it_is_sent(self, desk):
        desk.post("/accounts/draft/referral-new/", TYPED)
        assert "No doses after Friday" in desk.get(f"{DESK}new/").content.decode()
        desk.post(f"{DESK}new/", TYPED)
        assert "No doses after Friday" not in desk.get(f"{DESK}new/").content.decode()


class TestTheList:
    def test_whose_time_ends_first_stands_first(self, desk):
        for name, left in (("Late", date(2026, 11, 1)), ("Soon", date(2026, 11, 18)), ("None", None)):
            typed(name=f"{name} Person", discharged_on=left)
        page = told(desk.get(DESK))
        assert re.findall(r"(Late|Soon|None) Person", page) == ["Late", "Soon", "None"]
        assert "14 days: over for 9 days" in page
        assert "7 days: 1 day left" in page

    def test_one_whose_inquiry_ended_waits_no_more(self, desk, me):
        referral = typed()
        answering.close(by=me, inquiry=referral.inquiry, reason="no_contact")
        assert "No referral waits" in told(desk.get(DESK))

    def test_it_costs_as_much_with_thirty(self, statements):
        def cost():
            with statements() as seen:
                queries.waiting()
            return len(seen)

        typed()
        first = cost()
        for number in range(29):
            typed(name=f"Person {number}")
        assert cost() == first


class TestMatching:
    def test_a_client_is_proposed_with_reasons_and_joined_by_nobody(self, desk):
        client, referral = jose(), sent()
        page = told(desk.get(f"{DESK}{referral.public_id}/"))
        assert "In the program now. The name is the same. The birth date is the same." in page
        assert Referral.objects.get().client_subject == ""
        assert f"client:{client.pk}" in AuditEvent.objects.filter(verb="opened referral.read").latest("pk").subjects

    def test_it_is_confirmed_and_taken_back_and_both_stay(self, me):
        client, referral = jose(), sent()
        subject = f"client:{client.pk}"
        assert match(by=me, referral=referral, subject=subject).reasons == ["same_name", "same_birth", "same_number"]
        assert queries.of_client(client) == [referral]
        assert [line.value for line in next(iter(own_copy(client)))][1] == "Example Hospital"
        with pytest.raises(Refused):
            match(by=me, referral=referral, subject=subject)
        undo_match(by=me, referral=queries.by_digest(referral.digest), subject=subject)
        assert (queries.of_client(client), list(own_copy(client))) == ([], [])
        assert [one.step for one in queries.steps_of(referral)] == ["undone", "confirmed"]
        with pytest.raises(Refused):
            undo_match(by=me, referral=referral, subject=subject)

    def test_an_inquiry_is_joined_and_parted_again(self, desk, me):
        earlier, referral = asked(name="Jose Luis Pena", telephone="(909) 555-0142"), sent()
        subject = f"inquiry:{earlier.pk}"
        desk.post(f"{DESK}{referral.public_id}/match/", {"subject": subject})
        joined = again(referral.inquiry)
        assert (joined.status, joined.same_as_id) == ("merged", earlier.pk)
        assert referral.public_id in desk.get(one(earlier)).content.decode()
        assert "José Luis Peña" in told(desk.get(DESK))
        page = told(desk.post(f"{DESK}{referral.public_id}/undo/", {"subject": subject}, follow=True))
        assert "This inquiry waits for a call again." in page
        parted = again(referral.inquiry)
        assert (parted.status, parted.same_as) == ("new", None)

    @pytest.mark.parametrize("end", ["close", "decline", "refer_elsewhere"])
    def test_joined_with_an_inquiry_that_ended_the_person_still_waits_for_a_call(self, desk, me, end):
        earlier, referral = asked(name="Jose Luis Pena", telephone="(909) 555-0142"), sent()
        more = {"close": {"reason": "no_contact"}, "refer_elsewhere": {"place": "Casa Norte"}}.get(end, {})
        getattr(answering, end)(by=me, inquiry=earlier, **more)
        desk.post(f"{DESK}{referral.public_id}/match/", {"subject": f"inquiry:{earlier.pk}"})
        goes_on = again(earlier)
        assert (goes_on.status, goes_on.close_reason, goes_on.call_by) == ("new", "", referral.inquiry.call_by)
        page = told(desk.get(DESK))
        assert "José Luis Peña" in page
        assert "7 days: " in page
        assert earlier.public_id in desk.get("/desk/inquiries/").content.decode()

    def test_of_whom_somebody_said_no_is_not_proposed_again_until_it_is_taken_back(self, me):
        client, referral = jose(), sent()
        subject = f"client:{client.pk}"
        not_same(by=me, referral=referral, subject=subject)
        assert queries.proposals(me, referral) == []
        undo_match(by=me, referral=referral, subject=subject)
        assert [one.match.subject for one in queries.proposals(me, referral)] == [subject]

    def test_nobody_is_joined_whom_the_rules_do_not_propose(self, me):
        referral, stranger = sent(), ClientFactory(chosen_name="Ana Ruiz")
        with pytest.raises(Refused):
            match(by=me, referral=referral, subject=f"client:{stranger.pk}")
        assert not ReferralMatch.objects.exists()

    def test_nothing_that_was_not_said_is_taken_back(self, me):
        referral, client = sent(), jose()
        for subject in ("", f"client:{client.pk}", "nonsense"):
            with pytest.raises(Refused):
                undo_match(by=me, referral=referral, subject=subject)

    def test_a_therapist_reads_and_does_not_say_who_it_is(self):
        jose()
        referral, therapist = sent(), actor("therapist")
        assert queries.proposals(therapist, referral) == []
        with pytest.raises(NotPermitted):
            match(by=therapist, referral=referral, subject="client:1")

    def test_whoever_is_kept_out_of_a_record_is_not_told_and_loses_sight_of_what_is_joined_with_it(self, me, desk):
        client, referral = jose(), sent()
        director = actor("clinical_director")
        keep_out(by=Actor.of_system("test"), client=client, account=Account.objects.get(pk=me.account_id))
        assert queries.proposals(fresh(me), referral) == []
        assert desk.get(f"{DESK}{referral.public_id}/").status_code == 200
        match(by=director, referral=referral, subject=f"client:{client.pk}")
        assert desk.get(f"{DESK}{referral.public_id}/").status_code == 404
        assert desk.get(one(referral.inquiry)).status_code == 404
        assert "José Luis Peña" not in told(desk.get(DESK))
        undo_match(by=director, referral=queries.by_digest(referral.digest), subject=f"client:{client.pk}")
        assert desk.get(one(referral.inquiry)).status_code == 200

    def test_proposing_costs_as_much_with_thirty(self, me, statements):
        referral = sent()

        def cost():
            with statements() as seen:
                queries.proposals(me, referral)
            return len(seen)

        jose(), asked(name="José Luis Peña")
        first = cost()
        for _ in range(29):
            jose(), asked(name="José Luis Peña")
        assert cost() == first

    def test_a_match_never_changes(self, me):
        client, referral = jose(), sent()
        made = match(by=me, referral=referral, subject=f"client:{client.pk}")
        with pytest.raises(Exception, match="append-only"), writing("test"):
            ReferralMatch.objects.filter(pk=made.pk).update(at=clock.now() + timedelta(days=1))


def test_a_hospital_s_whole_history_is_stored_and_read(desk, shared):
    path = min((shared / "data/fhir/synthea-sud").glob("*.json"), key=lambda one: one.stat().st_size, default=None)
    if path is None:
        pytest.skip("the folder of contracts is not beside the clone")
    referral = sent(json.loads(path.read_text()))
    page = desk.get(f"{DESK}{referral.public_id}/")
    assert referral.found["patient"]["name"] in told(page)
    assert len(page.content) < 300_000
