"""Deleting somebody: nothing about them is left, nothing about others goes, and nothing else gets past the guards."""

import pytest
from django.db import DatabaseError, connection, transaction

from trellis.doors.operations.models import LegalHold, Tombstone
from trellis.doors.operations.retention import actions, queries, walking
from trellis.doors.operations.retention.terms import read
from trellis.doors.operations.tests.planting import EMAIL, NAME, TRACES, plant, traces
from trellis.foundation import clock
from trellis.foundation.access.actor import Actor
from trellis.foundation.access.permissions import NotPermitted, Refused
from trellis.foundation.audit.models import AuditEvent
from trellis.foundation.messaging.models import Message
from trellis.foundation.program.tests.factories import load_pomona
from trellis.foundation.record.guard import writing
from trellis.foundation.record.models import Erasure
from trellis.journey.inquiry.models import Inquiry
from trellis.journey.schedule.models import Attendance, Enrollment, Series
from trellis.people.accounts.models import Account
from trellis.people.clients.models import Client, NameWord
from trellis.people.clients.tests.factories import ClientFactory, EpisodeFactory, StaffMemberFactory, actor
from trellis.people.consent.models import Consent

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def program(db):
    load_pomona()


@pytest.fixture
def administrator() -> Actor:
    return actor("program_administrator")


def ids_of(client: Client) -> list[str]:
    asked = Inquiry.objects.filter(name=client.chosen_name).values_list("public_id", flat=True)
    return [client.public_id, client.account.public_id, *asked]


def test_the_planted_person_has_a_row_in_every_table_that_leads_to_somebody():
    client = plant()
    found = walking.gather(read(), "client", client.pk)
    empty = [rows.model._meta.label for rows, keys in found.rows if rows.of and not keys]
    assert empty == []


def test_nothing_is_left_of_whoever_is_deleted(administrator):
    client = plant()
    wanted = [*TRACES, *ids_of(client)]
    assert len(traces(*wanted)) > 25
    gone = actions.erase(by=administrator, row=client)
    assert traces(*wanted) == {}
    assert not Erasure.objects.exists()
    assert (gone.tombstone.subject, gone.tombstone.by) == (f"client:{client.pk}", administrator.name)
    assert gone.tombstone.rows > 50
    event = AuditEvent.objects.filter(verb="retention.delete").get()
    assert event.actor == administrator.name
    assert f"client:{client.pk}" in event.subjects
    assert sum(name.startswith("inquiry:") for name in event.subjects) == 2


def test_what_is_about_others_too_stays(administrator):
    client, other = plant(), plant("Tobias Anders", "tobias@example.net", "(213) 555-0111")
    before = {model: model.objects.filter(client=other).count() for model in (Attendance, Consent)}
    group = Enrollment.objects.filter(episode__client=client, series__personal=False).get().series
    actions.erase(by=administrator, row=client)
    assert {model: model.objects.filter(client=other).count() for model in before} == before
    assert group.enrollments.count() == 1
    assert Series.objects.filter(personal=True).count() == 1
    assert {"tobias", "anders"} <= set(NameWord.objects.values_list("word", flat=True))
    assert len(traces("tobias")) > 20
    held_out = [account.kept_out for account in Account.objects.exclude(kept_out=[])]
    assert held_out == [[f"client:{other.pk}"]]


def test_an_hour_that_two_people_share_stays(administrator):
    client = plant()
    alone = Series.objects.get(personal=True)
    with writing("test"):
        Enrollment.objects.create(
            episode=EpisodeFactory(), series=alone, since="2001-01-01", recorded_at=clock.now(), by="x"
        )
    actions.erase(by=administrator, row=client)
    assert Series.objects.filter(pk=alone.pk).exists()


def test_the_sign_in_of_somebody_who_works_here_stays(administrator):
    client = plant()
    StaffMemberFactory(account=client.account)
    actions.erase(by=administrator, row=client)
    assert Account.objects.filter(email=EMAIL).exists()
    assert not Client.objects.filter(chosen_name=NAME).exists()


def test_a_message_that_no_key_opens_keeps_nobody_from_being_deleted(administrator):
    client = plant()
    with writing("test"):
        Message.objects.filter(key="reset:x" + str(client.account.pk)).update(sealed_to="lost", sealed_values="lost")
    actions.erase(by=administrator, row=client)
    assert [one.sealed_to for one in Message.objects.all()] == ["lost"]


# --- who may, and when ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", ["clinical_director", "medical_director", "front_desk", "therapist", "client"])
def test_only_the_program_administrator_deletes(role):
    client = plant()
    with pytest.raises(NotPermitted):
        actions.erase(by=actor(role), row=client)


def test_nothing_goes_before_its_time(administrator):
    client = EpisodeFactory(closed=True).client
    with pytest.raises(Refused, match="not over yet"):
        actions.erase(by=administrator, row=client)
    assert not Tombstone.objects.exists()


def test_whoever_is_in_the_program_is_never_due(administrator):
    client = plant()
    EpisodeFactory(client=client)
    with pytest.raises(Refused, match="not over yet"):
        actions.erase(by=administrator, row=client)


def test_what_became_a_client_goes_with_the_client_alone(administrator):
    client = plant()
    inquiry = Inquiry.objects.get(client_subject=f"client:{client.pk}")
    with pytest.raises(Refused, match="not over yet"):
        actions.erase(by=administrator, row=inquiry)


def test_a_record_that_somebody_else_deleted_meanwhile_is_said_to_be_gone(administrator):
    client = plant()
    actions.erase(by=administrator, row=client)
    with pytest.raises(Refused, match="not there any more"):
        actions.erase(by=administrator, row=client)


# --- holds ------------------------------------------------------------------------------------------------------------


def test_a_hold_stops_a_deletion_until_a_step_beside_it_ends_it(administrator):
    client = plant()
    held = actions.hold(by=actor("medical_director"), row=client, reason="Ruiz v. County, subpoena of May 4")
    with pytest.raises(Refused, match="legal hold"):
        actions.erase(by=administrator, row=client)
    assert Client.objects.filter(pk=client.pk).exists()
    actions.end_hold(by=administrator, held=held, reason="The case was settled")
    with pytest.raises(Refused, match="ended already"):
        actions.end_hold(by=administrator, held=held, reason="The case was settled")
    actions.erase(by=administrator, row=client)
    assert not LegalHold.objects.exists()


def test_a_hold_on_what_somebody_asked_holds_the_client_that_they_became(administrator):
    client = plant()
    actions.hold(by=administrator, row=Inquiry.objects.get(status="merged"), reason="An audit by the county")
    with pytest.raises(Refused, match="legal hold"):
        actions.erase(by=administrator, row=client)


def test_a_hold_says_why_and_its_words_lie_sealed(administrator):
    client = ClientFactory()
    with pytest.raises(Refused, match="which paper"):
        actions.hold(by=administrator, row=client, reason="  because ")
    held = actions.hold(by=administrator, row=client, reason="Subpoena of Judge Quill")
    assert held.reason == "Subpoena of Judge Quill"
    assert traces("quill") == {"operations_legalhold.reason_sealed": ["quill"]}


@pytest.mark.parametrize("change", ["UPDATE operations_legalhold SET by = 'x'", "DELETE FROM operations_legalhold"])
def test_a_hold_never_changes(administrator, change):
    actions.hold(by=administrator, row=ClientFactory(), reason="Subpoena of Judge Quill")
    with writing("test"), connection.cursor() as cursor, pytest.raises(DatabaseError), transaction.atomic():
        cursor.execute(change)


# --- the one way past the guards --------------------------------------------------------------------------------------


def test_an_ordinary_delete_is_refused_while_the_door_is_open_for_somebody_else():
    client, other = plant(), plant("Tobias Anders", "tobias@example.net", "(213) 555-0111")
    with writing("test"), connection.cursor() as cursor:
        Erasure.objects.create(subject=f"client:{other.pk}", decided_at=clock.now(), decided_by="x")
        for table, where in (
            ("consent_consent", f"client_id = {client.pk}"),
            ("consent_consentend", f"consent_id IN (SELECT id FROM consent_consent WHERE client_id = {client.pk})"),
            ("consent_disclosure", f"subject = 'client:{client.pk}'"),
            ("schedule_attendance", f"client_id = {client.pk}"),
            ("audit_auditevent", "1 = 1"),
        ):
            with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
                cursor.execute(f"DELETE FROM {table} WHERE {where}")


def test_the_door_is_shut_again_when_the_act_fails_in_its_midst(administrator, monkeypatch):
    client = plant()
    before = traces(*TRACES)
    monkeypatch.setattr(actions, "_let_in", lambda found: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        actions.erase(by=administrator, row=client)
    assert not Erasure.objects.exists()
    assert traces(*TRACES) == before


def test_due_is_the_same_for_one_as_for_all():
    client = plant()
    today = clock.now().date()
    (found,) = [one for one in queries.due(read(), today) if one.kind == "client"]
    assert found == queries.one_due(read(), client, today)
    assert found.names >= {f"client:{client.pk}"}
