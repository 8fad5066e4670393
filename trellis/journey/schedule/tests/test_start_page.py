import re
from datetime import date

import pytest
from django.urls import reverse
from django.utils import translation

from tests.support.live import sign_in
from trellis.foundation.audit.models import AuditEvent
from trellis.journey.admission.models import Admission
from trellis.journey.admission.tests.factories import InquiryFactory
from trellis.journey.schedule.actions import generate_sessions
from trellis.journey.schedule.models import Enrollment, Track
from trellis.journey.schedule.tests.factories import SYSTEM, TODAY
from trellis.people.accounts.models import Draft
from trellis.people.clients.models import Client
from trellis.people.clients.tests.factories import ClientFactory, EpisodeFactory, StaffMemberFactory

pytestmark = pytest.mark.django_db


def address(inquiry):
    return reverse("admission:admit", args=[inquiry.public_id])


def typed(dana, **changes):
    return {
        "chosen_name": "Marisol Ruiz", "pronouns": "she/her", "born_on": "1992-03-14", "language": "es",
        "telephone": "909 555 0142", "payer": "medi-cal", "reason": "Needs structure several days a week.",
        "clinician": dana.public_id, "admitted_on": "2026-11-25", "track": "evening", "starts_on": "2026-11-25",
        "known": "", **changes,
    }  # fmt: skip


def text(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def test_what_the_inquiry_knows_stands_in_the_form_already(intake, dana):
    inquiry = InquiryFactory(name="Marisol Ruiz", telephone="(909) 555-0142", language="es")
    page = intake.get(address(inquiry)).content.decode()
    assert 'value="Marisol Ruiz"' in page
    assert 'value="(909) 555-0142"' in page
    assert "Evening track · 12 of 12 places free" in page.replace("</strong>", "")
    assert "Dana Cole, LMFT" in page
    assert AuditEvent.objects.get(verb="opened schedule.start").subjects == [f"inquiry:{inquiry.pk}"]


def test_a_loved_ones_inquiry_gives_nothing_about_the_person(intake, dana):
    inquiry = InquiryFactory(from_loved_one=True, telephone="(909) 555-0199")
    page = intake.get(address(inquiry)).content.decode()
    assert "Elena Ruiz" not in page
    assert "555-0199" not in page
    assert "Somebody asked for another person" in page


def test_one_act_leads_from_the_inquiry_to_the_first_session(intake, dana):
    generate_sessions(by=SYSTEM)
    inquiry = InquiryFactory()
    page = text(intake.post(address(inquiry), typed(dana), follow=True))
    admission = Admission.objects.get()
    assert "Marisol is in the program" in page
    assert "First session" in page
    assert "Today, 5:30 to" in page
    assert "Set up a sign-in" in page
    assert admission.inquiry == inquiry
    assert Enrollment.objects.filter(episode=admission.episode, track__key="evening").count() > 3


def test_sent_again_it_is_one_admission_and_the_same_answer(intake, dana):
    inquiry = InquiryFactory()
    first = intake.post(address(inquiry), typed(dana))
    again = intake.post(address(inquiry), typed(dana), follow=True)
    assert again.redirect_chain[0][0] == first.url
    assert "They were admitted already." in text(again)
    assert Client.objects.count() == 1


def test_an_inquiry_that_ended_otherwise_leads_back_to_it(intake, dana):
    inquiry = InquiryFactory(status="declined", call_by=None)
    response = intake.get(address(inquiry))
    assert response.url == reverse("inquiry:one", args=[inquiry.public_id])


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"chosen_name": ""}, "This field is required"),
        ({"reason": ""}, "This field is required"),
        ({"starts_on": "2026-11-20"}, "The first day cannot lie before the admission."),
        ({"track": "young-adult"}, "This track is for another age."),
        ({"track": "young-adult", "born_on": "2007-03-14", "payer": "commercial"}, "does not pay for this track"),
        ({"born_on": "2012-03-14"}, "This track is for another age."),
        ({"admitted_on": "2027-03-01", "starts_on": "2027-03-01"}, "within 30 days"),
        ({"telephone": "12"}, "area code"),
    ],
)
def test_a_fault_is_said_and_nothing_typed_is_lost(intake, dana, changes, says):
    page = intake.post(address(InquiryFactory()), typed(dana, pronouns="they/them", **changes)).content.decode()
    assert says in page
    assert 'value="they/them"' in page
    assert not Client.objects.exists()


def test_a_full_track_needs_a_reason(intake, dana):
    generate_sessions(by=SYSTEM)
    track = Track.objects.get(key="evening")
    from trellis.foundation.record.guard import writing

    with writing("test"):
        Track.objects.filter(pk=track.pk).update(capacity=0)
    inquiry = InquiryFactory()
    assert "is full" in text(intake.post(address(inquiry), typed(dana)))
    assert not Client.objects.exists()
    page = text(intake.post(address(inquiry), typed(dana, in_spite_of_full="Their partner's shift."), follow=True))
    assert "Marisol is in the program" in page


def test_somebody_who_was_here_before_keeps_their_record(intake, dana):
    known = ClientFactory(chosen_name="Marisol Ruiz", payer="medi-cal")
    EpisodeFactory(client=known, closed=True)
    inquiry = InquiryFactory(name="Marisol Ruiz")
    assert "Marisol Ruiz, born 1992" in text(intake.get(address(inquiry)))
    intake.post(address(inquiry), typed(dana, known=known.public_id, chosen_name="", born_on="", payer=""))
    assert Admission.objects.get().client == known
    assert Client.objects.count() == 1


def test_what_was_typed_and_not_sent_stands_there_again(intake, dana):
    inquiry = InquiryFactory()
    key = f"start:{inquiry.public_id}"
    intake.post(reverse("accounts:draft", args=[key]), {"reason": "Half a sentence", "may_text": "on"})
    assert "Half a sentence" in intake.get(address(inquiry)).content.decode()
    intake.post(address(inquiry), typed(dana))
    assert not Draft.objects.exists()


@pytest.mark.parametrize("role", ["counselor", "front_desk", "biller", "group_facilitator"])
def test_other_roles_admit_nobody_here(client, dana, role):
    sign_in(client, StaffMemberFactory(account__roles=[role]).account)
    assert client.get(address(InquiryFactory())).status_code == 403


def test_an_inquiry_that_is_none_is_not_there(intake):
    assert intake.get(reverse("admission:admit", args=["0000000000000000"])).status_code == 404


def test_in_spanish_the_page_is_spanish(intake, dana):
    with translation.override("es"):
        page = text(intake.get(address(InquiryFactory())))
    assert "Admitir e inscribir" in page
    assert "Horario de noche, en inglés" in page


class TestSheet:
    def test_a_week_on_paper_names_no_program(self, intake, dana):
        generate_sessions(by=SYSTEM)
        intake.post(address(InquiryFactory()), typed(dana))
        client = Client.objects.get()
        page = text(intake.get(reverse("week:print", args=[client.public_id])))
        assert "Marisol’s week" in page
        assert "Wednesday, November 25" in page
        assert "Holiday" in page  # Thanksgiving
        assert "shorter, so less is enough" in page

    def test_another_week_may_be_printed(self, intake):
        client = EpisodeFactory().client
        page = intake.get(reverse("week:print_of", args=[client.public_id, str(TODAY)]))
        assert "No groups this week" in text(page)
        for no_day in ("soon", "0001-01-01", "9999-12-31"):
            assert intake.get(reverse("week:print_of", args=[client.public_id, no_day])).status_code == 404

    def test_a_stranger_finds_nothing(self, client, pomona):
        sign_in(client, StaffMemberFactory(account__roles=["counselor"]).account)
        other = EpisodeFactory(opened_on=date(2026, 11, 2)).client
        assert client.get(reverse("week:print", args=[other.public_id])).status_code == 404
