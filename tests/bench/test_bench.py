"""What `make bench` says is what others read: its rows, its floors, and a floor that is bare."""

import json
import subprocess
import sys
from dataclasses import fields

import pytest

from benchmarks import jobs, run, table
from tests.support.environment import ROOT

pytestmark = pytest.mark.rules

COLUMNS = [
    "database", "clients", "connections", "job", "p50_ms", "p95_ms", "per_second", "statements", "bytes", "requests",
    "errors", "n", "floor", "ratio",
]  # fmt: skip
JOBS = {"F1", "F2-J1", "F2-J2", "F2-J3", "F2-J4", "J1", "J2", "J3", "J3x10", "J4", "J4-typo", "J5"}


def row(job, p50, connections=1):
    return table.Row("sqlite", 1000, connections, job, p50, p50 * 2, 100.0, 3, 900, 1, 0, 50)


def test_a_row_has_the_columns_that_others_read():
    assert [column.name for column in fields(table.Row)] == COLUMNS
    assert set(run.ALL) == JOBS


def test_a_ratio_is_taken_to_the_floor_of_the_same_place_and_number_of_connections():
    rows = [row("F1", 4.0), row("J1", 6.0), row("F1", 20.0, 8), row("J1", 50.0, 8), row("F2-J3", 0.5), row("J3", 2.0)]
    found = {(one.connections, one.job): (one.floor, one.ratio) for one in table.with_ratios(rows, jobs.FLOORS)}
    assert found == {
        (1, "F1"): (None, None), (1, "J1"): ("F1", 1.5), (8, "F1"): (None, None), (8, "J1"): ("F1", 2.5),
        (1, "F2-J3"): (None, None), (1, "J3"): ("F2-J3", 4.0),
    }  # fmt: skip


def test_the_table_says_where_each_row_was_measured_and_the_memory():
    said = table.text(table.with_ratios([row("F1", 4.0), row("J1", 6.0)], jobs.FLOORS), {"F1": 50.0, "trellis": 80.0})
    assert "sqlite, 1,000 clients, 1 connection" in said
    assert "1.50 ×" in said
    assert "Memory: F1 50 MB, Trellis 80 MB, 1.60 ×" in said


def test_the_floor_is_one_short_file_without_middleware_and_without_a_pause():
    text = (ROOT / "benchmarks" / "f1.py").read_text()
    assert len(text.splitlines()) <= 60
    assert "MIDDLEWARE=[]" in text
    assert "sleep(" not in text


@pytest.mark.parametrize(
    ("option", "said"),
    [
        ("--clients=many", "such as CLIENTS=1000,100000"),
        ("--clients=0", "such as CLIENTS=1000,100000"),
        ("--seconds=0", "such as SECONDS=5"),
        ("--databases=oracle", "sqlite, postgresql, or both"),
    ],
)
def test_a_wrong_option_is_told_what_to_write(capsys, option, said):
    with pytest.raises(SystemExit) as ended:
        run.main([option])
    assert ended.value.code == 2
    assert said in " ".join(capsys.readouterr().err.split())


@pytest.mark.timeout(300)
def test_a_small_run_measures_every_job_and_keeps_only_what_the_next_run_uses(tmp_path):
    said, var = tmp_path / "bench.json", tmp_path / "var"
    command = [sys.executable, "-m", "benchmarks", "--clients=20", "--seconds=0.2", "--databases=sqlite"]
    subprocess.run([*command, f"--json={said}", f"--var={var}"], cwd=ROOT, check=True, capture_output=True, timeout=280)
    found = json.loads(said.read_text())
    assert set(found["memory_mb"]) == {"F1", "trellis"}
    assert {(one["connections"], one["job"]) for one in found["rows"]} == {(n, job) for n in (1, 8) for job in JOBS}
    for one in found["rows"]:
        assert list(one) == COLUMNS
        assert one["errors"] == 0
        assert one["n"] * one["p50_ms"] > 0
        assert one["floor"] == jobs.FLOORS.get(one["job"])
    left = {path.name for path in var.iterdir()}
    assert not [name for name in left if name.startswith(("building", "run-")) or name.endswith("accounts.json")]
