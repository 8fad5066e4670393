"""The pages: what is due, what is held, and how long what is kept."""

import pytest
from django.urls import reverse
from django.utils.html import escape

from trellis.doors.operations.models import LegalHold, LegalHoldEnd, Tombstone
from trellis.doors.operations.retention import actions
from trellis.doors.operations.tests.planting import NAME, TRACES, hold_on, plant, traces
from trellis.foundation.audit.models import AuditEvent
from trellis.foundation.program.tests.factories import load_pomona
from trellis.journey.inquiry.tests.factories import asked
from trellis.people.accounts.models import Account
from trellis.people.accounts.tests.factories import account_with, actor_of, show_again, sign_in
from trellis.people.clients.kept_out import actions as kept_out
from trellis.people.clients.tests.factories import ClientFactory, StaffMemberFactory, actor
from trellis.people.consent.tests.heard import a_note

pytestmark = pytest.mark.django_db
DUE, HOLDS, TERMS = (f"/desk/retention/{end}" for end in ("", "holds/", "terms/"))


@pytest.fixture(autouse=True)
def program(db):
    load_pomona()


@pytest.fixture
def browser(client):
    """A program administrator who has just shown that it is them."""
    sign_in(client, account_with("program_administrator"))
    show_again(client, DUE)
    return client


def of(row) -> str:
    return reverse("retention:hold", args=[row.public_id])


def test_an_empty_list_says_that_nothing_is_due(browser):
    said = browser.get(DUE).content.decode()
    assert "Nothing is due to be deleted" in said
    assert "No record is old enough" in said
    assert 'type="checkbox"' not in said


def test_a_record_is_deleted_by_name_and_number(browser):
    client = plant()
    said = browser.get(DUE).content.decode()
    assert "1 record is due to be deleted" in said
    assert f"{NAME} (Client, due since May 4, 2011)" in said
    answer = browser.post(DUE, {"who": [f"client:{client.pk}"], "number": "1"}, follow=True)
    said = answer.content.decode()
    assert "1 record was deleted." in said
    assert NAME not in said
    assert f"Client {client.pk}" in said  # among those deleted already
    assert traces(*TRACES) == {}


@pytest.mark.parametrize(("sent", "said"), [
    ({}, "Choose at least one record."),
    ({"who": ["client:0"], "number": "1"}, "One of these is not due any more."),
    ({"who": ["mine"]}, "Write how many records you chose."),
    ({"who": ["mine"], "number": "2"}, "You chose 1 record."),
])  # fmt: skip
def test_without_the_right_name_and_number_nothing_is_deleted(browser, sent, said):
    client = plant()
    who = [f"client:{client.pk}" if one == "mine" else one for one in sent.get("who", [])]
    answer = browser.post(DUE, {**sent, "who": who})
    assert answer.status_code == 200
    assert said in answer.content.decode()
    assert not Tombstone.objects.exists()


def test_nothing_is_deleted_without_the_password_again(client):
    somebody = plant()
    sign_in(client, account_with("program_administrator"))
    answer = client.post(DUE, {"who": [f"client:{somebody.pk}"], "number": "1"})
    assert (answer.status_code, answer["Location"].startswith("/accounts/again/")) == (302, True)
    assert not Tombstone.objects.exists()


def test_a_director_looks_and_deletes_nothing(client):
    somebody = plant()
    sign_in(client, account_with("clinical_director"))
    show_again(client, DUE)
    said = client.get(DUE).content.decode()
    assert (NAME in said, 'type="checkbox"' in said) == (True, False)
    client.post(DUE, {"who": [f"client:{somebody.pk}"], "number": "1"})
    assert not Tombstone.objects.exists()


def test_a_held_record_is_shown_and_cannot_be_chosen(browser):
    hold_on(plant())
    said = browser.get(DUE).content.decode()
    assert ("Nothing is due to be deleted" in said, NAME in said, 'type="checkbox"' in said) == (True, True, False)


def test_a_hold_placed_meanwhile_is_said(browser, monkeypatch):
    client = plant()
    erase = actions.erase

    def after_a_hold(**given):
        hold_on(client)
        return erase(**given)

    monkeypatch.setattr(actions, "erase", after_a_hold)
    answer = browser.post(DUE, {"who": [f"client:{client.pk}"], "number": "1"}, follow=True)
    assert "A legal hold stands on this record." in answer.content.decode()
    assert not Tombstone.objects.exists()


def test_whoever_is_kept_out_of_a_record_does_not_find_it_here(client):
    somebody = plant()
    hold_on(somebody)
    director = account_with("medical_director")
    kept_out.keep_out(by=actor("program_administrator"), client=somebody, account=director)
    sign_in(client, Account.objects.get(pk=director.pk))
    assert client.get(DUE).status_code == 200
    for page in (DUE, HOLDS):
        assert NAME not in client.get(page).content.decode()
    assert of(somebody) not in client.post(HOLDS, {"name": NAME}).content.decode()  # what was typed stands there again
    assert client.get(of(somebody)).status_code == 404


# --- holds ------------------------------------------------------------------------------------------------------------


def test_a_record_is_found_by_the_whole_name_and_held(browser):
    client = ClientFactory(chosen_name="Inés Robles")
    question = asked(name="Ines Robles")
    said = browser.post(HOLDS, {"name": "ines ROBLES"}).content.decode()
    assert (of(client) in said, of(question) in said) == (True, True)
    opened = AuditEvent.objects.filter(verb="opened retention.see").latest("pk")
    assert set(opened.subjects) == {f"client:{client.pk}", f"inquiry:{question.pk}"}
    answer = browser.post(of(client), {"reason": "Subpoena of May 4"}, follow=True)
    assert "Subpoena of May 4" in answer.content.decode()
    assert LegalHold.objects.get().subject == f"client:{client.pk}"
    assert "1 record must be kept" in browser.get(HOLDS).content.decode()


def test_a_name_that_nobody_has_is_said(browser):
    assert "Nobody here has this name." in browser.post(HOLDS, {"name": "No Body"}).content.decode()
    assert "Write a name." in browser.post(HOLDS, {"name": ""}).content.decode()


@pytest.mark.parametrize("make", [lambda: asked(name="Ines Robles"), a_note])
def test_what_somebody_asked_and_a_note_are_held_too(browser, make):
    row = make()
    assert browser.post(of(row), {"reason": "An audit by the county"}).status_code == 302
    assert row.pk == int(LegalHold.objects.get().subject.partition(":")[2])
    assert browser.get(HOLDS).status_code == 200


def test_a_reason_too_short_is_refused_and_nothing_typed_is_lost(browser):
    client = ClientFactory()
    said = browser.post(of(client), {"reason": "because"}).content.decode()
    assert ("Say in a few words which paper" in said, ">because</textarea>" in said.replace("\n", "")) == (True, True)
    held = hold_on(client)
    said = browser.post(reverse("retention:end_hold", args=[held.public_id]), {"reason": "over"}).content.decode()
    assert ("Say in a few words which paper" in said, "over</textarea>" in said) == (True, True)


def test_a_hold_is_ended_by_a_step_beside_it(browser):
    held = hold_on(ClientFactory())
    page = reverse("retention:end_hold", args=[held.public_id])
    assert "Subpoena of May 4" in browser.get(page).content.decode()
    answer = browser.post(page, {"reason": "The case was settled"}, follow=True)
    assert "No record must be kept longer" in answer.content.decode()
    assert LegalHoldEnd.objects.get().hold == held
    assert browser.get(page).status_code == 404


def test_a_hold_says_who_placed_it(browser):
    director = StaffMemberFactory(account__roles=["medical_director"], account__chosen_name="Dana Whitlock").account
    actions.hold(by=actor_of(director), row=ClientFactory(), reason="Subpoena of May 4")
    assert "by Dana Whitlock" in browser.get(HOLDS).content.decode()


# --- the file ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("prefix", "words"), [
    ("", ("10 years, and at least to the age of 19, from the end of the last stay", "Never deleted", "30 days")),
    ("/es", ("10 años, y al menos hasta los 19 años de edad, desde el final", "Nunca se borra", "30 días")),
])  # fmt: skip
def test_the_page_says_what_the_file_says_in_both_languages(browser, prefix, words):
    said = browser.get(prefix + TERMS).content.decode()
    assert [word for word in words if escape(word) not in said] == []
