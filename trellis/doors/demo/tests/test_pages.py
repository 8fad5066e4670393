"""The demo door: mounted only in a demo, open to everybody there, and a real second factor all the same."""

import pytest
from django.conf.urls.i18n import i18n_patterns
from django.http import Http404
from django.test import RequestFactory, override_settings
from django.urls import include, path

from trellis.config import urls as house
from trellis.doors.demo import context, presenters, sign_ins
from trellis.doors.demo.models import DemoMark
from trellis.doors.demo.pages import public
from trellis.doors.demo.sign_ins import SignIn, code_now
from trellis.foundation import clock
from trellis.foundation.access.actor import Actor
from trellis.foundation.messaging import kinds
from trellis.foundation.messaging.actions import queue
from trellis.foundation.record.guard import writing

demo_door = path("demo/", include("trellis.doors.demo.urls"))
urlpatterns = [*i18n_patterns(demo_door, prefix_default_language=False), *house.urlpatterns]

PEOPLE = [
    SignIn("client", "Ana Ruiz", "ana@mail.example.org", "aaaa-bbbb-cccc", None, "es", 7),
    SignIn("biller", "Bo Lee", "bo@demo.example.org", "dddd-eeee-ffff", "JBSWY3DPEHPK3PXP", "en", 8),
]


@pytest.fixture
def demo(db, monkeypatch, tmp_path, settings):
    settings.DEMO = True
    clock.forget_shift()
    monkeypatch.setattr(sign_ins, "file_of_database", lambda: tmp_path / "accounts.json")
    with writing("test"):
        mark = DemoMark.objects.create(seed=1, clients=1, weeks=1, built_at=clock.now())
    sign_ins.keep(mark, PEOPLE)
    with override_settings(ROOT_URLCONF=__name__):
        yield mark
    clock.forget_shift()


def test_who_can_sign_in_stands_there_with_a_code_of_this_moment(demo, client, monkeypatch):
    monkeypatch.setattr(public.time, "time", lambda: 59.0)
    page = client.get("/demo/")
    words = page.content.decode()
    assert page.status_code == 200
    assert "Ana Ruiz" in words
    assert "aaaa-bbbb-cccc" in words
    assert code_now("JBSWY3DPEHPK3PXP", 59)[0] in words
    assert "one more second" in words
    assert "not asked" in words
    assert "no-store" in page["Cache-Control"]


def test_a_code_is_the_one_that_an_authenticator_shows():
    assert code_now("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", 59) == ("287082", 1)  # RFC 6238, appendix B, six digits
    assert code_now("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", 1111111109)[0] == "081804"


@pytest.mark.parametrize("where", ["/demo/", "/demo/outbox/", "/demo/try/"])
def test_every_page_is_open_in_both_languages_and_says_that_it_is_a_demo(demo, client, where):
    english = client.get(where)
    spanish = client.get(f"/es{where}")
    assert english.status_code == spanish.status_code == 200
    assert "Demo, " in english.content.decode()
    assert "Demostración, " in spanish.content.decode()


def test_what_to_try_names_who_does_it(demo):
    titles = [(step.who, step.url) for step in presenters.steps(PEOPLE)]
    assert titles == [("Ana Ruiz", "/es/my/today/")]


def test_the_outbox_shows_messages_as_people_would_get_them(demo, client, statements):
    def ask(number):
        queue(
            by=Actor(),
            key=f"demo:{number}",
            channel="mail",
            to=f"p{number}@example.org",
            kind=kind.name,
            language="es" if number % 2 else "en",
            values=dict(kind.sample),
        )

    kind = kinds.kind_of("account.unknown")
    assert "Nothing would be sent yet" in client.get("/demo/outbox/").content.decode()
    ask(1)
    with statements() as one:
        words = client.get("/demo/outbox/").content.decode()
    assert "p1@example.org" in words
    assert 'lang="es"' in words
    for number in range(2, 32):
        ask(number)
    with statements() as many:
        assert client.get("/demo/outbox/").status_code == 200
    assert len(many) == len(one)
    assert "p1@example.org" in client.get("/demo/outbox/?page=2").content.decode()


def test_in_a_database_that_is_no_demo_there_is_no_such_page(db):
    with pytest.raises(Http404):
        public.who(RequestFactory().get("/demo/"))


def test_only_looking_is_possible(demo, client):
    assert client.post("/demo/").status_code == 405


def test_pages_of_a_real_installation_say_nothing_about_demos(settings):
    settings.DEMO = False
    assert context.banner(RequestFactory().get("/")) == {}


def test_the_demo_door_is_not_mounted_in_a_real_installation(client, db):
    assert client.get("/demo/").status_code == 404
