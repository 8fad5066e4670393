from dataclasses import replace

import pytest
from django.apps.registry import Apps
from django.http import Http404, HttpResponse
from django.test import RequestFactory

from trellis.foundation.access import pages, policy
from trellis.foundation.access.actor import Actor
from trellis.foundation.access.pages import NothingOpened, find_or_404, opened, opened_nobody, page, public
from trellis.foundation.access.permissions import NotPermitted
from trellis.foundation.access.requests import typed, typed_list
from trellis.foundation.access.roles import Client, Therapist
from trellis.foundation.audit.models import AuditEvent
from trellis.foundation.record.models import PublicModel

pytestmark = pytest.mark.django_db


class Chart(PublicModel):
    subject_kind = "client"

    class Meta:
        app_label = "access"
        apps = Apps()  # of its own: whoever asks for all models is not told of this one


@pytest.fixture(autouse=True)
def table(monkeypatch):
    monkeypatch.setattr(policy, "_table", {})
    monkeypatch.setattr(policy, "_relations", {policy.ANY: lambda a, o: True, "own": lambda a, o: o.pk == a.account_id})
    policy.register("chart.read", {Therapist: policy.ANY, Client: "own"})


@pytest.fixture
def request_of():
    def make(*roles, account_id=1):
        request = RequestFactory().get("/")
        request.actor = Actor(account_id=account_id, roles=frozenset(roles))
        return request

    return make


def test_a_page_writes_what_it_opened(request_of):
    @page("chart.read", opens="client")
    def chart(request):
        opened(request, Chart(pk=4), [Chart(pk=5), Chart(pk=6)], "inquiry:2")
        return HttpResponse("ok")

    assert chart(request_of("therapist")).status_code == 200
    event = AuditEvent.objects.get()
    assert (event.verb, event.subjects) == ("opened chart.read", ["client:4", "client:5", "client:6", "inquiry:2"])


def test_a_list_that_names_somebody_closed_to_the_reader_is_not_shown(request_of):
    """A net under every list: they leave such people out by themselves."""

    @page("chart.read", opens="client")
    def charts(request):
        opened(request, Chart(pk=4), Chart(pk=5))
        return HttpResponse("ok")

    request = request_of("therapist")
    request.actor = replace(request.actor, kept_out=frozenset({"client:5"}))
    with pytest.raises(NotPermitted):
        charts(request)
    assert not AuditEvent.objects.exists()


def test_a_role_without_the_verb_does_not_open_it(request_of):
    @page("chart.read")
    def chart(request):
        return HttpResponse("ok")

    with pytest.raises(NotPermitted):
        chart(request_of("biller"))
    assert chart(request_of("therapist")).content == b"ok"


def test_a_page_that_forgets_to_say_what_it_opened_fails(request_of):
    @page("chart.read", opens="client")
    def chart(request):
        return HttpResponse("ok")

    with pytest.raises(NothingOpened):
        chart(request_of("therapist"))


def test_an_empty_list_is_nobody_and_a_redirect_opens_nothing(request_of):
    @page("chart.read", opens="client")
    def empty(request):
        opened_nobody(request)
        return HttpResponse("ok")

    @page("chart.read", opens="client")
    def moved(request):
        return HttpResponse(status=302)

    empty(request_of("therapist"))
    moved(request_of("therapist"))
    assert not AuditEvent.objects.exists()


def test_a_question_stands_in_a_pages_place_before_anything_is_shown(request_of, monkeypatch):
    monkeypatch.setattr(pages, "_ask_first", [])
    asked = []
    pages.ask_first(lambda request, verb, subjects: asked.append((verb, list(subjects))))
    pages.ask_first(lambda request, verb, subjects: HttpResponse("why?") if "client:4" in subjects else None)

    @page("chart.read", opens="client")
    def chart(request, key=0, moved=False):
        opened(request, Chart(pk=key or 4))
        return HttpResponse(status=302) if moved else HttpResponse("ok")

    assert chart(request_of("therapist"), key=4).content == b"why?"
    assert asked == [("chart.read", ["client:4"])]
    assert not AuditEvent.objects.exists()
    assert chart(request_of("therapist"), key=5).content == b"ok"
    assert chart(request_of("therapist")).content == b"ok", "a list does not ask"
    assert chart(request_of("therapist"), key=4, moved=True).status_code == 302
    sent = request_of("therapist")
    sent.method = "POST"
    assert chart(sent, key=4).content == b"ok", "what is sent is not held up"


def test_a_public_page_says_why():
    @public("everybody may ask for help")
    def ask(request):
        return HttpResponse("ok")

    assert ask.access.verb is None
    assert ask.access.reason == "everybody may ask for help"
    assert ask.login_required is False
    assert ask(None).content == b"ok"


class Rows(list):
    def filter(self, public_id):
        return Rows(row for row in self if row.public_id == public_id)

    def first(self):
        return self[0] if self else None


def test_not_yours_and_not_there_get_the_same_answer():
    rows = Rows([Chart(pk=1, public_id="mine"), Chart(pk=2, public_id="theirs")])
    client = Actor(account_id=1, roles=frozenset({"client"}))
    assert find_or_404(client, "chart.read", rows, "mine").pk == 1
    for public_id in ("theirs", "nobodys"):
        with pytest.raises(Http404):
            find_or_404(client, "chart.read", rows, public_id)


def test_an_id_with_a_null_character_is_not_there():
    with pytest.raises(Http404):
        find_or_404(Actor(account_id=1, roles=frozenset({"therapist"})), "chart.read", Rows([]), "a\0b")


def test_what_is_typed_outside_a_form_carries_no_null_character():
    request = RequestFactory().post("/", {"reason": [" the\0 bus ", "x"], "key": ["a\0", " b "]})
    assert typed(request, "reason") == "x"
    assert typed(request, "nothing") == ""
    assert typed_list(request, "key") == ["a", "b"]
