"""A deletion survives a restore: the ledger outside the database names who was deleted."""

import io
import json
import sys
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from django.contrib.auth.hashers import make_password
from django.db import connection

from trellis.doors.operations import jobs
from trellis.doors.operations.models import Tombstone
from trellis.doors.operations.retention import actions, going, ledger, queries
from trellis.doors.operations.retention.terms import read
from trellis.doors.operations.tests.planting import NAME, PHONE, TRACES, plant, traces
from trellis.foundation import clock
from trellis.foundation.audit.models import AuditEvent
from trellis.foundation.program.tests.factories import load_pomona
from trellis.foundation.record.guard import writing
from trellis.people.accounts.tests.factories import PASSWORD
from trellis.people.clients.models import Client
from trellis.people.clients.tests.factories import ClientFactory, StaffMemberFactory, actor, actor_of

pytestmark = pytest.mark.usefixtures("committed_db", "var")


@pytest.fixture(autouse=True)
def program(committed_db):
    load_pomona()


@pytest.fixture
def line(settings):
    """The file beside the data."""
    return settings.VAR / ledger.NAME


def administrator():
    return actor("program_administrator")


def deleted() -> Client:
    client = plant()
    actions.erase(by=administrator(), row=client)
    return client


def restored(run, file, key, other_place):
    code, out, err = run("restore", file, "--identity", key, "--into", other_place, "--json")
    assert err == ""
    return code, json.loads(out)


def test_whoever_was_deleted_after_the_backup_is_not_in_what_is_restored(run, key, folder, other_place, at):
    client = plant()
    other = ClientFactory(chosen_name="Tobias Anders")
    assert run("create", folder / "b")[0] == 0
    actions.erase(by=administrator(), row=client)
    code, said = restored(run, folder / "b", key, other_place)
    assert (code, said["ledger"], said["deleted_again"]) == (0, True, 1)
    with at():
        assert traces(*TRACES, client.public_id) == {}
        assert Client.objects.filter(pk=other.pk).exists()
        assert Tombstone.objects.get().subject == f"client:{client.pk}"
        assert AuditEvent.objects.filter(verb="retention.delete_again").exists()


def test_a_restore_says_how_many_went_again_and_where_no_ledger_is(run, key, folder, other_place, line):
    client = plant()
    run("create", folder / "b")
    actions.erase(by=administrator(), row=client)
    _, out, _ = run("restore", folder / "b", "--identity", key, "--into", other_place)
    assert "The ledger names 1 deleted records. 1 of them were in the backup, and were deleted again." in out


def test_without_a_ledger_a_restore_says_so(run, key, folder, other_place, line):
    run("create", folder / "b")
    assert not line.exists()
    code, out, _ = run("restore", folder / "b", "--identity", key, "--into", other_place)
    assert (code, "There is no ledger of deletions here" in out) == (0, True)


def test_a_number_that_was_given_again_does_not_delete_somebody_else(line):
    client = deleted()
    with writing("test"):
        ClientFactory(pk=client.pk, chosen_name="Tobias Anders")
    assert going.delete_again(ledger.read()) == 0
    assert Client.objects.filter(chosen_name="Tobias Anders").exists()


def test_the_ledger_holds_no_name_and_stands_where_checkpoints_are_kept_too(settings, tmp_path, line):
    settings.CHECKPOINT_FOLDER = str(tmp_path / "elsewhere")
    client = deleted()
    elsewhere = Path(settings.CHECKPOINT_FOLDER) / ledger.NAME
    assert line.read_text() == elsewhere.read_text()
    said = line.read_text().lower()
    assert f"client:{client.pk}" in said
    assert [word for word in (*TRACES, client.public_id) if word in said] == []
    line.unlink()
    ledger.keep()
    assert line.read_text() == elsewhere.read_text()


@pytest.mark.parametrize("change", [
    lambda line: line.replace('"client:', '"client:1'),
    lambda line: "no json",
    lambda line: "[]",
    lambda line: json.dumps({**json.loads(line), "more": 1}),
    lambda line: json.dumps({**json.loads(line), "signature": 5}),
])  # fmt: skip
def test_a_line_that_is_not_ours_deletes_nobody_and_is_not_thrown_away(change, line):
    deleted()
    strange = change(line.read_text().strip())
    line.write_text(strange + "\n")
    found = ledger.read()
    assert (found.entries, found.strange) == ({}, (strange,))
    ledger.keep()
    assert len(ledger.read().entries) == 1
    assert strange in line.read_text()


def test_under_other_keys_a_restore_says_that_lines_were_not_believed(run, key, folder, other_place, settings):
    client = plant()
    run("create", folder / "b")
    actions.erase(by=administrator(), row=client)
    settings.FIELD_KEYS = [Fernet.generate_key().decode()]
    code, said = restored(run, folder / "b", key, other_place)
    assert (code, said["deleted_again"]) == (1, 0)
    assert any("1 lines of the ledger" in fault for fault in said["faults"])


def test_the_daily_job_deletes_again_who_came_back_by_another_way(line):
    client = deleted()
    with writing("test"):
        ClientFactory(pk=client.pk, public_id=client.public_id, chosen_name=NAME, telephone=PHONE)
    assert len(going.came_back(ledger.read())) == 1
    jobs.keep_to_retention.func()
    assert traces(*TRACES) == {}
    assert Tombstone.objects.count() == 1


def test_what_was_deleted_is_not_on_the_disk_either(on_sqlite):
    with writing("test"):
        client = plant()
    file = Path(connection.settings_dict["NAME"])
    kept = lambda: file.read_bytes() + b"".join(one.read_bytes() for one in file.parent.glob(f"{file.name}-wal"))  # noqa: E731
    assert b"Quixada" in kept()
    actions.erase(by=administrator(), row=client)
    assert b"Quixada" not in kept()


# --- the command ------------------------------------------------------------------------------------------------------


@pytest.fixture
def typed(monkeypatch):
    """What somebody types who is asked for their password."""
    return lambda words: monkeypatch.setattr(sys, "stdin", io.StringIO(words + "\n"))


@pytest.fixture
def account():
    return StaffMemberFactory(account__roles=["program_administrator"], account__password=_hashed(PASSWORD)).account


def _hashed(password: str) -> str:
    return make_password(password)


def test_due_names_numbers_and_never_a_name(trellis):
    client = plant()
    code, out, _ = trellis("retention", "due")
    assert (code, out) == (0, f"client:{client.pk}  since 2011-05-04\n")


def test_a_record_is_deleted_by_the_password_and_the_number(trellis, typed, account):
    client = plant()
    typed(PASSWORD)
    code, out, err = trellis("retention", "delete", "--by", account.email, "--number", "1")
    assert (code, out, err) == (0, "1 records were deleted.\n", "")
    assert traces(*TRACES) == {}
    assert Tombstone.objects.get().by == actor_of(account).name
    code, out, _ = trellis("retention", "status", "--json")
    assert (code, json.loads(out)) == (
        0, {"due": 0, "due_and_held": 0, "holds": 0, "deleted": 1, "not_in_the_ledger": 0},
    )  # fmt: skip
    assert client.pk


@pytest.mark.parametrize(("password", "number", "said"), [
    ("wrong", "1", "No program administrator signs in"),
    (PASSWORD, "2", "1 records are due and not held, and not 2."),
])  # fmt: skip
def test_another_password_or_number_deletes_nobody(trellis, typed, account, password, number, said):
    plant()
    typed(password)
    code, _, err = trellis("retention", "delete", "--by", account.email, "--number", number)
    assert (code, said in err) == (2, True)
    assert not Tombstone.objects.exists()


def test_whoever_may_not_delete_does_not_by_their_own_password(trellis, typed):
    plant()
    director = StaffMemberFactory(account__roles=["clinical_director"], account__password=_hashed(PASSWORD)).account
    typed(PASSWORD)
    code, _, err = trellis("retention", "delete", "--by", director.email, "--number", "1")
    assert (code, "No program administrator" in err) == (2, True)


def test_a_held_record_is_listed_and_not_deleted(trellis, typed, account):
    client = plant()
    actions.hold(by=administrator(), row=client, reason="A subpoena of May 4")
    code, out, _ = trellis("retention", "due", "--json")
    assert json.loads(out) == [{"record": f"client:{client.pk}", "since": "2011-05-04", "held": True}]
    assert trellis("retention", "holds")[1].startswith(f"client:{client.pk}  since ")
    typed(PASSWORD)
    code, _, err = trellis("retention", "delete", "--by", account.email, "--number", "1", f"client:{client.pk}")
    assert (code, "a legal hold stands on it" in err) == (2, True)


def test_what_was_held_between_looking_and_deleting_is_left_with_the_reason(trellis, typed, account, monkeypatch):
    client = plant()
    found = queries.due(read(), clock.now().date())
    actions.hold(by=administrator(), row=client, reason="A subpoena of May 4")
    monkeypatch.setattr(queries, "due", lambda terms, today: found)
    typed(PASSWORD)
    code, out, _ = trellis("retention", "delete", "--by", account.email, "--number", "1", f"client:{client.pk}")
    assert (code, f"client:{client.pk}: A legal hold stands" in out) == (1, True)


def test_a_ledger_that_lacks_a_deletion_is_said(trellis, line):
    deleted()
    line.unlink()
    code, out, _ = trellis("retention", "status")
    assert (code, "1 of these stand in no ledger yet" in out) == (1, True)


def test_nothing_due_and_nothing_held_are_said(trellis):
    assert trellis("retention", "due")[1] == "Nothing is due.\n"
    assert trellis("retention", "holds")[1] == "No legal hold stands.\n"
