"""What `make bench` says is what others read: its rows, its floors, and a floor that is bare."""

import ast
import json
from contextlib import contextmanager
from dataclasses import fields
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from types import SimpleNamespace
from typing import ClassVar

import pytest

from benchmarks import clinical, figures, jobs, keeping, load, places, run, table
from benchmarks.firstview import links_in
from benchmarks.load import Answer, Timed
from benchmarks.load import run as load_run
from tests.support.environment import ROOT
from trellis.journey.inquiry.referral import read
from trellis.journey.inquiry.tests.referrals import NOW, ZONE

pytestmark = pytest.mark.rules

COLUMNS = [
    "database", "clients", "connections", "job", "p50_ms", "p95_ms", "per_second", "statements", "bytes", "requests",
    "errors", "n", "floor", "ratio",
]  # fmt: skip
JOBS = ["F1", "F2-J1", "F2-J2", "F2-J3", "F2-J4", "J1", "J2", "J3", "J3x10", "J4", "J4-typo", "J5", "M1", "M2"]
FLOORS = {
    "J1": "F1", "J2": "F1", "J5": "F1", "J3": "F2-J3", "J3x10": "J3", "J4": "F2-J4", "J4-typo": "F2-J4",
    "M1": "F1", "M2": "M1",
}  # fmt: skip
MEMORY = {"F1": 50.0, "trellis": 80.0}


def row(job, p50, connections=1, clients=1000):
    return table.Row("sqlite", clients, connections, job, p50, p50 * 2, 100.0, 3, 900, 1, 0, 50)


def steady(**different):
    return table.Steady(
        **{"database": "sqlite", "clients": 1000, "connections": 8, "sent": 1040, "kept": 1040, "per_second": 200.0}
        | {"p95_ms": 12.5, "errors": 0}
        | different
    )


# --- the figures ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("times", "p50", "p95"),
    [([7.0], 7.0, 7.0), ([200.0, 60.0], 130.0, 200.0), (range(1, 21), 10.5, 19), (range(1, 101), 50.5, 95)],
)
def test_the_p95_of_few_times_is_the_slowest_and_never_below_the_median(times, p50, p95):
    timed = Timed(times=list(times))
    assert (timed.p50, timed.p95) == (p50, p95)


def test_every_job_is_measured_and_has_the_floor_that_was_agreed():
    assert sorted(jobs.ALL) == JOBS
    assert jobs.FLOORS == FLOORS
    assert run.CONNECTIONS == (1, 8)


def test_the_file_has_the_shape_that_others_read():
    assert [column.name for column in fields(table.Row)] == COLUMNS
    rows = table.with_ratios([row("F1", 4.0), row("J1", 6.0)], FLOORS)
    said = table.as_json(rows, MEMORY)
    assert list(said) == ["rows", "memory_mb"]
    assert said["memory_mb"] == MEMORY
    assert said["rows"][1] == {
        "database": "sqlite", "clients": 1000, "connections": 1, "job": "J1", "p50_ms": 6.0, "p95_ms": 12.0,
        "per_second": 100.0, "statements": 3, "bytes": 900, "requests": 1, "errors": 0, "n": 50, "floor": "F1",
        "ratio": 1.5,
    }  # fmt: skip


def test_a_ratio_is_taken_to_the_floor_of_the_same_place_and_number_of_connections():
    rows = [row("F1", 4.0), row("J1", 6.0), row("F1", 20.0, 8), row("J1", 50.0, 8), row("F2-J3", 0.5), row("J3", 2.0)]
    found = {(one.connections, one.job): (one.floor, one.ratio) for one in table.with_ratios(rows, FLOORS)}
    assert found == {
        (1, "F1"): (None, None), (1, "J1"): ("F1", 1.5), (8, "F1"): (None, None), (8, "J1"): ("F1", 2.5),
        (1, "F2-J3"): (None, None), (1, "J3"): ("F2-J3", 4.0),
    }  # fmt: skip


def test_the_table_says_where_each_row_was_measured_and_the_memory():
    said = table.text(table.with_ratios([row("F1", 4.0), row("J1", 6.0)], FLOORS), [], MEMORY)
    assert "sqlite, 1,000 clients, 1 connection\n" in said
    assert "1.50 ×" in said
    assert "Memory: F1 50 MB, Trellis 80 MB, 1.60 ×" in said
    assert "Growth" not in said


def test_growth_is_told_from_the_smallest_to_the_largest_size_and_beside_the_floor():
    rows = []
    for clients, slower in ((1000, 1), (5000, 9), (100_000, 2)):
        rows += [row("F1", 4.0 * slower, clients=clients), row("F2-J3", 1.0, clients=clients)]
        rows += [row(job, 6.0 * slower, clients=clients) for job in ("J1", "J2", "J3", "J5")]
    said = table.text(table.with_ratios(rows, FLOORS), [], MEMORY)
    assert "Growth from 1,000 to 100,000 clients, sqlite, 1 at once: J1 2.00 × (beside its floor 1.00 ×)" in said
    assert "J3 2.00 × (beside its floor 2.00 ×)" in said


def test_writers_who_lost_nothing_say_so_and_those_who_did_say_how_much():
    rows = [row("F1", 4.0)]
    assert "200 a second, p95 12.5 ms, 1,040 sent, 1,040 kept, nothing lost" in table.text(rows, [steady()], MEMORY)
    assert "1 errors, 2 lost" in table.text(rows, [steady(kept=1038, errors=1)], MEMORY)
    assert steady().faults == 0
    assert steady(kept=1038, errors=1).faults == 3


def test_few_clients_are_said_to_say_little():
    assert "its ratios say little" in table.text([row("F1", 4.0, clients=20)], [], MEMORY)
    assert "its ratios say little" not in table.text([row("F1", 4.0, clients=200)], [], MEMORY)


def test_slices_of_one_job_add_up():
    whole = Timed(after=7)
    for times, errors in (([1.0, 3.0], 0), ([2.0], 1)):
        whole.add(Timed(times=times, errors=errors, bytes=len(times), seconds=1.5, sent=len(times), after=9))
    assert (whole.n, whole.p50, whole.per_second, whole.errors, whole.bytes) == (3, 2.0, 1.0, 1, 2)
    assert (whole.sent, whole.after) == (3, 9)


class Always:
    """A connection on which every request is answered at once."""

    def __enter__(self):
        return lambda n: Answer(n, n % 4 < 2)

    def __exit__(self, *_):
        pass


def test_a_pace_is_kept_by_all_connections_together_and_wrong_answers_are_counted():
    found = load_run([Always], connections=2, seconds=1, start=10, per_second=100)
    assert found.seconds >= 1
    assert 60 <= found.n <= 104, "a machine that is busy at the end costs some, and never makes more"
    assert found.sent == found.n + 10
    # each connection begins with a wrong one, and every other of its own is wrong, however many it had time for
    assert 0 <= 2 * found.errors - found.sent <= 2
    assert found.after >= 10 + found.sent


class Broken(Always):
    def __enter__(self):
        raise ConnectionResetError("gone")


def test_a_connection_that_breaks_off_ends_the_run_and_says_so():
    with pytest.raises(SystemExit, match=r"broke off while it was measured:\n[\s\S]*ConnectionResetError: gone"):
        load_run([Always, Broken], connections=2, seconds=60)


@contextmanager
def running(server):
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class Counting(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    opened: ClassVar[list[int]] = []

    def setup(self):
        super().setup()
        self.opened.append(self.client_address[1])

    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


def test_a_connection_that_rested_longer_than_the_server_keeps_it_is_opened_anew(monkeypatch):
    now = [0.0]
    monkeypatch.setattr(load, "time", SimpleNamespace(monotonic=lambda: now[0]))
    server = ThreadingHTTPServer(("127.0.0.1", 0), Counting)
    with running(server), load.asking(server.server_port, load.Asked("/")) as act:
        assert act(0).right
        now[0] += load.RESTS
        assert act(1).right
        assert len(Counting.opened) == 1
        now[0] += load.RESTS + 1
        assert act(2).right
        assert len(Counting.opened) == 2


def test_a_figure_stands_beside_its_floor_with_what_is_allowed():
    said = figures.lines("Here", [figures.Figure("verify()", 4.5, "s", "raw", 1.5, "at most 3 ×")])
    assert said.splitlines()[0] == "Here"
    assert said.splitlines()[1].split() == [
        "verify()",
        "4.50",
        "s",
        "raw",
        "1.50",
        "s",
        "3.00",
        "×",
        "at",
        "most",
        "3",
        "×",
    ]
    assert figures.Figure("nothing", 1, "s", "raw", 0).ratio == 0


def test_a_loss_is_what_was_answered_less_while_a_backup_was_made():
    beside = keeping.Slices(writers=[100.0, 90.0, 110.0], readers=[50.0, 50.0, 50.0])
    during = keeping.Slices(writers=[80.0, 97.0, 60.0], readers=[55.0])
    writers, readers = keeping._loss(beside, during, "at most 10 % lost")
    assert (writers.value, writers.below) == (80.0, 100.0)
    assert writers.note == "20.0 % lost; at most 10 % lost; 3 slices"
    assert readers.note.startswith("-10.0 % lost")


def test_a_referral_of_a_size_is_whole_and_about_one_person(tmp_path, monkeypatch):
    monkeypatch.setenv("TRELLIS_SHARED", str(tmp_path))  # the one of the tests
    clinical.write(tmp_path / "one.json", 1)
    size = (tmp_path / "one.json").stat().st_size
    assert 0.99 * clinical.MEGABYTE < size < clinical.MEGABYTE
    sent = json.loads((tmp_path / "one.json").read_bytes())["entry"]
    named = [(one["resource"]["resourceType"], one["resource"].get("id")) for one in sent]
    assert len({one for one in named if one[1]}) == len([one for one in named if one[1]])
    assert [kind for kind, _ in named].count("Patient") == 1
    assert read({"resourceType": "Bundle", "type": "collection", "entry": sent}, now=NOW, zone=ZONE)["diagnoses"]


# --- the floor, and what a run stands on -----------------------------------------------------------------------------


def test_the_floor_is_one_short_file_without_middleware_and_without_a_pause():
    text = (ROOT / "benchmarks" / "f1.py").read_text()
    assert len(text.splitlines()) <= 60
    assert "MIDDLEWARE=[]" in text
    assert "[:200]" in text
    imported = {name.name for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Import) for name in node.names}
    assert imported == {"os", "django"}
    assert not [node for node in ast.walk(ast.parse(text)) if getattr(node, "attr", "") == "sleep"]


def test_the_first_view_follows_what_a_browser_would_ask_for():
    page = '<link rel="stylesheet" href="a.css"><link rel="canonical" href="b"><script src="c.js"></script><a href="d">'
    assert links_in("html", page) == ["a.css", "c.js"]
    assert links_in("css", "src: url('e.woff2'); background: url(data:image/png;base64,AA)") == ["e.woff2"]
    assert links_in("js", "import { one } from './f.js'\nimport './g.js'") == ["./f.js", "./g.js"]


def test_a_socket_stands_in_the_address_of_a_cluster():
    assert places._parts("postgres://postgres@%2Frun%2FTrellis-pg/bench") == {
        "host": "/run/Trellis-pg", "user": "postgres", "dbname": "bench",
    }  # fmt: skip


def test_a_newly_built_database_takes_the_place_of_an_older_one(tmp_path):
    for name in ("sqlite-20-old.sqlite3", "sqlite-200-old.sqlite3", "postgresql-20-old.dump", "fresh"):
        (tmp_path / name).touch()
    places._keep(tmp_path / "fresh", tmp_path / "sqlite-20-new.sqlite3")
    assert {path.name for path in tmp_path.iterdir()} == {
        "sqlite-20-new.sqlite3", "sqlite-200-old.sqlite3", "postgresql-20-old.dump",
    }  # fmt: skip


# --- what was asked for -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("option", "said"),
    [
        ("--clients=many", "CLIENTS takes numbers from 20 up with commas between them, such as CLIENTS=1000,100000."),
        ("--clients=19", "CLIENTS takes numbers from 20 up"),
        ("--clients=1000,", "CLIENTS takes numbers from 20 up"),
        ("--seconds=0", "SECONDS takes a number above zero, such as SECONDS=5."),
        ("--seconds=soon", "SECONDS takes a number above zero"),
        ("--databases=oracle", "DATABASES takes sqlite, postgresql, or both with a comma between them."),
        ("--databases=", "DATABASES takes sqlite, postgresql, or both"),
        ("--events=0", "EVENTS takes a number above zero, such as EVENTS=1000000."),
        ("--events=many", "EVENTS takes a number above zero"),
        ("--megabytes=-1", "MEGABYTES takes a number, such as MEGABYTES=1000."),
        ("--json=nowhere/at/all.json", "JSON takes a file in a folder that is there; nowhere/at/all.json is not."),
        ("--sizes=3", "unrecognized arguments"),
    ],
)
def test_a_wrong_option_is_told_what_to_write(capsys, option, said):
    with pytest.raises(SystemExit) as ended:
        run.main([option])
    assert ended.value.code == 2
    told = capsys.readouterr().err
    assert told.startswith("make bench: ")
    assert said in told
    assert len(told.splitlines()) == 1


def test_without_postgresql_it_says_what_to_do(tmp_path, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "")
    with pytest.raises(SystemExit, match="There is no PostgreSQL to measure on: run make bench, which starts one"):
        run.main(["--databases=postgresql", "--clients=20", f"--var={tmp_path}"])


def test_a_program_of_postgresql_that_is_missing_is_named(monkeypatch):
    monkeypatch.setattr(places.shutil, "which", lambda name: None)
    with pytest.raises(SystemExit, match=r"pg_nothing is missing\. Please run: sudo apt-get"):
        places._program("pg_nothing", "postgres://postgres@%2Ftmp/bench")
