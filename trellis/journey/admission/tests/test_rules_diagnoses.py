"""Substance use disorders by count and dates; codes that can be used on a day. Pure."""

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trellis.journey.admission.diagnoses import codes, rules, words
from trellis.journey.admission.diagnoses.rules import Criterion, Remission, Severity, Substance, Use, suggest

TODAY = date(2026, 11, 25)
EVERY = tuple(Criterion)
uses = st.builds(
    Use,
    substance=st.sampled_from(Substance),
    met=st.frozensets(st.sampled_from(EVERY)),
    as_prescribed=st.booleans(),
    in_remission=st.booleans(),
    last_met_on=st.none() | st.dates(date(2020, 1, 1), TODAY),
)


def use(count, substance=Substance.ALCOHOL, **more):
    return Use(substance, frozenset(EVERY[:count]), **more)


def told(wrong):
    return wrong.sentence if wrong else ""


@pytest.mark.parametrize(
    ("count", "severity", "code"),
    [
        (0, "none", ""), (1, "none", ""), (2, "mild", "F10.10"), (3, "mild", "F10.10"), (4, "moderate", "F10.20"),
        (5, "moderate", "F10.20"), (6, "severe", "F10.20"), (11, "severe", "F10.20"),
    ],
)  # fmt: skip
def test_the_count_of_criteria_is_the_severity(count, severity, code):
    found = suggest(use(count), TODAY)
    assert (found.count, found.severity, found.code) == (count, severity, code)


@given(uses, st.sampled_from(EVERY))
def test_one_more_criterion_never_makes_it_milder(one, more):
    order = list(Severity)
    worse = Use(one.substance, one.met | {more}, one.as_prescribed)
    now = suggest(Use(one.substance, one.met, one.as_prescribed), TODAY).severity
    assert order.index(now) <= order.index(suggest(worse, TODAY).severity)


@given(uses)
def test_whatever_is_suggested_can_be_used_and_goes_with_the_criteria(one):
    found = suggest(one, TODAY)
    if found.code:
        assert codes.why_not(found.code, TODAY) is None
        assert rules.why_not_code(one, found.code, TODAY) is None
    if not one.in_remission:
        assert found.remission is None
    if found.severity == Severity.NONE:
        assert "fewer than two" in told(rules.why_not_code(one, "F10.10", TODAY))


def test_tolerance_and_withdrawal_are_not_counted_for_a_medicine_taken_as_prescribed():
    met = frozenset({Criterion.TOLERANCE, Criterion.WITHDRAWAL, Criterion.CRAVING})
    assert suggest(Use(Substance.OPIOID, met), TODAY).severity == Severity.MILD
    found = suggest(Use(Substance.OPIOID, met, as_prescribed=True), TODAY)
    assert (found.severity, found.left_out) == (Severity.NONE, (Criterion.TOLERANCE, Criterion.WITHDRAWAL))
    assert suggest(Use(Substance.INHALANT, met), TODAY).left_out == (Criterion.WITHDRAWAL,)


@pytest.mark.parametrize(
    ("last", "remission"),
    [
        (date(2026, 8, 26), None), (date(2026, 8, 25), Remission.EARLY), (date(2025, 11, 26), Remission.EARLY),
        (date(2025, 11, 25), Remission.SUSTAINED), (date(2019, 2, 1), Remission.SUSTAINED),
    ],
)  # fmt: skip
def test_remission_goes_by_dates_and_only_where_somebody_says_so(last, remission):
    said = use(4, in_remission=True, last_met_on=last)
    assert suggest(said, TODAY).remission == remission
    assert suggest(said, TODAY).code == ("F10.21" if remission else "F10.20")
    assert suggest(use(4, last_met_on=last), TODAY).remission is None
    assert ("three months" in told(rules.why_not(said, TODAY))) == (remission is None)


def test_a_month_is_over_on_the_same_day_of_the_next():
    assert rules.months_between(date(2026, 1, 31), date(2026, 4, 30)) == 2
    assert rules.months_between(date(2026, 1, 31), date(2026, 5, 1)) == 3


def test_what_cannot_be_so_gets_a_sentence():
    assert "of a remission only" in told(rules.why_not(use(3, controlled_environment=True), TODAY))
    assert "opioids and nicotine" in told(rules.why_not(use(3, on_maintenance=True), TODAY))
    assert rules.why_not(use(3, Substance.OPIOID, on_maintenance=True), TODAY) is None
    assert "last day" in told(rules.why_not(use(3, in_remission=True), TODAY))
    ahead = use(3, in_remission=True, last_met_on=TODAY + timedelta(days=1))
    assert "lies ahead" in told(rules.why_not(ahead, TODAY))
    over = use(3, in_remission=True, last_met_on=date(2026, 1, 1))
    assert rules.why_not(over, TODAY) is None
    assert rules.why_not(replace(over, controlled_environment=True), TODAY) is None
    slip = use(3, in_remission=True, last_met_on=date(202, 5, 1))
    assert "too far back" in told(rules.why_not(slip, TODAY))
    assert rules.why_not(over, TODAY, date(2026, 1, 1)) is None
    assert rules.why_not(over, TODAY, date(2026, 1, 2)).field == "last_met_on"


@pytest.mark.parametrize(
    ("code", "fits"),
    [("F10.20", True), ("F10.24", True), ("F10.21", False), ("F10.10", False), ("F11.20", False), ("F10.90", False)],
)
def test_a_code_goes_with_the_severity(code, fits):
    why_not = rules.why_not_code(use(4), code, TODAY)
    assert (why_not is None) == fits
    assert fits or "F10.20" in told(why_not)


def test_a_mild_disorder_of_any_other_substance_takes_its_longer_codes():
    assert rules.why_not_code(use(2), "F10.14", TODAY) is None
    assert "F10.10" in told(rules.why_not_code(use(2), "F10.20", TODAY))


def test_nicotine_has_codes_of_its_own():
    over = {"in_remission": True, "last_met_on": date(2024, 1, 1)}
    assert suggest(use(2, Substance.NICOTINE), TODAY).code == "Z72.0"
    assert suggest(use(2, Substance.NICOTINE, **over), TODAY).code == ""
    assert suggest(use(4, Substance.NICOTINE), TODAY).code == "F17.200"
    assert suggest(use(4, Substance.NICOTINE, **over), TODAY).code == "F17.201"
    assert rules.why_not_code(use(4, Substance.NICOTINE), "F17.210", TODAY) is None
    assert rules.why_not_code(use(4, Substance.NICOTINE), "F17.211", TODAY)
    assert "Z72.0" in told(rules.why_not_code(use(2, Substance.NICOTINE), "F17.200", TODAY))


def test_one_substance_is_one_kind_of_disorder():
    assert "same substance" in rules.standing_against("F10.20", ["F41.1", "F10.10"])
    assert "same substance" in rules.standing_against("F17.210", ["Z72.0"])
    assert "already" in rules.standing_against("F41.1", ["F41.1"])
    assert rules.standing_against("F11.20", ["F10.10", "F11.23", "F41.1"]) is None
    assert rules.standing_against("Z72.0", []) is None


def test_one_substance_is_in_remission_or_not():
    for code, other in (("F10.21", "F10.20"), ("F10.20", "F10.21"), ("F17.201", "F17.210"), ("F17.211", "F17.210")):
        assert "same substance" in rules.standing_against(code, [other])
    for code, other in (("F10.20", "F10.231"), ("F10.21", "F11.20"), ("F17.211", "F17.220"), ("F17.200", "F17.210")):
        assert rules.standing_against(code, [other]) is None


def test_an_end_needs_a_day_and_a_reason():
    began = date(2026, 11, 1)
    assert "day and why" in rules.why_not_end("error", None, "x", began, TODAY)
    assert "day and why" in rules.why_not_end("error", TODAY, " ", began, TODAY)
    assert "lies ahead" in rules.why_not_end("error", TODAY + timedelta(days=1), "x", began, TODAY)
    assert "before that" in rules.why_not_end("resolved", date(2026, 10, 1), "x", began, TODAY)
    assert rules.why_not_end("error", date(2026, 10, 1), "x", began, TODAY) is None
    assert rules.why_not_end("resolved", began, "x", began, TODAY) is None


def test_what_another_place_sent_is_shown_once_and_only_while_it_does_not_stand():
    row = {"system": "icd-10-cm", "code": "F10.20", "display": "Alcohol", "active": True}
    over, other = row | {"active": False}, row | {"code": "F41.1"}
    assert rules.from_elsewhere([row, dict(row), over, other], {"F41.1"}) == [row]


def test_every_code_of_the_list_is_well_formed_has_both_labels_and_one_meaning_a_day():
    for code, rows in codes.known().items():
        assert codes.FORM.fullmatch(code), code
        assert codes.normal(code.replace(".", "").lower()) == code
        assert all(one.en and one.es for one in rows), code
        for day in (date(2016, 1, 1), TODAY):
            assert sum(one.holds(day) for one in rows) <= 1, code
    use = [one for code, rows in codes.known().items() for one in rows if code[:3] in list(Substance)]
    assert not [one for one in use if re.search("abuse|depend|addict", one.en.lower())]


def test_whole_families_of_substances_stand_in_the_list():
    of = {one: [code for code in codes.known() if code.startswith(one)] for one in Substance}
    assert {one: len(found) for one, found in of.items() if len(found) < 20} == {}
    for one in Substance:
        for severity in (Severity.MODERATE, Severity.SEVERE):
            for remission in (None, Remission.EARLY):
                assert codes.why_not(rules.code_for(one, severity, remission), TODAY) is None


@pytest.mark.parametrize(
    ("code", "on", "says"),
    [
        ("F10.20", TODAY, None),
        ("banana", TODAY, "no code"),
        ("F10.77", TODAY, "not in our list"),
        ("F10.2", TODAY, "group of codes"),
        ("Z59.0", TODAY, "group of codes"),
        ("Z59.0", date(2020, 1, 1), None),
        ("Z59.01", date(2020, 1, 1), "not yet"),
        ("F10.11", date(2017, 9, 30), "not yet"),
    ],
)
def test_a_code_is_judged_by_its_day(code, on, says):
    why_not = codes.why_not(code, on)
    assert why_not is None if says is None else says in why_not


def test_a_code_that_was_withdrawn_says_until_when():
    old = codes.Code("A00.0", True, date(2016, 10, 1), date(2020, 9, 30), "x", "x")
    assert "counted until" in codes.why_not("A00.0", TODAY, {"A00.0": (old,)})


def test_a_search_goes_by_code_and_by_words_of_either_language():
    assert codes.find("f10.2", TODAY)[0].code == "F10.20"
    assert [one.code for one in codes.find("Pánico trastorno", TODAY)][-1] == "F41.0"
    assert "Z59.0" not in [one.code for one in codes.find("home", TODAY)]
    assert codes.find("  ", TODAY) == []
    assert codes.find("giraffe", TODAY) == []
    assert len(codes.find("F1", TODAY)) == codes.MOST_FOUND


def test_labels_speak_both_languages():
    assert codes.label("F32.A", "es-us") == "Depresión, sin especificar"
    assert codes.label("F32.A", "en") == "Depression, unspecified"
    assert codes.label("X99", "en") == ""
    assert set(words.CRITERIA) == set(Criterion)
