"""`trellis audit checkpoint | verify`, as an operator types it."""

import io
import json
from functools import partial

import pytest
from cryptography.fernet import Fernet
from django.core.management import call_command
from django.db import OperationalError

from trellis.foundation.audit import verifying
from trellis.foundation.audit.management.commands import audit
from trellis.foundation.audit.tests.trail import EVENTS, happen, ids, past_the_guards

pytestmark = pytest.mark.usefixtures("committed_db")


@pytest.fixture
def run(trellis):
    """`run("verify", "--json")` answers code, standard output and standard error."""
    return partial(trellis, "audit")


@pytest.fixture
def kept(run, tmp_path):
    """A checkpoint of ten events, kept elsewhere."""
    happen(10)
    file = tmp_path / "checkpoint.json"
    code, out, _ = run("checkpoint", file)
    assert (code, out) == (0, f"10 events are sealed, up to event {ids()[-1]}. Written to {file}.\n")
    return file


def test_a_whole_trail_is_whole(run, kept):
    assert run("verify") == (0, "10 events, 10 of them sealed: all as they were.\n", "")
    code, out, _ = run("verify", "--checkpoint", kept, "--json")
    assert code == 0
    assert json.loads(out) == {"ok": True, "table": EVENTS, "events": 10, "sealed": 10, "broken": []}


def test_a_broken_one_is_broken_and_says_where(run, kept):
    event = ids()[4]
    with past_the_guards() as execute:
        execute(f"UPDATE {EVENTS} SET actor = 'account:99' WHERE id = %s", [event])
    code, out, _ = run("verify", "--json")
    assert code == 1
    assert json.loads(out)["broken"] == [{"event": event, "kind": "edit"}]
    code, out, _ = run("verify", "--checkpoint", kept)
    assert code == 1
    assert out.splitlines() == [f"Event {event} was changed.", "10 events, 10 of them sealed: 1 not as they were."]


def test_many_faults_are_counted_and_not_all_told(run, kept):
    happen(40, start=10)
    run("checkpoint", kept)
    with past_the_guards() as execute:
        execute(f"DELETE FROM {EVENTS}")
    code, out, _ = run("verify")
    assert code == 1
    assert len(out.splitlines()) == audit.MANY + 2
    assert "… and 30 more." in out


def test_before_anything_happened_a_checkpoint_holds_nothing(run, tmp_path):
    file = tmp_path / "checkpoint.json"
    assert run("checkpoint", file)[0] == 0
    happen(3)
    assert run("verify", "--checkpoint", file)[0] == 0


DAMAGED = [
    lambda said: "",
    lambda said: "{",
    lambda said: "[]",
    lambda said: "[" * 100_000,
    lambda said: json.dumps({**json.loads(said), "more": 1}),
    lambda said: json.dumps({**json.loads(said), "signature": "no"}),
    lambda said: json.dumps({**json.loads(said), "signature": 7}),
    lambda said: json.dumps({key: value for key, value in json.loads(said).items() if key != "head"}),
]
CHANGED = [
    lambda said: json.dumps({**json.loads(said), "sealed": 9}),
    lambda said: json.dumps({**json.loads(said), "sealed": "10"}),
    lambda said: json.dumps({**json.loads(said), "head": "0" * 64}),
]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [(one, "It is no checkpoint, or it is damaged.") for one in DAMAGED]
    + [(one, "It was changed, or it was signed by another installation.") for one in CHANGED],
)
def test_a_checkpoint_that_is_none_of_ours_is_named_as_such(run, kept, change, sentence):
    kept.write_text(change(kept.read_text()))
    code, out, err = run("verify", "--checkpoint", kept, "--json")
    assert (code, out) == (2, "")
    assert err == f"{kept}: {sentence} Nothing was verified.\n"


def test_a_checkpoint_of_another_installation_is_refused_and_one_of_an_older_key_is_not(run, kept, settings):
    ours, other = settings.FIELD_KEYS, Fernet.generate_key().decode()
    settings.FIELD_KEYS = [other]
    assert run("verify", "--checkpoint", kept)[0] == 2
    settings.FIELD_KEYS = [other, *ours]
    assert run("verify", "--checkpoint", kept)[0] == 0


def test_a_file_that_cannot_be_read_or_written_is_named(run, tmp_path):
    assert run("verify", "--checkpoint", tmp_path / "none")[2].endswith(
        "It cannot be read: No such file or directory.\n"
    )
    (tmp_path / "bytes").write_bytes(b"\xff\xfe")
    assert run("verify", "--checkpoint", tmp_path / "bytes")[2].endswith("It cannot be read: it is no text.\n")
    code, _, err = run("checkpoint", tmp_path / "no" / "folder")
    assert (code, "It cannot be written" in err) == (2, True)


def test_a_database_without_tables_could_not_be_verified(run, monkeypatch):
    def broken(*arguments):
        raise OperationalError("no such table")

    monkeypatch.setattr(verifying, "verify", broken)
    code, _, err = run("verify")
    assert (code, err) == (2, "The database cannot be read or has no tables yet. Run: trellis migrate\n")


def test_progress_is_shown_to_somebody_who_looks_on(monkeypatch, kept):
    seen = io.StringIO()
    seen.isatty = lambda: True
    call_command("audit", "verify", stderr=seen)
    assert seen.getvalue() == "\r10 of 10\n"


def test_progress_is_shown_to_nobody_else_unless_it_is_asked_for(run, kept):
    assert run("verify")[2] == ""
    assert run("verify", "--progress")[2] == "\r10 of 10\n"
