"""The doctor says what is wrong in a sentence, and what to do."""

import json
import smtplib
from collections import namedtuple
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.db import OperationalError

from trellis.doors.operations import checks
from trellis.doors.operations.checks import database, installation, running
from trellis.doors.operations.checks import documents as papers_of
from trellis.doors.operations.checks.finding import State, look, ok, wrong
from trellis.foundation import clock
from trellis.foundation.access.actor import Actor
from trellis.foundation.clock.models import ClockShift
from trellis.foundation.documents.actions import keep
from trellis.foundation.documents.reworking import Clean
from trellis.foundation.documents.rules import Kind
from trellis.foundation.jobs import actions as jobs
from trellis.foundation.places.models import MeetingList
from trellis.foundation.record.guard import writing

pytestmark = pytest.mark.django_db
Usage = namedtuple("Usage", "free")


def state(finding) -> str:
    assert finding.sentence.endswith((".", "!")) or finding.sentence[-1].isalnum()
    assert (finding.state is State.OK) == (finding.remedy == ""), "what is not in order says what to do"
    return str(finding.state)


@pytest.fixture
def var(settings, tmp_path):
    settings.VAR = tmp_path
    return tmp_path


def test_secrets_that_others_can_read_are_wrong(var):
    assert state(installation.secrets()) == "ok"
    file = var / "secrets.json"
    file.write_text("{}")
    file.chmod(0o600)
    assert state(installation.secrets()) == "ok"
    file.chmod(0o640)
    assert "chmod 600" in installation.secrets().remedy


def test_where_papers_lie_is_private_and_can_be_written(papers, monkeypatch):
    found = papers_of.documents()
    assert (state(found), "No paper was kept yet" in found.sentence) == ("ok", True)
    papers.mkdir(mode=0o700)
    assert (state(papers_of.documents()), str(papers) in papers_of.documents().sentence) == ("ok", True)
    papers.chmod(0o750)
    assert "chmod 700" in papers_of.documents().remedy
    papers.chmod(0o700)
    monkeypatch.setattr(papers_of.os, "access", lambda *arguments: False)
    assert "Nothing can be written" in papers_of.documents().sentence
    papers.rmdir()
    found = papers_of.documents()
    assert (state(found), "cannot be made" in found.sentence) == ("wrong", True)


def test_a_paper_that_is_lost_is_wrong(papers):
    file = Clean(Kind.PDF, b"signed")
    document = keep(by=Actor.of_system("test"), subject="client:17", file=file)
    assert state(papers_of.documents()) == "ok"
    (papers / document.public_id[:2] / document.public_id).unlink()
    assert document.public_id in papers_of.documents().sentence
    assert state(papers_of.documents()) == "wrong"


@pytest.mark.parametrize(("debug", "answer"), [(True, "wrong"), (False, "ok")])
def test_debug_is_wrong(settings, debug, answer):
    settings.DEBUG = debug
    assert state(installation.debug()) == answer


@pytest.mark.parametrize(
    ("secure", "hosts", "answer"),
    [
        (True, ["clinic.example.org"], "ok"),
        (False, ["clinic.example.org", "localhost"], "wrong"),
        (False, ["localhost"], "look"),
    ],
)
def test_pages_for_others_need_https(settings, secure, hosts, answer):
    settings.HTTPS, settings.ALLOWED_HOSTS = secure, hosts
    assert state(installation.https()) == answer


@pytest.mark.parametrize(("days", "answer"), [(90, "ok"), (3, "wrong")])
def test_a_certificate_that_ends_soon_is_wrong(settings, monkeypatch, days, answer):
    settings.SITE_URL = "https://help.example.org"
    until = datetime.now(UTC) + timedelta(days=days, hours=1)
    monkeypatch.setattr(installation, "_certificate_until", lambda host, port: until)
    assert state(installation.certificate()) == answer


def test_a_certificate_that_cannot_be_read_is_wrong(settings, monkeypatch):
    def unreachable(host, port):
        raise ConnectionRefusedError

    settings.SITE_URL = "https://help.example.org:8443"
    monkeypatch.setattr(installation, "_certificate_until", unreachable)
    assert state(installation.certificate()) == "wrong"
    settings.SITE_URL = "http://localhost:8000"
    assert state(installation.certificate()) == "ok"


@pytest.mark.parametrize(("free", "answer"), [(5_000_000_000, "ok"), (20_000_000, "wrong")])
def test_a_disk_that_is_nearly_full_is_wrong(monkeypatch, free, answer):
    monkeypatch.setattr(installation.shutil, "disk_usage", lambda path: Usage(free))
    assert state(installation.disk()) == answer


def test_a_database_that_does_not_answer_is_wrong_and_nothing_more_is_asked(monkeypatch):
    def away():
        raise OperationalError

    assert state(database.reachable()) == "ok"
    monkeypatch.setattr(database.connection, "ensure_connection", away)
    findings = checks.examine((database.reachable, database.schema))
    assert [finding.name for finding in findings] == ["database"]
    assert not checks.is_whole(findings)


def test_a_schema_that_is_behind_is_wrong(monkeypatch):
    assert state(database.schema()) == "ok"
    monkeypatch.setattr(database, "pending", lambda: 3)
    assert "3 migrations behind" in database.schema().sentence
    assert state(database.schema()) == "wrong"


def test_lost_guards_are_wrong(monkeypatch):
    assert state(database.guards()) == "ok"
    monkeypatch.setattr(database.triggers, "missing", lambda connection: database.triggers.declared()[:1])
    assert state(database.guards()) == "wrong"


def test_a_role_that_could_take_the_guards_away_is_seen(monkeypatch):
    monkeypatch.setattr(database, "connection", SimpleNamespace(vendor="postgresql"))
    monkeypatch.setattr(database.privileges, "too_many", lambda connection: [])
    assert state(database.rights()) == "ok"
    monkeypatch.setattr(database.privileges, "too_many", lambda connection: ["audit_auditevent"])
    assert state(database.rights()) == "look"
    monkeypatch.setattr(database, "connection", SimpleNamespace(vendor="sqlite"))
    assert "SQLite knows no roles" in database.rights().sentence


def test_sqlite_that_does_not_wait_for_the_disk_is_wrong(monkeypatch):
    answers = {"PRAGMA journal_mode": ("wal",), "PRAGMA synchronous": (1,)}

    class Cursor:
        def __enter__(self):
            return self

        def __exit__(self, *_):
            return None

        def execute(self, sql):
            self.sql = sql
            return self

        def fetchone(self):
            return answers[self.sql]

    stub = SimpleNamespace(vendor="sqlite", cursor=Cursor)
    monkeypatch.setattr(database, "connection", stub)
    assert state(database.durable()) == "wrong"
    answers["PRAGMA synchronous"] = (2,)
    assert state(database.durable()) == "ok"
    stub.vendor = "postgresql"
    assert state(database.durable()) == "ok"


def test_a_cache_that_is_missing_or_forgets_is_wrong(settings, monkeypatch):
    assert state(database.cache()) == "ok"
    monkeypatch.setattr(database.shared_cache, "get", lambda key: None)
    assert state(database.cache()) == "wrong"
    monkeypatch.setitem(settings.CACHES["default"], "LOCATION", "nowhere")
    assert "nobody can sign in" in database.cache().sentence


def test_without_a_program_or_an_administrator_the_house_is_not_ready():
    assert state(running.program()) == "wrong"
    assert state(running.administrator()) == "wrong"


def test_an_administrator_is_enough():
    from trellis.people.accounts.actions import create_account

    create_account(
        by=Actor.of_system("test"), chosen_name="Ana", email="a@example.org", roles=["program_administrator"]
    )
    assert state(running.administrator()) == "ok"


def test_a_demo_that_is_served_as_if_it_were_real_is_wrong(settings):
    assert state(running.demo()) == "ok"
    with writing("test"):
        ClockShift.objects.create(seconds=60)
    assert state(running.demo()) == "wrong"
    settings.DEMO = True
    assert state(running.demo()) == "ok"
    clock.forget_shift()


def test_a_clock_that_went_back_is_wrong(monkeypatch):
    from trellis.foundation.audit.models import AuditEvent

    assert state(running.clock()) == "ok"
    with writing("test"):
        AuditEvent.objects.create(at=datetime.now(UTC) + timedelta(hours=2), actor="x", verb="x", subjects=[])
    assert state(running.clock()) == "wrong"


def test_a_worker_that_is_silent_is_wrong(clock_at):
    now = clock_at(datetime(2026, 3, 4, 20, tzinfo=UTC))
    assert "never run" in running.worker().sentence
    jobs.beat("w")
    assert state(running.worker()) == "ok"
    clock_at(now + timedelta(minutes=10))
    assert "silent for 10 minutes" in running.worker().sentence
    clock_at(now + timedelta(hours=10))
    assert "silent for 10 hours" in running.worker().sentence
    clock_at(now + timedelta(seconds=100))
    assert "silent for 100 seconds" in running.worker().sentence


def test_jobs_that_failed_want_a_look(monkeypatch):
    assert state(running.jobs()) == "ok"
    monkeypatch.setattr(running.jobs_queries, "failed_since", lambda instant: 2)
    assert state(running.jobs()) == "look"


def test_a_mail_server_that_does_not_answer_is_wrong(settings, monkeypatch):
    settings.EMAIL_BACKEND = running.SMTP

    class Closed:
        def __init__(self, *_, **__):
            raise smtplib.SMTPConnectError(421, "closed")

    monkeypatch.setattr(running.smtplib, "SMTP", Closed)
    assert state(running.mail_server()) == "wrong"

    class Open:
        def __init__(self, *_, **__):
            pass

        def close(self):
            pass

    monkeypatch.setattr(running.smtplib, "SMTP", Open)
    assert state(running.mail_server()) == "ok"
    settings.DEFAULT_FROM_EMAIL = "office@rehab-clinic.example.org"
    assert "tells what this is about" in running.mail_server().sentence
    settings.EMAIL_BACKEND = "somewhere.else"
    assert state(running.mail_server()) == "look"
    settings.DEMO = True
    assert state(running.mail_server()) == "ok"


def test_messages_that_wait_or_were_set_aside_are_told(settings, monkeypatch):
    class Some:
        def count(self):
            return 2

    assert state(running.outbox()) == "ok"
    monkeypatch.setattr(running.messages, "waiting_for", lambda now: timedelta(hours=1))
    assert state(running.outbox()) == "wrong"
    monkeypatch.setattr(running.messages, "parked", Some)
    assert state(running.outbox()) == "look"
    settings.DEMO = True
    assert state(running.outbox()) == "ok"


def answer(capsys, monkeypatch, findings, *arguments):
    monkeypatch.setattr(checks, "examine", lambda: findings)
    try:
        call_command("doctor", *arguments)
        code = 0
    except SystemExit as end:
        code = end.code
    return code, capsys.readouterr().out


def test_the_command_prints_a_line_each_and_ends_with_0_where_nothing_is_wrong(capsys, monkeypatch):
    findings = [ok("a", "A is fine."), look("b", "B is odd.", "See B.")]
    code, out = answer(capsys, monkeypatch, findings)
    assert code == 0
    assert out.splitlines() == ["ok     A is fine.", "look   B is odd.", "       See B."]


def test_the_command_ends_with_1_where_something_is_wrong_also_as_json(capsys, monkeypatch):
    code, out = answer(capsys, monkeypatch, [wrong("c", "C is off.", "Turn it on.")], "--json")
    assert code == 1
    assert json.loads(out) == {
        "ok": False,
        "checks": [{"name": "c", "state": "wrong", "sentence": "C is off.", "remedy": "Turn it on."}],
    }


def test_a_check_that_meets_a_broken_database_is_a_finding_and_no_fault(monkeypatch):
    def broken():
        raise OperationalError

    found = checks.examine((broken,))
    assert state(found[0]) == "wrong"


def test_a_whole_examination_asks_every_check(monkeypatch):
    monkeypatch.setattr(running.smtplib, "SMTP", lambda *_, **__: type("S", (), {"close": lambda self: None})())
    names = [finding.name for finding in checks.examine()]
    assert len(names) == len(checks.CHECKS)


def test_a_list_of_meetings_that_is_not_read_for_long_wants_a_look(clock_at):
    now = clock.now()
    clock_at(now)
    assert state(running.meeting_lists()) == "ok"
    with writing("factory"):
        one = MeetingList.objects.create(name="orange", title="Orange", refresh=True, read_at=now - timedelta(days=7))
    assert state(running.meeting_lists()) == "ok"
    clock_at(now + timedelta(minutes=1))
    assert "orange" in running.meeting_lists().sentence
    assert state(running.meeting_lists()) == "look"
    with writing("factory"):
        MeetingList.objects.filter(pk=one.pk).update(switched_on=False)
    assert state(running.meeting_lists()) == "ok"
