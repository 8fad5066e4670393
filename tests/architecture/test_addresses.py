from types import SimpleNamespace

from django.urls import get_resolver, include, path

from tests.architecture.checks import assert_none
from tests.architecture.checks.addresses import addresses_without_policy


def view(access=None):
    def page(request): ...

    if access:
        page.access = SimpleNamespace(**access)
    return page


def faults(page):
    inner = ([path("x", page, name="x")], "room")
    return addresses_without_policy([path("desk/", include(inner))])


def test_every_url_says_who_may_open_it():
    # The demo door is mounted only where the installation is marked a demo.
    demo = path("demo/", include("trellis.doors.demo.urls"))
    assert_none(addresses_without_policy([*get_resolver().url_patterns, demo]))


def test_a_page_without_a_policy_is_found():
    assert len(faults(view())) == 1


def test_a_public_page_without_a_reason_is_found():
    assert len(faults(view({"verb": None, "reason": ""}))) == 1
    assert faults(view({"verb": None, "reason": "for everybody"})) == []


def test_a_verb_that_no_policy_has_is_found():
    assert len(faults(view({"verb": "ghost.see", "reason": ""}))) == 1
