"""The pages of notes kept apart, as people open them."""

import pytest
from django.test import Client as Browser

from tests.support.live import sign_in
from trellis.journey.care.models import CounselingNote
from trellis.journey.care.tests.factories import WORDS, clinician
from trellis.people.accounts import actions as accounts
from trellis.people.accounts.models import Account
from trellis.people.clients.tests.factories import StaffMemberFactory, actor
from trellis.people.consent.rules.words import Information, Kind
from trellis.people.consent.tests.factories import signed, terms

pytestmark = pytest.mark.django_db


def at_desk(by):
    return sign_in(Browser(), Account.objects.get(pk=by.account_id))


@pytest.fixture
def desk(author):
    return at_desk(author)


@pytest.fixture
def address(marisol):
    return f"/desk/clients/{marisol.public_id}/notes-apart/"


def words(browser, address):
    return browser.get(address).content.decode()


def test_the_page_says_what_belongs_there_and_what_does_not(desk, address):
    page = words(desk, address)
    assert "You keep no note about this client" in page
    for said in ("medications", "when a talk began and ended", "results of tests", "never a condition of care"):
        assert said in page


def test_a_note_is_kept_read_and_written_again(desk, address, marisol):
    answer = desk.post(address, {"on": "2026-10-02", "words": WORDS}, follow=True)
    assert WORDS in answer.content.decode()
    assert "You alone read it." in answer.content.decode()
    note = CounselingNote.objects.get()
    again = desk.post(f"/desk/notes-apart/{note.public_id}/", {"words": "What I think now"}, follow=True)
    assert "What I think now" in again.content.decode()
    assert WORDS in again.content.decode()
    panel = words(desk, f"/desk/clients/{marisol.public_id}/")
    assert "You keep 1 note about this client" in panel
    assert "brother" not in panel


@pytest.mark.parametrize("sent", [{"on": "2026-10-02", "words": ""}, {"on": "2027-10-02", "words": WORDS}])
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(desk, address, sent):
    page = desk.post(address, sent).content.decode()
    assert sent["words"] in page
    assert "Write what you want to keep" in page if not sent["words"] else "This day lies ahead" in page
    assert not CounselingNote.objects.exists()


def test_the_same_words_again_are_refused_beside_the_field(desk, note):
    assert "stand there already" in desk.post(f"/desk/notes-apart/{note.public_id}/", {"words": WORDS}).content.decode()


def test_for_anybody_else_it_is_not_there(marisol, note, address):
    colleague = at_desk(clinician(marisol, "counselor"))
    assert "You keep no note" in words(colleague, address)
    assert colleague.get(f"/desk/notes-apart/{note.public_id}/").status_code == 404
    assert at_desk(actor("clinical_director")).get(address).status_code == 403


def test_a_director_hears_of_them_only_when_their_author_has_left(marisol, note, author):
    director = at_desk(actor("clinical_director"))
    page = f"/desk/clients/{marisol.public_id}/"
    assert "Notes kept apart" not in words(director, page)
    accounts.deactivate(by=actor("program_administrator"), account=Account.objects.get(pk=author.account_id))
    shown = words(director, page)
    assert "Ines Ortega kept notes of talks, and no longer works here." in shown
    assert "They stay sealed." in shown
    assert "brother" not in shown
    assert "Notes kept apart" not in words(
        sign_in(Browser(), StaffMemberFactory(account__roles=["biller"]).account), page
    )


def test_a_director_who_would_print_them_is_told_that_only_their_author_can(marisol, note):
    signed(marisol, terms(kind=Kind.COUNSELING_NOTES, information=(Information.COUNSELING_NOTES,)))
    asked = {
        "who": "", "name": "Ana Ruiz", "kind": "person", "purpose": "family_support",
        "information": ["counseling_notes"], "step": "release", "how": "letter",
    }  # fmt: skip
    answer = at_desk(actor("clinical_director")).post(f"/desk/clients/{marisol.public_id}/sharing/ask/", asked)
    page = answer.content.decode()
    assert "only by the hand of whoever wrote them" in page
    assert "brother" not in page
