"""What we say about the OWASP ASVS stands on tests that exist and run, and the checker itself finds what is wrong."""

import pytest

from tests.architecture.checks import assert_none, asvs

LISTED = """
| State | Level 1 | Level 2 | Together |
| --- | --- | --- | --- |
| met | 1 | 0 | 1 |
| partly | 0 | 0 | 0 |
| not met | 0 | 0 | 0 |
| does not apply | 0 | 2 | 2 |
| all | 1 | 2 | 3 |

| Requirement | Level | In our words | State | Where | Test |
| --- | --- | --- | --- | --- | --- |
| 1.1.1 | 1 | It rains. | met | `sky.py` | `sky/test_sky.py::test_rain` |
| 2.1.1 (2), 2.1.2 (2) | 2 | It snows. | does not apply | | Nothing here knows any snow. |
"""
WANTED = {"1.1.1": "1", "2.1.1": "2", "2.1.2": "2"}
TEST = "def test_rain(): ..."


def rows(*changes: tuple[str, str]) -> list[asvs.Row]:
    text = LISTED
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return asvs.rows(text)


@pytest.fixture(scope="module")
def page(root) -> str:
    return (root / asvs.PAGE).read_text()


# --- the page itself --------------------------------------------------------------------------------------------------


def test_every_line_is_whole(page):
    assert_none(asvs.misshapen(asvs.rows(page)))


def test_every_requirement_of_both_levels_stands_there_once(page):
    assert_none(asvs.miscounted_requirements(asvs.rows(page), asvs.levels()))


def test_there_are_as_many_as_the_standard_has():
    numbers = list(asvs.levels().values())
    assert (numbers.count("1"), numbers.count("2"), len(numbers)) == (70, 183, 253)


def test_every_place_is_there(page, root):
    assert_none(asvs.lost_paths(asvs.rows(page), root))


def test_every_test_that_is_pointed_to_is_there_and_runs(page, root):
    assert_none(asvs.wrong_pointers(asvs.rows(page), root))


def test_nothing_is_said_without_a_ground(page):
    assert_none(asvs.without_ground(asvs.rows(page)))


def test_the_counts_are_those_of_the_tables(page):
    assert_none(asvs.wrong_counts(page))


# --- what is wrong is found -------------------------------------------------------------------------------------------


def test_a_sound_list_has_no_fault(plot):
    plot("sky.py")
    plot("sky/test_sky.py", TEST)
    found = rows()
    assert asvs.misshapen(found) == asvs.without_ground(found) == asvs.wrong_counts(LISTED) == []
    assert asvs.miscounted_requirements(found, WANTED) == []
    assert asvs.lost_paths(found, plot.path) == asvs.wrong_pointers(found, plot.path) == []


@pytest.mark.parametrize(
    ("old", "new"), [("| met | `sky.py`", "| nearly | `sky.py`"), ("| It rains. |", "| |"), ("`sky.py` |", "a | b |")]
)
def test_a_line_that_is_not_whole_is_found(old, new):
    assert asvs.misshapen(rows((old, new)))


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("| 1.1.1 | 1 |", "| 2.1.2 | 2 |", "1.1.1 is missing"),
        ("| 1.1.1 | 1 |", "| 2.1.2 | 2 |", "2.1.2 stands there 2 times"),
        ("2.1.2 (2)", "2.1.9 (2)", "2.1.9 is no requirement of level 1 or 2"),
        ("2.1.2 (2)", "2.1.2 (1)", "2.1.2 is of level 2, not 1"),
    ],
)
def test_a_requirement_that_is_missing_doubled_unknown_or_of_another_level_is_found(old, new, fault):
    assert fault in asvs.miscounted_requirements(rows((old, new)), WANTED)


def test_a_place_that_left_is_found(plot):
    assert [fault.split(": ")[-1] for fault in asvs.lost_paths(rows(), plot.path)] == ["sky.py is not there"]


@pytest.mark.parametrize("pointer", ["sky/test_sky.py::test_snow", "sky/test_moon.py::test_rain", "sky/test_sky.py"])
def test_a_pointer_to_no_test_is_found(plot, pointer):
    plot("sky/test_sky.py", TEST)
    assert len(asvs.wrong_pointers(rows(("sky/test_sky.py::test_rain", pointer)), plot.path)) == 1


@pytest.mark.parametrize(
    ("source", "name", "fault"),
    [
        ("@pytest.mark.skip\ndef test_a(): ...", "test_a", "is skipped"),
        ("@pytest.mark.skipif(True, reason='x')\ndef test_a(): ...", "test_a", "is skipped"),
        ("@mark.xfail\ndef test_a(): ...", "test_a", "is skipped"),
        ("LATER = pytest.mark.skip\n@LATER\ndef test_a(): ...", "test_a", "is skipped"),
        ("pytestmark = [pytest.mark.soak, pytest.mark.skip]\ndef test_a(): ...", "test_a", "is skipped with its whole"),
        ("@pytest.mark.skip\nclass TestA:\n    def test_b(self): ...", "TestA::test_b", "is skipped"),
        ("class TestA:\n    pytestmark = pytest.mark.skip\n    def test_b(self): ...", "TestA::test_b", "its class"),
        ("class TestA:\n    def test_b(self): ...", "test_b", "is not there"),
        ("class TestA:\n    def test_b(self): ...", "TestA::test_c", "is not there"),
        ("class TestA:\n    def test_b(self): ...", "TestA", "is no test"),
        ("def helper(): ...", "helper", "is no test"),
    ],
)
def test_a_test_that_is_skipped_or_none_is_found(source, name, fault):
    assert fault in asvs.fault_of_test(source, name.split("::"))


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("@pytest.mark.parametrize('a', [1])\ndef test_a(a): ...", "test_a"),
        ("pytestmark = pytest.mark.django_db\ndef test_a(): ...", "test_a"),
        ("@pytest.mark.skip\ndef test_b(): ...\ndef test_a(): ...", "test_a"),
        ("class TestA:\n    def test_b(self): ...", "TestA::test_b"),
    ],
)
def test_a_test_that_runs_is_taken(source, name):
    assert asvs.fault_of_test(source, name.split("::")) == ""


SHOWN = "`sky/test_sky.py::test_rain`"


@pytest.mark.parametrize(
    "changes",
    [
        [(SHOWN, "It is so.")],
        [(SHOWN, "Read it: no test can show the whole sky.")],  # and where is the document?
        [(SHOWN, "Read it: so."), ("`sky.py`", "`sky.md`")],
        [("| met | `sky.py` |", "| partly | `sky.py` |")],
        [("| met | `sky.py` |", "| not met | `sky.py` |")],
        [("Nothing here knows any snow.", "No.")],
        [("`sky.py`", "the sky")],
    ],
)
def test_a_line_without_a_ground_is_found(changes):
    assert len(asvs.without_ground(rows(*changes))) == 1


def test_a_document_with_a_reason_is_a_ground():
    found = rows((SHOWN, "Read it: no test can show the whole sky."), ("`sky.py`", "`sky.md`"))
    assert asvs.without_ground(found) == []


@pytest.mark.parametrize(
    ("old", "new"), [("| met | 1 | 0 | 1 |", "| met | 2 | 0 | 2 |"), ("| all | 1 | 2 | 3 |\n", "")]
)
def test_a_wrong_count_is_found_with_what_to_write(old, new):
    [fault] = asvs.wrong_counts(LISTED.replace(old, new))
    assert fault.endswith(old.strip())
