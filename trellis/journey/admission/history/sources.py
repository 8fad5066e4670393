"""What referrals, inquiries and screens say already, as answers that wait to be confirmed. Plain values in."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from trellis.journey.admission.history.rules import Offer
from trellis.journey.inquiry.referral.urgent import urgent

PERSON, REFERRAL, ELSEWHERE = "person", "referral", "elsewhere"
#: instrument → the question that it answers, and the lowest total that says yes; None: whatever is not negative
SCREENS: dict[str, tuple[str, int | None]] = {
    "phq-9": ("low_mood", 10),
    "gad-7": ("much_worry", 10),
    "audit-c": ("drinking_worry", None),
    "c-ssrs-screener": ("thoughts_of_death", None),
    "pc-ptsd-5": ("hard_things_back", None),
}
NEGATIVE = ("none", "negative", "normal")
#: medicines for opioid or alcohol use, by a stem of their name
OPIOID_MEDICINES = {
    "buprenorphin": "buprenorphine", "suboxone": "buprenorphine", "sublocade": "buprenorphine",
    "methadon": "methadone",
}  # fmt: skip
ALCOHOL_MEDICINES = {"acamprosat": "acamprosate", "disulfiram": "disulfiram"}


@dataclass(frozen=True)
class FromReferral:
    key: int
    place: str
    received_on: date
    discharged_on: date | None
    found: dict[str, Any]


@dataclass(frozen=True)
class FromInquiry:
    key: int
    asked_on: date
    words: str
    language: str


@dataclass(frozen=True)
class FromScreen:
    key: int
    instrument: str
    on: date
    total: int | None
    severity: str
    name: str = ""
    words: str = ""


def from_screens(screens: Iterable[FromScreen]) -> Iterator[Offer]:
    for one in screens:
        asked = SCREENS.get(one.instrument)
        if asked is None or (one.total is None and not one.severity):
            continue
        key, least = asked
        if least is None:
            says_yes = one.severity not in NEGATIVE
        elif one.total is None:
            continue
        else:
            says_yes = one.total >= least
        source = f"{one.instrument}:{one.key}"
        yield Offer(key, "yes" if says_yes else "no", source, PERSON, one.on, one.name, one.words)


def from_inquiries(inquiries: Iterable[FromInquiry]) -> Iterator[Offer]:
    for one in inquiries:
        source = f"inquiry:{one.key}"
        if one.words.strip():
            yield Offer("goal", one.words.strip(), source, PERSON, one.asked_on)
        if one.language in ("en", "es"):
            yield Offer("language", one.language, source, PERSON, one.asked_on)


def from_referrals(referrals: Iterable[FromReferral]) -> Iterator[Offer]:
    for one in referrals:
        for key, value in _texts(one):
            if value:
                yield Offer(key, value, f"referral:{one.key}", REFERRAL, one.received_on, one.place)


def _texts(one: FromReferral) -> Iterator[tuple[str, str]]:
    found = one.found
    active = [row for row in found["diagnoses"] if row["active"]]
    medicines = [row for row in found["medications"] if row["active"]]
    yield "use_told", _lines(row["display"] for row in active if row["substance_use"])
    yield "help_before", _lines(_stays(one))
    yield "cannot_wait", _lines(" ".join(filter(None, (row.words, row.on))) for row in _danger(one))
    yield "mental_before", _lines(row["display"] for row in active if not row["substance_use"] and _is_mental(row))
    yield "conditions", _lines(row["display"] for row in active if not row["substance_use"] and not _is_mental(row))
    yield "allergies", _lines(row["display"] for row in found["allergies"])
    yield "hospital_lately", _lines(_hospital(found))
    yield "medicines_now", _lines(row["display"] for row in medicines)
    yield "opioid_medicine", _medicine(medicines, OPIOID_MEDICINES)
    yield "alcohol_medicine", _medicine(medicines, ALCOHOL_MEDICINES)


def _lines(words: Iterable[str | None]) -> str:
    return "\n".join(dict.fromkeys(word.strip() for word in words if word and word.strip()))


def _is_mental(row: dict[str, Any]) -> bool:
    return row["system"] == "icd-10-cm" and str(row["code"]).startswith("F")


def _stays(one: FromReferral) -> Iterator[str]:
    for row in one.found["encounters"]:
        if row["substance_use"] and row["kind"] in ("inpatient", "residential"):
            yield _dated(row)
    if one.discharged_on and one.place:
        yield f"{one.place}, – {one.discharged_on.isoformat()}"


def _hospital(found: dict[str, Any]) -> list[str]:
    """The newest few."""
    rows = [
        row for row in found["encounters"] if row["kind"] in ("inpatient", "emergency") and not row["substance_use"]
    ]
    return [_dated(row) for row in rows[:3]]


def _dated(row: dict[str, Any]) -> str:
    days = " – ".join(dict.fromkeys(filter(None, (row["start"], row["end"]))))
    return ": ".join(filter(None, (days, row["reason"])))


def _danger(one: FromReferral) -> list[Any]:
    return [row for row in urgent(one.found, one.received_on) if row.kind in ("said", "danger")]


def _medicine(rows: list[dict[str, Any]], names: dict[str, str]) -> str:
    plain = " ".join(row["display"] or "" for row in rows).lower()
    return next((value for stem, value in names.items() if stem in plain), "")
