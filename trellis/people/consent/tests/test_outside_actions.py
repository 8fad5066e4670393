"""What was heard is sealed, about nobody, and waits for a clinician."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from trellis.foundation import clock
from trellis.foundation.access.permissions import NotPermitted, Refused
from trellis.foundation.access.roles import ROLES
from trellis.foundation.audit.models import AuditEvent
from trellis.foundation.messaging.models import Message
from trellis.foundation.record.guard import writing
from trellis.people.clients.tests.factories import SINCE, CareAssignmentFactory, ClientFactory, actor, actor_of
from trellis.people.consent.models import OutsideRequest, OutsideReview
from trellis.people.consent.outside import actions, queries
from trellis.people.consent.outside.actions import Heard
from trellis.people.consent.outside.policy import CLINICIANS, is_to_read
from trellis.people.consent.outside.waiting import Waiting
from trellis.people.consent.tests.heard import TOLD, a_note, read

pytestmark = pytest.mark.django_db

HEARD = Heard("loved_one", asker_name="Jorge", about="Marisol Ruiz", told=TOLD, in_confidence=True)
STAFF = [role.key for role in ROLES if role.staff]
OTHERS = [role.key for role in ROLES if not role.staff]


@pytest.fixture(autouse=True)
def now(clock_at):
    clock_at(SINCE)


class TestRecord:
    def test_what_was_heard_lies_sealed_and_opens_again(self):
        note = actions.record(by=actor("front_desk"), heard=HEARD)
        row = OutsideRequest.objects.filter(pk=note.pk).values().get()
        assert not any(text in str(value) for value in row.values() for text in ("Marisol", "Jorge", "sleep"))
        assert queries.texts_of(note) == {
            "asker_name": "Jorge", "asker_contact": "", "about": "Marisol Ruiz", "asked_for": "", "told": TOLD,
        }  # fmt: skip
        assert (note.answer, note.in_confidence, note.danger) == ("neither", True, False)

    def test_the_event_names_nobody_not_even_the_client_of_that_name(self):
        ClientFactory(chosen_name="Marisol Ruiz", in_program=True)
        by = actor("front_desk")
        note = actions.record(by=by, heard=HEARD)
        event = AuditEvent.objects.get(verb="outside.record")
        assert (event.actor, event.subjects, event.object) == (by.name, [], f"outsiderequest:{note.pk}")
        assert note.audit_subjects == ()

    def test_a_call_of_which_nothing_was_typed_is_still_a_note(self):
        assert not any(queries.texts_of(actions.record(by=actor("biller"), heard=Heard("reporter"))).values())

    @pytest.mark.parametrize("role", STAFF)
    def test_everybody_who_works_here_may(self, role):
        assert actions.record(by=actor(role), heard=HEARD).pk

    @pytest.mark.parametrize("role", OTHERS)
    def test_nobody_else_may(self, role):
        with pytest.raises(NotPermitted):
            actions.record(by=actor(role), heard=HEARD)

    def test_two_taps_are_one_note_and_one_message(self):
        actor("therapist")
        by, heard = actor("front_desk"), Heard("police", told=TOLD, danger=True)
        first, second = actions.record(by=by, heard=heard), actions.record(by=by, heard=heard)
        assert first == second
        assert Message.objects.count() == 1

    def test_other_words_another_hand_or_another_hour_are_another_note(self, clock_at):
        by = actor("front_desk")
        first = actions.record(by=by, heard=HEARD)
        notes = {first, actions.record(by=by, heard=Heard("loved_one", told="Something else"))}
        notes |= {actions.record(by=actor("front_desk"), heard=HEARD)}
        clock_at(SINCE + timedelta(minutes=11))
        notes |= {actions.record(by=by, heard=HEARD)}
        assert len(notes) == 4

    def test_a_note_never_changes_and_never_goes(self):
        note = actions.record(by=actor("front_desk"), heard=HEARD)
        with writing("a test"), pytest.raises(DatabaseError), transaction.atomic():
            OutsideRequest.objects.filter(pk=note.pk).update(danger=True)
        with writing("a test"), pytest.raises(DatabaseError), transaction.atomic():
            OutsideRequest.objects.filter(pk=note.pk).delete()


class TestDanger:
    def test_each_clinician_gets_a_message_that_says_only_look(self):
        people = [actor(role) for role in ("clinical_director", "medical_director", "therapist", "counselor")]
        actor("front_desk")
        note = actions.record(by=actor("biller"), heard=Heard("other", about="Marisol", told=TOLD, danger=True))
        found = list(Message.objects.order_by("id"))
        assert {m.key for m in found} == {f"outside:{note.pk}:{one.account_id}" for one in people}
        assert [m.values for m in found] == [{"url": found[0].values["url"]}] * 4
        assert found[0].values["url"].endswith("/desk/asked/waiting/")

    def test_the_message_speaks_the_language_of_its_reader(self):
        by = actor("therapist")
        with writing("a test"):
            type(account := queries.clinicians()[0].account).objects.filter(pk=account.pk).update(language="es")
        actions.record(by=by, heard=Heard("other", danger=True))
        message = Message.objects.get()
        assert message.language == "es"
        assert message.values["url"].endswith("/es/desk/asked/waiting/")

    def test_a_clinician_without_an_address_is_told_by_people_only(self):
        by = actor("therapist")
        with writing("a test"):
            type(account := queries.clinicians()[0].account).objects.filter(pk=account.pk).update(
                email=None, username="dana"
            )
        actions.record(by=by, heard=Heard("other", danger=True))
        assert not Message.objects.exists()

    def test_without_danger_nobody_gets_a_message(self):
        actor("therapist")
        actions.record(by=actor("front_desk"), heard=HEARD)
        assert not Message.objects.exists()

    def test_clinicians_stand_by_their_role_and_once(self):
        actor("counselor")
        both = actor("therapist", "clinical_director")
        found = queries.clinicians()
        assert [one.roles for one in found] == [("clinical_director", "therapist"), ("counselor",)]
        assert found[0].account.pk == both.account_id
        assert found[0].role_words == "Clinical director, Therapist (LPHA)"


class TestWaiting:
    def test_what_waits_is_counted_from_the_rows(self):
        a_note(danger=True)
        a_note(at=SINCE - timedelta(days=2))
        read(a_note(danger=True))
        assert queries.waiting_for(actor("counselor"), clock.now()) == Waiting(2, 1, 1)

    def test_who_does_not_read_is_told_nothing_and_asks_nothing(self, django_assert_num_queries):
        a_note(danger=True)
        by = actor("front_desk")
        with django_assert_num_queries(0):
            assert queries.waiting_for(by, clock.now()) == Waiting()

    def test_danger_stands_first_then_the_oldest(self):
        late, new = a_note(at=SINCE - timedelta(days=2)), a_note()
        danger = a_note(danger=True)
        assert list(queries.unread()) == [danger, late, new]

    def test_a_name_of_the_system_is_no_account(self):
        assert queries.names_of(["system:worker"]) == {}


class TestReview:
    def test_a_director_says_whose_it_is_and_the_event_names_the_client(self):
        client, note = ClientFactory(), a_note(told=TOLD)
        review = actions.review(by=actor("clinical_director"), request=note, client=client, done=" Called back. ")
        assert (review.client, review.done) == (client, "Called back.")
        assert AuditEvent.objects.get(verb="outside.review").subjects == [f"client:{client.pk}"]
        assert queries.waiting_for(actor("therapist"), clock.now()).number == 0

    def test_it_may_belong_to_nobody(self):
        actions.review(by=actor("therapist"), request=a_note(), client=None, done="Nothing to do.")
        assert AuditEvent.objects.get(verb="outside.review").subjects == []

    def test_who_reads_second_is_told_and_nothing_is_written_over(self):
        note = a_note()
        read(note)
        with pytest.raises(Refused, match="Somebody else has read this"):
            actions.review(by=actor("clinical_director"), request=note, client=None, done="Me too.")

    def test_what_was_done_must_be_said(self):
        with pytest.raises(Refused, match="Write what you did"):
            actions.review(by=actor("clinical_director"), request=a_note(), client=None, done="  ")

    def test_a_therapist_gives_it_to_their_own_clients_only(self):
        mine = CareAssignmentFactory(staff_member__account__roles=["therapist"])
        by = actor_of(mine.staff_member.account)
        with pytest.raises(NotPermitted):
            actions.review(by=by, request=a_note(), client=ClientFactory(in_program=True), done="Called.")
        assert actions.review(by=by, request=a_note(), client=mine.episode.client, done="Called.").pk

    @pytest.mark.parametrize("role", sorted({*STAFF} - {role.key for role in CLINICIANS}))
    def test_other_roles_read_nothing(self, role):
        with pytest.raises(NotPermitted):
            actions.review(by=actor(role), request=a_note(), client=None, done="Read.")

    def test_once_read_it_is_for_the_care_team_and_directors(self):
        mine = CareAssignmentFactory(staff_member__account__roles=["counselor"])
        team, other = actor_of(mine.staff_member.account), actor("counselor")
        note, nobody = a_note(), a_note()
        assert is_to_read(other, note)
        read(note, client=mine.episode.client)
        read(nobody)
        assert [is_to_read(one, note) for one in (team, other)] == [True, False]
        assert not is_to_read(team, nobody)
        assert not is_to_read(team, mine.episode.client)
        assert OutsideReview.objects.count() == 2
