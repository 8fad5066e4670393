"""At the desk: what a client chose, written down for them, and the way to find and print."""

import re

import pytest
from django.urls import reverse
from django.utils import translation

from trellis.foundation.audit.models import AuditEvent
from trellis.foundation.places import finding
from trellis.foundation.places.tests.factories import a_list, a_meeting
from trellis.foundation.program.tests.factories import load_pomona
from trellis.journey.recovery.models import MeetingChoice
from trellis.journey.recovery.tests.factories import MeetingChoiceFactory
from trellis.people.accounts.tests.factories import account_with, sign_in
from trellis.people.clients.tests.factories import ClientFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _program(db):
    load_pomona()
    finding.forget()
    with translation.override("en"):
        yield


@pytest.fixture
def desk(client):
    return sign_in(client, account_with("front_desk"))


@pytest.fixture
def person():
    return ClientFactory(chosen_name="Marisol Ruiz", in_program=True)


def page_of(person):
    return reverse("recovery:meetings", args=[person.public_id])


def panel(desk, person):
    html = desk.get(reverse("clients:client", args=[person.public_id])).content.decode()
    return html[html.index('id="meetings"') :]


class TestPanel:
    def test_nothing_chosen_is_said_and_nothing_is_guessed(self, desk, person):
        html = panel(desk, person)
        assert "They have chosen nothing yet. Nothing is taken from their record." in html
        assert f'href="{reverse("meetings:find")}"' in html
        assert f'href="{reverse("meetings:sheet")}"' in html

    def test_what_was_chosen_leads_to_the_finder_and_the_sheet_without_a_name(self, desk, person):
        MeetingChoiceFactory(client=person, kinds=["LifeRing"], language="es")
        html = panel(desk, person)
        assert (
            "<dt>They chose</dt><dd>Within 15 miles of 91766 · In person near, or online · Spanish · LifeRing</dd>"
            in html
        )
        links = re.findall(r'href="(/meetings/[^"]*)"', html)
        assert links[0] == "/meetings/?near=91766&amp;within=15&amp;way=both&amp;language=es&amp;kind=LifeRing"
        assert links[1].startswith("/meetings/sheet/?near=91766")
        assert all(person.public_id not in link and "Marisol" not in link for link in links)

    def test_everything_left_open_is_said(self, desk, person):
        MeetingChoiceFactory(client=person, anywhere=True)
        assert "They left everything open" in panel(desk, person)

    def test_whoever_may_not_help_choose_sees_no_panel(self, client, person):
        biller = sign_in(client, account_with("biller"))
        assert 'id="meetings"' not in biller.get(reverse("clients:client", args=[person.public_id])).content.decode()

    def test_the_sheet_names_nobody(self, desk, person):
        a_meeting(a_list(kind="AA"), name="Steps by the Porch")
        MeetingChoiceFactory(client=person)
        link = re.search(r'href="(/meetings/sheet/[^"]*)"', panel(desk, person))[1].replace("&amp;", "&")
        sheet = desk.get(link).content.decode()
        assert "Steps by the Porch" in sheet
        assert "Marisol" not in sheet
        assert person.public_id not in sheet


class TestPage:
    def test_what_they_say_is_written_down(self, desk, person):
        a_meeting(a_list(kind="SMART Recovery"))
        answer = desk.post(page_of(person), {
            "start": "claremont", "miles": "5", "way": "in_person", "language": "es", "kinds": ["SMART Recovery"],
            "needs": ["wheelchair"], "on_today": "on",
        }, follow=True)  # fmt: skip
        assert "Saved. This is what fits them." in answer.content.decode()
        kept = MeetingChoice.objects.get(client=person)
        assert (kept.start, kept.miles, kept.way, kept.kinds) == ("claremont", 5, "in_person", ["SMART Recovery"])
        assert AuditEvent.objects.filter(verb="recovery.choose_meetings", subjects=[f"client:{person.pk}"]).exists()

    def test_a_place_that_nobody_knows_gets_a_sentence_and_nothing_typed_is_lost(self, desk, person):
        html = desk.post(page_of(person), {"start": "Nowhereville", "miles": "25", "language": "es"}).content.decode()
        assert "We do not know this ZIP code or place." in html
        assert 'value="Nowhereville"' in html
        assert '<option value="25" selected>' in html
        assert not MeetingChoice.objects.exists()

    def test_what_is_no_choice_is_refused(self, desk, person):
        html = desk.post(page_of(person), {"miles": "7000", "way": "by_boat"}).content.decode()
        assert "by_boat" in html
        assert not MeetingChoice.objects.exists()

    def test_kinds_stand_by_the_alphabet_and_one_that_left_the_lists_stays_in_sight(self, desk, person):
        for kind in ("SMART Recovery", "AA", "LifeRing"):
            a_meeting(a_list(kind=kind))
        MeetingChoiceFactory(client=person, kinds=["Gone Group"], language="fr")
        html = desk.get(page_of(person)).content.decode()
        kinds = re.findall(r'name="kinds" value="([^"]*)"', html)
        assert kinds == ["AA", "Gone Group", "LifeRing", "SMART Recovery"]
        assert '<option value="fr" selected>French' in html
        assert "We speak for none of them" in html

    def test_without_lists_there_is_nothing_to_choose_among(self, desk, person):
        html = desk.get(page_of(person)).content.decode()
        assert 'name="kinds"' not in html
        assert 'name="start"' in html

    def test_in_spanish(self, desk, person):
        with translation.override("es"):
            html = desk.get(page_of(person)).content.decode()
        assert "¿Qué reuniones le convienen?" in html
        assert "¿Cerca de qué código postal o lugar?" in html

    @pytest.mark.parametrize("many", [1, 30])
    def test_it_takes_few_statements(self, desk, person, many, statements):
        for n in range(many):
            a_meeting(a_list(kind=f"Kind {n}"))
        MeetingChoiceFactory(client=person)
        desk.get(page_of(person))
        with statements() as seen:
            desk.get(page_of(person))
        assert len(seen) <= 10
