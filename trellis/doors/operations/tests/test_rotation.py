"""`trellis keys …`, as an operator types it: nothing is lost, whatever happens meanwhile."""

import io
import json
import os
import signal
import subprocess
import sys
from threading import Event, Thread

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from cryptography.fernet import Fernet
from django.core.management import call_command
from django.db import connection, transaction

from tests.support.environment import ROOT
from trellis.doors.operations.rotation import actions
from trellis.doors.operations.tests.sealing import OLD, drafts, said_in, under, words
from trellis.foundation.audit.models import AuditEvent
from trellis.foundation.record import crypto, keys, sealed
from trellis.people.accounts.models import Draft
from trellis.people.accounts.queries import draft_for
from trellis.people.accounts.tests.factories import TOTP_SECRET, give_second_step
from trellis.people.consent.outside.queries import texts_of
from trellis.people.consent.tests.heard import TOLD, a_note

pytestmark = pytest.mark.usefixtures("committed_db")


# --- rotate -----------------------------------------------------------------------------------------------------------


def test_a_change_of_keys_seals_everything_anew_and_loses_nothing(run_keys, secrets, few):
    made = drafts(5)
    give_second_step(made[0].account)
    code, out, err = run_keys("rotate")
    assert (code, err) == (0, "")
    assert "7 rows were sealed anew.\nEvery text lies under the first key.\n" in out
    new, old = keys.current()
    assert old == OLD
    assert (under(new), under(old)) == (5, 0)
    assert [said_in(one) for one in made] == [words(n) for n in range(5)]
    factor = Authenticator.objects.get(type="totp")
    assert crypto.opened_by(factor.data["secret"], (new,)) == new
    assert crypto.unseal(factor.data["secret"]) == TOTP_SECRET
    assert TOTP(factor).instance.user_id == made[0].account_id
    assert [len(one.wrap().get_unused_codes()) for one in Authenticator.objects.filter(type="recovery_codes")] == [10]


def test_the_output_and_the_trail_say_no_word_of_a_text_and_no_key(run_keys, secrets, few):
    drafts(3)
    _, out, err = run_keys("rotate")
    assert not any(secret in out + err for secret in (*keys.current(), "words"))
    events = AuditEvent.objects.filter(actor="system:keys").order_by("id")
    assert [one.verb for one in events] == ["keys.rotate", "keys.reseal", "keys.reseal"]
    assert not any(one.subjects for one in events)


def test_what_is_sealed_anew_already_is_left_alone(run_keys, secrets):
    drafts(3)
    run_keys("rotate")
    before = list(Draft.objects.order_by("pk").values_list("sealed", flat=True))
    assert "0 rows were sealed anew." in run_keys("reseal")[1]
    assert list(Draft.objects.order_by("pk").values_list("sealed", flat=True)) == before


def test_a_change_that_was_cut_off_is_finished_before_the_next_begins(run_keys, secrets, monkeypatch, few):
    drafts(5)
    cut_off(monkeypatch, after=2)
    with pytest.raises(KeyboardInterrupt):
        run_keys("rotate")
    new = keys.current()[0]
    assert (under(new), under(OLD)) == (4, 1)
    monkeypatch.undo()
    code, _, err = run_keys("rotate")
    assert (code, err) == (2, "1 texts still lie under an older key. Finish that change first: trellis keys reseal\n")
    code, out, _ = run_keys("reseal")
    assert code == 0
    assert "1 rows were sealed anew." in out
    assert keys.current() == (new, OLD)


def cut_off(monkeypatch, after: int) -> None:
    whole, done = actions.reseal, []

    def reseal(**arguments):
        if len(done) == after:
            raise KeyboardInterrupt
        done.append(1)
        return whole(**arguments)

    monkeypatch.setattr(actions, "reseal", reseal)


#: dies by itself in the middle of a transaction: after the second batch was written, and before it is confirmed
KILLED = """
import os, signal, sys
import django
django.setup()
from django.core.management import call_command
from trellis.doors.operations.rotation import looking
from trellis.foundation.audit import trail
looking.AT_ONCE = 2
record, seen = trail.record, []
def die(**event):
    if event["verb"] == "keys.reseal":
        seen.append(1)
    if len(seen) == 2:
        os.kill(os.getpid(), signal.SIGKILL)
    record(**event)
trail.record = die
call_command("keys", "rotate")
"""


def test_a_killed_run_goes_on_where_it_stood(run_keys, secrets, database_url):
    made = drafts(5)
    environment = {name: value for name, value in os.environ.items() if name != "FIELD_KEYS"} | {
        "DATABASE_URL": database_url,
        "TRELLIS_VAR": str(secrets.parent),
        "PYTHONPATH": str(ROOT),
    }
    connection.close()
    died = subprocess.run([sys.executable, "-c", KILLED], cwd=ROOT, env=environment, capture_output=True, check=False)
    assert died.returncode == -signal.SIGKILL, died.stderr.decode()
    new, old = keys.current()
    assert (under(new), under(old)) == (2, 3)
    assert [said_in(one) for one in made] == [words(n) for n in range(5)]
    assert "3 rows were sealed anew." in run_keys("reseal")[1]
    assert (under(new), under(old)) == (5, 0)
    assert [said_in(one) for one in made] == [words(n) for n in range(5)]


def test_progress_is_shown_to_somebody_who_looks_on(secrets):
    seen = io.StringIO()
    seen.isatty = lambda: True
    call_command("keys", "rotate", stderr=seen, stdout=io.StringIO())
    many = len(sealed.places())
    assert f"Looked: {many} of {many} places" in seen.getvalue()
    assert "Sealed anew: 1 of " in seen.getvalue()


# --- while people work ------------------------------------------------------------------------------------------------


def test_a_row_that_was_changed_meanwhile_keeps_its_newer_text(run_keys, secrets, monkeypatch):
    one, other = drafts(2)
    whole, done = actions.reseal, []

    def reseal(**arguments):
        if not done:  # between reading and writing, somebody types on; another letter is sent and gone
            done.append(1)
            newer = Fernet(OLD).encrypt(json.dumps({"note": ["newer"]}).encode()).decode()
            Draft.objects.filter(pk=one.pk).update(sealed=newer)
            Draft.objects.filter(pk=other.pk).delete()
        return whole(**arguments)

    monkeypatch.setattr(actions, "reseal", reseal)
    code, out, _ = run_keys("rotate")
    assert (code, said_in(one)) == (0, "newer")
    assert "1 rows were sealed anew.\nEvery text lies under the first key." in out


def test_a_row_that_goes_on_changing_is_said_to_wait(run_keys, secrets, monkeypatch):
    (one,) = drafts(1)
    whole = actions.reseal

    def reseal(**arguments):
        Draft.objects.filter(pk=one.pk).update(sealed=Fernet(OLD).encrypt(b'{"note": ["newer"]}').decode())
        return whole(**arguments)

    monkeypatch.setattr(actions, "reseal", reseal)
    code, out, _ = run_keys("rotate")
    assert code == 1
    assert out.endswith("1 texts lie under an older key. Run: trellis keys reseal\n")
    assert said_in(one) == "newer"


def test_whoever_holds_a_row_is_not_waited_for(run_keys, secrets, settings):
    if connection.vendor != "postgresql":
        pytest.skip("PostgreSQL only: transactions side by side")
    one, _other = drafts(2)
    held, let_go = Event(), Event()

    def hold():
        with transaction.atomic():
            Draft.objects.select_for_update().get(pk=one.pk)
            held.set()
            let_go.wait(60)
        connection.close()

    thread = Thread(target=hold)
    thread.start()
    try:
        assert held.wait(60)
        code, out, _ = run_keys("rotate")
    finally:
        let_go.set()
        thread.join(60)
    assert code == 1
    assert "1 rows were sealed anew.\n1 texts lie under an older key." in out
    assert run_keys("reseal")[0] == 0


def test_a_process_that_was_there_before_reads_and_seals_under_the_new_key(run_keys, secrets):
    (one,) = drafts(1)
    assert said_in(one) == words(0)
    run_keys("rotate")
    assert draft_for(one.account_id, "form 0") == {"note": [words(0)]}
    assert crypto.opened_by(crypto.seal("next"), keys.current()[:1])


# --- rows that never change -------------------------------------------------------------------------------------------


def test_rows_that_never_change_are_left_as_they_are_and_keep_their_key(run_keys, secrets):
    note = a_note(told=TOLD, about="somebody")
    code, out, _ = run_keys("rotate")
    assert code == 0
    assert "0 rows were sealed anew." in out
    assert (
        "2 texts under an older key lie in rows that never change "
        "(consent_outsiderequest.about, consent_outsiderequest.told): keep that key." in out
    )
    assert texts_of(type(note).objects.get())["told"] == TOLD
    code, _, err = run_keys("drop", keys.name_of(OLD))
    assert code == 2
    assert err.endswith("These rows never change, so it stays.\n")
    assert OLD in keys.current()
