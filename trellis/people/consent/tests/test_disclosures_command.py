"""`trellis disclosures decide`, as an operator types it."""

import io
import json

import pytest

from trellis.people.consent.tests.cases import CASE, case


@pytest.fixture
def run(trellis, monkeypatch):
    """`run("decide", "-", typed=b"…")` answers code, standard output and standard error."""

    def call(*arguments, typed=b""):
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(typed)))
        return trellis("disclosures", *arguments)

    return call


def test_one_case_gets_one_decision(run, tmp_path):
    file = tmp_path / "case.json"
    file.write_text(json.dumps(CASE))
    code, out, err = run("decide", file, "--json")
    assert (code, err) == (0, "")
    assert json.loads(out) == {
        "allow": True,
        "ground": "consent:k1",
        "information": ["attendance"],
        "withheld": [],
        "notice": True,
        "record": ["recipient", "purpose", "information", "at", "by"],
        "missing": [],
        "why": "A consent that is in force names this recipient, purpose and information.",
    }


def test_a_list_gets_a_list_in_the_same_order(run):
    typed = json.dumps([case(ask={"purpose": "fun"}), CASE, {}, case(ask={"information": ["\ud800"]})]).encode()
    code, out, _ = run("decide", "-", "--json", typed=typed)
    assert code == 0
    assert [one["allow"] for one in json.loads(out)] == [False, True, False, False]
    assert run("decide", "--json", typed=b"[]") == (0, "[]\n", "")


def test_people_get_a_sentence(run):
    typed = json.dumps([case(ask={"information": ["attendance", "plan"]}), case(ask={"purpose": "other"})]).encode()
    code, out, _ = run("decide", typed=typed)
    yes, no = out.splitlines()
    assert code == 0
    assert yes.startswith("Yes (consent:k1). A consent that is in force")
    assert "May go: attendance. Stays here: plan." in yes
    assert no.startswith("No. There is a consent for this recipient, but not for this purpose.")


def test_the_sentence_is_english_whatever_the_terminal_speaks(run, settings):
    settings.LANGUAGE_CODE = "es"
    _, out, _ = run("decide", "--json", typed=json.dumps(CASE).encode())
    assert json.loads(out)["why"].startswith("A consent")


@pytest.mark.parametrize(
    "typed",
    [
        b"",
        b"{",
        b"7",
        b'"case"',
        b"null",
        b"[{}, 7]",
        b"[[]]",
        b"\xff",
        b"[" * 100_000,
        b'{"at": ' + b"9" * 5000 + b"}",
    ],
    ids=str,
)
def test_what_holds_no_case_is_named_as_such(run, typed):
    code, out, err = run("decide", "-", "--json", typed=typed)
    assert (code, out) == (2, "")
    assert err.startswith("-: It is ")
    assert "Give one case as a JSON object, or a list of them." in err


def test_a_file_that_is_not_there_is_named(run, tmp_path):
    code, _, err = run("decide", tmp_path / "none.json", "--json")
    assert code == 2
    assert "none.json: It cannot be read" in err
