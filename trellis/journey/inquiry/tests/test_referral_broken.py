"""What is broken in a referral is named, and stops nothing."""

import json
from copy import deepcopy
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trellis.journey.inquiry.referral import NoReferral, read
from trellis.journey.inquiry.referral.arriving import as_file
from trellis.journey.inquiry.referral.bundle import resource_types
from trellis.journey.inquiry.referral.clock import clocks
from trellis.journey.inquiry.referral.urgent import urgent
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
JUNK = st.sampled_from([
    None, True, 0, -1, 1.5, "", "x", "\ud800", [], [[]], {}, {"a": 1}, [7], ["x"], ["\udfff"], "2026-02-30", "9" * 5000,
    float("inf"), "0001-01-01T00:00:00Z", "9999-12-31T23:59:59-08:00", "9999-12-31",
])  # fmt: skip


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
        arrived = as_file(json.dumps(file).encode(), now=NOW, zone=ZONE)
    except NoReferral:
        return
    found = arrived.found
    assert found["counts"]["used"] + found["counts"]["ignored"] == found["counts"]["resources"]
    json.dumps(found, ensure_ascii=False, allow_nan=False).encode()  # as the command prints it
    urgent(found, NOW.date())
    clocks(arrived.discharged_on or NOW.date(), NOW.date())


# --- what is broken may have pointed to substance use -----------------------------------------------------------------

OPIOIDS = coded("icd", "F11.20", "Opioid dependence")


@pytest.mark.parametrize(
    "wrong",
    [
        {"onsetDateTime": 5},
        {"onsetPeriod": "2015"},
        {"recordedDate": 5},
        {"verificationStatus": "confirmed"},
        {"clinicalStatus": "active"},
    ],
    ids=str,
)
def test_a_field_beside_a_diagnosis_costs_that_field_and_not_the_diagnosis(wrong):
    found = said(resource("Condition", "c", code=OPIOIDS, **wrong))
    assert [(row["code"], row["active"]) for row in found["diagnoses"]] == [("F11.20", True)]
    assert (found["part2"], [one["resource"] for one in found["problems"]]) == (True, ["Condition/c"])


def test_a_bare_status_of_older_fhir_means_what_it_says():
    over = resource("Condition", "c", code=OPIOIDS, clinicalStatus="resolved")
    never = resource("Condition", "d", code=OPIOIDS, verificationStatus="entered-in-error")
    found = said(over, never)
    assert [row["active"] for row in found["diagnoses"]] == [False]
    assert len(found["problems"]) == 2


ASTHMA = {"code": {"text": "Asthma"}}


@pytest.mark.parametrize(
    ("sent", "part2"),
    [
        (resource("Condition", "x", code="F11.20"), True),
        (resource("MedicationRequest", "x", medicationCodeableConcept="methadone"), True),
        (resource("MedicationStatement", "x", status=5), True),
        (resource("Encounter", "x", type="detox"), True),
        (resource("Condition", "x", meta={"security": "ETH"}, **ASTHMA), True),
        (resource("Claim", "x", contained={"resourceType": "Condition"}), True),
        (resource("Medicine", "x", meta={"security": [{"code": "ETH"}]}), True),
        ({"id": "x", "meta": 7}, True),
        (resource("Medicine", "x", meta={"security": []}), False),
        (resource("AllergyIntolerance", "x", code=7), False),
        (resource("Condition", "x", onsetDateTime=5, **ASTHMA), False),
    ],
    ids=str,
)
def test_when_what_is_broken_may_have_pointed_to_substance_use_it_is_part_2(sent, part2):
    found = said(sent)
    assert (found["part2"], bool(found["problems"])) == (part2, True)


# --- dates and signs that break other things --------------------------------------------------------------------------


@pytest.mark.parametrize("end", ["0001-01-01T00:00:00Z", "9999-12-31T23:59:59-08:00"])
def test_an_end_that_cannot_be_is_a_problem_and_no_discharge(end):
    found = said(stay("e", "IMP", end), stay("f", "IMP", "2026-11-20T10:00:00-08:00"))
    assert found["last_discharge"] == "2026-11-20T10:00:00-08:00"
    assert [one["resource"] for one in found["problems"]] == ["Encounter/e"]


@pytest.mark.parametrize("end", ["2026-11-24T00:30:00-08:00", "1899-12-30T08:00:00-08:00"])
def test_an_end_that_is_hardly_right_is_a_discharge_as_the_contract_says_and_named(end):
    found = said(stay("e", "IMP", end))
    assert found["last_discharge"] == end
    assert [one["resource"] for one in found["problems"]] == ["Encounter/e"]


def test_an_end_later_today_is_a_discharge():
    assert said(stay("e", "IMP", "2026-11-23T23:00:00-08:00"))["days_since_discharge"] == 0


def test_the_clocks_of_the_last_day_of_the_calendar_end_on_it():
    assert {one.due for one in clocks(date(9999, 12, 30), NOW.date())} == {date.max}


def test_half_a_letter_becomes_a_sign_that_everybody_can_print():
    half = "\ud83d"
    found = said(
        resource(f"Kind{half}", f"x{half}"),
        resource("Condition", f"c{half}", code={"text": half}, onsetDateTime=half),
        patient={"name": [{"given": [f"Ana{half}"], "family": "Ruiz"}], "gender": half},
    )
    assert found["patient"]["name"] == "Ana\ufffd Ruiz"
    assert "\ufffd" in json.dumps(found, ensure_ascii=False).encode().decode()
    assert len(found["problems"]) == 3


def test_a_role_that_points_to_itself_is_followed_once():
    role = resource("PractitionerRole", "r", practitioner={"reference": "PractitionerRole/r"})
    found = said(role, resource("Composition", "d", author=[{"reference": "PractitionerRole/r"}]))
    assert found["from"] == {"organization": None, "practitioner": None}


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ({"valueString": "9" * 5000}, ["9" * 5000]),
        ({"valueInteger": float("inf")}, []),
        ({"valueInteger": 10**400}, [10**400]),
    ],
)
def test_a_score_that_is_no_score_stops_nothing(value, shown):
    sent = resource("Observation", "o", status="final", code=coded("loinc", "44261-6", None), **value)
    assert [row["value"] for row in said(sent)["screens"]] == shown


def test_every_kind_of_resource_has_a_name_of_its_own():
    assert len(resource_types()) == 146
    assert {"Patient", "Encounter", "VisionPrescription"} < resource_types()
