from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from trellis.foundation.jobs import actions, every, registry
from trellis.foundation.jobs.models import Heartbeat, JobKey, Schedule
from trellis.foundation.jobs.queries import failed_since, pulse
from trellis.foundation.jobs.tests import sample
from trellis.foundation.jobs.worker import Worker

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 4, 20, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def nothing_ran(monkeypatch):
    sample.ran.clear()
    monkeypatch.setattr(registry, "_repeats", {})


@pytest.fixture
def now(clock_at):
    """`now(minutes)` holds the clock so long after noon."""
    clock_at(NOON)
    return lambda minutes=0, seconds=0: clock_at(NOON + timedelta(minutes=minutes, seconds=seconds))


@pytest.fixture
def worker():
    return Worker("worker-1")


def test_a_job_runs_once_with_its_values(now, worker):
    actions.later(sample.note, key="note:1", word="hello")
    assert worker.run_waiting() == 1
    assert sample.ran == ["hello"]
    assert DBTaskResult.objects.get().status == TaskResultStatus.SUCCESSFUL


def test_the_same_key_is_the_same_job(now, worker):
    first = actions.later(sample.note, key="note:1")
    worker.run_waiting()
    assert actions.later(sample.note, key="note:1") == first
    assert worker.run_waiting() == 0


def test_two_that_ask_in_the_same_instant_get_one_job(now, monkeypatch):
    """The other process's row appears between the look and the write."""
    theirs = actions.later(sample.note, key="note:1")
    monkeypatch.setattr(JobKey.objects, "filter", lambda **_: JobKey.objects.none())
    assert actions.later(sample.note, key="note:1") == theirs
    assert DBTaskResult.objects.count() == 1


def test_a_job_of_a_transaction_that_is_rolled_back_never_was(now, worker):
    with transaction.atomic():
        actions.later(sample.note, key="note:1")
        transaction.set_rollback(True)
    assert worker.run_waiting() == 0


def test_a_job_for_later_waits_for_its_time(now, worker):
    actions.later(sample.note, key="note:1", after=NOON + timedelta(minutes=5))
    assert worker.run_waiting() == 0
    now(minutes=5)
    assert worker.run_waiting() == 1


def test_a_job_that_fails_is_tried_again_later_and_given_up_in_the_end(now, worker):
    actions.later(sample.stumble, key="s")
    tried = []
    for minute in range(10):
        now(minutes=minute)
        tried.append(worker.run_waiting())
    assert tried == [1, 1, 0, 0, 1, 0, 0, 0, 0, 0]
    assert DBTaskResult.objects.get().status == TaskResultStatus.FAILED
    assert failed_since(NOON) == 1


def test_what_a_fault_said_is_not_kept(now, worker):
    actions.later(sample.stumble, key="s")
    worker.run_waiting()
    row = DBTaskResult.objects.get()
    assert row.exception_class_path == "builtins.ValueError"
    assert "a name" not in row.traceback.replace('ValueError("a name that must not be kept")', "")
    assert row.run_after == NOON + timedelta(minutes=1)


def test_a_job_that_takes_too_long_is_stopped(now, worker):
    actions.later(sample.linger, key="l")
    worker.run_waiting()
    assert DBTaskResult.objects.get().exception_class_path.endswith("DeadlinePassed")


def test_a_job_can_ask_how_long_it_has_left(now, worker):
    actions.later(sample.tell_time, key="t")
    worker.run_waiting()
    assert 0 < sample.ran[0] <= 5


def test_a_repeated_job_comes_round_on_its_beat_and_what_was_slept_through_is_not_made_up(now, worker):
    every(10, sample.note)
    counts = []
    for minute in (0, 5, 10, 11, 45, 49, 50):
        now(minutes=minute)
        counts.append(worker.run_waiting())
    assert counts == [1, 0, 1, 0, 1, 0, 1]
    assert Schedule.objects.get().next_at == NOON + timedelta(minutes=60)


def test_two_workers_do_not_both_ask_for_one_round(now, monkeypatch):
    every(10, sample.note)
    actions.enqueue_due()
    now(minutes=10)
    stale = {row.name: row.next_at for row in Schedule.objects.all()}
    assert actions.enqueue_due() == 1
    repeat = registry.repeats()[0]
    assert actions._enqueue_round(repeat, stale[repeat.name], NOON + timedelta(minutes=10)) is False


def test_a_job_comes_round_once_a_minute_at_most():
    with pytest.raises(ValueError, match="once a minute"):
        every(0, sample.note)


def test_a_dead_workers_job_is_given_back_after_its_lease(now, worker):
    actions.later(sample.note, key="n")
    actions.beat("killed")
    actions.claim("killed")
    now(seconds=60)
    assert actions.sweep() == 0
    now(seconds=61)
    assert actions.sweep() == 1
    assert worker.run_waiting() == 0, "it backs off first"
    now(minutes=3)
    assert worker.run_waiting() == 1
    assert sample.ran == ["once"]


def test_a_workers_word_does_not_count_after_its_job_was_given_away(now):
    actions.later(sample.note, key="n")
    mine = actions.claim("slow")
    now(minutes=10)
    actions.sweep()
    now(minutes=20)
    theirs = actions.claim("other")
    actions.succeed(mine)
    assert DBTaskResult.objects.get().status == TaskResultStatus.RUNNING
    actions.succeed(theirs)
    assert DBTaskResult.objects.get().status == TaskResultStatus.SUCCESSFUL


def test_the_pulse_is_the_newest_beat_and_a_worker_that_leaves_takes_its_own_along(now):
    assert pulse(NOON) is None
    actions.beat("a")
    now(seconds=30)
    actions.beat("b")
    assert pulse(NOON + timedelta(seconds=40)) == timedelta(seconds=10)
    actions.leave("b")
    assert pulse(NOON + timedelta(seconds=40)) == timedelta(seconds=40)


def test_signs_of_long_dead_workers_are_swept_away(now):
    actions.beat("a")
    now(minutes=11)
    actions.sweep()
    assert not Heartbeat.objects.exists()


def test_an_idle_worker_only_looks(now, statements):
    with statements() as seen:
        assert actions.claim("worker-1") is None
    assert len(seen) == 1


def test_old_results_and_keys_are_forgotten(now, worker):
    actions.later(sample.note, key="n")
    worker.run_waiting()
    now(minutes=15 * 24 * 60)
    actions.prune()
    assert not DBTaskResult.objects.exists()
    assert JobKey.objects.exists()
    now(minutes=61 * 24 * 60)
    actions.prune()
    assert not JobKey.objects.exists()
