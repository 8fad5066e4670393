import pytest
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.test import RequestFactory

from trellis.foundation.access import policy
from trellis.foundation.access.actor import Actor
from trellis.foundation.access.middleware import PagesSayWhoMayOpen
from trellis.foundation.access.pages import library, public
from trellis.foundation.access.permissions import NotPermitted
from trellis.foundation.access.roles import Therapist


@pytest.fixture
def layer():
    return PagesSayWhoMayOpen(lambda request: HttpResponse("ok"))


def bare(request):
    return HttpResponse("ok")


def test_a_page_that_does_not_say_who_may_open_it_is_not_opened(layer):
    request = RequestFactory().get("/")
    with pytest.raises(PermissionDenied, match="does not say who"):
        layer.process_view(request, bare, (), {})
    layer.process_view(request, public("everybody")(bare), (), {})
    assert layer(request).content == b"ok"


def test_a_refusal_by_the_table_becomes_the_page_for_it_and_other_faults_stay_faults(layer):
    request = RequestFactory().get("/")
    with pytest.raises(PermissionDenied, match="Not yours"):
        layer.process_exception(request, NotPermitted("Not yours."))
    layer.process_exception(request, ValueError("other"))


def test_a_page_of_a_library_has_a_verb_or_a_reason(monkeypatch):
    monkeypatch.setattr(policy, "_table", {})
    policy.register("own.keep", {Therapist: policy.ANY})
    with pytest.raises(TypeError, match="a verb, or is public"):
        library(bare)
    with pytest.raises(TypeError, match="a verb, or is public"):
        library(bare, "own.keep", reason="both")
    page = library(bare, "own.keep")
    request = RequestFactory().get("/")
    request.actor = Actor(account_id=1, roles=frozenset({"therapist"}))
    assert page(request)["Cache-Control"] == "no-store"
    request.actor = Actor()
    with pytest.raises(NotPermitted):
        page(request)
    assert library(bare, reason="everybody").login_required is False
