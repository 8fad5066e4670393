import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from tests.support import weight
from trellis.doors.public_site import kept
from trellis.doors.public_site.places import ORDER
from trellis.foundation.program.tests.factories import SIGNS, load_pomona, load_signs, pomona
from trellis.journey.inquiry.tests.asking import told
from trellis.journey.inquiry.tests.factories import MORNING, actor, sign_in

KEYS = ("home", *ORDER)
EVERY = [(key, language) for key in KEYS for language in ("en", "es")]


@pytest.fixture(autouse=True)
def program(db, clock_at):
    clock_at(MORNING)
    load_pomona()


def get(key: str, language: str = "en", browser: Client | None = None, **headers: str):
    with override(language):
        return (browser or Client()).get(reverse(f"site:{key}"), headers=headers)


@pytest.mark.parametrize(("key", "language"), EVERY)
def test_every_page_says_the_blueprints_words_in_its_language(key, language):
    page, words = told(get(key, language)), pomona().page(key)
    assert f'<html lang="{language}">' in page
    assert words.title[language] in page
    for part in words.parts:
        assert part.heading[language] in page
        assert part.text[language].split("\n")[0] in page


@pytest.mark.parametrize(("key", "language"), EVERY)
def test_every_page_leads_to_help_and_to_the_other_language(key, language):
    page = get(key, language).content.decode()
    assert page.count('id="ask-for-help"') == 1
    prefix = "/es" if language == "es" else ""
    link = re.search(r'<a[^>]*id="ask-for-help"[^>]*>', page)[0]
    assert f'href="{prefix}/help/"' in link
    assert f'hreflang="{"en" if language == "es" else "es"}"' in page
    assert "988" in page
    assert "1-800-662-4357" in page
    assert "data-exit" in page


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize(("key", "times"), [("home", 1), ("twelve_steps", 1), ("community", 1), ("costs", 0)])
def test_every_page_leads_to_the_meetings_and_some_say_so_in_their_words(key, times, language):
    page = get(key, language).content.decode()
    prefix = "/es" if language == "es" else ""
    links = page.count(f'href="{prefix}/meetings/"')
    assert links == 3 + times  # the line of the header, its menu on a telephone, the footer


@pytest.mark.parametrize(("key", "language"), EVERY)
def test_no_page_sets_a_cookie_runs_inline_code_or_asks_another_site(key, language):
    answer = get(key, language)
    page = answer.content.decode()
    assert "Set-Cookie" not in answer
    assert not re.search(r"<script(?![^>]*\bsrc=)", page)
    assert " style=" not in page
    assert "<style" not in page
    loaded = re.findall(r'<(?:script|img|link|iframe|source)[^>]*(?:src|href)="([^"]+)"', page)
    assert loaded
    assert all(url.startswith("/") for url in loaded), loaded


@pytest.mark.parametrize("language", ["en", "es"])
def test_signs_of_templates_in_the_blueprint_are_printed_as_they_were_typed(language):
    load_signs()
    for key in KEYS:
        page = told(get(key, language))
        times = page.count(" ".join(SIGNS))
        assert times > 10
        assert {sign: page.count(sign) for sign in SIGNS} == dict.fromkeys(SIGNS, times)
        assert settings.SECRET_KEY not in page


@pytest.mark.parametrize("key", KEYS)
def test_a_page_may_be_kept_for_a_minute_by_anybody_but_not_of_a_signed_in_person(key):
    assert get(key)["Cache-Control"] == "public, max-age=60"
    mine = sign_in(Client(), actor("client").account_id)
    assert get(key, browser=mine)["Cache-Control"] == "private, max-age=60"


@pytest.mark.parametrize("key", KEYS)
def test_a_page_takes_one_statement(key, statements):
    get(key)
    with statements() as seen:
        get(key)
    assert len(seen) == 1, seen


def test_a_page_is_drawn_once_until_its_words_change(clock_at):
    first = get("home").content
    assert get("home").content is first
    assert get("home", "es").content != first
    clock_at(MORNING + timedelta(hours=1))
    assert "before 11:15 am" in told(get("home"))
    load_pomona(**{"sleep in your own bed": "sleep at home"})
    assert "sleep at home" in told(get("home"))


def test_an_address_that_asks_for_more_is_drawn_for_itself():
    get("home")
    assert Client().get("/?from=a-friend").content != get("home").content


def test_not_more_pages_are_kept_than_there_is_room_for(monkeypatch):
    monkeypatch.setattr(kept, "MOST", 1)
    assert get("home").content == get("home").content
    assert get("iop").content == get("iop").content


def test_the_first_page_promises_when_we_call():
    assert "We call you today before 10:15 am." in told(get("home"))
    assert "Le llamamos hoy antes de las 10:15 a. m." in told(get("home", "es"))


def test_the_first_page_draws_a_week_around_a_day_job_in_the_readers_language():
    page = get("home", "es").content.decode()
    assert "9 h 30 min de atención" in told(get("home", "es"))
    assert page.count("block-group") == 4  # three evenings and the key
    assert 'value="loved_one"' in Client().get("/help/?for=loved_one").content.decode()
    assert "/help/?for=loved_one" in page


def test_the_first_view_is_light():
    """At most 90 KB with fonts, 8 requests, and 30 KB of HTML, CSS and JavaScript, as they go over the wire."""
    view = weight.first_view(get("home"))
    assert len(view) <= 8, sorted(view)
    assert weight.total(view, *weight.CODE) <= 30_000
    assert weight.total(view) <= 90_000


def test_the_week_shows_every_track_hour_by_hour_with_its_break():
    page = told(get("week"))
    for track in pomona().tracks:
        assert track.names["en"] in page
    assert "10 min break" in page
    assert " or " in page  # a choice of two groups at the same time


def test_the_readers_language_comes_first_on_the_page_of_tracks():
    page = told(get("week", "es"))
    assert page.index("Horario de noche") < page.index("Horario de mañana, en inglés")


def test_both_ways_of_recovery_stand_side_by_side():
    page = told(get("twelve_steps"))
    for idea in pomona().principles:
        assert idea.twelve_step.text["en"] in page
        assert idea.secular.text["en"] in page


def test_each_therapy_says_where_it_is_given():
    page = told(get("therapies"))
    for therapy in pomona().therapies:
        assert therapy.names["en"] in page
    assert "your hour alone" in page


def test_an_iop_is_placed_among_the_kinds_of_care():
    page = told(get("iop"))
    assert "9 to 19 hours" in page
    assert page.index("Visits to a counselor") < page.index("Day program")


def test_each_page_leads_to_the_next_and_the_last_one_ends():
    assert "Read on" in told(get("iop"))
    assert "Read on" not in told(get("costs"))


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_a_page_is_only_read(method):
    assert getattr(Client(), method)("/").status_code == 405


def test_robots_may_read_but_not_learn():
    assert get("home")["X-Robots-Tag"] == "noai"


def test_before_a_program_is_loaded_the_site_says_where_help_is(monkeypatch):
    from trellis.foundation.program import queries

    def nothing():
        raise queries.NoBlueprint(queries.NOT_LOADED)

    monkeypatch.setattr(queries, "current", nothing)
    assert get("home").status_code == 503
