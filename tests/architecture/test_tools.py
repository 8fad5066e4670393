"""The tools that judge: each lets nothing slip."""

import json

import pytest

from tools import coverage_gate, messages, run_tests, soak


def covered(path: str, walked: int, everything: int) -> coverage_gate.Covered:
    return coverage_gate.Covered(path, walked, everything, [3, 4, 7], [[5, -1], [5, 6]])


@pytest.mark.parametrize(
    "path",
    [
        "trellis/journey/inquiry/rules.py",
        "trellis/journey/schedule/rules/minutes.py",
        "trellis/foundation/program/check/sense/rules.py",
        "trellis/foundation/access/policy.py",
        "trellis/foundation/audit/trail.py",
        "trellis/people/consent/actions.py",
        "trellis/foundation/messaging/outbox.py",
    ],
)
def test_one_branch_left_in_a_strict_file_is_a_fault(path):
    assert coverage_gate.judge([covered(path, 99, 100)]) == [
        f"every branch must be walked: {path}: 99 %, lines 3-4, 7, branches 5→end, 5→6"
    ]
    assert coverage_gate.judge([covered(path, 100, 100)]) == []


def test_elsewhere_a_tenth_may_be_left():
    other = "trellis/journey/inquiry/actions.py"
    assert coverage_gate.judge([covered(other, 90, 100)]) == []
    assert len(coverage_gate.judge([covered(other, 89, 100)])) == 2


def run(tmp_path, monkeypatch, **result) -> run_tests.Run:
    monkeypatch.setattr(run_tests, "RESULTS", tmp_path)
    run = run_tests.Run(result.pop("name", "sqlite"), result.pop("database", "sqlite"), "", [])
    run.process = type("Process", (), {"returncode": result.pop("exit", 0)})
    counts = {"passed": 1, "failed": 0, "skipped": 0, "browser": 1, "skips": {}} | result
    run.result_file.write_text(json.dumps(counts))
    monkeypatch.setattr(run_tests.Run, "log", property(lambda run: run_tests.ROOT / "log"))
    return run


def test_a_good_run_has_no_fault(tmp_path, monkeypatch):
    assert run_tests.faults([run(tmp_path, monkeypatch)]) == []


@pytest.mark.parametrize(
    ("result", "fault"),
    [
        ({"exit": 1, "failed": 1}, "pytest ended with 1"),
        ({"passed": 0}, "not one test ran"),
        ({"browser": 0}, "no test used a browser"),
        ({"skipped": 1, "skips": {"I did not feel like it": 1}}, "does not list"),
        ({"skipped": 1, "skips": {"xfail: later": 1}}, "does not list"),
    ],
)
def test_a_bad_run_says_why(tmp_path, monkeypatch, result, fault):
    assert any(fault in line for line in run_tests.faults([run(tmp_path, monkeypatch, **result)]))


def test_a_listed_skip_is_no_fault(tmp_path, monkeypatch):
    skips = {"the folder shared is not beside this clone": 2}
    assert run_tests.faults([run(tmp_path, monkeypatch, skipped=2, skips=skips)]) == []


def test_a_run_that_died_counts_as_failed(tmp_path, monkeypatch):
    dead = run(tmp_path, monkeypatch, exit=-9)
    dead.result_file.unlink()
    assert dead.result["failed"] == 1


def test_the_last_lines_count_each_database_and_then_all(tmp_path, monkeypatch):
    runs = [
        run(tmp_path, monkeypatch, passed=7, browser=0),
        run(tmp_path, monkeypatch, name="sqlite-browser", passed=2, failed=1, browser=3),
        run(tmp_path, monkeypatch, name="postgresql", database="postgresql", passed=5, skipped=1),
    ]
    assert run_tests.summary(runs) == [
        "sqlite: 9 passed, 1 failed, 0 skipped, 3 used a browser",
        "postgresql: 5 passed, 0 failed, 1 skipped, 1 used a browser",
        "14 passed, 1 failed, 1 skipped",
    ]


def test_a_round_of_the_soak_can_be_repeated():
    assert soak.seed_of("abc", 3) == soak.seed_of("abc", 3)
    assert len({soak.seed_of("abc", n) for n in range(50)}) == 50


def test_a_catalogue_is_compiled_only_when_it_changed(tmp_path, capsys):
    po = tmp_path / "trellis/ui/locale/es/LC_MESSAGES/django.po"
    po.parent.mkdir(parents=True)
    po.write_text('msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "Help"\nmsgstr "Ayuda"\n')
    messages.main(tmp_path)
    messages.main(tmp_path)
    assert capsys.readouterr().out == "Compiled 1 catalogue\n"
    assert b"Ayuda" in po.with_suffix(".mo").read_bytes()
