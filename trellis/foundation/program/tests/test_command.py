"""`trellis blueprint check | diff | load FILE`"""

import builtins
from functools import partial

import pytest
from django.db import DatabaseError

from trellis.foundation.program import actions, queries
from trellis.foundation.program.tests.factories import TEXT, changed, load_pomona

NINE_DAYS = {"silence_days = 7": "silence_days = 9"}


@pytest.fixture
def run(trellis):
    """`run("check", file)` gives exit code, output and errors."""
    return partial(trellis, "blueprint")


@pytest.fixture
def answers(monkeypatch):
    def answer(word: str) -> None:
        monkeypatch.setattr(builtins, "input", lambda question: word)

    return answer


def written(tmp_path, text: str):
    path = tmp_path / "mine.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_check_finds_nothing_in_what_ships_and_needs_no_database(run):
    assert run("check", "pomona") == (0, "pomona: no fault found.\n", "")


def test_check_prints_file_line_path_and_sentence(run, tmp_path):
    path = written(tmp_path, changed(**{"silence_days = 7": "silence_days = 0", "therapist = 2": "therapist = 1"}))
    code, out, _ = run("check", path)
    assert code == 2
    first, *others = out.splitlines()
    assert first == f"{path}:15: program.silence_days: Use 1 or more."
    assert all(line.startswith(f"{path}:") for line in others)
    assert "raise staffing.therapist" in others[0]


def test_check_says_that_a_file_is_not_there(run):
    code, out, _ = run("check", "elsewhere.toml")
    assert code == 2
    assert out.startswith("elsewhere.toml:1: file: The file cannot be read")


@pytest.mark.django_db
def test_load_with_yes_loads_after_showing_what_changes(run):
    code, out, err = run("load", "pomona", "--yes")
    assert (code, err) == (0, "")
    assert "  tracks: 6 new." in out
    assert out.endswith("Version 1 counts from now on. What happened before stays as it was.\n")
    assert queries.current().program.key == "pomona"


@pytest.mark.django_db
def test_load_asks_and_takes_no_for_an_answer(run, answers, tmp_path):
    load_pomona()
    path = written(tmp_path, changed(**NINE_DAYS))
    answers("no")
    code, out, err = run("load", path)
    assert (code, err) == (2, "Nothing was loaded.\n")
    assert "Program, silence days: 7 becomes 9." in out
    answers("yes")
    assert run("load", path)[0] == 0
    assert queries.current().program.silence_days == 9


@pytest.mark.django_db
def test_load_without_anybody_to_answer_says_to_add_yes(run, monkeypatch):
    def nobody(question):
        raise EOFError

    monkeypatch.setattr(builtins, "input", nobody)
    code, _, err = run("load", "pomona")
    assert code == 2
    assert "Add --yes" in err


@pytest.mark.django_db
def test_loading_the_same_again_changes_nothing(run):
    load_pomona()
    code, out, _ = run("load", "pomona")
    assert code == 0
    assert out.startswith("Nothing changes")
    assert queries.current_version().number == 1


@pytest.mark.django_db
def test_a_load_that_could_not_keep_all_ends_with_one(run, monkeypatch):
    monkeypatch.setattr(actions, "LOADERS", {"fig": lambda by, old, new: ["The fig tree."]})
    code, _, err = run("load", "pomona", "--yes")
    assert (code, err) == (1, "Not kept: The fig tree.\n")


@pytest.mark.django_db
def test_a_faulty_file_is_neither_compared_nor_loaded(run, tmp_path):
    path = written(tmp_path, TEXT.replace('"2.1"', '"x"'))
    for what in ("diff", "load"):
        code, out, err = run(what, path)
        assert (code, out) == (2, "")
        assert f"{path}:11: program.level_of_care:" in err
    assert queries.current_version() is None


@pytest.mark.django_db
def test_diff_changes_nothing(run, tmp_path):
    load_pomona()
    code, out, _ = run("diff", written(tmp_path, changed(**NINE_DAYS)))
    assert (code, out) == (0, "  Program, silence days: 7 becomes 9.\n1 changes.\n")
    assert queries.current_version().number == 1


def test_a_database_without_tables_is_said(run, monkeypatch):
    def no_table():
        raise DatabaseError("no such table")

    monkeypatch.setattr(queries, "current", no_table)
    code, _, err = run("diff", "pomona")
    assert code == 2
    assert "trellis migrate" in err
