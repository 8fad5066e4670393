"""Whom a referral may be about, how long ago the discharge was, and what cannot wait."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trellis.journey.inquiry.referral.arriving import as_typed, other_kind
from trellis.journey.inquiry.referral.clock import clocks, next_clock
from trellis.journey.inquiry.referral.matching import Level, Person, Reason, judge, proposals
from trellis.journey.inquiry.referral.urgent import Kind, urgent
from trellis.journey.inquiry.tests.referrals import BUNDLE, coded, resource, said, stay

BORN, OTHER_DAY = date(1981, 4, 2), date(1981, 4, 3)
NUMBER, OTHER_NUMBER = "(909) 555-0142", "(909) 555-0199"
R, THIS = Reason, Person("inquiry:1", ("José Luis Peña",), BORN, (NUMBER,))

MATCHES = [
    ("Jose Luis Pena", BORN, "", Level.CERTAIN, [R.SAME_NAME, R.SAME_BIRTH]),
    ("PEÑA José Luis", BORN, "909.555.0142", Level.CERTAIN, [R.SAME_NAME, R.SAME_BIRTH, R.SAME_NUMBER]),
    ("Pepe Peña", BORN, "", Level.LIKELY, [R.ALIKE_NAME, R.SAME_BIRTH]),
    ("José Luis Peña", None, NUMBER, Level.LIKELY, [R.SAME_NAME, R.SAME_NUMBER]),
    ("José Peña", None, "", Level.LOOK, [R.ALIKE_NAME]),
    ("José Luis Peña", OTHER_DAY, "", Level.LOOK, [R.SAME_NAME, R.OTHER_BIRTH]),
    ("José Peña", OTHER_DAY, NUMBER, Level.LOOK, [R.ALIKE_NAME, R.SAME_NUMBER, R.OTHER_BIRTH]),
    ("Ana Ruiz", None, NUMBER, Level.LOOK, [R.SAME_NUMBER, R.OTHER_NAME]),
    ("Ana Ruiz", BORN, NUMBER, Level.LOOK, [R.SAME_BIRTH, R.SAME_NUMBER, R.OTHER_NAME]),
    ("Ana Ruiz", OTHER_DAY, NUMBER, None, []),
    ("Ana Ruiz", BORN, "", None, []),
    ("José Peña", OTHER_DAY, OTHER_NUMBER, None, []),
    ("Ana Peña", None, "", None, []),
    ("", BORN, "", None, []),
    ("Ana Ruiz", None, "0142", None, []),
]


@pytest.mark.parametrize(("name", "born_on", "telephone", "level", "reasons"), MATCHES)
def test_a_match_says_how_sure_it_is_and_why(name, born_on, telephone, level, reasons):
    found = judge(THIS, Person("client:1", (name,), born_on, (telephone,)))
    assert (found and found.level, list(found.reasons) if found else []) == (level, reasons)


def test_a_name_on_papers_counts_like_the_one_they_go_by():
    found = judge(THIS, Person("client:1", ("Pepa", "José Luis Peña"), BORN))
    assert found
    assert found.level is Level.CERTAIN


def test_the_surest_stands_first_and_nobody_is_their_own_match():
    others = [Person("client:2", ("José Peña",)), THIS, Person("client:1", ("José Luis Peña",), BORN)]
    assert [one.subject for one in proposals(THIS, others)] == ["client:1", "client:2"]


people = st.builds(
    Person,
    st.just("client:1"),
    st.lists(st.sampled_from(["José Peña", "JOSE PENA", "Peña José", "Ana Ruiz", "Ana", ""]), max_size=2).map(tuple),
    st.sampled_from([None, BORN, OTHER_DAY]),
    st.lists(st.sampled_from([NUMBER, OTHER_NUMBER, "5"]), max_size=2).map(tuple),
)


@given(people, people)
def test_a_match_is_the_same_from_both_sides_and_never_a_bare_guess(one, other):
    found, turned = judge(one, other), judge(other, one)
    assert (found and (found.level, found.reasons)) == (turned and (turned.level, turned.reasons))
    if found:
        assert set(found.reasons) & {R.SAME_NAME, R.ALIKE_NAME, R.SAME_NUMBER}
        assert (found.level is Level.CERTAIN) == ({R.SAME_NAME, R.SAME_BIRTH} <= set(found.reasons))


# --- the clock --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("days", "left", "states"),
    [(0, 7, ["running", "running"]), (5, 2, ["near", "running"]), (7, 0, ["near", "running"]),
     (8, 6, ["late", "running"]), (14, 0, ["late", "near"]), (15, -1, ["late", "late"])],
)  # fmt: skip
def test_7_and_14_days_are_counted_from_the_discharge(days, left, states):
    today = BORN + timedelta(days=days)
    assert [one.state for one in clocks(BORN, today)] == states
    assert next_clock(BORN, today).left == left


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(-30, 60))
def test_the_first_clock_ends_a_week_before_the_second(left_on, days):
    first, second = clocks(left_on, left_on + timedelta(days=days))
    assert (second.due - first.due, second.left - first.left) == (timedelta(days=7), 7)
    assert (first.left < 0) == (days > 7)


# --- what cannot wait -------------------------------------------------------------------------------------------------

TODAY = date(2026, 11, 23)


def test_what_cannot_wait_stands_in_the_order_in_which_it_matters():
    found = urgent(said(*[one["resource"] for one in BUNDLE["entry"][1:]]), TODAY)
    assert [(one.kind, one.words) for one in found] == [
        (Kind.DANGER, "Opioid withdrawal"),
        (Kind.MEDICINE, "Buprenorphine 8 MG"),
        (Kind.ALLERGY, "Penicillin"),
    ]


def test_an_emergency_counts_while_it_is_new_and_a_score_where_it_is_severe():
    def score(name, points, **how):
        return resource("Observation", name, status="final", code=coded("loinc", points[0], "x"), **how)

    found = urgent(
        said(
            stay("new", "EMER", "2026-11-20T10:00:00-08:00", start="2026-11-20T08:00:00-08:00"),
            stay("old", "EMER", "2026-01-20T10:00:00-08:00", start="2026-01-20T08:00:00-08:00"),
            stay("year", "EMER", None, start="2026"),
            stay("none", "EMER", None),
            score("a", ["44261-6"], valueInteger=20, effectiveDateTime="2026-11-18T08:00:00-08:00"),
            score("years", ["44261-6"], valueInteger=27, effectiveDateTime="2019-11-18T08:00:00-08:00"),
            score("b", ["69737-5"], valueInteger=14, effectiveDateTime="2026-11-18T08:00:00-08:00"),
            score("c", ["93373-9"], valueString="High risk"),
            score("d", ["93373-9"], valueString="Low risk"),
        ),
        TODAY,
    )
    assert [(one.kind, one.words) for one in found] == [
        (Kind.EMERGENCY, ""),
        (Kind.SCREEN, "PHQ-9: 20"),
        (Kind.SCREEN, "C-SSRS: High risk"),
    ]


def test_an_overdose_among_the_diagnoses_is_named_once():
    one = resource("Condition", "a", code={"text": "Drug overdose"}, clinicalStatus=coded("other", "active", None))
    over = resource("Condition", "b", code={"text": "Overdose"}, abatementDateTime="2020")
    assert [row.words for row in urgent(said(one, one | {"id": "c"}, over), TODAY)] == ["Drug overdose"]


# --- what is typed, and what is no referral ---------------------------------------------------------------------------

TYPED = {
    "name": "Rosa", "born_on": None, "telephone": "", "language": "en", "organisation": "", "sender": "",
    "discharged_on": None, "why": "", "takes": "", "urgent": "", "part2": True,
}  # fmt: skip


def test_what_is_typed_has_the_form_of_a_file_that_was_read():
    typed = as_typed(**TYPED | {"takes": "Naltrexone\n\n Sertraline ", "urgent": " No doses left "})
    assert set(said()) < set(typed.found)
    assert [(one["display"], one["for_substance_use"]) for one in typed.found["medications"]] == [
        ("Naltrexone", True),
        ("Sertraline", False),
    ]
    assert urgent(typed.found, TODAY)[0].words == "No doses left"
    assert as_typed(**TYPED).original == as_typed(**TYPED).original != typed.original


@pytest.mark.parametrize("takes", ["methadone 80 mg", "Buprenorphine 8 mg", "metadona 80 mg", "buprenorfina"])
def test_a_typed_medicine_that_must_not_stop_cannot_wait(takes):
    assert [one.kind for one in urgent(as_typed(**TYPED | {"takes": takes}).found, TODAY)] == [Kind.MEDICINE]


@pytest.mark.parametrize(
    ("data", "kind"), [(b"%PDF-1.7", "PDF"), (b"\xef\xbb\xbf <ClinicalDocument>", "XML"), (b"{}", ""), (b"", "")]
)
def test_another_kind_of_file_is_named(data, kind):
    assert other_kind(data) == kind
