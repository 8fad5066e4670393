"""Who may act for whom, by example and over everything at once; the model is written apart from the rule."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trellis.people.consent import rules as consent
from trellis.people.consent.rules.case import Expiry, Recipient
from trellis.people.consent.rules.words import Information, Kind, Purpose, Signer, Who
from trellis.people.proxies import rules
from trellis.people.proxies.rules import Access, Basis, Facts, No, Part

NOW = datetime(2026, 11, 25, 18, tzinfo=UTC)
SECOND = timedelta(seconds=1)
ANA = Recipient(Who.PERSON, "Ana Ruiz")
GROWN, CHILD = date(1990, 5, 1), date(2011, 5, 1)
ADULT = consent.Client(GROWN)
EVERYTHING = frozenset(Part)


def a_consent(**changed):
    said = {
        "id": "c1", "kind": Kind.SPECIFIC, "signed_by": Signer.CLIENT, "signed_at": NOW - timedelta(days=3),
        "recipients": (ANA,), "information": (Information.PRESENCE, Information.ATTENDANCE),
        "purposes": (Purpose.FAMILY_SUPPORT,), "expires": Expiry(at=NOW + timedelta(days=30)),
    }  # fmt: skip
    return consent.Consent(**(said | changed))


def access(basis=Basis.CONSENT, **changed):
    return Access(**({"name": "Ana Ruiz", "basis": basis, "parts": EVERYTHING} | changed))


def facts(client=ADULT, *consents, **changed):
    return Facts(NOW, client, consents, **changed)


def answer(one, known):
    return rules.why_not(one, Part.WEEK, known)


class TestLetInByTheClient:
    def test_a_consent_that_names_them_opens_what_it_names(self):
        assert rules.open_parts(access(), facts(ADULT, a_consent())) == tuple(Part)

    def test_without_a_consent_there_is_nothing(self):
        assert answer(access(), facts()) is No.NO_CONSENT

    @pytest.mark.parametrize("name", ["Ana Ruis", "Ana", "Anna Ruiz"])
    def test_a_name_that_is_only_like_it_opens_nothing(self, name):
        assert answer(access(name=name), facts(ADULT, a_consent())) is No.NO_CONSENT

    def test_spaces_and_capitals_make_no_other_person(self):
        assert answer(access(name=" ana  RUIZ "), facts(ADULT, a_consent())) is None

    def test_a_consent_taken_back_a_second_ago_closes_it(self):
        assert answer(access(), facts(ADULT, a_consent(revoked_at=NOW - SECOND))) is No.NO_CONSENT
        assert answer(access(), facts(ADULT, a_consent(revoked_at=NOW))) is No.NO_CONSENT
        assert answer(access(), facts(ADULT, a_consent(revoked_at=NOW + SECOND))) is None

    def test_a_consent_that_expired_a_second_ago_closes_it(self):
        assert answer(access(), facts(ADULT, a_consent(expires=Expiry(at=NOW)))) is No.NO_CONSENT
        assert answer(access(), facts(ADULT, a_consent(expires=Expiry(at=NOW + SECOND)))) is None

    def test_a_consent_for_less_opens_less(self):
        known = facts(ADULT, a_consent(information=(Information.PRESENCE,)))
        assert rules.open_parts(access(), known) == (Part.RECORD, Part.ASK)
        assert answer(access(), known) is No.NARROW

    def test_a_consent_that_names_nothing_of_it_is_too_narrow(self):
        known = facts(ADULT, a_consent(kind=Kind.COUNSELING_NOTES, information=("nothing",)))
        assert answer(access(), known) is No.NARROW

    def test_a_consent_for_another_purpose_opens_nothing(self):
        assert answer(access(), facts(ADULT, a_consent(purposes=(Purpose.HOUSING,)))) is No.NO_CONSENT

    def test_what_was_not_given_stays_closed_whatever_the_consent_says(self):
        one = access(parts=frozenset({Part.ASK}))
        assert rules.open_parts(one, facts(ADULT, a_consent())) == (Part.ASK,)
        assert answer(one, facts(ADULT, a_consent())) is No.NOT_GIVEN

    def test_it_is_over_at_the_instant_it_ends(self):
        known = facts(ADULT, a_consent())
        assert answer(access(ended_at=NOW), known) is No.ENDED
        assert answer(access(until=NOW), known) is No.OVER
        assert answer(access(until=NOW + SECOND, ended_at=NOW + SECOND), known) is None

    def test_whoever_is_not_to_be_told_gets_nothing(self):
        client = replace(ADULT, restricted=(Recipient(Who.PERSON, "ANA ruiz"),))
        assert answer(access(), facts(client, a_consent())) is No.RESTRICTED

    def test_a_consent_of_the_client_does_not_outlive_them(self):
        assert answer(access(), facts(replace(ADULT, deceased=True), a_consent())) is No.DIED

    def test_a_minor_who_consented_alone_may_let_somebody_in_themselves(self):
        minor = consent.Client(CHILD, minor_consented_alone=True)
        assert answer(access(), facts(minor, a_consent())) is None


class TestParents:
    def test_with_the_consent_that_both_signed(self):
        both = a_consent(signed_by=Signer.CLIENT_AND_PARENT)
        assert answer(access(Basis.PARENT), facts(consent.Client(CHILD), both)) is None

    def test_without_the_minors_own_signature_nothing(self):
        """42 CFR 2.14(c): both sign."""
        alone = a_consent(signed_by=Signer.PARENT_OR_GUARDIAN)
        assert answer(access(Basis.PARENT), facts(consent.Client(CHILD), alone)) is No.NO_CONSENT

    def test_a_minor_who_consented_alone_is_never_opened_to_a_parent(self):
        minor = consent.Client(CHILD, minor_consented_alone=True)
        for signed_by in Signer:
            known = facts(minor, a_consent(signed_by=signed_by))
            assert answer(access(Basis.PARENT), known) is No.CONSENTED_ALONE

    def test_it_ends_on_the_day_they_are_grown_up(self):
        eighteen = consent.Client(date(2008, 11, 25))
        seventeen = consent.Client(date(2008, 11, 26))
        both = a_consent(signed_by=Signer.CLIENT_AND_PARENT)
        assert answer(access(Basis.PARENT), facts(eighteen, both)) is No.GROWN_UP
        assert answer(access(Basis.PARENT), facts(seventeen, both)) is None


class TestGuardians:
    def test_of_a_grown_up_for_whom_a_court_appointed_one(self):
        under = replace(ADULT, guardian_appointed=True)
        assert rules.open_parts(access(Basis.GUARDIAN), facts(under)) == tuple(Part)

    def test_nobody_is_one_by_saying_so(self):
        assert answer(access(Basis.GUARDIAN), facts()) is No.NO_GUARDIAN

    def test_of_a_minor_the_parent_is_meant(self):
        minor = consent.Client(CHILD, guardian_appointed=True)
        assert answer(access(Basis.GUARDIAN), facts(minor)) is No.MINOR

    def test_a_guardian_is_none_any_more_after_a_death(self):
        died = replace(ADULT, guardian_appointed=True, deceased=True)
        assert answer(access(Basis.GUARDIAN), facts(died)) is No.DIED

    def test_they_too_may_be_somebody_who_is_not_to_be_told(self):
        under = replace(ADULT, guardian_appointed=True, restricted=(ANA,))
        assert answer(access(Basis.GUARDIAN), facts(under)) is No.RESTRICTED


class TestAfterADeath:
    DIED = replace(ADULT, deceased=True)

    @pytest.mark.parametrize("basis", [Basis.EXECUTOR, Basis.NEXT_OF_KIN])
    def test_executor_or_next_of_kin(self, basis):
        assert answer(access(basis), facts(self.DIED)) is None
        assert answer(access(basis), facts()) is No.LIVES

    def test_the_family_steps_back_where_there_is_an_executor(self):
        assert answer(access(Basis.NEXT_OF_KIN), facts(self.DIED, executor_acts=True)) is No.EXECUTOR_ACTS
        assert answer(access(Basis.EXECUTOR), facts(self.DIED, executor_acts=True)) is None

    def test_a_sister_who_is_nothing_but_a_sister_gets_nothing(self):
        assert answer(access(), facts(self.DIED, a_consent())) is No.DIED


@pytest.mark.parametrize(
    ("until", "ended_at", "holds"),
    [(None, None, True), (NOW, None, False), (None, NOW, False), (NOW + SECOND, NOW + SECOND, True),
     (NOW + SECOND, NOW, False)],
)  # fmt: skip
def test_in_force_until_the_first_of_its_ends(until, ended_at, holds):
    assert rules.is_in_force(access(until=until, ended_at=ended_at), NOW) is holds


def test_every_no_has_a_sentence_of_its_own():
    assert len({str(no.value) for no in No}) == len(No)


# --- everything at once -----------------------------------------------------------------------------------------------
INSTANTS = st.sampled_from([None, NOW - timedelta(days=1), NOW - SECOND, NOW, NOW + SECOND, NOW + timedelta(days=1)])
NAMES = st.sampled_from(["Ana Ruiz", "ana ruiz", "Ana Ruis", ""])
CLIENTS = st.builds(
    consent.Client,
    birth_date=st.sampled_from([GROWN, CHILD]), deceased=st.booleans(), minor_consented_alone=st.booleans(),
    guardian_appointed=st.booleans(), restricted=st.sampled_from([(), (), (ANA,)]),
)  # fmt: skip
CONSENTS = st.lists(
    st.builds(
        a_consent,
        signed_by=st.sampled_from(list(Signer)),
        recipients=st.sampled_from([(ANA,), (Recipient(Who.ORGANIZATION, "Ana Ruiz"),), ()]),
        information=st.sampled_from([("presence",), ("presence", "attendance"), ("all",), ("counseling_notes",)]),
        purposes=st.sampled_from([("family_support",), ("housing",)]),
        revoked_at=INSTANTS,
        expires=INSTANTS.map(lambda at: Expiry(at=at) if at else None),
    ),
    max_size=2,
).map(tuple)
ACCESSES = st.builds(
    Access, name=NAMES, basis=st.sampled_from(Basis), parts=st.frozensets(st.sampled_from(Part)), until=INSTANTS,
    ended_at=INSTANTS,
)  # fmt: skip
FACTS = st.builds(Facts, at=st.just(NOW), client=CLIENTS, consents=CONSENTS, executor_acts=st.booleans())


def may(one, part, known):
    """The model: what must all be true, said apart from the rule and in no order."""
    client, name = known.client, one.name.casefold()
    alive_grown = not client.deceased and client.birth_date == GROWN
    alive_minor = not client.deceased and client.birth_date == CHILD
    right = {
        Basis.CONSENT: not client.deceased,
        Basis.PARENT: alive_minor and not client.minor_consented_alone,
        Basis.GUARDIAN: alive_grown and client.guardian_appointed,
        Basis.EXECUTOR: client.deceased,
        Basis.NEXT_OF_KIN: client.deceased and not known.executor_acts,
    }[one.basis]
    needed = {"presence"} if part in (Part.RECORD, Part.ASK) else {"presence", "attendance"}
    if client.birth_date == CHILD:
        signer = Signer.CLIENT if client.minor_consented_alone else Signer.CLIENT_AND_PARENT
    else:
        signer = Signer.PARENT_OR_GUARDIAN if client.guardian_appointed else Signer.CLIENT
    consented = any(
        said.recipients == (ANA,)
        and name == "ana ruiz"
        and said.purposes == ("family_support",)
        and (said.information == ("all",) or needed <= set(said.information))
        and said.signed_by == signer
        and (said.revoked_at is None or said.revoked_at > NOW)
        and (said.expires is not None and said.expires.at > NOW)
        for said in known.consents
    )
    return (
        part in one.parts
        and right
        and (one.basis not in (Basis.CONSENT, Basis.PARENT) or consented)
        and (one.until is None or one.until > NOW)
        and (one.ended_at is None or one.ended_at > NOW)
        and not (client.restricted and name == "ana ruiz")
    )


@given(ACCESSES, FACTS, st.sampled_from(Part))
def test_the_rule_says_what_the_model_says(one, known, part):
    assert (rules.why_not(one, part, known) is None) == may(one, part, known)


@given(ACCESSES, FACTS)
def test_what_is_open_is_exactly_what_nothing_stands_against(one, known):
    assert rules.open_parts(one, known) == tuple(part for part in Part if rules.why_not(one, part, known) is None)


@given(ACCESSES, FACTS)
def test_an_end_is_an_end(one, known):
    assert rules.open_parts(replace(one, ended_at=NOW), known) == ()
    assert rules.open_parts(replace(one, until=NOW), known) == ()


@given(ACCESSES, FACTS)
def test_without_a_consent_only_an_authority_opens_anything(one, known):
    if rules.open_parts(one, replace(known, consents=())):
        assert one.basis in (Basis.GUARDIAN, Basis.EXECUTOR, Basis.NEXT_OF_KIN)
