"""Referrals that others published, kept beside the project and never in it."""

import json

import pytest

from trellis.journey.inquiry.referral import NoReferral, read
from trellis.journey.inquiry.referral.arriving import parsed
from trellis.journey.inquiry.referral.ignored import NOTHING_SHOWN, ignored
from trellis.journey.inquiry.tests.referrals import NOW, ZONE, bundle


def test_every_synthetic_referral_is_read(shared):
    """Six lives of detox, overdose and painkillers; the numbers were counted in the files by hand."""
    counted = {
        "Bradly": (348, 34),
        "Frances": (303, 1),
        "Gilberto": (309, 2),
        "Robby": (205, 2),
        "Trenton": (173, 0),
        "Trey": (317, 3),
    }
    for file in sorted((shared / "data/fhir/synthea-sud").glob("*.json")):
        found = read(json.loads(file.read_text()), now=NOW, zone=ZONE)
        counts, problems = found["counts"]["resources"], found["problems"]
        assert (counts, len(found["medications"])) == counted[file.name.partition("_")[0]]
        assert problems == []
        assert all(row["display"] and row["code"] for row in found["diagnoses"])


def test_every_file_that_was_published_is_read_or_refused_with_a_sentence(shared):
    """XML and definitions too: whatever somebody may send. What is ignored is said entry by entry."""
    read_in, refused = 0, set()
    for file in sorted(path for path in (shared / "data/fhir").rglob("*") if path.is_file()):
        try:
            sent = parsed(file.read_bytes())
            counts = read(sent, now=NOW, zone=ZONE)["counts"]
        except NoReferral as fault:
            refused.add(str(fault))
            continue
        read_in += 1
        found = ignored(sent, now=NOW, zone=ZONE)
        assert found.total() == counts["ignored"], file.name
        assert NOTHING_SHOWN not in {why for _, why in found}, file.name
    assert read_in >= 6
    assert all(sentence.endswith(".") for sentence in refused)


@pytest.mark.parametrize("folder", ["us-core-7.0.0-examples", "ds4p", "part2-sensitivity", "us-core-7.0.0-definitions"])
def test_a_published_example_alone_is_read_or_named(shared, folder):
    for file in sorted((shared / "data/fhir" / folder).glob("*.json")):
        example = json.loads(file.read_text())
        try:
            found = read(example, now=NOW, zone=ZONE)
        except NoReferral:
            assert example.get("resourceType") != "Patient"
        else:
            assert found["counts"]["resources"] == 1


def test_the_published_examples_together_are_one_referral(shared):
    files = sorted((shared / "data/fhir/us-core-7.0.0-examples").glob("*.json"))
    found = read(bundle(*(json.loads(file.read_text()) for file in files), patient=False), now=NOW, zone=ZONE)
    assert {(row["display"], row["value"]) for row in found["screens"]} == {("PHQ-9", 12), ("AUDIT-C", 0)}
    assert found["problems"][0] == {"resource": "Patient", "problem": "There are 3 of them. Patient/example was taken."}
