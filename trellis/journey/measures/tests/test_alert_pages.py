"""The strip, the list and one alert, as people meet them."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils.translation import override

from tests.cast import Cast
from trellis.foundation.program.tests.factories import load_pomona
from trellis.journey.measures.models import AlertStep
from trellis.journey.measures.safety_card import drawn
from trellis.journey.measures.tests.alerted import alerted
from trellis.people.clients.tests.factories import ClientFactory

MONDAY = datetime(2026, 11, 23, 18, tzinfo=UTC)
pytestmark = pytest.mark.django_db
STRIP = "/desk/alerts/strip/"


@pytest.fixture
def cast(clock_at):
    clock_at(MONDAY)
    load_pomona()
    return Cast()


@pytest.fixture
def alert(cast):
    cast.account("counselor")
    return alerted(ClientFactory(in_program=True, chosen_name="Ramona Quill"))


def text(response) -> str:
    assert response.status_code == 200
    return response.content.decode()


def test_the_strip_says_how_many_and_nobodys_name(cast, alert):
    html = text(cast.client("counselor").get(STRIP))
    assert "Somebody’s answer needs a person now." in html
    assert "Quill" not in html


def test_the_strip_says_nothing_again_that_the_page_shows(cast, alert):
    browser = cast.client("counselor")
    assert browser.get(STRIP, {"shown": "1-1"}).status_code == 204
    assert browser.get(STRIP, {"shown": "0-0"}).status_code == 200


def test_pages_of_clinicians_ask_for_the_strip_and_other_pages_do_not(cast, alert):
    assert STRIP in text(cast.client("clinical_director").get("/desk/today/"))
    assert STRIP not in text(cast.client("front_desk").get("/desk/day/"))
    assert cast.client("front_desk").get(STRIP).status_code == 403


def test_the_program_today_says_it_without_a_script_until_it_is_done(cast, alert):
    director = cast.client("clinical_director")
    assert "Somebody’s answer needs a person now." in text(director.get("/desk/today/"))
    address = f"/desk/alerts/{alert.public_id}/"
    director.post(address, {"take": "yes"})
    assert "An answer is taken on. Write what was done." in text(director.get("/desk/today/"))
    director.post(address, {"done": "safe", "words": "We talked."})
    assert 'name="shown" value="0-0"' in text(director.get("/desk/today/"))


def test_the_day_of_a_clinician_says_it_without_a_script(cast, alert):
    assert "Somebody’s answer needs a person now." in text(cast.client("counselor").get("/desk/my-day/"))


def test_from_the_list_to_what_was_done(cast, alert):
    browser = cast.client("counselor")
    html = text(browser.get("/desk/alerts/"))
    for words in ("Ramona Quill", "better off dead", "Told: Marcus Bell", "Nobody has it yet", "One answer needs a"):
        assert words in html, words
    address = f"/desk/alerts/{alert.public_id}/"
    html = text(browser.get(address))
    for words in ("PHQ-9, question 9", "I take this on", "(909) 555-0142", "tel:988", "We may leave one"):
        assert words in html, words
    assert "Marcus Bell has taken this on" in text(browser.post(address, {"take": "yes"}, follow=True))
    assert "Choose what came of it." in text(browser.post(address, {"words": "We talked."}))
    html = text(browser.post(address, {"done": "safe", "words": "We talked, and made a plan."}, follow=True))
    assert "We talked, and made a plan." in html
    assert "Written by Marcus Bell" in html
    assert "No answer waits for a person" in text(browser.get("/desk/alerts/"))


def test_the_list_says_the_day_of_what_is_not_of_today_and_stands_longer(cast, alert, clock_at):
    director = cast.client("clinical_director")
    assert "Monday, November 23" not in text(director.get("/desk/alerts/"))
    clock_at(MONDAY + timedelta(days=1))
    director = cast.client("clinical_director")
    assert "Monday, November 23. Had thoughts" in text(director.get("/desk/alerts/"))


def test_who_comes_second_reads_who_has_it(cast, alert):
    address = f"/desk/alerts/{alert.public_id}/"
    cast.client("therapist").post(address, {"take": "yes"})
    html = text(cast.client("counselor").post(address, {"take": "yes"}, follow=True))
    assert "Dana Whitlock has taken this on already." in html
    assert AlertStep.objects.filter(kind="seen").count() == 1


def test_looking_for_the_strip_is_no_sign_of_life_and_moves_nobody_from_their_page(cast, alert, clock_at):
    browser = cast.client("counselor")
    browser.get("/desk/alerts/")
    clock_at(MONDAY + timedelta(hours=9))
    answer = browser.get(STRIP, headers={"X-Background": "1", "HX-Request": "true"})
    assert answer.status_code == 401
    assert "HX-Redirect" not in answer


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", ("They will call you", "Call 988")), ("es", ("Ahora mismo avisamos", "Llame al 988", "Gracias por"))],
)
def test_the_card_of_a_client_stands_in_both_languages(cast, language, words):
    with override(language):
        html = drawn(MONDAY)
    assert all(one in html for one in (*words, 'href="tel:988"', 'href="sms:988"', 'href="tel:911"'))
