"""What of a referral nobody will read, and why: so that whoever answers for the reading can look at it."""

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import datetime, tzinfo
from typing import Any

from trellis.journey.inquiry.referral.bundle import Bundle, Resource
from trellis.journey.inquiry.referral.parts import Object, codings, one
from trellis.journey.inquiry.referral.reading import READ, gathered
from trellis.journey.inquiry.referral.rows import NOT_MEANT

NOT_READ = "An admission needs nothing of this kind."
POINTED_AT = "It is read only where something that is read points to it."
OTHER_PERSON = "It is about another person."
TAKEN_BACK = "Its sender took it back or called it off."
NO_SCORE = "It is no total of an instrument that is read here."
BROKEN = "It is broken; the problems name it."
NO_RESOURCE = "It is no resource of FHIR R4; the problems name it."
NOTHING_SHOWN = "Nothing of it is printed."
#: kinds of which a name or a code is taken, through a reference
POINTED = frozenset({
    "Organization", "Practitioner", "PractitionerRole", "Location", "HealthcareService", "Medication", "RelatedPerson",
    "Composition",
})  # fmt: skip
STATUSES = ("status", "verificationStatus")
CALLED_OFF = frozenset({NOT_MEANT, "cancelled"})
ABOUT_ANOTHER = "It is about somebody else"

#: kind of resource and reason
Ignored = Counter[tuple[str, str]]


def ignored(file: Any, *, now: datetime, zone: tzinfo) -> Ignored:
    """How many entries of each kind were not used, by reason; as many as `read` counts. Raises what `read` raises."""
    bundle, _ = gathered(file, now=now, zone=zone)
    problems = {one.resource: one.problem for one in reversed(bundle.problems)}
    entries = [one for one in bundle.resources if one.container is None]
    found = Counter((one.kind, _why(one, problems)) for one in _unused(bundle, entries))
    nothing = bundle.entries - len(entries)
    return found + Counter({("", NO_RESOURCE): nothing})


def _unused(bundle: Bundle, entries: Iterable[Resource]) -> list[Resource]:
    return [one for one in entries if id(one) not in bundle.used]


def _why(resource: Resource, problems: dict[str, str]) -> str:
    return next((why for why, holds in REASONS if holds(resource, problems)), NOTHING_SHOWN)


def _is_called_off(resource: Resource) -> bool:
    value = resource.value
    return value.get("status") in CALLED_OFF or bool(_codes(value) & CALLED_OFF)


def _codes(value: Object) -> set[str | None]:
    sent = value.get("verificationStatus")
    if isinstance(sent, str):
        return {sent}
    return {code for _, code, _ in codings(one(value, "verificationStatus"))} if isinstance(sent, dict) else set()


#: in the order in which they are asked
REASONS: tuple[tuple[str, Callable[[Resource, dict[str, str]], bool]], ...] = (
    (OTHER_PERSON, lambda one, problems: one.kind == "Patient"),
    (POINTED_AT, lambda one, problems: one.kind in POINTED),
    (NOT_READ, lambda one, problems: one.kind not in READ),
    (OTHER_PERSON, lambda one, problems: problems.get(one.name, "").startswith(ABOUT_ANOTHER)),
    (TAKEN_BACK, lambda one, problems: _is_called_off(one)),
    (NO_SCORE, lambda one, problems: one.kind == "Observation" and one.name not in problems),
    (BROKEN, lambda one, problems: one.name in problems),
)
