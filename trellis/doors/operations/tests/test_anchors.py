"""The signed head of the trail, where the database's owner cannot reach it."""

from datetime import timedelta

import pytest

from trellis.doors.operations import anchors, jobs
from trellis.doors.operations.checks import trail
from trellis.foundation.audit import checkpoints, verifying
from trellis.foundation.audit.models import AuditEvent
from trellis.foundation.audit.tests.trail import happen
from trellis.foundation.messaging.models import Message
from trellis.people.clients.tests.factories import SINCE

pytestmark = pytest.mark.usefixtures("committed_db")  # on PostgreSQL only what was committed is sealed


@pytest.fixture
def folder(settings, tmp_path, clock_at):
    clock_at(SINCE)
    settings.CHECKPOINT_FOLDER = str(tmp_path / "elsewhere")
    return tmp_path / "elsewhere"


def test_where_nothing_is_named_nothing_is_done(settings):
    happen(3)
    jobs.keep_checkpoint.call()
    assert not Message.objects.exists()


def test_a_file_a_day_is_written_anew_and_holds_what_the_earlier_one_held(folder, clock_at):
    happen(3)
    jobs.keep_checkpoint.call()
    (file,) = folder.iterdir()
    assert file.name == "trail-2026-10-05.json"
    first = checkpoints.read(file.read_text())
    happen(4, start=3)
    clock_at(SINCE + timedelta(minutes=10))
    jobs.keep_checkpoint.call()
    assert list(folder.iterdir()) == [file]
    second = checkpoints.read(file.read_text())
    assert (first.sealed, second.sealed) == (3, 7)
    assert verifying.verify(second).broken == []
    clock_at(SINCE + timedelta(days=1))
    jobs.keep_checkpoint.call()
    assert len(list(folder.iterdir())) == 2


def test_mail_goes_once_a_day_and_says_nothing_about_anybody(settings, clock_at):
    clock_at(SINCE)
    settings.CHECKPOINT_MAIL = ["keeper@example.org"]
    happen(3)
    for minutes in (0, 10, 20):
        clock_at(SINCE + timedelta(minutes=minutes))
        jobs.keep_checkpoint.call()
    message = Message.objects.get()
    assert (message.to, message.kind) == ("keeper@example.org", "operations.checkpoint")
    assert checkpoints.read(message.values["code"]).sealed == 3
    clock_at(SINCE + timedelta(days=1))
    jobs.keep_checkpoint.call()
    assert Message.objects.count() == 2


def test_the_newest_that_is_ours_counts(folder):
    assert anchors.newest(folder) is None
    happen(3)
    anchors.keep()
    (folder / "trail-2027-01-01.json").write_text("{}")
    (folder / "trail-2027-01-02.json").mkdir()
    assert anchors.newest(folder) == SINCE
    assert AuditEvent.objects.count() == 3  # keeping one is no act on anybody's record


@pytest.mark.parametrize(
    ("changed", "state", "words"),
    [
        ({"DEMO": True}, "ok", "A demo"),
        ({}, "look", "a cut tail would not show"),
        ({"CHECKPOINT_MAIL": ["a@example.org"]}, "ok", "by mail once a day"),
    ],
)
def test_the_doctor_says_where_it_is_kept(settings, changed, state, words):
    for name, value in changed.items():
        setattr(settings, name, value)
    found = trail.checkpoint()
    assert found.state.value == state
    assert words in found.sentence


def test_the_doctor_says_when_the_last_one_is_too_old(folder, clock_at):
    assert "never written" in trail.checkpoint().sentence
    anchors.keep()
    assert trail.checkpoint().state.value == "ok"
    clock_at(SINCE + trail.LATE + timedelta(seconds=1))
    found = trail.checkpoint()
    assert found.state.value == "wrong"
    assert "2026-10-05 16:00 UTC" in found.sentence
