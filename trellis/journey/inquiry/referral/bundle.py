"""The resources of a file, found again by their references. What is wrong is noted and never stops the reading."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from trellis.journey.inquiry.referral.parts import Broken, Object, codings, day, many, one, printable, words

Read = TypeVar("Read")
Other = TypeVar("Other")
KINDS = {"document", "collection", "searchset", "transaction", "batch"}
#: prefixes of the systems that FHIR R4 and US Core name
KNOWN_SYSTEMS = (
    "http://hl7.org/", "http://terminology.hl7.org/", "http://snomed.info/", "http://loinc.org", "http://unitsofmeasure.org",
    "http://www.nlm.nih.gov/", "http://www.ama-assn.org/", "https://www.cms.gov/", "http://www.cms.gov/", "http://nucc.org/",
    "https://bluebutton.cms.gov/", "urn:oid:", "urn:ietf:", "urn:iso:", "http://fdasis.nlm.nih.gov", "http://dicom.nema.org/",
    "http://www.whocc.no/", "http://ncimeta.nci.nih.gov", "http://varnomen.hgvs.org", "http://phdsc.org/",
)  # fmt: skip


@cache
def resource_types() -> frozenset[str]:
    """The names of all resources of FHIR R4."""
    return frozenset((Path(__file__).parent / "resource_types.txt").read_text(encoding="utf-8").split())


@dataclass(eq=False)
class Resource:
    value: Object
    kind: str
    name: str  # as a problem names it: Condition/17
    container: "Resource | None" = None

    @property
    def entry(self) -> "Resource":
        return self.container or self


@dataclass(frozen=True)
class Problem:
    resource: str
    problem: str


@dataclass
class Bundle:
    resources: list[Resource] = field(default_factory=list)
    by_reference: dict[str, Resource] = field(default_factory=dict)
    #: what an entry contains, by the entry and its name there
    inside: dict[tuple[int, str], Resource] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    used: set[int] = field(default_factory=set)
    #: something that cannot be read may have pointed to substance use
    is_unsure: bool = False
    entries: int = 0
    #: the bundle itself; empty for a single resource
    value: Object = field(default_factory=dict)

    def of_kind(self, *kinds: str) -> Iterator[Resource]:
        return (one for one in self.resources if one.kind in kinds)

    def problem(self, resource: Resource | str, sentence: str) -> None:
        found = Problem(resource if isinstance(resource, str) else resource.name, printable(sentence))
        if found not in self.problems[-20:]:  # a part that is looked at twice is told once
            self.problems.append(found)

    def noted(
        self, resource: Resource | str, read: Callable[[], Read], otherwise: Other, *, may_hide_use: bool = False
    ) -> Read | Other:
        """What `read` answers; where a part is broken a problem, and `otherwise`.

        `may_hide_use`: nobody can say whether the broken part pointed to substance use.
        """
        try:
            return read()
        except Broken as fault:
            self.problem(resource, str(fault))
            self.is_unsure |= may_hide_use
            return otherwise

    def use(self, resource: Resource) -> None:
        """A printed field came from it."""
        self.used.add(id(resource.entry))

    def follow(self, resource: Resource, reference: Object) -> Resource | None:
        """What a reference points at. One that names nothing here is a problem; one that only has words is none."""
        sent = words(reference, "reference")
        if not sent:
            return None
        found = self._contained(resource, sent[1:]) if sent.startswith("#") else self._elsewhere(sent)
        if found is None:
            self.problem(resource, f"It points to {sent[:80]}, which is not in the file.")
        return found

    def _contained(self, resource: Resource, name: str) -> Resource | None:
        return self.inside.get((id(resource.entry), name)) if name else resource.entry

    def _elsewhere(self, sent: str) -> Resource | None:
        plain = sent.partition("/_history/")[0]
        return self.by_reference.get(plain) or self.by_reference.get("/".join(plain.split("/")[-2:]))

    def date(self, resource: Resource, sent: str | None) -> str | None:
        return self.noted(resource, lambda: day(sent), None) if sent else None

    def knows(self, resource: Resource, concept: Object) -> None:
        """A code of a system that nobody here knows is a problem, unless a known one stands beside it."""
        systems = {system for system, _, _ in codings(concept)}
        if systems and not any(system.startswith(KNOWN_SYSTEMS) for system in systems):
            self.problem(
                resource, f"Its code is of a system that is not known here: {min(systems)[:80] or 'none given'}."
            )


def opened(file: Object) -> Bundle:
    """A bundle, or one resource with what it contains. Raises Broken where it is neither."""
    bundle = Bundle()
    if file.get("resourceType") == "Bundle":
        bundle.value = file
        kind = words(file, "type")
        if kind not in KINDS:
            bundle.problem("Bundle", f"Its type {kind} is none of those that bring a referral.")
        for number, entry in enumerate(_entries(file)):
            _take(bundle, number, entry)
    else:
        bundle.entries = 1
        _add(bundle, file, "entry 1", None)
    return bundle


def _entries(file: Object) -> list[Any]:
    found = file.get("entry")
    if found is not None and not isinstance(found, list):
        raise Broken("entry is no list.")
    return found or []


def _take(bundle: Bundle, number: int, entry: Any) -> None:
    bundle.entries += 1
    named = f"entry {number + 1}"
    if not isinstance(entry, dict) or not isinstance(entry.get("resource"), dict):
        bundle.problem(named, "It holds no resource.")
        return
    full_url = entry.get("fullUrl")
    _add(bundle, entry["resource"], named, full_url if isinstance(full_url, str) else None)


def _add(bundle: Bundle, value: Object, named: str, full_url: str | None, holder: Resource | None = None) -> None:
    kind, name = value.get("resourceType"), value.get("id")
    if not isinstance(kind, str):
        bundle.problem(named, "It does not say what kind of resource it is.")
        bundle.is_unsure |= _is_labelled(value)
        return
    resource = Resource(value, kind, printable(f"{kind}/{name}") if isinstance(name, str) else named, holder)
    if kind not in resource_types():
        bundle.problem(resource, "There is no such kind of resource in FHIR R4.")
        bundle.is_unsure |= _is_labelled(value)
        return
    bundle.resources.append(resource)
    if holder is not None:
        bundle.inside.setdefault((id(holder), str(name)), resource)
    else:
        for reference in (full_url, f"{kind}/{name}" if isinstance(name, str) else None):
            if reference:
                bundle.by_reference.setdefault(reference, resource)
    inside = bundle.noted(resource, lambda: many(value, "contained"), (), may_hide_use=True)
    for number, contained in enumerate(inside):
        _add(bundle, contained, f"{resource.name}#{number + 1}", None, holder or resource)


def _is_labelled(value: Object) -> bool:
    """Of what nobody can read: somebody saw a reason to label it, whatever they wrote."""
    try:
        return bool(one(value, "meta").get("security"))
    except Broken:
        return True


def labels(resource: Object) -> list[str]:
    codes = (words(label, "code") for label in many(one(resource, "meta"), "security"))
    return [code for code in codes if code]
