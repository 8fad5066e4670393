"""Read a referral: who it is about, who sent it, and what an admission needs."""

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, tzinfo
from functools import partial
from typing import Any

from trellis.journey.inquiry.referral import rows
from trellis.journey.inquiry.referral.bundle import Bundle, Resource, labels, opened
from trellis.journey.inquiry.referral.parts import (
    Broken,
    Object,
    address,
    codings,
    human_name,
    instant,
    many,
    one,
    words,
)
from trellis.journey.inquiry.referral.rows import Row

Reader = Callable[[Bundle, Resource], Row | None]
#: labels that say: about substance use, or under 42 CFR part 2
PART_2 = {"42CFRPart2", "ETH", "ETHUD", "OPIOIDUD", "SUD"}
#: where one of these is broken nobody can say that it does not point to substance use
POINTING = {"Condition", "MedicationRequest", "MedicationStatement", "Encounter"}
DISCHARGES = {"inpatient", "residential", "emergency"}
#: other software writes the first day of its calendar where it knows none
FIRST_YEAR = 1900
SEXES = {"male", "female", "other", "unknown"}
EARLIEST = datetime.min.replace(tzinfo=UTC)


class NoReferral(Exception):
    """One sentence that says why this is no referral at all."""


def read(file: Any, *, now: datetime, zone: tzinfo) -> Object:
    """`file`: JSON as it was parsed; `now`: aware; `zone`: the site's. The answer is plain JSON.

    Raises NoReferral where it is no FHIR JSON or nobody is in it; whatever else is wrong stands among the problems.
    """
    return gathered(file, now=now, zone=zone)[1]


def gathered(file: Any, *, now: datetime, zone: tzinfo) -> tuple[Bundle, Object]:
    """What `read` answers, and the resources with what was used of them."""
    bundle = _opened(file)
    patient = _who(bundle)
    mine = [one for one in bundle.resources if _is_about(bundle, one, patient)]
    found = {name: _list(bundle, mine, kinds, reader) for name, kinds, reader in LISTS}
    found["coverage"] = _once_per_payer(found["coverage"])
    left = _last_discharge(bundle, patient, found["encounters"], now.astimezone(zone))
    sent_labels = _labels(bundle)
    for pairs in found.values():
        for resource, _ in pairs:
            bundle.use(resource)
    result: Object = {"patient": _patient(bundle, patient), "from": _sender(bundle, mine, left, found["encounters"])}
    result |= {name: [row.shown for _, row in pairs] for name, pairs in found.items()}
    points = any(rows.is_about_use(row) for name in found for row in result[name])
    at = left[1] if left else None
    return bundle, result | {
        "last_discharge": at.isoformat() if at else None,
        "days_since_discharge": (now.astimezone(zone).date() - at.astimezone(zone).date()).days if at else None,
        "part2": points or bundle.is_unsure or bool(PART_2 & set(sent_labels)),
        "security_labels": sent_labels,
        "counts": {
            "resources": bundle.entries,
            "used": len(bundle.used),
            "ignored": bundle.entries - len(bundle.used),
        },
        "problems": [{"resource": one.resource, "problem": one.problem} for one in bundle.problems],
    }


def _opened(file: Any) -> Bundle:
    if not isinstance(file, dict) or not isinstance(file.get("resourceType"), str):
        raise NoReferral("It is no FHIR JSON. Ask the sender for a FHIR R4 bundle.")
    try:
        return opened(file)
    except Broken as fault:
        raise NoReferral(f"It is no FHIR bundle: {fault}") from None


def _who(bundle: Bundle) -> Resource:
    """The Patient; of several the one whom the most is about."""
    people = list(bundle.of_kind("Patient"))
    if not people:
        raise NoReferral("Nobody is in it: there is no Patient. Ask the sender for the whole bundle.")
    if len(people) == 1:
        return people[0]
    named = Counter(id(_whose(bundle, resource)) for resource in bundle.of_kind(*READ))
    found = max(people, key=lambda person: named[id(person)])
    bundle.problem("Patient", f"There are {len(people)} of them. {found.name} was taken.")
    return found


def _whose(bundle: Bundle, resource: Resource) -> Resource | None:
    return bundle.noted(resource, lambda: _about(bundle, resource), None)


def _is_about(bundle: Bundle, resource: Resource, patient: Resource) -> bool:
    """What says that it is about somebody else is not read."""
    found = _whose(bundle, resource) if resource.kind in READ else None
    if found is None or found is patient:
        return True
    bundle.problem(resource, "It is about somebody else and was left out.")
    return False


def _about(bundle: Bundle, resource: Resource) -> Resource | None:
    names = (name for name in ("subject", "patient", "beneficiary") if name in resource.value)
    return bundle.follow(resource, one(resource.value, next(names, "subject")))


def _patient(bundle: Bundle, patient: Resource) -> Object:
    value = patient.value
    bundle.use(patient)

    def field(read: Callable[[], Any], empty: Any = None) -> Any:
        return bundle.noted(patient, read, empty)

    return {
        "name": field(lambda: human_name(many(value, "name"))),
        "birth_date": field(lambda: bundle.date(patient, words(value, "birthDate"))),
        "sex": field(lambda: _sex(bundle, patient)),
        "language": field(lambda: _language(many(value, "communication"))),
        "phone": field(
            lambda: [n for way in many(value, "telecom") if _is_phone(way) and (n := words(way, "value"))], []
        ),
        "address": field(lambda: address(many(value, "address"))),
        "identifiers": field(lambda: len(many(value, "identifier")), 0),
    }


def _sex(bundle: Bundle, patient: Resource) -> str | None:
    sent = words(patient.value, "gender")
    if sent is None or sent in SEXES:
        return sent
    bundle.problem(patient, f"gender {sent[:40]} is no code that FHIR knows.")
    return None


def _language(spoken: list[Object]) -> str | None:
    preferred = [way for way in spoken if way.get("preferred") is True]
    tags = (code for way in preferred + spoken for _, code, _ in codings(one(way, "language")))
    return next(tags, None)


def _is_phone(way: Object) -> bool:
    return words(way, "system") == "phone" and words(way, "use") != "old"


Pairs = list[tuple[Resource, Row]]


def _list(bundle: Bundle, resources: Iterable[Resource], kinds: tuple[str, ...], reader: Reader) -> Pairs:
    """Newest first; what has no date stands last, in the order sent."""
    found = []
    for resource in (sent for sent in resources if sent.kind in kinds):
        read = partial(reader, bundle, resource)
        row = bundle.noted(resource, read, None, may_hide_use=resource.kind in POINTING)
        found += [(resource, row)] if row else []
    return sorted(found, key=lambda pair: _when(pair[1].at), reverse=True)


def _when(sent: str | None) -> datetime:
    try:
        return instant(sent, UTC) if sent else EARLIEST
    except Broken:
        return EARLIEST


#: key in the result, resources, how one is read
LISTS: tuple[tuple[str, tuple[str, ...], Reader], ...] = (
    ("diagnoses", ("Condition",), rows.diagnosis),
    ("medications", ("MedicationRequest", "MedicationStatement"), rows.medication),
    ("allergies", ("AllergyIntolerance",), rows.allergy),
    ("encounters", ("Encounter",), rows.encounter),
    ("screens", ("Observation",), rows.screen),
    ("coverage", ("Coverage",), rows.coverage),
)
READ = frozenset(kind for _, kinds, _ in LISTS for kind in kinds)


def _once_per_payer(pairs: Pairs) -> Pairs:
    """A contained coverage stands in every bill: once for each payer is enough."""
    seen, kept = {row.shown["payer"] for resource, row in pairs if resource.container is None}, []
    for resource, row in pairs:
        if resource.container is None or row.shown["payer"] not in seen:
            kept.append((resource, row))
            seen.add(row.shown["payer"])
    return kept


Discharge = tuple[Resource, datetime]
Pointers = Callable[[Object], list[tuple[str, Object]]]


def _last_discharge(bundle: Bundle, patient: Resource, encounters: Pairs, now: datetime) -> Discharge | None:
    """The latest end of a finished stay, also one that cannot be right: that is said. Nobody leaves after their death.

    `now`: in the site's zone.
    """
    zone = now.tzinfo or UTC
    died = _moment(bundle, patient, patient.value, "deceasedDateTime", zone)
    ends = []
    for resource, row in encounters:
        if row.shown["kind"] in DISCHARGES and resource.value.get("status") == "finished":
            end = _moment(bundle, resource, one(resource.value, "period"), "end", zone)
            if end and not (died and end > died):
                ends.append((resource, end))
                if end.astimezone(zone).date() > now.date():
                    bundle.problem(resource, "It says that it is finished, and its end lies in the future.")
                elif end.year < FIRST_YEAR:
                    bundle.problem(resource, f"Its end lies before the year {FIRST_YEAR}.")
    return max(ends, key=lambda pair: pair[1], default=None)


def _moment(bundle: Bundle, resource: Resource, value: Object, name: str, zone: tzinfo) -> datetime | None:
    sent = words(value, name)
    return bundle.noted(resource, lambda: instant(sent, zone), None) if sent else None


def _sender(bundle: Bundle, mine: list[Resource], left: Discharge | None, encounters: Pairs) -> Object:
    """Whoever wrote the document; else who let the person go last; else who saw them last."""
    document = next((one for one in mine if one.kind == "Composition"), None)
    seen = left[0] if left else next((resource for resource, _ in encounters), None)
    found: Object = {"organization": None, "practitioner": None}
    for resource, pointers in ((document, _of_document), (seen, _of_encounter)):
        if resource is not None:
            bundle.noted(resource, partial(_add_sender, bundle, resource, pointers, found), None)
    return found


def _add_sender(bundle: Bundle, resource: Resource, pointers: Pointers, found: Object) -> None:
    for key, reference in pointers(resource.value):
        if found[key] is None:
            found[key] = _named(bundle, resource, reference, key)


def _of_document(document: Object) -> list[tuple[str, Object]]:
    authors = many(document, "author")
    both = [(key, author) for author in authors for key in ("practitioner", "organization")]
    return [("organization", one(document, "custodian")), *both]


def _of_encounter(encounter: Object) -> list[tuple[str, Object]]:
    people = [one(part, "individual") for part in many(encounter, "participant")]
    return [("organization", one(encounter, "serviceProvider")), *(("practitioner", who) for who in people)]


def _named(bundle: Bundle, resource: Resource, reference: Object, key: str) -> str | None:
    """The name behind a reference, of an organization or of a practitioner; through one role to either."""
    found = bundle.follow(resource, reference)
    if found is None:
        return words(reference, "display") if _kind_of(reference) in (None, key) else None
    if found.kind == "PractitionerRole" and resource.kind != "PractitionerRole":
        return _named(bundle, found, one(found.value, key), key)
    name = rows.named(found) if found.kind.lower() == key else None
    if name:
        bundle.use(found)
    return name


def _kind_of(reference: Object) -> str | None:
    """organization or practitioner, as far as a reference that points nowhere tells."""
    sent = words(reference, "type") or (words(reference, "reference") or "").rpartition("/")[0].rpartition("/")[2]
    return sent.lower() or None


def _labels(bundle: Bundle) -> list[str]:
    """Each label once, in the order sent; whoever bears one for the first time is used."""
    found = dict.fromkeys(bundle.noted("Bundle", lambda: labels(bundle.value), (), may_hide_use=True))
    for resource in bundle.resources:
        borne = bundle.noted(resource, partial(labels, resource.value), (), may_hide_use=True)
        new = [code for code in borne if code not in found]
        if new:
            bundle.use(resource)
            found |= dict.fromkeys(new)
    return list(found)
