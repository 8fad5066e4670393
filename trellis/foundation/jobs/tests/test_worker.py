"""The worker as a process of its own, and what it does when things go wrong."""

import os
import signal
import subprocess
import sys
import threading

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.core.management import call_command
from django.db import OperationalError, connection
from django_tasks_db.models import DBTaskResult

from trellis.foundation import clock
from trellis.foundation.jobs import DeadlinePassed, actions, deadline, jobs, registry
from trellis.foundation.jobs.models import Heartbeat
from trellis.foundation.jobs.tests import sample
from trellis.foundation.jobs.worker import Worker


def run_worker(url: str, *arguments: str) -> subprocess.Popen:
    environment = os.environ | {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "trellis.config.settings"}
    return subprocess.Popen([sys.executable, "-m", "trellis", "worker", *arguments], env=environment)


def test_a_job_whose_worker_was_killed_is_done_by_the_next(database_url, tmp_path):
    mark = tmp_path / "mark"
    actions.later(sample.die_first, key="d", mark=str(mark))
    connection.close()
    assert run_worker(database_url, "--once").wait(60) == -signal.SIGKILL
    assert mark.read_text() == "died"
    _a_little_later()
    assert run_worker(database_url, "--once").wait(60) == 0
    assert mark.read_text() == "done"
    assert DBTaskResult.objects.get(task_path__endswith="die_first").status == "SUCCESSFUL"


def _a_little_later() -> None:
    """Five minutes pass for the job that was stranded: its lease and its back-off are over."""
    Heartbeat.objects.all().delete()
    actions.sweep()
    DBTaskResult.objects.filter(task_path__endswith="die_first").update(run_after=clock.now())
    connection.close()


def test_a_worker_that_is_asked_to_stop_says_goodbye(database_url):
    connection.close()
    process = run_worker(database_url)
    for _ in range(600):
        if Heartbeat.objects.exists():
            break
        connection.close()
        threading.Event().wait(0.1)
    process.terminate()
    assert process.wait(60) == 0
    assert not Heartbeat.objects.exists()


@pytest.mark.django_db
class TestInThisProcess:
    def test_the_loop_ends_when_it_is_told_to(self, monkeypatch):
        worker = Worker()
        monkeypatch.setattr(worker, "_beat_until", lambda done: done.wait())
        actions.later(sample.note, key="n", word="looped")
        monkeypatch.setattr("trellis.foundation.jobs.worker.close_old_connections", lambda: None)
        monkeypatch.setattr("trellis.foundation.jobs.worker.PAUSE", 0)
        monkeypatch.setattr(worker.stopping, "wait", lambda seconds: worker.stop())
        worker.run()
        assert "looped" in sample.ran
        assert not Heartbeat.objects.exists()

    def test_a_database_that_is_away_does_not_end_it(self, monkeypatch):
        worker = Worker()

        def away(name):
            raise OperationalError

        monkeypatch.setattr(actions, "beat", away)
        monkeypatch.setattr("trellis.foundation.jobs.worker.close_old_connections", lambda: None)
        monkeypatch.setattr("trellis.foundation.jobs.worker.connection.close", lambda: None)
        monkeypatch.setattr(worker.stopping, "wait", lambda seconds: None)
        assert worker._safely_step() is False

    def test_the_heart_goes_on_beating_through_a_fault(self, monkeypatch):
        worker, beats = Worker(), []

        def beat(name):
            beats.append(name)
            raise OperationalError

        done = threading.Event()
        answers = iter([False, False, True])
        monkeypatch.setattr(done, "wait", lambda seconds: next(answers))
        monkeypatch.setattr(actions, "beat", beat)
        monkeypatch.setattr("trellis.foundation.jobs.worker.connection.close", lambda: None)
        worker._beat_until(done)
        assert len(beats) == 2

    def test_a_job_that_was_given_back_is_told_in_the_log(self, monkeypatch):
        monkeypatch.setattr(registry, "_repeats", {})
        monkeypatch.setattr(actions, "sweep", lambda: 2)
        Worker()._housekeep()

    def test_it_can_be_run_once_by_command(self, monkeypatch, capsys):
        monkeypatch.setattr(registry, "_repeats", {})
        monkeypatch.setattr(Worker, "obey_signals", lambda self: None)
        actions.later(sample.note, key="n")
        call_command("worker", "--once")
        assert capsys.readouterr().out == "1 jobs were run.\n"

    def test_or_for_as_long_as_it_takes(self, monkeypatch):
        monkeypatch.setattr(Worker, "obey_signals", lambda self: None)
        monkeypatch.setattr(Worker, "run", lambda self: sample.ran.append("ran"))
        call_command("worker")
        assert sample.ran[-1] == "ran"

    def test_the_house_keeping_jobs_forget_what_is_over(self):
        cache.set("gone", 1, timeout=-1)
        cache.set("stays", 1, timeout=60)
        Session.objects.create(session_key="a", session_data="", expire_date="2020-01-01T00:00Z")
        jobs.prune.call()
        jobs.clear_expired_sessions.call()
        jobs.clear_expired_cache.call()
        assert not Session.objects.exists()
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM cache")
            assert cursor.fetchone() == (1,)


def test_a_deadline_in_another_thread_has_to_be_asked_for():
    seen = []

    def work():
        with deadline.within(-1):
            try:
                deadline.check()
            except DeadlinePassed:
                seen.append("passed")

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert seen == ["passed"]
    assert deadline.left() == float("inf")
