"""A note kept apart is sealed, its author’s alone, never overwritten, and leaves only on its own consent."""

import json
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from trellis.foundation import clock
from trellis.foundation.access.actor import Actor
from trellis.foundation.access.permissions import NotPermitted, Refused, may
from trellis.foundation.access.roles import ROLES
from trellis.foundation.audit.models import AuditEvent
from trellis.foundation.program import queries as program
from trellis.foundation.record.guard import writing
from trellis.journey.care import actions, letters, queries
from trellis.journey.care.models import CounselingNote, CounselingNoteVersion
from trellis.journey.care.tests.factories import TALK, WORDS, clinician, kept
from trellis.people.accounts import actions as accounts
from trellis.people.accounts.models import Account
from trellis.people.clients import own_copy
from trellis.people.clients.emergency import actions as emergency
from trellis.people.clients.kept_out.actions import keep_out
from trellis.people.clients.models import CareAssignment
from trellis.people.clients.tests.factories import actor
from trellis.people.consent import actions as consents
from trellis.people.consent import letters as consent_letters
from trellis.people.consent.actions import gate
from trellis.people.consent.models import Disclosure
from trellis.people.consent.rules.words import Information, Kind, Purpose
from trellis.people.consent.tests.factories import for_care, signed, terms, wanted

pytestmark = pytest.mark.django_db
NOTES = (Information.COUNSELING_NOTES,)


def for_notes():
    return terms(kind=Kind.COUNSELING_NOTES, information=NOTES)


def lets_go(client, by, **changed):
    asks = wanted(**({"information": NOTES} | changed))
    make = consent_letters.writer(client, asks, program.zone(), by)
    return gate.disclose(by=by, client=client, wanted=asks, how="letter", make=make)


# --- keeping ----------------------------------------------------------------------------------------------------------
def test_its_words_lie_sealed(note):
    row = CounselingNoteVersion.objects.values().get()
    assert "brother" not in str(row)
    (known,) = queries.opened_notes(queries.notes())
    assert (known.newest.words, known.on) == (WORDS, TALK)


def test_written_again_it_stands_beside_what_it_said(note, author):
    actions.write_again(by=author, note=note, words="Next time I ask about the silence.")
    (known,) = queries.opened_notes(queries.notes())
    assert [one.words for one in known.versions] == ["Next time I ask about the silence.", WORDS]


def test_the_same_words_are_no_new_version(note, author):
    with pytest.raises(Refused, match="stand there already"):
        actions.write_again(by=author, note=note, words=WORDS + "\n")
    assert CounselingNoteVersion.objects.count() == 1


def test_sent_by_two_taps_it_is_one_note(marisol, author, note):
    assert kept(marisol, author) == note
    assert kept(marisol, author, words="Another thought of that day") != note


@pytest.mark.parametrize(("words", "days"), [("  ", 0), (WORDS, 1)])
def test_nothing_is_kept_without_words_or_of_a_day_ahead(marisol, author, words, days):
    today = clock.today(program.zone())
    with pytest.raises(Refused):
        kept(marisol, author, words=words, on=today + timedelta(days=days))
    assert not CounselingNote.objects.exists()


@pytest.mark.parametrize("model", [CounselingNote, CounselingNoteVersion])
def test_the_database_keeps_every_row_as_it_was_written(note, model):
    for change in (lambda: model.objects.update(at=clock.now()), lambda: model.objects.all().delete()):
        with pytest.raises(DatabaseError), transaction.atomic(), writing("test"):
            change()


# --- who reads --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("role", [role.key for role in ROLES])
def test_nobody_but_the_author_reads_it_whatever_their_role(marisol, note, role):
    other = clinician(marisol, role) if role in ("counselor", "therapist", "group_facilitator") else actor(role)
    assert not may(other, "notes.read", note)
    assert not may(other, "notes.write_again", note)
    with pytest.raises(NotPermitted):
        actions.write_again(by=other, note=note, words="Mine now")


def test_nobody_without_a_sign_in_reads_it(note):
    assert not may(Actor(roles=frozenset({"therapist"})), "notes.read", note)


def test_the_client_reads_their_record_and_not_these(marisol, note):
    own = actor_of_client(marisol)
    assert not may(own, "notes.read", note)
    held = json.dumps([[line.shown for line in entry] for part in own_copy.sections(marisol) for entry in part.entries])
    assert "Marisol Ruiz" in held
    assert "brother" not in held


def actor_of_client(client):
    from trellis.people.accounts.queries import actor_for

    return actor_for(client.account)


def test_an_emergency_opens_the_record_and_not_these(marisol, note):
    at_night = actor("therapist")
    emergency.open_in_emergency(
        by=at_night,
        name=marisol.chosen_name,
        born_on=marisol.born_on,
        why="life",
        words="She called and hung up twice.",
    )
    assert may(at_night, "client.read", marisol)
    assert not may(at_night, "notes.list_own", marisol)
    assert not may(at_night, "notes.read", note)


def test_who_left_the_care_team_still_reads_their_own_and_writes_no_new_one(marisol, note, author):
    with writing("factory"):
        CareAssignment.objects.update(until=clock.now().date())
    assert may(author, "notes.read", note)
    assert may(author, "notes.list_own", marisol)
    assert not may(author, "notes.keep", marisol)


def test_whoever_is_kept_out_of_the_record_reads_not_even_their_own(marisol, note, author):
    with writing("factory"):
        CareAssignment.objects.update(until=clock.now().date())
    keep_out(by=actor("program_administrator"), client=marisol, account=Account.objects.get(pk=author.account_id))
    from trellis.people.accounts.queries import actor_for

    assert not may(actor_for(Account.objects.get(pk=author.account_id)), "notes.read", note)


def test_each_sees_their_own_list(marisol, note, author):
    other = clinician(marisol, "counselor")
    assert list(queries.own(other, marisol)) == []
    assert list(queries.own(author, marisol)) == [note]


def test_when_the_author_leaves_a_director_knows_that_notes_exist_and_who_kept_them(marisol, note, author):
    assert not queries.authors_who_left(marisol).exists()
    account = Account.objects.get(pk=author.account_id)
    accounts.deactivate(by=actor("program_administrator"), account=account)
    assert list(queries.authors_who_left(marisol)) == [account]
    director = actor("clinical_director")
    assert may(director, "notes.know_left", marisol)
    assert not may(director, "notes.read", note)


def test_keeping_and_reading_stand_in_who_looked_without_a_word_of_it(marisol, note):
    event = AuditEvent.objects.get(verb="notes.keep")
    assert event.subjects == [f"client:{marisol.pk}"]
    assert "brother" not in str(AuditEvent.objects.values().all())


def test_thirty_notes_are_opened_with_as_many_statements_as_one(marisol, note, author, statements):
    with statements() as one:
        queries.opened_notes(queries.own(author, marisol))
    for number in range(29):
        kept(marisol, author, words=f"Thought {number}")
    with statements() as many:
        assert len(queries.opened_notes(queries.own(author, marisol))) == 30
    assert len(many) == len(one)


# --- what leaves ------------------------------------------------------------------------------------------------------
def test_on_their_own_consent_they_go_by_the_hand_of_their_author(marisol, note, author):
    consent = signed(marisol, for_notes())
    released = lets_go(marisol, author)
    assert WORDS in released.content.words
    row = Disclosure.objects.get()
    assert (row.ground, row.information) == (f"consent:{consent.public_id}", ["counseling_notes"])
    assert "brother" not in row.content


def test_only_what_stands_last_goes(marisol, note, author):
    signed(marisol, for_notes())
    actions.write_again(by=author, note=note, words="What I think now")
    words = lets_go(marisol, author).content.words
    assert "What I think now" in words
    assert WORDS not in words


@pytest.mark.parametrize("who", ["clinical_director", "another"])
def test_no_other_hand_lets_them_go_and_nothing_is_written_down(marisol, note, who):
    signed(marisol, for_notes())
    by = clinician(marisol, "counselor") if who == "another" else actor(who)
    with pytest.raises(Refused) as refused:
        lets_go(marisol, by)
    assert refused.value.sentence == letters.NOT_YOURS
    assert not Disclosure.objects.exists()


def test_the_software_itself_lets_none_go(marisol, note):
    signed(marisol, for_notes())
    with pytest.raises(Refused):
        lets_go(marisol, Actor.of_system("worker"))


def test_one_signature_for_treatment_and_payment_does_not_open_them(marisol, note, author):
    """Scene 17."""
    signed(marisol, for_care())
    with pytest.raises(gate.Withheld):
        lets_go(marisol, author, purpose=Purpose.TREATMENT)


def test_a_form_that_mixes_them_with_anything_else_cannot_be_signed(marisol):
    """Scene 18."""
    for kind in (Kind.COUNSELING_NOTES, Kind.SPECIFIC):
        with pytest.raises(consents.Incomplete) as refused:
            signed(marisol, terms(kind=kind, information=(*NOTES, Information.ATTENDANCE)))
        assert set(refused.value.parts) == {"information"}


def test_nothing_else_goes_with_them(marisol, note, author):
    signed(marisol, for_notes())
    released = lets_go(marisol, author, information=(*NOTES, Information.ATTENDANCE))
    assert released.decision.withheld == (Information.ATTENDANCE,)


def test_the_right_to_see_ones_record_does_not_reach_them(marisol, note, author):
    """Scene 58; 45 CFR 164.524(a)(1)(i)."""
    from trellis.people.consent.rules.case import Recipient

    me = Recipient("person", marisol.chosen_name, frozenset({"client"}))
    with pytest.raises(gate.Withheld):
        lets_go(marisol, author, recipient=me, ground="client_access")


def test_without_a_consent_for_them_care_goes_on(marisol, author):
    """Scene 19; 42 CFR 2.31(b)(3): no act of care asks for it."""
    consent = signed(marisol, for_notes())
    consents.revoke(by=author, consent=consent, how="voice")
    assert kept(marisol, author)
    signed(marisol)
    assert gate.decide(marisol, wanted()).allow
