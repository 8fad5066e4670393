"""A referral is read as it was sent."""

from datetime import UTC, datetime

import pytest

from trellis.journey.inquiry.referral import NoReferral, read
from trellis.journey.inquiry.tests.referrals import BUNDLE, NOW, ZONE, bundle, coded, resource, said, stay


def test_a_bundle_says_what_an_admission_needs():
    assert read(BUNDLE, now=NOW, zone=ZONE) == {
        "patient": {
            "name": "José Luis Peña",
            "birth_date": "1981-04-02",
            "sex": "male",
            "language": "es",
            "phone": ["(909) 555-0142"],
            "address": "12 Example Street, Pomona, CA 91766",
            "identifiers": 2,
        },
        "from": {"organization": "Example Hospital", "practitioner": "Dana Okafor"},
        "diagnoses": [
            {
                "code": "F11.20",
                "system": "icd-10-cm",
                "display": "Opioid dependence, uncomplicated",
                "onset": "2019",
                "active": True,
                "substance_use": True,
            },
            {
                "code": "38341003",
                "system": "snomed",
                "display": "Hypertension",
                "onset": "2015-01-01",
                "active": False,
                "substance_use": False,
            },
        ],
        "medications": [
            {"display": "Buprenorphine 8 MG", "rxnorm": "1819", "active": True, "for_substance_use": True},
            {"display": "Lisinopril 10 MG", "rxnorm": "314076", "active": False, "for_substance_use": False},
        ],
        "allergies": [{"display": "Penicillin", "criticality": "high"}],
        "encounters": [
            {
                "kind": "inpatient",
                "start": "2026-11-17",
                "end": "2026-11-20",
                "reason": "Opioid withdrawal",
                "substance_use": True,
            },
            {"kind": "outpatient", "start": "2026-05-01", "end": None, "reason": None, "substance_use": False},
        ],
        "screens": [{"loinc": "44261-6", "display": "PHQ-9", "value": 14, "on": "2026-11-18"}],
        "coverage": [{"payer": "Example Health Plan", "member_id_present": True}],
        "last_discharge": "2026-11-20T10:00:00-08:00",
        "days_since_discharge": 3,
        "part2": True,
        "security_labels": ["R", "42CFRPart2"],
        "counts": {"resources": 14, "used": 13, "ignored": 1},
        "problems": [],
    }


def test_one_patient_with_what_they_contain_is_a_referral():
    patient = resource("Patient", "p", contained=[resource("Condition", "c", code=coded("icd", "F10.20", "Alcohol"))])
    found = read(patient, now=NOW, zone=ZONE)
    assert [row["code"] for row in found["diagnoses"]] == ["F10.20"]
    assert found["counts"] == {"resources": 1, "used": 1, "ignored": 0}


@pytest.mark.parametrize(
    "file",
    [7, [], {}, {"resourceType": 1}, {"resourceType": "Bundle", "type": "batch", "entry": {}}, bundle(patient=False)],
)
def test_what_is_no_referral_is_said_to_be_none(file):
    with pytest.raises(NoReferral):
        read(file, now=NOW, zone=ZONE)


@pytest.mark.parametrize(
    ("concept", "points"),
    [
        (coded("icd", "F10.20", "Alcohol dependence"), True),
        (coded("icd", "F16.10", "Hallucinogen abuse"), True),
        (coded("icd", "F17.210", "Nicotine dependence, cigarettes"), False),
        (coded("icd", "F18.10", "Inhalant abuse"), True),
        (coded("icd", "F19.20", "Other psychoactive substance dependence"), True),
        (coded("icd", "F32.9", "Depression"), False),
        (coded("icd", "T40.1X1A", "Poisoning by heroin"), True),
        (coded("icd", "T39.1X1A", "Poisoning by paracetamol"), False),
        (coded("icd", "Z63.72", "Alcoholism and drug addiction in family"), False),
        (coded("snomed", "7200002", None), True),
        (coded("snomed", "55680006", "Drug overdose"), True),
        (coded("snomed", "1", "Methamphetamine use disorder, severe"), True),
        (coded("snomed", "1", "Opioid withdrawal"), True),
        (coded("snomed", "449868002", "Smokes tobacco daily"), False),
        (coded("snomed", "1", "Tobacco use disorder"), False),
        (coded("snomed", "1", "Adverse drug reaction"), False),
        (coded("snomed", "1", "Family history of alcoholism"), False),
        (coded("snomed", "1", "Chronic pain"), False),
        ({"text": "detox last year"}, True),
        ({"text": "Alcoholic hepatitis"}, False),
    ],
)
def test_tobacco_and_pain_are_no_substance_use_and_the_rest_is(concept, points):
    found = said(resource("Condition", "c", code=concept))
    assert (found["diagnoses"][0]["substance_use"], found["part2"]) == (points, points)


@pytest.mark.parametrize(
    ("name", "is_for"),
    [
        ("Naltrexone 380 MG Injection [Vivitrol]", True),
        ("methadone hydrochloride 10 MG/ML", True),
        ("Naloxone nasal spray", True),
        ("Acamprosate 333 MG", True),
        ("buprenorphine patch [Butrans]", False),
        ("Oxycodone 5 MG", False),
        ("24hr nicotine transdermal patch", False),
    ],
)
def test_which_medicine_is_for_substance_use(name, is_for):
    found = said(resource("MedicationStatement", "m", status="active", medicationCodeableConcept={"text": name}))
    assert (found["medications"][0]["for_substance_use"], found["part2"]) == (is_for, is_for)


def test_a_medicine_by_reference_and_its_reason():
    found = said(
        resource("Medication", "d", code=coded("rxnorm", "1", "Gabapentin 300 MG")),
        resource("Condition", "c", code=coded("icd", "F10.20", "Alcohol dependence")),
        resource(
            "MedicationRequest",
            "m",
            status="active",
            medicationReference={"reference": "Medication/d"},
            reasonReference=[{"reference": "Condition/c"}],
        ),
    )
    assert found["medications"] == [
        {"display": "Gabapentin 300 MG", "rxnorm": "1", "active": True, "for_substance_use": True}
    ]
    assert found["counts"] == {"resources": 4, "used": 4, "ignored": 0}


@pytest.mark.parametrize(
    ("code", "more", "kind"),
    [
        ("IMP", {}, "inpatient"),
        ("NONAC", {}, "inpatient"),
        ("EMER", {}, "emergency"),
        ("VR", {}, "outpatient"),
        ("OBSENC", {}, "other"),
        ("IMP", {"type": [{"text": "Residential treatment"}]}, "residential"),
        ("AMB", {"serviceType": coded("snomed", "1", "Residential rehabilitation")}, "residential"),
    ],
)
def test_the_kind_of_a_stay_follows_its_class(code, more, kind):
    assert said(stay("e", code, "2026-11-20T10:00:00-08:00", **more))["encounters"][0]["kind"] == kind


def test_the_last_discharge_is_the_latest_end_of_a_finished_stay():
    found = said(
        stay("1", "AMB", "2026-11-22T10:00:00-08:00"),
        stay("2", "IMP", "2026-11-21T10:00:00-08:00", status="in-progress"),
        stay("3", "EMER", "2026-11-20T22:30:00-05:00"),
        stay("4", "IMP", "2026-11-20T19:00:00-08:00"),
    )
    assert found["last_discharge"] == "2026-11-20T22:30:00-05:00"
    assert said()["last_discharge"] is None
    assert said()["days_since_discharge"] is None


def test_days_are_counted_on_the_wall_of_the_site():
    late = stay("e", "IMP", "2026-11-21T05:30:00+00:00")  # the evening of the 20th in Pomona
    assert said(late, now=datetime(2026, 11, 21, 7, 0, tzinfo=UTC))["days_since_discharge"] == 0
    assert said(late, now=datetime(2026, 11, 21, 8, 0, tzinfo=UTC))["days_since_discharge"] == 1
    fall = stay("e", "IMP", "2026-10-31T23:30:00-07:00")
    assert said(fall, now=datetime(2026, 11, 2, 7, 59, tzinfo=UTC))["days_since_discharge"] == 1


def test_nobody_is_discharged_after_their_death():
    stays = (stay("1", "IMP", "2026-11-19T10:00:00-08:00"), stay("2", "EMER", "2026-11-20T10:00:00-08:00"))
    found = said(*stays, patient={"deceasedDateTime": "2026-11-20T09:00:00-08:00"})
    assert found["last_discharge"] == "2026-11-19T10:00:00-08:00"


def test_a_discharge_without_a_time_begins_the_day_at_the_site():
    assert said(stay("e", "IMP", "2026-11-20"))["last_discharge"] == "2026-11-20T00:00:00-08:00"


def test_the_sender_is_whoever_wrote_the_document():
    found = said(
        resource("Organization", "o", name="Detox House"),
        resource("Practitioner", "w", name=[{"family": "Ng", "given": ["Lee"], "prefix": ["Dr."]}]),
        resource("PractitionerRole", "r", practitioner={"reference": "Practitioner/w"}),
        resource(
            "Composition", "d", custodian={"reference": "Organization/o"}, author=[{"reference": "PractitionerRole/r"}]
        ),
        stay("e", "IMP", "2026-11-20T10:00:00-08:00", serviceProvider={"display": "Another place"}),
    )
    assert found["from"] == {"organization": "Detox House", "practitioner": "Lee Ng"}


def test_where_nobody_wrote_a_document_the_last_who_saw_them_count():
    found = said(
        stay("1", "AMB", "2026-11-22T10:00:00-08:00", serviceProvider={"display": "Clinic"}),
        stay("2", "AMB", "2026-10-22T10:00:00-08:00", serviceProvider={"display": "Older clinic"}),
    )
    assert found["from"] == {"organization": "Clinic", "practitioner": None}


def test_a_contained_coverage_is_listed_once_for_each_payer():
    bills = [
        resource("ExplanationOfBenefit", f"b{n}", contained=[resource("Coverage", "c", payor=[{"display": payer}])])
        for n, payer in enumerate(["Medi-Cal", "Medi-Cal", "Other plan"])
    ]
    found = said(*bills)
    assert [row["payer"] for row in found["coverage"]] == ["Medi-Cal", "Other plan"]
    assert found["counts"] == {"resources": 4, "used": 3, "ignored": 1}


def test_what_was_entered_in_error_is_left_out():
    wrong = {"coding": [{"code": "entered-in-error"}]}
    found = said(
        resource("Condition", "c", code=coded("icd", "F10.20", "x"), verificationStatus=wrong),
        resource("AllergyIntolerance", "a", code={"text": "x"}, verificationStatus=wrong),
        resource("MedicationRequest", "m", status="entered-in-error", medicationCodeableConcept={"text": "methadone"}),
        resource("Coverage", "v", status="entered-in-error", payor=[{"display": "x"}]),
        stay("e", "IMP", "2026-11-20T10:00:00-08:00", status="entered-in-error"),
        resource("Observation", "o", status="cancelled", code=coded("loinc", "44261-6", None), valueInteger=3),
    )
    assert [found[name] for name in ("diagnoses", "allergies", "medications", "coverage", "encounters", "screens")] == [
        []
    ] * 6
    assert not found["part2"]


def test_repeats_stay_and_the_newest_stands_first():
    one = resource("Condition", "1", code={"text": "older"}, onsetDateTime="2019-05")
    two = resource("Condition", "2", code={"text": "newer"}, recordedDate="2020-01-01T00:00:00Z")
    none = resource("Condition", "3", code={"text": "nobody knows when"})
    assert [row["display"] for row in said(none, one, two, one)["diagnoses"]] == [
        "newer",
        "older",
        "older",
        "nobody knows when",
    ]


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ({"valueInteger": 7}, 7),
        ({"valueQuantity": {"value": 7.5}}, 7.5),
        ({"valueString": "12"}, 12),
        ({"valueCodeableConcept": {"text": "High risk"}}, "High risk"),
    ],
)
def test_a_screen_shows_its_points_or_its_level(value, shown):
    sent = resource("Observation", "o", status="final", code=coded("loinc", "93374-7", None), **value)
    assert said(sent)["screens"] == [{"loinc": "93374-7", "display": "C-SSRS", "value": shown, "on": None}]


@pytest.mark.parametrize("code", ["44250-9", "72514-3", "72166-2"])
def test_single_items_pain_and_smoking_are_no_screens(code):
    assert said(resource("Observation", "o", code=coded("loinc", code, None), valueInteger=3))["screens"] == []


@pytest.mark.parametrize(("label", "part2"), [("ETH", True), ("42CFRPart2", True), ("R", False), ("N", False)])
def test_a_label_that_says_so_makes_it_part_2(label, part2):
    labelled = resource("Condition", "c", code={"text": "x"}, meta={"security": [{"code": label}]})
    found = said(labelled, labelled)
    assert (found["security_labels"], found["part2"]) == ([label], part2)
