"""What is broken in a referral is named, and stops nothing."""

import json
from copy import deepcopy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trellis.journey.inquiry.referral import NoReferral, read
from trellis.journey.inquiry.referral.bundle import resource_types
from trellis.journey.inquiry.tests.referrals import BUNDLE, NOW, ZONE, bundle, coded, resource, said, stay


@pytest.mark.parametrize(
    ("broken", "named", "says"),
    [
        (resource("Condition", "c", code="F10.20"), "Condition/c", "code is no object."),
        (resource("Condition", "c", code={"coding": {}}), "Condition/c", "coding is no list of objects."),
        (resource("Condition", "c", code=coded("other", "1", "x")), "Condition/c", "not known here"),
        (resource("Condition", "c", onsetDateTime="2026-02-30"), "Condition/c", "2026-02-30 is no date."),
        (resource("Condition", "c", onsetDateTime=5), "Condition/c", "onsetDateTime is no text."),
        (resource("Medicine", "x"), "Medicine/x", "no such kind of resource"),
        (resource("MedicationRequest", "m", medicationReference={"reference": "Medication/9"}), "MedicationRequest/m",
         "Medication/9"),
        (resource("Encounter", "e", subject={"reference": "Patient/other"}), "Encounter/e", "Patient/other"),
        (stay("e", "IMP", "20 November"), "Encounter/e", "20 November is no date."),
        (stay("e", "IMP", None, serviceProvider={"reference": "Organization/9"}), "Encounter/e", "Organization/9"),
        (resource("Condition", None, code=7), "entry 2", "code is no object."),
        ({"id": "x"}, "entry 2", "what kind of resource"),
        (resource("Claim", "b", contained=7), "Claim/b", "contained is no list of objects."),
        (resource("Composition", "d", author=7), "Composition/d", "author is no list of objects."),
    ],
)  # fmt: skip
def test_what_is_broken_is_named_and_stops_nothing(broken, named, says):
    found = said(broken, resource("AllergyIntolerance", "a", code={"text": "Peanut"}))
    assert [row["display"] for row in found["allergies"]] == ["Peanut"]
    assert any(one["resource"] == named and says in one["problem"] for one in found["problems"])


def test_an_entry_without_a_resource_is_a_problem():
    file = bundle()
    file["entry"] += [7, {}, {"resource": 7}]
    assert [one["resource"] for one in read(file, now=NOW, zone=ZONE)["problems"]] == ["entry 2", "entry 3", "entry 4"]


def test_what_is_wrong_with_a_patient_costs_one_field():
    found = said(patient={"name": 7, "gender": "man", "birthDate": "1981-13-01", "telecom": 7, "identifier": {}})
    assert found["patient"] == {
        "name": None, "birth_date": None, "sex": None, "language": "es", "phone": [],
        "address": "12 Example Street, Pomona, CA 91766", "identifiers": 0,
    }  # fmt: skip
    assert len(found["problems"]) == 5


def test_what_is_about_somebody_else_is_left_out():
    found = said(
        resource("Patient", "other"),
        resource("Condition", "c", code=coded("icd", "F10.20", "x"), subject={"reference": "Patient/other"}),
        resource("AllergyIntolerance", "a", code={"text": "x"}, patient={"reference": "Patient/p"}),
    )
    assert (found["diagnoses"], found["part2"]) == ([], False)
    left_out = {"resource": "Condition/c", "problem": "It is about somebody else and was left out."}
    assert left_out in found["problems"]


def test_of_several_people_the_one_is_taken_whom_the_most_is_about():
    found = said(
        resource("Patient", "other", name=[{"text": "Another Person"}]),
        resource("Condition", "c", code={"text": "x"}, subject={"reference": "Patient/other"}),
    )
    assert found["patient"]["name"] == "Another Person"
    assert found["problems"] == [{"resource": "Patient", "problem": "There are 2 of them. Patient/other was taken."}]


def test_a_reference_is_found_by_its_address_its_version_or_its_urn():
    for full_url, reference in [
        ("urn:uuid:5", "urn:uuid:5"),
        ("https://fhir.example/Organization/o", "https://fhir.example/Organization/o"),
        (None, "https://fhir.example/Organization/o/_history/3"),
        (None, "Organization/o"),
    ]:
        file = bundle(stay("e", "IMP", "2026-11-20", serviceProvider={"reference": reference}))
        entry = {"resource": resource("Organization", "o", name="Example Hospital")}
        file["entry"].append(entry | ({"fullUrl": full_url} if full_url else {}))
        found = read(file, now=NOW, zone=ZONE)
        assert (found["from"]["organization"], found["problems"]) == ("Example Hospital", [])


def test_reading_changes_nothing_of_what_was_sent():
    before = deepcopy(BUNDLE)
    read(BUNDLE, now=NOW, zone=ZONE)
    assert before == BUNDLE


def _places(value, path=()):
    yield path
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, child in children:
        yield from _places(child, (*path, key))


PLACES = [path for path in _places(BUNDLE) if path]
JUNK = st.sampled_from([None, True, 0, -1, 1.5, "", "x", "\ud800", [], [[]], {}, {"a": 1}, [7], ["x"], "2026-02-30"])


@given(st.lists(st.tuples(st.sampled_from(PLACES), JUNK), min_size=1, max_size=4))
def test_no_damage_stops_the_reading(damage):
    file = deepcopy(BUNDLE)
    for path, junk in damage:
        holder = file
        for step in path[:-1]:
            try:
                holder = holder[step]
            except (KeyError, IndexError, TypeError):
                break
        else:
            if isinstance(holder, dict) or (isinstance(holder, list) and path[-1] < len(holder)):
                holder[path[-1]] = junk
    try:
        found = read(file, now=NOW, zone=ZONE)
    except NoReferral:
        return
    assert found["counts"]["used"] + found["counts"]["ignored"] == found["counts"]["resources"]
    json.dumps(found)


def test_every_kind_of_resource_has_a_name_of_its_own():
    assert len(resource_types()) == 146
    assert {"Patient", "Encounter", "VisionPrescription"} < resource_types()
