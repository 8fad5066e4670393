"""What comes in, before it is stored: a file as it was sent, or what somebody typed. Both end in the same form."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from trellis.journey.inquiry.referral.reading import NoReferral, read
from trellis.journey.inquiry.referral.substances import is_medicine

FHIR, TYPED = "fhir", "typed"
#: what other files begin with, so that whoever sends one is told what it is
OTHER_KINDS = (
    (b"%PDF", "PDF"), (b"\x89PNG", "PNG"), (b"\xff\xd8\xff", "JPEG"), (b"PK\x03\x04", "ZIP"), (b"<", "XML"),
    (b"MSH|", "HL7 v2"), (b"II*", "TIFF"), (b"MM\x00*", "TIFF"),
)  # fmt: skip


@dataclass(frozen=True)
class Arrived:
    source: str
    original: bytes
    #: in the form of the contract; of a typed one with `typed`: why, and what cannot wait
    found: dict[str, Any]
    discharged_on: date | None = None


def other_kind(data: bytes) -> str:
    """What a file is that is no JSON; empty where nobody can say."""
    start = data.removeprefix(b"\xef\xbb\xbf").lstrip()[:16]
    return next((name for begins, name in OTHER_KINDS if start.startswith(begins)), "")


def parsed(data: bytes) -> Any:
    """Raises NoReferral where it is no JSON."""
    try:
        return json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise NoReferral("It is no JSON. Ask the sender for a FHIR R4 bundle.") from None


def as_file(data: bytes, *, now: datetime, zone: ZoneInfo) -> Arrived:
    """Raises NoReferral where nothing can be read of it; what is broken in it stands among the problems."""
    found = read(parsed(data), now=now, zone=zone)
    left = found["last_discharge"]
    return Arrived(FHIR, data, found, datetime.fromisoformat(left).astimezone(zone).date() if left else None)


def as_typed(
    *, name: str, born_on: date | None, telephone: str, language: str, organisation: str, sender: str,
    discharged_on: date | None, why: str, takes: str, urgent: str, part2: bool,
) -> Arrived:  # fmt: skip
    """A line of what they take is one medicine."""
    medicines = [line.strip() for line in takes.splitlines() if line.strip()]
    found: dict[str, Any] = {
        "patient": {
            "name": name, "birth_date": born_on.isoformat() if born_on else None, "sex": None, "language": language,
            "phone": [telephone] if telephone else [], "address": None, "identifiers": 0,
        },
        "from": {"organization": organisation or None, "practitioner": sender or None},
        "diagnoses": [],
        "medications": [
            {"display": one, "rxnorm": None, "active": True, "for_substance_use": is_medicine({"text": one})}
            for one in medicines
        ],
        "allergies": [], "encounters": [], "screens": [], "coverage": [],
        "last_discharge": discharged_on.isoformat() if discharged_on else None,
        "days_since_discharge": None, "part2": part2, "security_labels": [],
        "counts": {"resources": 0, "used": 0, "ignored": 0}, "problems": [],
        "typed": {"why": why.strip(), "urgent": urgent.strip()},
    }  # fmt: skip
    original = json.dumps(found, ensure_ascii=False, sort_keys=True).encode()
    return Arrived(TYPED, original, found, discharged_on)
