"""The web server and the worker: one start, one end."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.core.management import call_command

from trellis.doors.operations import serving, static
from trellis.doors.operations.checks.finding import ok, wrong
from trellis.doors.operations.management.commands import serve
from trellis.foundation import clock
from trellis.foundation.jobs.models import Heartbeat
from trellis.foundation.record.guard import writing


def free_port() -> int:
    with socket.socket() as plug:
        plug.bind(("127.0.0.1", 0))
        return plug.getsockname()[1]


def test_it_serves_runs_the_worker_and_ends_both_when_asked(database_url):
    port = free_port()
    environment = os.environ | {"DATABASE_URL": database_url, "TRELLIS_STATIC": "plain"}
    process = subprocess.Popen(
        [sys.executable, "-m", "trellis", "serve", "--port", str(port), "--workers", "1"],
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert _answers(f"http://localhost:{port}/health/ready")
        assert _until(Heartbeat.objects.exists)
    finally:
        process.send_signal(signal.SIGTERM)
        out, _ = process.communicate(timeout=60)
    assert process.returncode == 0
    assert f"http://localhost:{port}/accounts/login/" in out
    assert not Heartbeat.objects.exists(), "the worker said goodbye"


def _answers(url: str) -> bool:
    def asked() -> bool:
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:
                return answer.status == 200
        except OSError:
            return False

    return _until(asked)


def _until(holds) -> bool:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        if holds():
            return True
        time.sleep(0.1)
    return False


@pytest.mark.django_db
class TestWhyNot:
    place = serving.Place("127.0.0.1", 0)

    @pytest.fixture(autouse=True)
    def this_machine_alone(self, settings):
        settings.ALLOWED_HOSTS = ["localhost"]

    def test_with_everything_in_order_there_is_no_reason(self):
        assert serve._why_not(self.place, demo=False) is None

    def test_a_schema_that_is_behind(self, monkeypatch):
        monkeypatch.setattr(serve.database, "schema", lambda: wrong("schema", "It is behind.", "Migrate."))
        assert serve._why_not(self.place, demo=False) == "It is behind. Migrate."

    def test_a_database_that_is_away(self, monkeypatch):
        monkeypatch.setattr(serve.database, "reachable", lambda: wrong("database", "It is away.", "Start it."))
        assert serve._why_not(self.place, demo=False) == "It is away. Start it."

    def test_pages_for_others_without_https(self, settings):
        settings.ALLOWED_HOSTS = ["clinic.example.org"]
        assert "not protected by HTTPS" in serve._why_not(self.place, demo=False)
        settings.HTTPS = True
        assert serve._why_not(self.place, demo=False) is None

    def test_a_demo_that_was_not_built(self):
        assert "trellis demo build" in serve._why_not(self.place, demo=True)

    def test_a_demo_that_is_not_called_one(self):
        with writing("test"):
            apps.get_model("demo", "DemoMark").objects.create(seed=1, clients=1, weeks=1, built_at=clock.now())
        assert "trellis serve --demo" in serve._why_not(self.place, demo=False)
        assert serve._why_not(self.place, demo=True) is None

    def test_a_port_that_is_taken(self):
        with socket.socket() as plug:
            plug.bind(("127.0.0.1", 0))
            plug.listen()
            taken = serving.Place("127.0.0.1", plug.getsockname()[1])
            assert "is taken" in serve._why_not(taken, demo=False)

    def test_the_command_says_the_reason_and_ends_with_2(self, capsys, monkeypatch):
        monkeypatch.setattr(serve, "_why_not", lambda place, demo: "No.")
        with pytest.raises(SystemExit) as end:
            call_command("serve")
        assert (end.value.code, capsys.readouterr().err) == (2, "No.\n")

    def test_the_command_says_where_the_pages_are(self, capsys, monkeypatch):
        monkeypatch.setattr(serve.static, "gather", lambda: True)
        monkeypatch.setattr(serve.serving, "serve", lambda place, workers, when_ready: when_ready())
        call_command("serve", "--port", "0")  # no other program can have taken it
        said = capsys.readouterr()
        assert "http://localhost:0/accounts/login/" in said.out
        assert "gathered" in said.err

    def test_a_demo_says_who_can_sign_in(self, capsys, monkeypatch, settings):
        settings.DEMO = True
        called = []
        monkeypatch.setattr(serve, "call_command", lambda *names, **options: called.append((names, options["base"])))
        monkeypatch.setattr(serve, "_why_not", lambda place, demo: None)
        monkeypatch.setattr(serve.serving, "serve", lambda place, workers, when_ready: when_ready())
        call_command("serve", "--demo")
        assert called == [(("demo", "accounts"), "http://localhost:8000")]
        assert "/demo/outbox/" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("host", "url"),
    [("0.0.0.0", "http://localhost:80"), ("127.0.0.1", "http://localhost:80"), ("clinic", "http://clinic:80")],
)
def test_an_address_is_one_that_a_browser_can_open(host, url):
    assert serving.Place(host, 80).url == url


class Child:
    """A worker that ends by itself, or only when it is killed."""

    def __init__(self, stubborn: bool = False) -> None:
        self.stubborn, self.ended, self.signals = stubborn, False, []

    def poll(self):
        return 0 if self.ended else None

    def wait(self, timeout=None):
        if self.stubborn and timeout is not None:
            raise subprocess.TimeoutExpired("worker", timeout)
        self.ended = True

    def terminate(self):
        self.signals.append("terminate")

    def kill(self):
        self.signals.append("kill")
        self.stubborn = False


def test_a_worker_that_dies_is_started_again(monkeypatch):
    beside, children = serving.WorkerBeside(), []

    def spawn():
        children.append(Child())
        if len(children) == 3:
            beside.closing.set()
        return children[-1]

    monkeypatch.setattr(serving, "RESTART_AFTER", 0)
    monkeypatch.setattr(beside, "_spawn", spawn)
    beside.child = spawn()
    beside._watch()
    assert len(children) == 3


def test_a_worker_that_does_not_end_is_killed():
    beside = serving.WorkerBeside()
    beside.child = Child(stubborn=True)
    beside.stop()
    assert beside.child.signals == ["terminate", "kill"]
    beside.stop()
    assert beside.child.signals == ["terminate", "kill"], "what ended is left alone"


def test_without_a_worker_there_is_nothing_to_stop():
    serving.WorkerBeside().stop()


def test_a_server_that_answers_with_a_fault_still_listens(monkeypatch):
    told = []
    fault = urllib.error.HTTPError("http://x", 503, "no", None, None)
    answers = iter([ConnectionRefusedError(), fault])

    def open_page(url, timeout):
        raise next(answers)

    monkeypatch.setattr(serving.urllib.request, "urlopen", open_page)
    monkeypatch.setattr(serving.time, "sleep", lambda seconds: None)
    serving._tell_when_ready(serving.Place("127.0.0.1", 1), lambda: told.append("ready"))
    assert told == ["ready"]
    fault.close()


def test_a_server_that_never_answers_is_told_of_in_the_end(monkeypatch):
    told, slept = [], []

    def refuse(url, timeout):
        raise ConnectionRefusedError

    monkeypatch.setattr(serving.urllib.request, "urlopen", refuse)
    monkeypatch.setattr(serving.time, "sleep", slept.append)
    serving._tell_when_ready(serving.Place("127.0.0.1", 1), lambda: told.append("ready"))
    assert (told, sum(slept)) == (["ready"], pytest.approx(30))


class Web:
    """In the place of the web server: says what it was given, and that it ran."""

    def __init__(self, target, **options):
        self.options = {"target": target, **options}
        HAPPENED.append(self)

    def serve(self):
        HAPPENED.append("serves")
        if self.options["workers"] == 13:
            raise RuntimeError("no")


HAPPENED: list = []


@pytest.fixture
def house(monkeypatch):
    HAPPENED.clear()
    monkeypatch.setattr(serving, "Granian", Web)
    monkeypatch.setattr(serving.WorkerBeside, "start", lambda self: HAPPENED.append("worker starts"))
    monkeypatch.setattr(serving.WorkerBeside, "stop", lambda self: HAPPENED.append("worker ends"))
    monkeypatch.setattr(serving, "_let_go_of_the_database", lambda: HAPPENED.append("lets go"))
    monkeypatch.setattr(serving, "_tell_when_ready", lambda place, when_ready: when_ready())
    before = signal.getsignal(signal.SIGTERM)
    yield
    signal.signal(signal.SIGTERM, before)


def test_the_worker_lives_as_long_as_the_web_server(house):
    ready = threading.Event()
    serving.serve(serving.Place("127.0.0.1", 8123), 3, ready.set)
    web, *happened = HAPPENED
    assert happened == ["lets go", "worker starts", "serves", "worker ends"]
    assert (web.options["address"], web.options["port"], web.options["workers"]) == ("127.0.0.1", 8123, 3)
    within = web.options["http1_settings"].header_read_timeout
    assert within == 15_000, "milliseconds: a request that never says all its headers is let go"
    assert ready.wait(5)
    assert signal.getsignal(signal.SIGTERM) is serving._leave, "until the web server listens for it itself"


def test_a_web_server_that_falls_takes_the_worker_with_it(house):
    with pytest.raises(RuntimeError):
        serving.serve(serving.Place("127.0.0.1", 8123), 13, lambda: None)
    assert HAPPENED[-1] == "worker ends"


def test_a_worker_is_a_process_of_its_own_without_the_pool_of_the_web_server(monkeypatch):
    asked = {}

    def popen(command, **options):
        asked.update(command=command, **options)
        return Child()

    monkeypatch.setenv("TRELLIS_POOL", "4")
    monkeypatch.setattr(serving.subprocess, "Popen", popen)
    monkeypatch.setattr(serving.WorkerBeside, "_watch", lambda self: None)
    beside = serving.WorkerBeside()
    beside.start()
    assert isinstance(beside.child, Child)
    assert asked["command"] == [sys.executable, "-m", "trellis", "worker"]
    assert "TRELLIS_POOL" not in asked["env"]
    assert asked["start_new_session"] is True


def test_the_web_workers_inherit_no_connection(monkeypatch):
    closed = []
    monkeypatch.setattr(serving.connections, "close_all", lambda: closed.append("all"))
    monkeypatch.setattr(serving, "connection", SimpleNamespace(close_pool=lambda: closed.append("pool")))
    serving._let_go_of_the_database()
    monkeypatch.setattr(serving, "connection", SimpleNamespace())
    serving._let_go_of_the_database()
    assert closed == ["all", "pool", "all"]


def test_a_port_is_asked_for_in_the_family_of_its_address(monkeypatch):
    families = []

    class Plug(socket.socket):
        def __init__(self, family):
            families.append(family)
            super().__init__(socket.AF_INET)

        def bind(self, address):
            raise OSError

    monkeypatch.setattr(serving.socket, "socket", Plug)
    assert serving.Place("::1", 8000).is_taken is True
    assert serving.Place("127.0.0.1", 8000).is_taken is True
    assert families == [socket.AF_INET6, socket.AF_INET]


def test_a_signal_before_the_server_listens_ends_it():
    with pytest.raises(SystemExit):
        serving._leave(signal.SIGTERM, None)


def test_static_files_are_gathered_once_and_again_when_one_changed(settings, tmp_path, monkeypatch):
    gathered = []

    def collect(*_, **__):
        gathered.append(1)
        Path(settings.STATIC_ROOT).mkdir(exist_ok=True)

    settings.STATIC_ROOT = tmp_path / "static"
    monkeypatch.setattr(static, "call_command", collect)
    settings.STATICFILES = "plain"
    assert static.gather() is False
    settings.STATICFILES = "manifest"
    assert static.gather() is True
    assert static.gather() is False
    monkeypatch.setattr(static, "fingerprint", lambda: "other")
    assert static.gather() is True
    assert len(gathered) == 2


def test_the_files_as_they_lie_have_a_fingerprint():
    assert static.fingerprint() == static.fingerprint()


def test_ok_needs_no_remedy():
    assert ok("a", "A.").remedy == ""
