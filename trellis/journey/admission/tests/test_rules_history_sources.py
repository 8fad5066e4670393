"""What referrals, inquiries and screens say already becomes answers that wait, with their source."""

from datetime import date

import pytest

from trellis.journey.admission.history import bank
from trellis.journey.admission.history.sources import (
    FromInquiry,
    FromReferral,
    FromScreen,
    from_inquiries,
    from_referrals,
    from_screens,
)

ON = date(2026, 11, 25)
NOTHING = {"diagnoses": [], "medications": [], "allergies": [], "encounters": [], "screens": []}


def referred(discharged_on=None, place="Example Detox", **found):
    rows = from_referrals([FromReferral(4, place, ON, discharged_on, NOTHING | found)])
    return {one.key: one for one in rows}


def diagnosis(display, code="F33.1", use=False, active=True):
    return {"display": display, "code": code, "system": "icd-10-cm", "substance_use": use, "active": active,
            "onset": None}  # fmt: skip


def medicine(display, use=False, active=True):
    return {"display": display, "active": active, "for_substance_use": use, "rxnorm": None}


def stay(kind, reason, start="2026-11-10", end="2026-11-20", use=False):
    return {"kind": kind, "reason": reason, "start": start, "end": end, "substance_use": use}


def test_what_another_place_sent_answers_where_it_belongs():
    found = referred(
        diagnoses=[
            diagnosis("Opioid use disorder, severe", "F11.20", use=True), diagnosis("Depression"),
            diagnosis("Asthma", "J45.909"), diagnosis("Old", active=False),
        ],
        medications=[
            medicine("Buprenorphine 8 mg", use=True), medicine("Disulfiram"), medicine("Stopped", active=False),
        ],
        allergies=[{"display": "Penicillin", "criticality": "high"}],
        encounters=[stay("residential", "Detox", use=True), stay("emergency", "Overdose"), stay("outpatient", "Cough")],
        discharged_on=date(2026, 11, 20),
    )  # fmt: skip
    said = {key: one.value for key, one in found.items()}
    assert said == {
        "use_told": "Opioid use disorder, severe", "mental_before": "Depression", "conditions": "Asthma",
        "allergies": "Penicillin", "medicines_now": "Buprenorphine 8 mg\nDisulfiram",
        "opioid_medicine": "buprenorphine", "alcohol_medicine": "disulfiram",
        "help_before": "2026-11-10 – 2026-11-20: Detox\nExample Detox, – 2026-11-20",
        "hospital_lately": "2026-11-10 – 2026-11-20: Overdose", "cannot_wait": "Overdose 2026-11-10",
    }  # fmt: skip
    assert {(one.source, one.who, one.place) for one in found.values()} == {("referral:4", "referral", "Example Detox")}
    assert not referred()


def test_a_bare_date_and_what_somebody_typed_as_urgent_stand_too():
    found = referred(place="", encounters=[stay("inpatient", None, end=None)], typed={"urgent": "Is pregnant"})
    assert (found["hospital_lately"].value, found["cannot_wait"].value) == ("2026-11-10", "Is pregnant")


def test_what_they_wrote_when_asking_is_what_they_want():
    rows = list(from_inquiries([FromInquiry(7, ON, " To sleep again. ", "es"), FromInquiry(8, ON, "", "")]))
    assert [(one.key, one.value, one.source) for one in rows] == [
        ("goal", "To sleep again.", "inquiry:7"), ("language", "es", "inquiry:7"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("instrument", "total", "severity", "said"),
    [
        ("phq-9", 10, "moderate", ("low_mood", "yes")),
        ("phq-9", 9, "mild", ("low_mood", "no")),
        ("phq-9", None, "moderate", None),
        ("gad-7", 12, "moderate", ("much_worry", "yes")),
        ("audit-c", 5, "positive", ("drinking_worry", "yes")),
        ("pc-ptsd-5", 1, "negative", ("hard_things_back", "no")),
        ("c-ssrs-screener", None, "low", ("thoughts_of_death", "yes")),
        ("c-ssrs-screener", None, "", None),
        ("bam-iop", 10, "", None),
    ],
)
def test_a_screen_answers_its_question(instrument, total, severity, said):
    rows = list(from_screens([FromScreen(12, instrument, ON, total, severity)]))
    assert [(one.key, one.value) for one in rows] == ([said] if said else [])
    assert all(one.source == f"{instrument}:12" and one.key in bank.questions() for one in rows)
