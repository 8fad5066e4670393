"""The web server as it runs for people: granian, two processes of four threads, on this test's own database."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.test import Client

from tests.support.environment import ROOT

TOKEN = "w" * 32
PATIENCE = 60.0


def free_port() -> int:
    with socket.socket() as plug:
        plug.bind(("127.0.0.1", 0))
        return plug.getsockname()[1]


@dataclass
class Served:
    database_url: str
    port: int = field(default_factory=free_port)
    process: "subprocess.Popen[bytes] | None" = None

    def start(self) -> None:
        command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(self.port), "--workers", "2"]
        command += ["--blocking-threads", "4", "--no-ws", "--log-level", "error", "trellis.config.wsgi:application"]
        environment = os.environ | {"DATABASE_URL": self.database_url, "TRELLIS_LOG_LEVEL": "CRITICAL"}
        # A group of its own, so that its workers die with it.
        self.process = subprocess.Popen(command, cwd=ROOT, env=environment, start_new_session=True)
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            try:
                if Browser(self.port).ask("GET", "/health/ready").status == 200:
                    return
            except OSError:
                time.sleep(0.05)
        raise AssertionError("the server does not answer")

    def kill(self) -> None:
        """As a power cut would: nobody is asked."""
        if self.process is not None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None


@contextmanager
def served(database_url: str) -> Iterator[Served]:
    server = Served(database_url)
    server.start()
    try:
        yield server
    finally:
        server.kill()


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes


@dataclass
class Browser:
    """One browser over one connection, with the cookies it was given."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, port: int, client: Client) -> "Browser":
        return cls(port, {cookie.key: cookie.value for cookie in client.cookies.values()})

    def ask(self, method: str, path: str, fields: dict[str, str] | None = None, **headers: str) -> Answer:
        connection = http.client.HTTPConnection("localhost", self.port, timeout=30)
        try:
            jar = "; ".join(f"{name}={value}" for name, value in {**self.cookies, "c": TOKEN}.items())
            sent = {"Cookie": jar, "X-CSRFToken": TOKEN, "Content-Type": "application/x-www-form-urlencoded", **headers}
            connection.request(method, path, urlencode(fields or {}) if method == "POST" else None, sent)
            answer = connection.getresponse()
            body = answer.read()
            for value in answer.headers.get_all("Set-Cookie") or ():
                name, _, rest = value.partition("=")
                self.cookies[name] = rest.partition(";")[0]
            return Answer(answer.status, {name.lower(): value for name, value in answer.headers.items()}, body)
        finally:
            connection.close()

    def post(self, path: str, **fields: str) -> Answer:
        return self.ask("POST", path, fields, Accept="application/json")
