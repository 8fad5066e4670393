"""Whoever only asked for help counts in a breach: once, and as the client whom they became."""

import pytest

from trellis.foundation.access.actor import Actor
from trellis.foundation.program.tests.factories import load_pomona
from trellis.foundation.record.guard import writing
from trellis.journey.inquiry import affected
from trellis.journey.inquiry.models import Inquiry
from trellis.journey.inquiry.tests.factories import asked
from trellis.people.breaches import people

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def program():
    load_pomona()


def change(inquiry, **given):
    with writing("test"):
        Inquiry.objects.filter(pk=inquiry.pk).update(**given)


def test_they_are_found_under_the_name_that_counts_today(monkeypatch):
    monkeypatch.setattr(affected, "CHUNK", 2)
    alone, became, joined, first = asked(), asked(), asked(), asked()
    change(became, client_subject="client:7")
    change(joined, same_as=first, status="merged")
    found = people.counted(f"inquiry:{one.pk}" for one in (alone, became, joined, first))
    assert found == {f"inquiry:{alone.pk}", "client:7", f"inquiry:{first.pk}"}
    change(first, client_subject="client:8")
    assert people.counted([f"inquiry:{joined.pk}"]) == {"client:8"}
    assert people.counted(["inquiry:999999"]) == set()


def test_everybody_holds_who_asked_and_not_what_was_no_person():
    person, spam = asked(), asked()
    change(spam, close_reason="not_a_person", status="closed")
    assert f"inquiry:{person.pk}" in people.everybody()
    assert f"inquiry:{spam.pk}" not in people.everybody()


def test_a_search_finds_them_by_name_unless_their_record_is_closed_to_the_reader():
    inquiry = asked()
    change(inquiry, name="Zoë Novak", name_folded="zoe novak", language="es")
    subject = f"inquiry:{inquiry.pk}"
    assert [one.subject for one in affected.search(Actor(1), "novák")] == [subject]
    assert affected.search(Actor(1, kept_out=frozenset({subject})), "novák") == []
    person = people.load([subject])[subject]
    assert (person.name, person.language, person.has_own_page, person.has_died) == ("Zoë Novak", "es", False, False)


def test_somebody_without_a_name_is_still_somebody():
    inquiry = asked()
    change(inquiry, name="", name_folded="")
    subject = f"inquiry:{inquiry.pk}"
    assert people.load([subject])[subject].name == "Somebody who asked for help and gave no name"
