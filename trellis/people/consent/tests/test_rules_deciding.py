"""The rule against the contract written once more (model.py), over cases drawn at random; and against junk."""

import copy
import json

from hypothesis import HealthCheck, assume, event, given, settings
from hypothesis import strategies as st

from trellis.people.consent.presenters import as_json
from trellis.people.consent.rules import judge, words
from trellis.people.consent.rules.grounds import GROUNDS
from trellis.people.consent.tests import model
from trellis.people.consent.tests.cases import case, to

#: few instants, so that equal ones meet; some are one instant said twice
INSTANTS = st.sampled_from(
    [
        "2026-11-01T23:30:00-07:00",
        "2026-11-02T06:30:00Z",
        "2026-11-02T10:00:00-08:00",
        "2026-11-25T17:29:59-08:00",
        "2026-11-25T17:30:00-08:00",
        "2026-11-26T01:30:00+00:00",
        "2026-11-25T17:30:01-08:00",
        "2027-11-02T00:00:00-07:00",
    ]
)
MAYBE = st.none() | INSTANTS
NAMES = st.sampled_from(["Ana Ruiz", " ana  RUIZ", "Anna Ruiz", "Straße", "STRASSE", "", " "])
CLASSES = st.sampled_from(["treating_provider", "health_plan", "business_associate"])
ENTRIES = st.fixed_dictionaries({"kind": st.sampled_from(["person", "organization"]), "name": NAMES}) | (
    st.fixed_dictionaries({"kind": st.just("class"), "name": CLASSES})
)
WORDS = st.sampled_from([*model.KNOWN, "all", "shoe_size"])
PURPOSES = st.sampled_from([*model.PURPOSES, "fun"])
EXPIRY = (
    st.fixed_dictionaries({"at": INSTANTS})
    | st.sampled_from([{"event": "end_of_treatment"}, {"none": True}, {"none": False}, {"event": "x"}, {}, None])
    | st.fixed_dictionaries({"at": INSTANTS, "none": st.just(True)})
)
SIGNERS = st.sampled_from(["client", "client_and_parent", "parent_or_guardian", "personal_representative", "x", None])


def consents(**parts):
    return st.builds(
        lambda many: [{**case()["consents"][0], **parts, **one, "id": f"k{n}"} for n, one in enumerate(many)],
        st.lists(
            st.fixed_dictionaries({}, optional={"information": INFORMATION, "signed_at": INSTANTS}),
            min_size=1,
            max_size=3,
        ),
    )


INFORMATION = st.lists(WORDS, min_size=1, max_size=5)
TPO = {"kind": "tpo", "recipients": [{"kind": "class", "name": "health_plan"}], "purposes": list(model.TPO)}
NOTES = {"kind": "counseling_notes", "information": ["counseling_notes"], "purposes": ["treatment"]}
COURT = {"kind": "legal_proceedings", "purposes": ["legal_proceedings"], "information": ["all"]}
PROBATION = {
    "kind": "criminal_justice",
    "purposes": ["criminal_justice"],
    "revocable_after": "2026-11-26T01:30:00+00:00",
}
GRANTED = {fact: True for ground in GROUNDS.values() for fact in ground.facts} | {"covers": ["plan", "progress"]}
ROLES = ["health_plan", "staff", "client", "law_enforcement"]
#: questions that are let through, most of them
BY_CONSENT = st.sampled_from([{}, TPO, NOTES, COURT, PROBATION, {"information": ["all"]}]).flatmap(
    lambda parts: st.builds(
        lambda made, asked: case(ask={"information": asked, "purpose": made[0]["purposes"][0]}) | {"consents": made},
        consents(**parts),
        INFORMATION,
    )
)
ON_GROUND = st.sampled_from(sorted(GROUNDS)).flatmap(
    lambda name: st.builds(
        lambda asked, purpose: case(
            client={"deceased": name == "vital_statistics"},
            ask={"information": asked, "ground": name, "purpose": purpose, "facts": dict(GRANTED)},
        ),
        INFORMATION,
        st.sampled_from(sorted(GROUNDS[name].purposes)),
    )
)
#: what may be otherwise in one of them
OTHERWISE = {
    ("at",): INSTANTS,
    ("client", "birth_date"): st.sampled_from(["2008-11-01", "2008-11-02", "2008-11-03", "2008-02-29"]),
    ("client", "deceased"): st.booleans(),
    ("client", "treatment_ended_at"): MAYBE,
    ("client", "minor_consented_alone"): st.booleans(),
    ("client", "guardian_appointed"): st.booleans(),
    ("client", "restricted"): st.lists(ENTRIES, max_size=2),
    ("consents", 0, "kind"): st.sampled_from([*map(str, words.Kind), "blanket"]),
    ("consents", 0, "signed_by"): SIGNERS,
    ("consents", 0, "signed_at"): MAYBE,
    ("consents", 0, "recipients"): st.lists(ENTRIES, max_size=2),
    ("consents", 0, "information"): st.lists(WORDS, max_size=4),
    ("consents", 0, "purposes"): st.lists(PURPOSES, max_size=3),
    ("consents", 0, "expires"): EXPIRY,
    ("consents", 0, "revoked_at"): MAYBE,
    ("consents", 0, "revocable_after"): MAYBE,
    ("consents", 0, "faults"): st.lists(st.sampled_from(["form_incomplete", "known_false"]), max_size=1),
    ("ask", "recipient", "kind"): st.sampled_from(["person", "organization"]),
    ("ask", "recipient", "name"): NAMES,
    ("ask", "recipient", "is"): st.lists(st.sampled_from([*ROLES, "child_protection"]) | CLASSES, max_size=2),
    ("ask", "purpose"): PURPOSES,
    ("ask", "information"): st.lists(WORDS, max_size=4),
    ("ask", "ground"): st.none() | st.sampled_from(sorted(GROUNDS)),
    **{("ask", "facts", name): st.sampled_from(["yes", False, None, "", " ", 1]) for name in GRANTED},
    ("ask", "facts", "covers"): st.lists(WORDS, max_size=3) | st.sampled_from(["all", None]),
}
CHANGES = st.lists(
    st.sampled_from(sorted(OTHERWISE, key=str)).flatmap(lambda path: st.tuples(st.just(path), OTHERWISE[path])),
    max_size=3,
)


@st.composite
def cases(draw, base=BY_CONSENT | ON_GROUND):
    """A question that would be let through, with up to three things otherwise."""
    value = copy.deepcopy(draw(base))
    value["ask"]["recipient"] = to("Ana Ruiz", *ROLES, kind="person")
    for path, said in draw(CHANGES):
        put(value, path, said)
    return value


def put(value, path, said):
    for key in path[:-1]:
        value = value[key]
    value[path[-1]] = copy.deepcopy(said)


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | INSTANTS | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=600, suppress_health_check=list(HealthCheck))
@given(cases())
def test_the_rule_and_the_contract_written_apart_agree(value):
    words, ground = model.goes(value)
    decision = judge(value)
    event(f"goes: {bool(words)}, ground: {value['ask']['ground']}")
    assert (list(decision.information), decision.ground) == (words, ground)
    asked = value["ask"]["information"]
    assert sorted([*decision.information, *decision.withheld]) == sorted(asked)
    assert decision.notice == (ground is not None and ground.startswith("consent:"))
    assert bool(decision.record) == decision.allow
    assert decision.why.endswith(".")


@settings(max_examples=200)
@given(cases())
def test_nothing_goes_where_there_is_neither_consent_nor_ground(value):
    value["consents"], value["ask"]["ground"] = [], None
    assert not judge(value).allow


@settings(max_examples=200)
@given(cases(BY_CONSENT))
def test_what_is_taken_back_lets_nothing_more_through(value):
    assume(value["ask"]["ground"] is None)
    before = judge(value)
    assume(before.allow)
    consent = next(one for one in value["consents"] if f"consent:{one['id']}" == before.ground)
    consent["revoked_at"], consent["revocable_after"] = value["at"], None
    assert judge(value).ground != before.ground


def paths(value, found=()):
    yield found
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in parts:
        yield from paths(inner, (*found, key))


@settings(max_examples=300, suppress_health_check=list(HealthCheck))
@given(cases(), JUNK, st.data())
def test_junk_in_any_place_never_crashes_and_lets_nothing_go_that_nobody_knows(value, junk, data):
    put(value, data.draw(st.sampled_from([path for path in paths(value) if path])), junk)
    decision = judge(value)
    json.dumps(as_json(decision))
    assert set(decision.information) <= set(model.KNOWN)
    assert decision.allow == bool(decision.information)


@given(JUNK)
def test_junk_alone_lets_nothing_go(junk):
    assert not judge({"at": junk, "client": junk, "consents": junk, "ask": junk}).allow
