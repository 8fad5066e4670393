"""Somebody starts without an inquiry, or comes back: the same page, and nobody is here twice unasked."""

import re
from datetime import date

import pytest
from django.urls import reverse

from tests.support.live import sign_in
from trellis.foundation.audit.models import AuditEvent
from trellis.journey.admission.models import Admission
from trellis.journey.schedule.actions import generate_sessions
from trellis.journey.schedule.models import Enrollment
from trellis.journey.schedule.tests.factories import SYSTEM, TODAY
from trellis.people.accounts.models import Draft
from trellis.people.clients.models import Client
from trellis.people.clients.tests.factories import ClientFactory, EpisodeFactory, LegalNameFactory, StaffMemberFactory

pytestmark = pytest.mark.django_db
URL = "/desk/admit/"
QUESTION = "Somebody like this is known here."


def typed(dana, **changes):
    return {
        "chosen_name": "Rosa Lima", "pronouns": "she/her", "born_on": "1988-05-02", "language": "en",
        "telephone": "909 555 0177", "payer": "medi-cal", "reason": "The court asks for it, and she wants it.",
        "clinician": dana.public_id, "admitted_on": "2026-11-25", "track": "evening", "starts_on": "2026-11-25",
        **changes,
    }  # fmt: skip


def text(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


# --- nobody we know ---------------------------------------------------------------------------------------------------


def test_the_way_there_stands_on_the_list_of_clients(intake):
    assert f'href="{URL}"' in intake.get(reverse("clients:find")).content.decode()
    page = text(intake.get(URL))
    assert "Start somebody without an inquiry" in page
    assert "Is it one of these people?" not in page
    assert not AuditEvent.objects.filter(verb="opened schedule.start").exists()


def test_the_way_is_not_offered_to_those_who_may_not(client, pomona):
    sign_in(client, StaffMemberFactory(account__roles=["front_desk"]).account)
    assert URL not in client.get(reverse("clients:find")).content.decode()
    assert client.get(URL).status_code == 403


def test_one_act_leads_to_the_first_session(intake, dana):
    generate_sessions(by=SYSTEM)
    page = text(intake.post(URL, typed(dana), follow=True))
    assert "Rosa is in the program" in page
    assert "First session" in page
    admission = Admission.objects.get()
    assert (admission.inquiry, admission.client.telephone) == (None, "(909) 555-0177")
    assert admission.client.born_on == date(1988, 5, 2)
    assert Enrollment.objects.filter(episode=admission.episode, track__key="evening", since__gte=TODAY).count() > 3


def test_sent_again_it_is_one_admission_and_the_same_answer(intake, dana):
    first = intake.post(URL, typed(dana))
    again = intake.post(URL, typed(dana), follow=True)
    assert again.redirect_chain[0][0] == first.url
    assert "They were admitted already." in text(again)
    assert Client.objects.count() == 1


def test_what_was_typed_and_not_sent_stands_there_again(intake, dana):
    intake.post(reverse("accounts:draft", args=["start:new"]), {"chosen_name": "Rosa L", "track": "evening"})
    assert 'value="Rosa L"' in intake.get(URL).content.decode()
    intake.post(URL, typed(dana))
    assert not Draft.objects.exists()


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"born_on": ""}, "This field is required"),
        ({"born_on": "soon"}, "Enter a valid date"),
        ({"track": "young-adult"}, "This track is for another age."),
        ({"telephone": "12"}, "area code"),
        ({"chosen_name": "\0"}, "Null characters are not allowed"),
    ],
)
def test_a_fault_is_said_and_nothing_typed_is_lost(intake, dana, changes, says):
    page = intake.post(URL, typed(dana, pronouns="they/them", **changes)).content.decode()
    assert says in page
    assert 'value="they/them"' in page
    assert not Client.objects.exists()


# --- somebody like this is known --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "known",
    [
        {"chosen_name": "Someone Else", "telephone": "909-555-0177"},
        {"chosen_name": "Róssa Lima", "born_on": date(1970, 1, 1)},
        {"chosen_name": "Rosa Quintero", "born_on": date(1988, 5, 2)},
    ],
    ids=["telephone", "name", "birth date"],
)
def test_who_may_be_the_same_person_is_shown_before_it_lands(intake, dana, known):
    person = ClientFactory(**({"telephone": ""} | known))
    page = intake.post(URL, typed(dana))
    assert QUESTION in text(page)
    assert f"{person.chosen_name}, born {person.born_on.year}" in text(page)
    assert 'value="Rosa Lima"' in page.content.decode()
    assert Client.objects.count() == 1
    assert AuditEvent.objects.get(verb="opened schedule.start").subjects == [f"client:{person.pk}"]
    intake.post(URL, typed(dana, known="", shown=person.public_id))
    assert Client.objects.count() == 2


def test_names_on_papers_are_compared_too(intake, dana):
    person = LegalNameFactory(given="Rosa María", family="Lima").client
    ClientFactory(chosen_name="Nobody Like Her", telephone="", born_on=None)
    page = intake.post(URL, typed(dana, legal_given="rosa maría", legal_family="LIMA"))
    assert person.chosen_name in text(page)
    assert "Nobody Like Her" not in text(page)


def test_their_record_goes_on_and_nothing_about_them_is_needed(intake, dana):
    person = ClientFactory(chosen_name="Rosa Lima", payer="medi-cal")
    EpisodeFactory(client=person, closed=True)
    intake.post(URL, typed(dana, known=person.public_id, shown=person.public_id))
    assert Admission.objects.get().client == person
    assert Client.objects.count() == 1


def test_somebody_who_is_in_the_program_is_said_to_be(intake, dana):
    person = ClientFactory(chosen_name="Rosa Lima", payer="medi-cal", in_program=True)
    assert "Rosa Lima, born 1992, in the program now" in text(intake.post(URL, typed(dana)))
    page = text(intake.post(URL, typed(dana, known=person.public_id, shown=person.public_id)))
    assert "in the program already" in page
    assert not Admission.objects.exists()


def test_a_person_who_was_not_shown_yet_is_shown_when_the_words_change(intake, dana):
    person = ClientFactory(chosen_name="Rosa Lima", telephone="")
    other = ClientFactory(chosen_name="Ana Cruz", telephone="(909) 555-0188")
    page = intake.post(URL, typed(dana, known="", shown=person.public_id, telephone="909 555 0188"))
    assert QUESTION in text(page)
    assert other.chosen_name in text(page)


def test_what_is_typed_beside_an_inquiry_is_looked_up_too(intake, dana):
    from trellis.journey.admission.tests.factories import InquiryFactory

    person = ClientFactory(chosen_name="Rosa Lima", telephone="")
    address = reverse("admission:admit", args=[InquiryFactory(name="R", telephone="909 555 0100").public_id])
    assert QUESTION in text(intake.post(address, typed(dana)))
    assert Admission.objects.count() == 0
    intake.post(address, typed(dana, known="", shown=person.public_id))
    assert Admission.objects.count() == 1


# --- back again -------------------------------------------------------------------------------------------------------


def again(person):
    return reverse("admission:again", args=[person.public_id])


def test_somebody_comes_back_under_their_own_record(intake, dana):
    person = ClientFactory(chosen_name="Marisol Ruiz", payer="medi-cal")
    EpisodeFactory(client=person, closed=True)
    page = intake.get(again(person)).content.decode()
    assert "A new stay under the same record" in page
    assert 'name="chosen_name"' not in page
    sent = {key: typed(dana)[key] for key in ("reason", "clinician", "admitted_on", "track", "starts_on")}
    intake.post(again(person), {**sent, "known": person.public_id})
    assert Admission.objects.get().client == person
    assert person.episodes.count() == 2
    answer = intake.post(again(person), {**sent, "known": person.public_id}, follow=True)
    assert "They are in the program already." in text(answer)
    assert person.episodes.count() == 2


def test_the_track_asks_for_their_own_age_and_payer(intake, dana):
    person = ClientFactory(payer="medi-cal")
    sent = typed(dana, known=person.public_id, track="young-adult", born_on="2007-03-14")
    assert "This track is for another age." in text(intake.post(again(person), sent))


def test_a_stranger_and_nobody_are_the_same(client, pomona):
    sign_in(client, StaffMemberFactory(account__roles=["counselor"]).account)
    person = ClientFactory()
    for public_id in (person.public_id, "0" * 16):
        assert client.get(reverse("admission:again", args=[public_id])).status_code == 403


def test_the_page_is_spanish_for_those_who_read_spanish(intake):
    page = text(intake.get(f"/es{URL}"))
    assert "Comenzar con alguien sin solicitud" in page
    assert "Fecha de nacimiento" in page
