"""What an admission needs of each resource. A row that cannot be made raises Broken, and the others land."""

from dataclasses import dataclass
from functools import partial
from math import isfinite
from typing import Any

from trellis.journey.inquiry.referral.bundle import Bundle, Resource
from trellis.journey.inquiry.referral.parts import Broken, Object, codings, human_name, many, one, said, words
from trellis.journey.inquiry.referral.substances import ICD_10, RXNORM, SNOMED, in_words, is_medicine, points_to_use

SYSTEMS = {ICD_10: "icd-10-cm", SNOMED: "snomed"}
ACTIVE = {"active", "recurrence", "relapse"}
LOINC = "http://loinc.org"
KINDS = {
    "IMP": "inpatient", "ACUTE": "inpatient", "NONAC": "inpatient", "EMER": "emergency",
    "AMB": "outpatient", "VR": "outpatient", "HH": "outpatient",
}  # fmt: skip
#: a panel or its total score; never a single item
SCREENS = {
    "44249-1": "PHQ-9", "44261-6": "PHQ-9", "69737-5": "GAD-7", "70274-6": "GAD-7", "72110-0": "AUDIT",
    "75624-7": "AUDIT", "72109-2": "AUDIT-C", "75626-2": "AUDIT-C", "82666-9": "DAST-10", "82667-7": "DAST-10",
    "93373-9": "C-SSRS", "93374-7": "C-SSRS",
}  # fmt: skip
#: no score has more
MOST_DIGITS = 9
NOT_MEANT = "entered-in-error"


@dataclass(frozen=True)
class Row:
    shown: Object
    #: when it was, as sent: the newest stands first
    at: str | None


def concepts(bundle: Bundle, resource: Resource, *parts: tuple[str, str]) -> list[Object]:
    """The concepts of these fields, and those of the conditions that they point to."""
    found = []
    for name, reference in parts:
        found += many(resource.value, name) if name else []
        for pointer in many(resource.value, reference) if reference else []:
            pointed = bundle.follow(resource, pointer)
            if pointed is not None and pointed.kind == "Condition":
                found.append(one(pointed.value, "code"))
    return found


def diagnosis(bundle: Bundle, resource: Resource) -> Row | None:
    value = resource.value
    if NOT_MEANT in _status(bundle, resource, "verificationStatus"):
        return None
    concept = one(value, "code")
    bundle.knows(resource, concept)
    system, code, display = _best_code(concept)
    onset = _first(bundle, resource, ("onsetDateTime",), ("onsetPeriod", "start"))
    shown = {
        "code": code,
        "system": system,
        "display": words(concept, "text") or display or said(concept),
        "onset": bundle.date(resource, onset),
        "active": _is_active(value, _status(bundle, resource, "clinicalStatus")),
        "substance_use": points_to_use(concept),
    }
    return Row(shown, onset or _first(bundle, resource, ("recordedDate",)))


def _best_code(concept: Object) -> tuple[str | None, str | None, str | None]:
    """ICD-10-CM before SNOMED CT."""
    known = {
        SYSTEMS[system]: (code, display)
        for system, code, display in reversed(list(codings(concept)))
        if system in SYSTEMS
    }
    for system in SYSTEMS.values():
        if system in known:
            return system, *known[system]
    return None, None, None


def _first(bundle: Bundle, resource: Resource, *places: tuple[str, ...]) -> str | None:
    """What stands at the first of these places; one that is broken is a problem, and the next counts."""
    found = (bundle.noted(resource, partial(_at, resource.value, place), None) for place in places)
    return next(filter(None, found), None)


def _at(value: Object, place: tuple[str, ...]) -> str | None:
    for name in place[:-1]:
        value = one(value, name)
    return words(value, place[-1])


def _status(bundle: Bundle, resource: Resource, name: str) -> set[str]:
    """The codes of a status. Older FHIR sends a bare code: a problem, and we take its word."""
    sent = resource.value.get(name)
    found = bundle.noted(resource, lambda: _codes(one(resource.value, name)), set())
    return found | ({sent} if isinstance(sent, str) else set())


def _is_active(condition: Object, status: set[str]) -> bool:
    """Where nobody says, what has no end goes on."""
    return bool(status & ACTIVE) if status else not any(name.startswith("abatement") for name in condition)


def medication(bundle: Bundle, resource: Resource) -> Row | None:
    value = resource.value
    if words(value, "status") == NOT_MEANT:
        return None
    concept = one(value, "medicationCodeableConcept") or _medicine(bundle, resource)
    bundle.knows(resource, concept)
    reasons = concepts(bundle, resource, ("reasonCode", "reasonReference"))
    shown = {
        "display": said(concept),
        "rxnorm": next((code for system, code, _ in codings(concept) if system == RXNORM), None),
        "active": words(value, "status") == "active",
        "for_substance_use": is_medicine(concept) or any(map(points_to_use, reasons)),
    }
    at = (
        words(value, "authoredOn") or words(value, "effectiveDateTime") or words(one(value, "effectivePeriod"), "start")
    )
    return Row(shown, at or words(value, "dateAsserted"))


def _medicine(bundle: Bundle, resource: Resource) -> Object:
    reference = one(resource.value, "medicationReference")
    found = bundle.follow(resource, reference)
    if found is None or found.kind != "Medication":
        display = words(reference, "display")
        return {"text": display} if display else {}
    bundle.use(found)
    return one(found.value, "code")


def allergy(bundle: Bundle, resource: Resource) -> Row | None:
    value = resource.value
    if NOT_MEANT in _status(bundle, resource, "verificationStatus"):
        return None
    concept = one(value, "code")
    bundle.knows(resource, concept)
    at = words(value, "recordedDate") or words(value, "onsetDateTime")
    return Row({"display": said(concept), "criticality": words(value, "criticality")}, at)


def encounter(bundle: Bundle, resource: Resource) -> Row | None:
    value = resource.value
    if words(value, "status") == NOT_MEANT:
        return None
    types = [*many(value, "type"), one(value, "serviceType")]
    reasons = concepts(bundle, resource, ("reasonCode", "reasonReference"))
    diagnoses = [_diagnosed(bundle, resource, entry) for entry in many(value, "diagnosis")]
    start = words(one(value, "period"), "start")
    shown = {
        "kind": _kind(value, types),
        "start": bundle.date(resource, start),
        "end": bundle.date(resource, words(one(value, "period"), "end")),
        "reason": next((said(reason) for reason in [*reasons, *diagnoses] if said(reason)), None),
        "substance_use": any(map(points_to_use, [*types, *reasons, *diagnoses])),
    }
    return Row(shown, start)


def _diagnosed(bundle: Bundle, resource: Resource, entry: Object) -> Object:
    found = bundle.follow(resource, one(entry, "condition"))
    return one(found.value, "code") if found is not None and found.kind == "Condition" else {}


def _kind(encounter: Object, types: list[Object]) -> str:
    names = [name for concept in types for name in (words(concept, "text"), *(show for _, _, show in codings(concept)))]
    if any(name and "residential" in name.lower() for name in names):
        return "residential"
    return KINDS.get(words(one(encounter, "class"), "code") or "", "other")


def screen(bundle: Bundle, resource: Resource) -> Row | None:
    value = resource.value
    if words(value, "status") in (NOT_MEANT, "cancelled"):
        return None
    loinc = next((code for system, code, _ in codings(one(value, "code")) if system == LOINC and code in SCREENS), None)
    points = _value(value)
    if loinc is None or points is None:
        return None
    at = words(value, "effectiveDateTime") or words(one(value, "effectivePeriod"), "start") or words(value, "issued")
    return Row({"loinc": loinc, "display": SCREENS[loinc], "value": points, "on": bundle.date(resource, at)}, at)


def _value(observation: Object) -> float | str | None:
    """Points; or, for a level of risk, what it is called."""
    sent: Any = observation.get("valueInteger", one(observation, "valueQuantity").get("value"))
    if isinstance(sent, int | float) and not isinstance(sent, bool):
        if isinstance(sent, float) and not isfinite(sent):
            raise Broken("Its value is no number.")
        return sent
    text = words(observation, "valueString")
    if text is None:
        return said(one(observation, "valueCodeableConcept"))
    return int(text) if text.isdecimal() and len(text) <= MOST_DIGITS else text


def coverage(bundle: Bundle, resource: Resource) -> Row | None:
    value = resource.value
    if words(value, "status") == NOT_MEANT:
        return None
    payers = [_payer(bundle, resource, payor) for payor in many(value, "payor")]
    payer = next((name for name in payers if name), None) or said(one(value, "type"))
    has_member = bool(words(value, "subscriberId") or many(value, "identifier"))
    return Row({"payer": payer, "member_id_present": has_member}, words(one(value, "period"), "start"))


def _payer(bundle: Bundle, resource: Resource, reference: Object) -> str | None:
    found = bundle.follow(resource, reference)
    name = named(found) if found else None
    if found and name:
        bundle.use(found)
    return name or words(reference, "display")


def named(resource: Resource) -> str | None:
    """What an organization or a person is called."""
    if resource.kind in ("Organization", "HealthcareService", "Location"):
        return words(resource.value, "name")
    if resource.kind in ("Practitioner", "Patient", "RelatedPerson"):
        return human_name(many(resource.value, "name"))
    return None


def is_about_use(row: Object) -> bool:
    return bool(row.get("substance_use") or row.get("for_substance_use") or in_words(row.get("reason")))


def _codes(concept: Object) -> set[str]:
    return {code for _, code, _ in codings(concept)}
