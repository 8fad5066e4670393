"""The web server and the worker beside it, as one tree of processes that starts and ends together."""

import gc
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from types import FrameType

from django.db import connection, connections
from django.urls import get_resolver
from granian import Granian
from granian.constants import Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels

from trellis.foundation.places import spots

THREADS = 4
HEADERS_WITHIN = 15.0  # seconds in which a request must have said all its headers
PATIENCE = 20.0  # seconds that a job may take to end when the house closes
RESTART_AFTER = 2.0


@dataclass(frozen=True)
class Place:
    host: str
    port: int

    @property
    def url(self) -> str:
        name = {"0.0.0.0": "localhost", "::": "localhost", "127.0.0.1": "localhost"}.get(self.host, self.host)  # noqa: S104
        return f"http://{name}:{self.port}"

    @property
    def is_taken(self) -> bool:
        family = socket.AF_INET6 if ":" in self.host else socket.AF_INET
        with socket.socket(family) as plug:
            plug.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                plug.bind((self.host, self.port))
            except OSError:
                return True
        return False


class WorkerBeside:
    """The worker as a child; started again when it dies, ended when the web server ends."""

    def __init__(self) -> None:
        self.closing = threading.Event()
        self.child: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self.child = self._spawn()
        threading.Thread(target=self._watch, name="worker-watch", daemon=True).start()

    def _spawn(self) -> "subprocess.Popen[bytes]":
        environment = {name: value for name, value in os.environ.items() if name != "TRELLIS_POOL"}
        # A group of its own: Ctrl+C reaches it through `stop`, once.
        return subprocess.Popen([sys.executable, "-m", "trellis", "worker"], env=environment, start_new_session=True)

    def _watch(self) -> None:
        while self.child is not None:
            self.child.wait()
            if self.closing.wait(RESTART_AFTER):
                return
            self.child = self._spawn()

    def stop(self) -> None:
        self.closing.set()
        child = self.child
        if child is None or child.poll() is not None:
            return
        child.terminate()
        try:
            child.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


def serve(place: Place, workers: int, when_ready: Callable[[], None]) -> None:
    """Returns when somebody asked it to stop; the worker has finished its job by then."""
    beside = WorkerBeside()
    server = Granian(
        "trellis.config.wsgi:application",
        address=place.host,
        port=place.port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=THREADS,
        websockets=False,
        http1_settings=HTTP1Settings(header_read_timeout=int(HEADERS_WITHIN * 1000)),
        respawn_failed_workers=True,
        workers_kill_timeout=10,
        log_level=LogLevels.warning,
    )
    _load_what_workers_share()
    _let_go_of_the_database()
    signal.signal(signal.SIGTERM, _leave)  # until the server listens for it itself
    beside.start()
    threading.Thread(target=_tell_when_ready, args=(place, when_ready), daemon=True).start()
    try:
        server.serve()
    finally:
        beside.stop()


def _load_what_workers_share() -> None:
    """The web workers are forks: what is loaded before them they share, and frozen it is not touched by collecting."""
    assert get_resolver().url_patterns
    spots.warm()
    gc.collect()
    gc.freeze()


def _leave(signum: int, frame: FrameType | None) -> None:
    sys.exit(0)


def _let_go_of_the_database() -> None:
    """The web workers are forks: none may inherit an open connection."""
    connections.close_all()
    close_pool = getattr(connection, "close_pool", None)
    if close_pool:
        close_pool()


def _tell_when_ready(place: Place, when_ready: Callable[[], None]) -> None:
    for _ in range(300):
        try:
            with urllib.request.urlopen(f"{place.url}/health/ready", timeout=5):  # noqa: S310
                break
        except urllib.error.HTTPError:
            break  # it listens; what is wrong with it, doctor says
        except OSError:
            time.sleep(0.1)
    when_ready()
    sys.stdout.flush()
