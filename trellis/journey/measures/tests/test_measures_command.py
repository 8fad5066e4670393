"""`trellis measures`, as an operator or another program types it."""

import io
import json

import pytest


@pytest.fixture
def run(trellis, monkeypatch):
    """`run("score", "-", case)` answers code, standard output and standard error."""

    def call(what, *arguments, typed=b""):
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(typed)))
        return trellis("measures", what, *arguments)

    return call


def typed(case):
    return json.dumps(case).encode()


CASE = {"instrument": "phq-9", "answers": {"phq9.1": 2, "phq9.2": 1}, "context": {"sex": "female"}}
SAID = {
    "instrument": "phq-9",
    "status": "incomplete",
    "total": None,
    "subscores": {},
    "severity": None,
    "flags": ["safety_item_missing"],
    "invalid_items": [],
}


def test_one_case_gets_one_result(run, tmp_path):
    file = tmp_path / "case.json"
    file.write_text(json.dumps(CASE))
    code, out, err = run("score", file, "--json")
    assert (code, json.loads(out), err) == (0, SAID, "")


def test_a_list_gets_a_list_in_the_same_order(run):
    craving = {"instrument": "craving-nrs", "answers": {"craving.1": 4}}
    code, out, _ = run("score", "-", "--json", typed=typed([craving, CASE, craving]))
    assert (code, [one["total"] for one in json.loads(out)]) == (0, [4, None, 4])
    assert run("score", "--json", typed=b"[]") == (0, "[]\n", "")


def test_the_sex_of_the_context_counts(run):
    case = {"instrument": "audit-c", "answers": {"auditc.1": 1, "auditc.2": 1, "auditc.3": 1}}
    _, out, _ = run("score", "--json", typed=typed([case | {"context": {"sex": sex}} for sex in ("male", "female", 7)]))
    assert [one["severity"] for one in json.loads(out)] == ["negative", "positive", "positive"]
    assert json.loads(run("score", "--json", typed=typed(case | {"context": None}))[1])["flags"] == ["sex_not_recorded"]


def test_people_get_a_sentence(run):
    _, out, _ = run("score", typed=typed({"instrument": "phq-4", "answers": {"phq4.1": 3, "phq4.2": 3}}))
    assert out == (
        "instrument: phq-4; status: incomplete; total: not known; subscores: anxiety 6, depression not known; "
        "severity: not known; flags: anxiety_screen_positive; invalid items: none\n"
    )


def test_change_is_said(run):
    case = {"instrument": "phq-9", "baseline": 18, "current": 9}
    said = {"delta": -9, "meaningful": True, "reliable": "improved", "response": True, "target": False}
    code, out, _ = run("change", "--json", typed=typed(case))
    assert (code, json.loads(out)) == (0, said)
    assert json.loads(run("change", "-", "--json", typed=typed([case, case]))[1]) == [said, said]


@pytest.mark.parametrize(
    ("what", "case", "says"),
    [
        ("score", {"instrument": "phq-10", "answers": {}}, "There is no instrument"),
        ("score", {"answers": {}}, "There is no instrument"),
        ("score", {"instrument": ["phq-9"], "answers": {}}, "There is no instrument"),
        ("score", {"instrument": "phq-9"}, "no object"),
        ("score", {"instrument": "phq-9", "answers": [1]}, "no object"),
        ("score", CASE | {"context": "female"}, "no object"),
        ("score", [CASE, {"instrument": "nothing", "answers": {}}], "There is no instrument"),
        ("score", 7, "no case"),
        ("change", {"instrument": "bam", "baseline": 1, "current": 2}, "No value of change"),
        ("change", {"instrument": "phq-9", "baseline": 1}, "The current is no number"),
        ("change", {"instrument": "phq-9", "baseline": True, "current": 1}, "The baseline is no number"),
        ("change", {"instrument": "phq-9", "baseline": "9", "current": 1}, "The baseline is no number"),
        ("change", {"instrument": "phq-9", "baseline": float("nan"), "current": 1}, "The baseline is no number"),
    ],
)
def test_what_is_no_case_gets_a_sentence_and_nothing_else(run, what, case, says):
    code, out, err = run(what, "--json", typed=typed(case))
    assert (code, out) == (2, "")
    assert says in err
