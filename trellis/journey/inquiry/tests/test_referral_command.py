"""`trellis referral read`, as an operator or another program types it."""

import json

import pytest

from trellis.journey.inquiry.referral import ignored as reasons
from trellis.journey.inquiry.tests.referrals import BUNDLE, bundle, resource


@pytest.fixture
def run(trellis, tmp_path):
    def call(body, *arguments):
        file = tmp_path / "bundle.json"
        file.write_bytes(body if isinstance(body, bytes) else json.dumps(body).encode())
        return trellis("referral", "read", file, *arguments)

    return call


def test_a_referral_is_printed_as_json(run):
    code, out, err = run(BUNDLE, "--json")
    assert (code, err) == (0, "")
    assert json.loads(out)["patient"]["name"] == "José Luis Peña"


def test_people_get_lines(run):
    _, out, _ = run(BUNDLE)
    assert "last discharge: 2026-11-20T10:00:00-08:00" in out
    assert "  code F11.20, system icd-10-cm, display Opioid dependence, uncomplicated" in out


def test_a_problem_is_exit_code_1_and_the_rest_lands(run):
    code, out, _ = run(bundle(resource("Condition", "c", code=7)), "--json")
    assert code == 1
    assert json.loads(out)["problems"] == [{"resource": "Condition/c", "problem": "code is no object."}]


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (b"<Bundle/>", "no JSON"),
        (b"\xff\xfe", "no JSON"),
        (b"[" * 100_000, "no JSON"),
        ({"name": "x"}, "no FHIR JSON"),
        (bundle(patient=False), "Nobody is in it"),
    ],
)
def test_what_is_no_referral_is_exit_code_2(run, body, says):
    code, out, err = run(body, "--json")
    assert (code, out) == (2, "")
    assert says in err


def test_a_file_that_is_missing_or_too_large_is_exit_code_2(run, trellis, tmp_path, monkeypatch):
    assert trellis("referral", "read", tmp_path / "none.json")[0] == 2
    monkeypatch.setattr("trellis.journey.inquiry.management.commands.referral.MOST_BYTES", 10)
    code, _, err = run(BUNDLE)
    assert code == 2
    assert "larger than 50 MB" in err


def test_the_zone_is_that_of_a_blueprint(run):
    code, _, err = run(BUNDLE, "--blueprint", "nowhere")
    assert code == 2
    assert "is no blueprint" in err


def test_an_example_in_xml_is_named_as_such(shared, trellis):
    file = next((shared / "data/fhir/us-bhp-examples").glob("bh-patient*.xml"))
    assert trellis("referral", "read", file, "--json")[0] == 2


def test_what_nobody_reads_is_said_with_its_reason(trellis, tmp_path):
    sent = [
        {"resourceType": "Claim", "id": "1"}, {"resourceType": "Claim", "id": "2"},
        {"resourceType": "Practitioner", "id": "3"},
        {"resourceType": "Patient", "id": "other"},
        {"resourceType": "Observation", "id": "4", "status": "final", "subject": {"reference": "Patient/p"}},
        {"resourceType": "Observation", "id": "5", "status": "cancelled"},
        {"resourceType": "Condition", "id": "6", "code": 7},
        {"resourceType": "Condition", "id": "7", "verificationStatus": {"coding": [{"code": "entered-in-error"}]}},
        {"resourceType": "Condition", "id": "8", "subject": {"reference": "Patient/other"}},
        {"resourceType": "Nonsense"},
    ]  # fmt: skip
    (tmp_path / "one.json").write_text(json.dumps(bundle(*sent)))
    (tmp_path / "two.xml").write_text("<Bundle/>")
    code, out, err = trellis("referral", "ignored", tmp_path / "one.json", tmp_path / "two.xml", "--json")
    assert (code, err) == (0, "")
    found = {(row["kind"], row["why"]): row["number"] for row in json.loads(out)}
    assert found == {
        ("Claim", reasons.NOT_READ): 2,
        ("Practitioner", reasons.POINTED_AT): 1,
        ("Patient", reasons.OTHER_PERSON): 1,
        ("Observation", reasons.NO_SCORE): 1,
        ("Observation", reasons.TAKEN_BACK): 1,
        ("Condition", reasons.BROKEN): 1,
        ("Condition", reasons.TAKEN_BACK): 1,
        ("Condition", reasons.OTHER_PERSON): 1,
        ("", reasons.NO_RESOURCE): 1,
        ("(file)", "It is no JSON. Ask the sender for a FHIR R4 bundle."): 1,
    }
    assert "2  Claim" in trellis("referral", "ignored", tmp_path / "one.json")[1]
