"""Asks the same thing again and again, on so many connections, for so long. Times are in milliseconds."""

import http.client
import math
import multiprocessing
import statistics
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, NamedTuple

WARM = 5
#: seconds that a connection may rest; granian closes it after thirty, and a browser would open another
RESTS = 20


class Answer(NamedTuple):
    bytes: int  # on the wire: status line, headers and body
    right: bool


#: one connection: what the n-th request is, and how it was answered
Act = Callable[[int], Answer]
#: opens a connection; called in the process that will use it
Open = Callable[[], Any]


@dataclass(frozen=True)
class Asked:
    """A request of one person; `body` makes the form of the n-th one, `path` its address where that differs."""

    path: str | Callable[[int], str]
    method: str = "GET"
    headers: dict[str, str] = field(default_factory=dict)
    body: Callable[[int], str] | None = None
    says: bytes = b""  # what a right answer says somewhere, where 200 alone does not tell


@dataclass
class Timed:
    times: list[float] = field(default_factory=list)
    errors: int = 0
    bytes: int = 0
    seconds: float = 0.0
    sent: int = 0  # those that only warmed up included
    after: int = 0  # the first number that nobody has used

    @property
    def n(self) -> int:
        return len(self.times)

    @property
    def p50(self) -> float:
        return statistics.median(self.times)

    @property
    def p95(self) -> float:
        """The nearest rank: of few times the slowest, never one below the median."""
        return sorted(self.times)[math.ceil(0.95 * self.n) - 1]

    @property
    def per_second(self) -> float:
        return self.n / self.seconds

    def add(self, other: "Timed") -> None:
        """Another slice of the same job."""
        self.times += other.times
        self.errors += other.errors
        self.bytes = max(self.bytes, other.bytes)
        self.seconds += other.seconds
        self.sent += other.sent
        self.after = max(self.after, other.after)


@contextmanager
def asking(port: int, asked: Asked) -> Iterator[Act]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.connect()
    used = time.monotonic()

    def act(n: int) -> Answer:
        nonlocal used
        if time.monotonic() - used > RESTS:
            connection.close()
        answer = ask(connection, asked, n)
        used = time.monotonic()
        return answer

    try:
        yield act
    finally:
        connection.close()


def ask(connection: http.client.HTTPConnection, asked: Asked, n: int) -> Answer:
    headers = {"Accept-Encoding": "gzip", **asked.headers}
    body = asked.body(n) if asked.body else None
    if body is not None:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    path = asked.path if isinstance(asked.path, str) else asked.path(n)
    connection.request(asked.method, path, body=body, headers=headers)
    response = connection.getresponse()
    said = response.read()
    return Answer(len(said) + head_size(response), response.status == 200 and asked.says in said)


def head_size(response: http.client.HTTPResponse) -> int:
    status = len(f"HTTP/1.1 {response.status} {response.reason}\r\n")
    return status + sum(len(f"{name}: {value}\r\n") for name, value in response.getheaders()) + 2


def run(opens: list[Open], *, connections: int, seconds: float, start: int = 0, per_second: float = 0) -> Timed:
    """Each connection is a process of its own; `opens` are shared out among them. `n` is never asked twice.

    As fast as the answers come; or, with `per_second`, so many a second by all connections together.
    """
    pause = connections / per_second if per_second else 0
    context = multiprocessing.get_context("fork")
    out, ready = context.SimpleQueue(), context.Barrier(connections)
    workers = [
        context.Process(
            target=_tell, args=(opens[i % len(opens)], seconds, range(start + i, 2**60, connections), pause, ready, out)
        )
        for i in range(connections)
    ]
    for worker in workers:
        worker.start()
    results = [out.get() for _ in workers]
    for worker in workers:
        worker.join()
    if broken := [one for one in results if isinstance(one, str)]:
        raise SystemExit(f"A connection broke off while it was measured:\n{broken[0]}")
    whole = Timed()
    for one in results:
        whole.add(one)
    whole.seconds = max(one.seconds for one in results)
    return whole


def _tell(open_: Open, seconds: float, numbers: range, pause: float, ready: Any, out: Any) -> None:
    """What was found, or what went wrong: whoever asked waits for one of them, and the others for everybody."""
    try:
        out.put(_one(open_, seconds, numbers, pause, ready))
    except Exception:
        out.put(traceback.format_exc())
        ready.abort()


def _one(open_: Open, seconds: float, numbers: range, pause: float, ready: Any) -> Timed:
    found = Timed()
    with open_() as act:
        waiting = iter(numbers)
        for _ in range(WARM):
            found.errors += not act(next(waiting)).right
        ready.wait(300)
        began = time.perf_counter()
        while found.seconds < seconds:
            if pause:
                time.sleep(max(0, began + pause * found.n - time.perf_counter()))
            before = time.perf_counter()
            answer = act(next(waiting))
            after = time.perf_counter()
            found.times.append((after - before) * 1000)
            found.errors += not answer.right
            found.bytes = max(found.bytes, answer.bytes)
            found.seconds = after - began
        found.sent, found.after = WARM + found.n, next(waiting)
    return found
