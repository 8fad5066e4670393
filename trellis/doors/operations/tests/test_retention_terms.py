"""The file names every field of every model, and the jobs keep to it."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.db import models

from trellis.doors.operations import jobs
from trellis.doors.operations.checks.finding import State
from trellis.doors.operations.checks.retention import retention
from trellis.doors.operations.models import Tombstone
from trellis.doors.operations.retention import actions, going, ledger, queries, terms
from trellis.doors.operations.tests.planting import plant, traces
from trellis.foundation import clock
from trellis.foundation.access.actor import Actor
from trellis.foundation.jobs import actions as worker
from trellis.foundation.messaging import actions as messaging
from trellis.foundation.messaging.models import Message
from trellis.foundation.program.tests.factories import load_pomona
from trellis.foundation.record.guard import writing
from trellis.foundation.record.models import Erasure
from trellis.journey.admission.tests.factories import InquiryFactory
from trellis.journey.inquiry.models import Inquiry
from trellis.people.accounts.models import Draft, Invitation
from trellis.people.accounts.tests.factories import AccountFactory, InvitationFactory
from trellis.people.clients.models import Client
from trellis.people.clients.tests.factories import ClientFactory, EpisodeFactory, actor
from trellis.people.consent.models import OutsideRequest
from trellis.people.consent.tests.heard import a_note

FILE = terms.read()
YEAR = timedelta(days=366)


def test_every_field_of_every_model_stands_in_the_file():
    assert terms.differences(FILE) == []


def test_a_field_that_somebody_adds_or_takes_away_is_missed():
    class Client(models.Model):
        mood = models.CharField(max_length=10)

        class Meta:
            app_label = "clients"
            apps = apps.__class__()

    (rows,) = [one for one in FILE.rows if one.model is apps.get_model("clients.Client")]
    listed = terms.Terms({}, {}, (terms.Rows(Client, *list(vars(rows).values())[1:]),))
    assert "clients.Client.mood is not listed." in terms.differences(listed, [Client])
    assert "clients.Client has no field born_on." in terms.differences(listed, [Client])
    assert terms.differences(terms.Terms({}, {}, ()), [Client]) == [
        "clients.Client stands in no [rows] of retention.toml."
    ]


def test_every_kind_says_for_how_long_and_in_both_languages():
    for kind in FILE.kinds.values():
        assert set(kind.words) == {"en", "es"}
        assert sum(map(bool, (kind.keep, kind.days, kind.stays, kind.goes_with))) == 1, kind.key
        assert bool(kind.keep) == (set(kind.runs_from) == {"en", "es"}), kind.key
        assert all(set(term.why) == {"en", "es"} for term in kind.keep)
        assert all(set(one) in ({"en", "es"}, set()) for one in (kind.stays, kind.goes_with))


def test_every_table_has_a_kind_that_is_there_and_every_kind_a_table():
    assert {rows.kind for rows in FILE.rows} == set(FILE.kinds)


def test_what_another_job_prunes_is_kept_as_long_as_the_file_says():
    assert FILE.kinds["job"].by == "jobs.prune"
    assert timedelta(days=FILE.kinds["job"].days) == max(worker.KEEP_KEYS, worker.KEEP_RESULTS)


def test_every_pruned_table_has_a_time():
    short = [rows for rows in FILE.rows if FILE.kinds[rows.kind].by == "retention.prune"]
    assert len(short) == 5
    assert all(rows.time for rows in short)


# --- what is due ------------------------------------------------------------------------------------------------------


def due(after: timedelta) -> list[str]:
    return [one.subject for one in queries.due(FILE, (clock.now() + after).date())]


def test_an_inquiry_that_came_to_nothing_is_due_three_years_after_the_last_contact(db):
    load_pomona()
    with writing("test"):
        done = InquiryFactory(status="declined", asked_at=clock.now())
        InquiryFactory(status="merged", asked_at=clock.now(), same_as=done)
        InquiryFactory(status="new", asked_at=clock.now())
    assert due(3 * YEAR - timedelta(days=5)) == []
    assert due(3 * YEAR) == [f"inquiry:{done.pk}"]
    with clock.travel(clock.now() + 4 * YEAR):
        gone = actions.erase(by=actor("program_administrator"), row=done)
    assert len(gone.names) == 2
    assert Inquiry.objects.count() == 1


def test_a_note_about_nobody_we_know_goes_by_itself(db):
    note = a_note(told="She is in danger")
    assert due(5 * YEAR) == []
    assert due(7 * YEAR) == [f"outside:{note.pk}"]
    with clock.travel(clock.now() + 7 * YEAR):
        actions.erase(by=actor("program_administrator"), row=note)
    assert not OutsideRequest.objects.exists()


@pytest.mark.parametrize(("closed", "after", "expected"), [(True, 11, 1), (True, 9, 0), (False, 40, 0)])
def test_a_client_is_due_ten_years_after_the_last_stay_ended(db, closed, after, expected):
    EpisodeFactory(closed=closed)
    assert len(due(after * YEAR)) == expected


def test_a_small_child_is_kept_to_nineteen(db):
    EpisodeFactory(closed=True, client__born_on=clock.now().date() - 4 * YEAR)
    assert due(14 * YEAR) == []
    assert len(due(16 * YEAR)) == 1


def test_what_is_due_takes_as_many_statements_for_thirty_as_for_one(db, statements):
    load_pomona()
    plant()
    with statements() as one:
        assert len(due(timedelta())) == 1
    for _ in range(30):
        EpisodeFactory(closed=True)
    with statements() as many:
        assert len(due(11 * YEAR)) == 31
    assert len(one) == len(many)


# --- short-lived kinds ------------------------------------------------------------------------------------------------


def test_short_lived_rows_go_by_a_daily_job_and_not_a_day_before(db):
    account = AccountFactory()
    with writing("test"):
        Draft.objects.create(account=account, form="x", sealed="", updated_at=clock.now())
        InvitationFactory()
        for key, status in (("a", "sent"), ("b", "queued")):
            messaging.queue(
                by=Actor.of_system("test"), key=key, channel="mail", to="x@example.net", kind="account.unknown",
                language="en", values={},
            )  # fmt: skip
            Message.objects.filter(key=key).update(status=status)
    with clock.travel(clock.now() + timedelta(days=29)):
        assert going.prune() == 0
    with clock.travel(clock.now() + timedelta(days=31)):
        assert going.prune() == 2
    assert list(Message.objects.values_list("key", flat=True)) == ["b"]
    assert Invitation.objects.count() == 1
    with clock.travel(clock.now() + timedelta(days=92)):
        jobs.keep_to_retention.func()
    assert not Invitation.objects.exists()


# --- the doctor -------------------------------------------------------------------------------------------------------


@pytest.fixture
def var(settings, tmp_path):
    settings.VAR = tmp_path
    return tmp_path


def test_the_doctor_is_content_where_nothing_is_due(db, var):
    assert retention().state is State.OK


def test_the_doctor_says_what_waits_too_long(db, var):
    load_pomona()
    plant()
    found = retention()
    assert (found.state, found.sentence) == (State.LOOK, "1 records are due to be deleted for more than 90 days.")


def test_the_doctor_says_that_a_deletion_stands_in_no_ledger(db, var):
    with writing("test"):
        Tombstone.objects.create(subject="client:1", sha256="0", kinds=[], rows=1, at=clock.now(), by="x")
    assert (retention().state, "no ledger" in retention().sentence) == (State.WRONG, True)
    ledger.keep()
    assert retention().state is State.OK


def test_the_doctor_says_that_an_older_copy_was_put_in_place(db, var):
    load_pomona()
    client = plant()
    actions.erase(by=actor("program_administrator"), row=client)
    ledger.keep()
    with writing("test"):
        ClientFactory(pk=client.pk, public_id=client.public_id)
    assert (retention().state, "1 records are there" in retention().sentence) == (State.WRONG, True)
    assert Client.objects.exists()


def test_the_doctor_says_that_the_door_of_deletions_was_left_open(db, var):
    with writing("test"):
        Erasure.objects.create(subject="client:1", decided_at=clock.now(), decided_by="x")
    assert (retention().state, "stands open" in retention().sentence) == (State.WRONG, True)


def test_a_subject_that_is_none_is_nobody(db):
    assert [going.row_of(one) for one in ("", "client", "client:x", "ship:1", "client:999999")] == [None] * 5
    assert traces("nobody is called so") == {}
