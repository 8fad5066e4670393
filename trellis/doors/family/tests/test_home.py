import re

import pytest
from django.urls import reverse
from django.utils import translation

from tests.support.live import sign_in
from trellis.foundation.program.tests.factories import load_pomona
from trellis.journey.schedule.tests.factories import NOW, RoomFactory, SeriesFactory, SessionFactory
from trellis.people.clients.tests.factories import AccountFactory, StaffMemberFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def evening(clock_at):
    clock_at(NOW)
    load_pomona()


@pytest.fixture
def loved_one(client):
    sign_in(client, AccountFactory(roles=["loved_one"]))
    return client


def text(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def family_group(**session):
    names = {"en": "Family evening", "es": "Noche de familias"}
    series = SeriesFactory(kind="family-education", names=names, languages=["en", "es"])
    return SessionFactory(series=series, **session)


def test_it_says_when_families_meet(loved_one):
    family_group(in_room=RoomFactory(names={"en": "Room 2", "es": "Sala 2"}))
    assert "Today, 5:30 to 8:45 pm Family evening · English, Español · Room 2" in text(
        loved_one.get(reverse("family:home"))
    )


def test_a_cancelled_evening_is_left_out(loved_one):
    family_group(cancelled=True)
    assert "The next dates are not fixed yet" in text(loved_one.get(reverse("family:home")))


def test_it_says_that_we_speak_about_nobody_without_their_say(loved_one):
    page = text(loved_one.get(reverse("family:home")))
    assert "We may not say whether somebody comes here" in page
    assert "988" in page


def test_it_is_the_first_screen_of_a_loved_one(loved_one):
    assert loved_one.get(reverse("accounts:arrive")).url == reverse("family:home")


def test_in_spanish_it_is_spanish(loved_one):
    family_group()
    with translation.override("es"):
        page = text(loved_one.get(reverse("family:home")))
    assert "Usted también importa" in page
    assert "Noche de familias" in page


def test_others_have_their_own_pages(client):
    sign_in(client, StaffMemberFactory(account__roles=["counselor"]).account)
    assert client.get(reverse("family:home")).status_code == 403


def test_four_dates_take_as_many_statements_as_one(loved_one, statements):
    family_group()
    loved_one.get(reverse("family:home"))
    with statements() as one:
        loved_one.get(reverse("family:home"))
    for _ in range(5):
        family_group()
    with statements() as many:
        loved_one.get(reverse("family:home"))
    assert len(one) == len(many)
