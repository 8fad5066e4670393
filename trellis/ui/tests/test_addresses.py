"""Addresses that are asked for on every page."""

import pytest
from django.test import Client, override_settings
from django.urls import NoReverseMatch, path
from django.utils.translation import override

from trellis.ui.addresses import address
from trellis.ui.context import shell
from trellis.ui.pages.gallery import gallery
from trellis.ui.tests.factories import get

urlpatterns = [path("elsewhere/", gallery, name="gallery")]


def test_an_address_is_in_the_readers_language_however_often_it_is_asked_for() -> None:
    for _time in range(2):
        with override("en"):
            assert address("gallery") == "/look/"
        with override("es"):
            assert address("gallery") == "/es/look/"


def test_another_urlconf_has_addresses_of_its_own() -> None:
    assert address("gallery") == "/look/"
    with override_settings(ROOT_URLCONF=__name__):
        assert address("gallery") == "/elsewhere/"


def test_a_name_that_is_no_page_is_a_fault_each_time() -> None:
    for _time in range(2):
        with pytest.raises(NoReverseMatch):
            address("nothing")


@pytest.mark.parametrize(("here", "there"), [("/look/?a=b", "/es/look/?a=b"), ("/es/look/?a=c", "/look/?a=c")])
def test_the_same_page_in_the_other_language_keeps_its_query(client: Client, here: str, there: str) -> None:
    language = "es" if here.startswith("/es") else "en"
    for _time in range(2):
        request = client.get(here).wsgi_request
        with override(language):
            assert shell(request)["other_language_url"] == there


def test_a_page_outside_both_languages_stays_where_it_is(client: Client) -> None:
    request = client.get("/health/live").wsgi_request
    assert shell(request)["other_language_url"] == "/health/live"
    assert shell(get("/nowhere/"))["other_language_url"] == "/es/nowhere/"
