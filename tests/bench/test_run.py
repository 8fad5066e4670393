"""A whole run, as short as it can be, on the database that these tests run on."""

import json
import os
import subprocess
import sys

import pytest
from django.db import connection

from benchmarks import jobs
from tests.bench.test_bench import COLUMNS, FLOORS
from tests.support.environment import ROOT
from trellis.journey.measures.library import instruments

SECONDS = 0.2


@pytest.fixture(scope="module")
def here(tmp_path_factory):
    return tmp_path_factory.mktemp("bench")


@pytest.fixture(scope="module")
def ran(here):
    command = [
        sys.executable, "-m", "benchmarks", "--clients=20", f"--seconds={SECONDS}", f"--databases={connection.vendor}",
        "--events=600", "--megabytes=2", f"--json={here / 'bench.json'}", f"--var={here / 'var'}",
    ]  # fmt: skip
    return subprocess.run(command, cwd=ROOT, env=os.environ, capture_output=True, text=True, timeout=880, check=False)


@pytest.fixture(scope="module")
def rows(ran, here):
    assert ran.returncode == 0, ran.stderr + ran.stdout
    found = json.loads((here / "bench.json").read_text())
    assert list(found) == ["rows", "memory_mb"]
    assert list(found["memory_mb"]) == ["F1", "trellis"]
    assert 0 < found["memory_mb"]["F1"] < found["memory_mb"]["trellis"]
    return found["rows"]


pytestmark = pytest.mark.timeout(900)


def test_every_job_is_measured_at_both_numbers_of_connections_beside_its_floor(rows):
    assert [(one["connections"], one["job"]) for one in rows] == [(n, job) for n in (1, 8) for job in jobs.ALL]
    for one in rows:
        assert list(one) == COLUMNS
        assert (one["database"], one["clients"]) == (connection.vendor, 20)
        assert one["floor"] == FLOORS.get(one["job"])
        assert (one["ratio"] or 0) > 0 if one["floor"] else one["ratio"] is None


def test_every_answer_is_right_and_covers_the_seconds_asked_for(rows):
    for one in rows:
        assert one["errors"] == 0, one
        assert one["n"] / one["per_second"] >= SECONDS * 0.99, one
        assert 0 < one["p50_ms"] <= one["p95_ms"], one


def test_statements_bytes_and_requests_are_those_of_the_job(rows):
    for one in rows:
        raw = one["job"].startswith("F2")
        assert one["statements"] == 1 if raw or one["job"] == "F1" else one["statements"] <= 12, one
        assert one["bytes"] == 0 if raw else one["bytes"] > 500, one
        assert one["requests"] == 0 if raw else one["requests"] == 1 or one["job"] == "J5", one
    view = next(one for one in rows if one["job"] == "J5")
    assert 1 < view["requests"] <= 8
    assert view["bytes"] > 10_000


def test_writers_at_a_set_pace_lose_nothing(ran):
    said = [line for line in ran.stdout.splitlines() if "writers marking attendance together" in line]
    assert len(said) == 1
    assert said[0].startswith("8 writers")
    assert said[0].endswith("nothing lost")
    assert jobs.PACE == 200


def test_what_guards_a_record_stands_beside_its_floors(ran):
    _, _, said = ran.stdout.partition(f"What guards a record, {connection.vendor}, 20 clients\n")
    names = [line.split("  ")[1] for line in said.splitlines()]
    assert names == [
        "disclose()", "page: the day", "page: a client", "verify()", "writers during backup", "readers during backup",
        "backup restored",
    ]  # fmt: skip
    assert "3 statements of its own" in said
    assert "600 events" in said
    assert "marks confirmed before 0 lost" in said


def test_forms_referrals_and_trajectories_stand_beside_their_floors(ran):
    said = ran.stdout.partition(f"What clinicians read, {connection.vendor}, 20 clients\n")[2].partition("\n\n")[0]
    names = [line.split("  ")[1] for line in said.splitlines()]
    scored = [f"score: {name}" for name in sorted(instruments())]
    assert names == [*scored, "page: over time", "referral: 2 MB", "referral: 2 MB, peak"]
    assert "(at most 15)" in said


def test_only_what_the_next_run_uses_is_kept(rows, here):
    ending = {"sqlite": "sqlite3", "postgresql": "dump"}[connection.vendor]
    left = {path.name for path in (here / "var").iterdir()}
    built = {name for name in left if name.startswith(connection.vendor)}
    assert [name.rpartition(".")[2] for name in built] == [ending]
    assert left - built <= {"f1.log", "trellis.log", "secrets.json", "static"}
