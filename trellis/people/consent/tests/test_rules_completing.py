"""What a consent must have before it may be signed, and names that are almost the same. Pure, without a database."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trellis.people.consent.rules.case import Ask, Case, Client, Consent, Expiry, Recipient
from trellis.people.consent.rules.completing import Terms, lacking
from trellis.people.consent.rules.deciding import decide
from trellis.people.consent.rules.naming import near
from trellis.people.consent.rules.words import CLASSES, Information, Kind, Purpose, Who

pytestmark = pytest.mark.rules
NOW = datetime(2026, 11, 25, 17, 30, tzinfo=UTC)
ANA = Recipient(Who.PERSON, "Ana Ruiz")
TERMS = Terms(Kind.SPECIFIC, (ANA,), (Information.ATTENDANCE,), (Purpose.FAMILY_SUPPORT,), NOW + timedelta(days=9))


def test_a_whole_one_lacks_nothing():
    assert lacking(TERMS, NOW) == {}


@pytest.mark.parametrize(
    ("part", "changed"),
    [
        ("recipients", {"recipients": ()}),
        ("recipients", {"recipients": (Recipient(Who.PERSON, " "),)}),
        ("recipients", {"recipients": (Recipient(Who.CLASS, "treating_provider"),)}),
        ("recipients", {"kind": Kind.TPO, "purposes": ("payment",), "recipients": (Recipient(Who.CLASS, "all"),)}),
        ("information", {"information": ()}),
        ("information", {"information": ("gossip",)}),
        ("information", {"information": ("attendance", "counseling_notes")}),
        ("information", {"kind": Kind.COUNSELING_NOTES}),
        ("purposes", {"purposes": ()}),
        ("purposes", {"purposes": ("gossip",)}),
        ("purposes", {"kind": Kind.LEGAL_PROCEEDINGS, "purposes": ("legal_proceedings", "treatment")}),
        ("purposes", {"kind": Kind.LEGAL_PROCEEDINGS}),
        ("purposes", {"purposes": ("legal_proceedings",)}),
        ("purposes", {"kind": Kind.TPO}),
        ("purposes", {"kind": Kind.CRIMINAL_JUSTICE}),
        ("expires", {"expires_at": None}),
        ("expires", {"expires_with_treatment": True}),
        ("expires", {"expires_at": None, "never_expires": True}),
        ("expires", {"expires_at": NOW}),
    ],
)
def test_what_is_missing_or_cannot_stand_together_is_named(part, changed):
    found = lacking(replace(TERMS, **changed), NOW)
    assert list(found) == [part]
    assert str(found[part])


RECIPIENTS = st.builds(Recipient, st.sampled_from([Who.PERSON, Who.ORGANIZATION]), st.sampled_from(["Ana", " ", "Kim"]))
GROUPS = st.builds(Recipient, st.just(Who.CLASS), st.sampled_from([*sorted(CLASSES), "all"]))


@given(
    st.builds(
        Terms,
        st.sampled_from(list(Kind)),
        st.lists(RECIPIENTS | GROUPS, max_size=2).map(tuple),
        st.lists(st.sampled_from([*Information, "gossip"]), max_size=3, unique=True).map(tuple),
        st.lists(st.sampled_from([*Purpose, "gossip"]), max_size=2, unique=True).map(tuple),
        st.none() | st.sampled_from([NOW, NOW + timedelta(days=1)]),
        st.booleans(),
        st.booleans(),
    )
)
def test_what_lacks_nothing_serves_for_what_it_names(terms):
    """Held against the rule behind the gate: whatever may be signed lets its first recipient have its first part."""
    if lacking(terms, NOW):
        return
    ends = Expiry(at=terms.expires_at) if terms.expires_at else Expiry(none=True) if terms.never_expires else None
    consent = Consent(
        "k", terms.kind, "client", NOW, terms.recipients, terms.information, terms.purposes,
        ends or Expiry(event="end_of_treatment"),
    )  # fmt: skip
    first = terms.recipients[0]
    asker = Recipient(Who.PERSON, "Somebody", frozenset({first.name})) if first.kind == Who.CLASS else first
    ask = Ask(asker, terms.purposes[0], terms.information[:1])
    client = Client(birth_date=datetime(1990, 4, 2, tzinfo=UTC).date())
    assert decide(Case(NOW, client, (consent,), ask)).information == terms.information[:1]


@pytest.mark.parametrize("name", ["Anna Ruiz", "ana ruíz", "Ana M. Ruiz", "Ruiz, Ana", "Ana"])
def test_a_name_that_is_almost_the_same_is_asked_about(name):
    asked = Recipient(Who.PERSON, name)
    assert near(asked, [ANA, ANA, Recipient(Who.CLASS, "health_plan")]) == [ANA]


@pytest.mark.parametrize("name", ["  ana   RUIZ ", "Ben Ortega", "", "..."])
def test_the_same_name_and_another_ask_nothing(name):
    assert near(Recipient(Who.PERSON, name), [ANA]) == []


def test_a_person_and_an_organization_of_one_name_are_two():
    assert near(Recipient(Who.ORGANIZATION, "Ana Ruiz"), [ANA]) == [ANA]
