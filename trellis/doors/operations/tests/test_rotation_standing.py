"""Where one stands with keys: what waits, what cannot be opened, which key may go; the command and the doctor."""

import json

import pytest
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet
from django.db import DatabaseError

from trellis.doors.operations.backups import keys as backups
from trellis.doors.operations.backups.faults import CouldNot
from trellis.doors.operations.checks import keys as check
from trellis.doors.operations.rotation import looking, resealing
from trellis.doors.operations.tests.sealing import LOST, OLD, drafts, said_in, words
from trellis.foundation.access.actor import Actor
from trellis.foundation.audit import checkpoints
from trellis.foundation.audit.models import AuditEvent
from trellis.foundation.record import crypto, keys
from trellis.people.accounts.models import Draft
from trellis.people.accounts.tests.factories import AccountFactory
from trellis.people.consent.tests.heard import TOLD, a_note

pytestmark = pytest.mark.usefixtures("committed_db")


# --- status and drop --------------------------------------------------------------------------------------------------


def test_one_sees_where_one_stands(run_keys, secrets):
    drafts(3)
    new = Fernet.generate_key().decode()
    keys.put_first(secrets, new)
    code, out, _ = run_keys("status")
    assert code == 1
    assert out.splitlines() == [
        f"{keys.name_of(new)}  first  0 texts",
        f"{keys.name_of(OLD)}  older  3 texts",
        "3 texts lie under an older key. Run: trellis keys reseal",
    ]
    code, out, _ = run_keys("status", "--json")
    assert (code, json.loads(out)) == (
        1,
        {
            "ok": False,
            "keys": [{"key": keys.name_of(new), "texts": 0}, {"key": keys.name_of(OLD), "texts": 3}],
            "waiting": 3,
            "staying": 0,
            "closed": {},
        },
    )


def test_an_old_key_goes_when_nothing_needs_it(run_keys, secrets):
    drafts(2)
    taken = checkpoints.written(checkpoints.take())
    name = backups.fingerprint()
    backup = name, b"a backup", backups.seal(name, b"a backup")
    run_keys("rotate")
    assert checkpoints.read(taken), "what it signed is still ours"
    assert backups.sealed_here(*backup) is True
    assert backups.seal(name, b"a backup") == backup[2], "one that was begun before names the key it is sealed with"
    assert backups.fingerprint() != name, "the next one is sealed with the new key"
    code, out, _ = run_keys("drop", keys.name_of(OLD))
    assert code == 0
    assert out.startswith(f"It is gone from {secrets}.")
    assert OLD not in keys.current()
    assert run_keys("status")[0] == 0
    assert backups.sealed_here(*backup) is None
    with pytest.raises(CouldNot, match="let go while"):
        backups.seal(name, b"a backup")
    with pytest.raises(checkpoints.NoCheckpoint):
        checkpoints.read(taken)


def test_a_key_that_is_needed_is_not_let_go(run_keys, secrets):
    drafts(2)
    keys.put_first(secrets, Fernet.generate_key().decode())
    before = secrets.read_bytes()
    code, _, err = run_keys("drop", keys.name_of(OLD))
    assert code == 2
    assert err.endswith(
        "It is needed: 2 texts lie under it, in accounts_draft.sealed (2). Run first: trellis keys reseal\n"
    )
    code, _, err = run_keys("drop", keys.name_of(keys.current()[0]))
    assert (code, "It seals what is written now." in err) == (2, True)
    code, _, err = run_keys("drop", "0123")
    assert (code, err) == (2, "0123: No field key has this name. See: trellis keys status\n")
    assert secrets.read_bytes() == before


# --- what goes wrong --------------------------------------------------------------------------------------------------


def test_a_text_that_no_key_opens_is_named_by_its_row_and_stays(run_keys, secrets):
    one, other = drafts(2)
    closed = Fernet(LOST).encrypt(b"never to be printed").decode()
    Draft.objects.filter(pk=one.pk).update(sealed=closed)
    code, out, _ = run_keys("rotate")
    assert code == 1
    assert f"1 rows were sealed anew.\naccounts_draft.sealed: no key opens row {one.pk}.\n" in out
    assert "never" not in out
    assert Draft.objects.get(pk=one.pk).sealed == closed
    assert said_in(other) == words(1)
    assert json.loads(run_keys("status", "--json")[1])["closed"] == {"accounts_draft.sealed": [one.pk]}


def test_one_closed_secret_keeps_no_other_of_its_row_under_the_old_key(run_keys, secrets):
    account = AccountFactory()
    data = {"secret": Fernet(LOST).encrypt(b"x").decode(), "seed": crypto.seal("y"), "used_mask": 3}
    factor = Authenticator.objects.create(user=account, type="totp", data=data)
    assert run_keys("rotate")[0] == 1
    factor.refresh_from_db()
    assert crypto.opened_by(factor.data["seed"], keys.current()[:1])
    assert (factor.data["secret"], factor.data["used_mask"]) == (data["secret"], 3)


def test_many_closed_texts_are_counted(run_keys, secrets):
    drafts(22)
    keys.put_first(secrets, LOST)
    keys.let_go(secrets, OLD)
    assert run_keys("status")[1].endswith("accounts_draft.sealed: … and 2 more.\n")


def test_keys_of_the_environment_are_changed_there(trellis, settings):
    settings.FIELD_KEYS_FILE, settings.FIELD_KEYS = None, [OLD]
    made = drafts(2)
    code, out, err = trellis("keys", "rotate")
    assert (code, out) == (2, "")
    assert err.startswith("The field keys come from FIELD_KEYS, not from a file.")
    code, new, _ = trellis("keys", "make")
    settings.FIELD_KEYS = [new.strip(), OLD]
    code, out, _ = trellis("keys", "reseal")
    assert (code, out) == (0, "2 rows were sealed anew.\nEvery text lies under the first key.\n")
    assert trellis("keys", "drop", keys.name_of(OLD))[:2] == (
        0,
        "Nothing in the database needs it. Take it out of FIELD_KEYS and start every process again.\n",
    )
    settings.FIELD_KEYS = [new.strip()]
    assert [said_in(one) for one in made] == [words(0), words(1)]


def test_a_file_that_cannot_be_written_changes_nothing(run_keys, secrets, monkeypatch):
    def full(*arguments):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(keys, "_replace", full)
    code, _, err = run_keys("rotate")
    assert (code, err) == (2, f"{secrets}: It cannot be written: No space left on device.\n")
    assert keys.current() == (OLD,)
    assert not AuditEvent.objects.filter(verb="keys.rotate").exists()


def test_a_database_without_tables_is_said_to_be_none(run_keys, secrets, monkeypatch):
    def broken(*arguments):
        raise DatabaseError("no such table")

    monkeypatch.setattr(looking, "_look_at", broken)
    code, _, err = run_keys("status")
    assert (code, err) == (2, "The database cannot be read or has no tables yet. Run: trellis doctor\n")


# --- the doctor -------------------------------------------------------------------------------------------------------


def test_the_doctor_says_what_lies_under_an_older_key_and_what_is_closed(run_keys, secrets):
    (one,) = drafts(1)
    assert str(check.sealed_texts().state) == "ok"
    keys.put_first(secrets, Fernet.generate_key().decode())
    finding = check.sealed_texts()
    assert (str(finding.state), finding.remedy) == ("look", "Run: trellis keys reseal")
    run_keys("reseal")
    assert str(check.sealed_texts().state) == "ok"
    a_note(told=TOLD)
    keys.put_first(secrets, Fernet.generate_key().decode())
    run_keys("reseal")
    finding = check.sealed_texts()
    assert (str(finding.state), "it stays" in finding.sentence) == ("ok", True)
    Draft.objects.filter(pk=one.pk).update(sealed=Fernet(LOST).encrypt(b"x").decode())
    finding = check.sealed_texts()
    assert (str(finding.state), "accounts_draft.sealed (1)" in finding.sentence) == ("wrong", True)


def test_the_doctor_looks_at_both_ends_of_a_table(run_keys, secrets, monkeypatch):
    made = drafts(5)
    monkeypatch.setattr(check, "ENDS", 1)
    lost = Fernet(LOST).encrypt(b"x").decode()
    for pk, state in ((made[2].pk, "ok"), (made[0].pk, "wrong")):
        Draft.objects.filter(pk=pk).update(sealed=lost)
        assert str(check.sealed_texts().state) == state
    Draft.objects.filter(pk=made[0].pk).update(sealed=crypto.seal("{}"))
    Draft.objects.filter(pk=made[4].pk).update(sealed=lost)
    assert str(check.sealed_texts().state) == "wrong"


def test_a_pass_that_found_nothing_to_do_writes_nothing(secrets, statements):
    drafts(2)
    with statements() as seen:
        assert resealing.reseal_all(Actor.of_system("keys"), lambda *_: None) == 0
    assert all(sql.startswith("SELECT") for sql in seen)
