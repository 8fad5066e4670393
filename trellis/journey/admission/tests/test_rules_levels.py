"""Levels of care: the shipped rules over every rating, and sixty people whose level stood there before any rule."""

from csv import DictReader
from datetime import date
from functools import cache
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trellis.foundation.program.tests.factories import pomona
from trellis.journey.admission.levels.blueprint import care_levels, rules_of
from trellis.journey.admission.levels.rules import (
    DIMENSIONS,
    LEVELS,
    RATINGS,
    VALUES,
    Fact,
    Need,
    Recommendation,
    Rule,
    Unreadable,
    is_recent,
    read_need,
    recommend,
    unrated,
    without_reason,
)

PEOPLE = list(DictReader((Path(__file__).parent / "data/levels.csv").read_text(encoding="utf-8").splitlines()))
SHORT = {"d1": "dimension_1", "d2": "dimension_2", "d3": "dimension_3", "d4": "dimension_4", "d5": "dimension_5"}


@cache
def shipped():
    return rules_of(care_levels(pomona()))


def height(level: str) -> int:
    return LEVELS.index(level)


def test_sixty_people_are_there():
    assert len(PEOPLE) == 60
    assert {row["level"] for row in PEOPLE} == set(LEVELS)


@pytest.mark.parametrize("row", PEOPLE, ids=lambda row: row["story"])
def test_each_of_sixty_people_gets_the_level_written_down_for_them(row):
    facts = {Fact(SHORT.get(name, name)): row[name] for name in row if name not in ("level", "story")}
    found = recommend(shipped(), facts)
    assert found.level == row["level"]
    assert found.missing == ()
    assert found.because or found.level == "1"


@cache
def by_ratings() -> dict[tuple[str, ...], Recommendation]:
    """All 5^5 combinations of ratings, everything else at its best."""
    calm = {fact: VALUES[fact][0] for fact in Fact}
    return {
        ratings: recommend(shipped(), calm | dict(zip(DIMENSIONS, ratings, strict=True)))
        for ratings in product(RATINGS, repeat=5)
    }


def test_every_combination_of_ratings_is_explained():
    found = by_ratings()
    assert len(found) == 5**5
    for ratings, one in found.items():
        rated = dict(zip(DIMENSIONS, map(int, ratings), strict=True))
        assert one.because or one.level == LEVELS[0], ratings
        assert one.not_higher or one.level == LEVELS[-1], ratings
        assert one.missing == (), ratings
        for rule in one.because:
            assert rule.level == one.level, ratings
            assert all(rated.get(need.fact, 0) >= need.least for need in rule.needs), ratings
        for short in one.not_higher:
            assert height(short.rule.level) > height(one.level), ratings
            assert all(rated.get(need.fact, 0) < need.least for need in short.lower), ratings


def test_every_combination_of_ratings_has_a_level_and_a_worse_one_never_a_lower():
    levels = {ratings: found.level for ratings, found in by_ratings().items()}
    assert len(levels) == 5**5
    for ratings, level in levels.items():
        for place, rating in enumerate(ratings):
            if rating != "4":
                worse = (*ratings[:place], RATINGS[int(rating) + 1], *ratings[place + 1 :])
                assert height(levels[worse]) >= height(level), (ratings, worse)


def test_ratings_alone_reach_from_the_lowest_level_to_the_highest():
    assert {found.level for found in by_ratings().values()} == set(LEVELS)


everything = st.fixed_dictionaries({fact: st.sampled_from([None, *VALUES[fact]]) for fact in Fact})


@given(everything)
def test_every_recommendation_is_explained(facts):
    found = recommend(shipped(), facts)
    assert all(rule.level == found.level for rule in found.because)
    assert found.because or found.level == LEVELS[0]
    known = {fact: VALUES[fact].index(value) for fact, value in facts.items() if value is not None}
    for short in found.not_higher:
        assert height(short.rule.level) > height(found.level)
        assert all(known[need.fact] < need.least for need in short.lower)
    assert all(facts[fact] is None for fact in found.missing)


@given(everything, st.sampled_from(list(Fact)), st.data())
def test_knowing_more_never_lowers_the_level_and_what_is_missing_tells_whether_it_can_rise(facts, fact, data):
    before = recommend(shipped(), facts | {fact: None})
    after = recommend(shipped(), facts | {fact: data.draw(st.sampled_from(VALUES[fact]))})
    assert height(after.level) >= height(before.level)
    if fact not in before.missing:
        assert after.level == before.level


@given(everything, st.sampled_from(list(Fact)))
def test_a_fact_that_gets_worse_never_lowers_the_level(facts, fact):
    if facts[fact] in (None, VALUES[fact][-1]):
        return
    worse = facts | {fact: VALUES[fact][VALUES[fact].index(facts[fact]) + 1]}
    assert height(recommend(shipped(), worse).level) >= height(recommend(shipped(), facts).level)


def test_the_rules_are_the_programs_and_an_empty_set_asks_for_nothing():
    rules = [Rule("2.1", "a", (Need(Fact.LIVING, 2),))]
    assert recommend(rules, {Fact.LIVING: "unsafe"}).level == "2.1"
    found = recommend(rules, {Fact.LIVING: "shaky"})
    assert (found.level, found.not_higher[0].lower) == ("1", (Need(Fact.LIVING, 2),))
    assert recommend([], {}) == recommend([], {Fact.LIVING: "unsafe"})
    assert recommend([], {}).not_higher == ()


def test_only_rules_that_hold_are_the_reason_and_the_very_next_level_says_what_it_lacks():
    here = Rule("1.7", "here", (Need(Fact.LIVING, 1),))
    elsewhere = Rule("1.7", "elsewhere", (Need(Fact.LIVING, 2),))
    short = Rule("2.1", "short", (Need(Fact.LIVING, 2), Need(Fact.SAFETY, 1)))
    may_come = Rule("2.1", "may-come", (Need(Fact.MEDICAL, 1), Need(Fact.LIVING, 1)))
    far = Rule("4", "far", (Need(Fact.LIVING, 2),))
    found = recommend([far, may_come, short, elsewhere, here], {Fact.LIVING: "shaky"})
    assert (found.level, found.because) == ("1.7", (here,))
    assert [(one.rule, one.lower) for one in found.not_higher] == [(short, (Need(Fact.LIVING, 2),))]
    assert found.missing == (Fact.MEDICAL,)


def test_the_reasons_and_shortfalls_of_neighboring_levels_are_told_apart():
    low, next_one = Rule("1", "low", (Need(Fact.LIVING, 1),)), Rule("1.5", "next", (Need(Fact.LIVING, 2),))
    found = recommend([next_one, low], {Fact.LIVING: "shaky"})
    assert (found.because, [one.rule for one in found.not_higher]) == ((low,), [next_one])


def test_a_value_that_a_fact_does_not_have_is_refused():
    with pytest.raises(ValueError):
        recommend(shipped(), {Fact.LIVING: "4"})


def test_a_need_is_read_and_says_its_value():
    assert read_need("dimension_4 >= 2") == Need(Fact.SUBSTANCE, 2)
    assert read_need("living >= unsafe").value == "unsafe"


@pytest.mark.parametrize(
    "text", ["dimension_6 >= 2", "dimension_4 > 2", "dimension_4 >= 0", "living >= 1", "living", ""]
)
def test_a_need_that_says_something_else_cannot_be_read(text):
    with pytest.raises(Unreadable):
        read_need(text)


def test_a_rating_of_2_or_more_says_why():
    facts = {Fact.SUBSTANCE: "2", Fact.PSYCHIATRIC: "1", Fact.BIOMEDICAL: "4", Fact.SAFETY: "high"}
    assert without_reason(facts, {Fact.BIOMEDICAL: "Liver."}) == (Fact.SUBSTANCE,)
    assert without_reason(facts, {Fact.BIOMEDICAL: "Liver.", Fact.SUBSTANCE: " "}) == (Fact.SUBSTANCE,)
    assert without_reason({Fact.SUBSTANCE: None}, {}) == ()


def test_ratings_are_missing_where_they_could_lead_to_more():
    def bare(level="2.1", **rated):
        facts = {fact: rated.get(fact.value) for fact in Fact}
        return unrated(facts, recommend(shipped(), facts), level)

    assert bare() == DIMENSIONS
    assert bare(dimension_1="0", dimension_2="0", dimension_4="1", dimension_5="1") == (Fact.PSYCHIATRIC,)
    assert bare(**dict.fromkeys(DIMENSIONS, "0")) == ()
    assert bare(dimension_2="4") == ()
    assert bare(safety="high") == DIMENSIONS
    assert bare(safety="high", level="4") == ()


def test_what_was_found_is_recent_for_thirty_days():
    assert is_recent(date(2026, 10, 26), date(2026, 11, 25))
    assert not is_recent(date(2026, 10, 25), date(2026, 11, 25))
