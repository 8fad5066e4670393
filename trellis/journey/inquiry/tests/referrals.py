"""Referrals for tests, in the shape of FHIR R4. Everybody in them is made up."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from trellis.journey.inquiry.referral import read

ZONE = ZoneInfo("America/Los_Angeles")
NOW = datetime(2026, 11, 23, 20, 0, tzinfo=UTC)

SYSTEMS = {
    "icd": "http://hl7.org/fhir/sid/icd-10-cm",
    "snomed": "http://snomed.info/sct",
    "loinc": "http://loinc.org",
    "rxnorm": "http://www.nlm.nih.gov/research/umls/rxnorm",
    "other": "https://codes.example/ours",
}
PATIENT = {
    "resourceType": "Patient",
    "id": "p",
    "name": [
        {"use": "old", "family": "Before", "given": ["Somebody"]},
        {"use": "official", "family": "Pen\u0303a", "given": ["Jose\u0301", "Luis"], "prefix": ["Mr."]},
    ],
    "birthDate": "1981-04-02",
    "gender": "male",
    "telecom": [
        {"system": "phone", "value": "(909) 555-0142"},
        {"system": "email", "value": "p@example.com"},
        {"system": "phone", "use": "old", "value": "(909) 555-0100"},
    ],
    "address": [{"line": ["12 Example Street"], "city": "Pomona", "state": "CA", "postalCode": "91766"}],
    "communication": [
        {"language": {"coding": [{"code": "en"}]}},
        {"language": {"coding": [{"code": "es"}]}, "preferred": True},
    ],
    "identifier": [{"value": "1"}, {"value": "2"}],
}


def coded(system, code, display):
    coding = {"system": SYSTEMS[system], "code": code} | ({"display": display} if display else {})
    return {"coding": [coding]}


def resource(kind, id_, **fields):
    return {"resourceType": kind, **({"id": id_} if id_ else {}), **fields}


def stay(name, code, end, *, start=None, status="finished", **fields):
    period = {key: value for key, value in (("start", start), ("end", end)) if value}
    return resource("Encounter", name, status=status, **{"class": {"code": code}}, period=period, **fields)


def bundle(*resources, patient=None, **fields):
    """A collection about one person; `patient`: fields of theirs, or False for nobody."""
    who = [] if patient is False else [PATIENT | (patient or {})]
    entries = [{"resource": one} for one in (*who, *resources)]
    return {"resourceType": "Bundle", "type": "collection", "entry": entries} | fields


def said(*resources, now=NOW, **more):
    """What is read of a bundle about one person."""
    return read(bundle(*resources, **more), now=now, zone=ZONE)


MINE = {"subject": {"reference": "Patient/p"}}
BUNDLE = bundle(
    resource("Organization", "o", name="Example Hospital"),
    resource("Practitioner", "w", name=[{"family": "Okafor", "given": ["Dana"], "prefix": ["Dr."]}]),
    resource("Condition", "old", code=coded("snomed", "38341003", "Hypertension"), onsetDateTime="2015-01-01", **MINE)
    | {"abatementDateTime": "2020-01-01"},
    resource(
        "Condition",
        "new",
        code={
            "coding": coded("snomed", "75544000", "Opioid dependence")["coding"]
            + coded("icd", "F11.20", "Opioid dependence, uncomplicated")["coding"]
        },
        clinicalStatus={"coding": [{"code": "active"}]},
        onsetDateTime="2019",
        **MINE,
    ),
    resource(
        "MedicationRequest",
        "m1",
        status="stopped",
        authoredOn="2020-02-02",
        medicationCodeableConcept=coded("rxnorm", "314076", "Lisinopril 10 MG"),
        **MINE,
    ),
    resource(
        "MedicationRequest",
        "m2",
        status="active",
        authoredOn="2026-11-19",
        medicationCodeableConcept=coded("rxnorm", "1819", "Buprenorphine 8 MG"),
        **MINE,
    ),
    resource("AllergyIntolerance", "a", code={"text": "Penicillin"}, criticality="high", patient=MINE["subject"]),
    stay("e1", "AMB", None, start="2026-05-01T09:00:00-07:00", **MINE),
    stay(
        "e2",
        "IMP",
        "2026-11-20T10:00:00-08:00",
        start="2026-11-17T02:00:00-08:00",
        reasonCode=[{"text": "Opioid withdrawal"}],
        serviceProvider={"reference": "Organization/o"},
        participant=[{"individual": {"reference": "Practitioner/w"}}],
        **MINE,
    ),
    resource(
        "Observation",
        "s",
        status="final",
        code=coded("loinc", "44261-6", "PHQ-9 total"),
        effectiveDateTime="2026-11-18T08:00:00-08:00",
        valueInteger=14,
        **MINE,
    ),
    resource("Organization", "plan", name="Example Health Plan"),
    resource(
        "Coverage",
        "c",
        status="active",
        subscriberId="made-up",
        payor=[{"reference": "Organization/plan"}],
        beneficiary=MINE["subject"],
    ),
    resource("Claim", "b", patient=MINE["subject"]),
    meta={"security": [{"code": "R"}, {"code": "42CFRPart2"}]},
)
