from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from trellis.foundation.access.actor import Actor
from trellis.foundation.audit.models import AuditEvent
from trellis.foundation.record.guard import writing
from trellis.people.accounts import actions, queries
from trellis.people.accounts.actions import drafts
from trellis.people.accounts.models import Draft
from trellis.people.accounts.tests.factories import AccountFactory, account_with, sign_in

NOW = datetime(2026, 11, 24, 18, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def address(form):
    return reverse("accounts:draft", args=[form])


def test_a_page_keeps_what_is_typed(client):
    person = account_with("client")
    sign_in(client, person)
    answer = client.post(address("late:4"), {"text": "bus is late", "days": ["mon", "wed"]})
    assert answer.json()["saved_at"]
    assert queries.draft_for(person.pk, "late:4") == {"text": ["bus is late"], "days": ["mon", "wed"]}
    client.post(address("late:4"), {"text": "bus came"})
    assert queries.draft_for(person.pk, "late:4") == {"text": ["bus came"]}
    assert Draft.objects.count() == 1


def test_a_draft_lies_encrypted(client):
    sign_in(client, account_with("client"))
    client.post(address("late:4"), {"text": "a word for the test"})
    assert "a word" not in Draft.objects.get().sealed


def test_secrets_and_marks_are_no_words():
    person = AccountFactory()
    actions.save_draft(
        account_id=person.pk, form="f", fields={"password1": ["x"], "csrfmiddlewaretoken": ["y"], "a": ["b"]}
    )
    assert queries.draft_for(person.pk, "f") == {"a": ["b"]}


def test_an_emptied_form_leaves_no_draft():
    person = AccountFactory()
    actions.save_draft(account_id=person.pk, form="f", fields={"a": ["b"]})
    assert actions.save_draft(account_id=person.pk, form="f", fields={"a": [" "]}) is None
    assert queries.draft_for(person.pk, "f") == {}


def test_nobody_reads_the_draft_of_another():
    one, other = AccountFactory(), AccountFactory()
    actions.save_draft(account_id=one.pk, form="f", fields={"a": ["b"]})
    assert queries.draft_for(other.pk, "f") == {}


def test_the_act_that_uses_the_words_clears_them():
    person = AccountFactory()
    actions.save_draft(account_id=person.pk, form="f", fields={"a": ["b"]})
    with writing("test"):
        actions.clear_draft(by=Actor(), form="f")
        assert queries.draft_for(person.pk, "f") == {"a": ["b"]}
        actions.clear_draft(by=Actor(account_id=person.pk), form="f")
    assert queries.draft_for(person.pk, "f") == {}


def test_a_draft_sealed_with_a_lost_key_is_gone_and_breaks_nothing():
    person = AccountFactory()
    with writing("test"):
        Draft.objects.create(account=person, form="f", sealed="not sealed by us", updated_at=person.created_at)
    assert queries.draft_for(person.pk, "f") == {}


def test_a_draft_writes_no_event(client):
    sign_in(client, account_with("client"))
    before = AuditEvent.objects.count()
    client.post(address("late:4"), {"text": "bus is late"})
    assert AuditEvent.objects.count() == before


def test_drafts_are_sent_never_fetched(client):
    sign_in(client, account_with("client"))
    assert client.get(address("late:4")).status_code == 405


def test_a_stranger_keeps_no_draft(client):
    assert client.post(address("late:4"), {"text": "x"}).status_code == 302
    assert not Draft.objects.exists()


def test_of_more_drafts_than_anybody_has_forms_the_oldest_go(clock_at):
    person, other = AccountFactory(), AccountFactory()
    actions.save_draft(account_id=other.pk, form="kept", fields={"a": ["b"]})
    for number in range(drafts.MOST_DRAFTS + 2):
        clock_at(NOW + timedelta(minutes=number))
        actions.save_draft(account_id=person.pk, form=f"f{number}", fields={"a": ["b"]})
    names = set(Draft.objects.filter(account=person).values_list("form", flat=True))
    assert names == {f"f{number}" for number in range(2, drafts.MOST_DRAFTS + 2)}
    assert Draft.objects.filter(account=other).count() == 1
