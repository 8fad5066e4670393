"""When a record is due: the longest wins, what goes on is never due, a hold always wins."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trellis.doors.operations.retention import rules
from trellis.doors.operations.retention.rules import Span, Term

CLIENT = (Term(10), Term(7), Term(7, to_age=19))
PAPERS = (Term(6),)
TERMS = {"client": CLIENT, "papers": PAPERS}
DAYS = st.dates(date(1990, 1, 1), date(2090, 12, 31))
BORN = st.none() | st.dates(date(1920, 1, 1), date(2090, 12, 31))
TERM = st.builds(Term, st.integers(0, 30), st.none() | st.integers(0, 30))
SPAN = st.builds(Span, st.none() | DAYS, st.booleans())


@pytest.mark.parametrize(
    ("day", "years", "later"),
    [
        (date(2020, 2, 29), 1, date(2021, 3, 1)),
        (date(2020, 2, 29), 4, date(2024, 2, 29)),
        (date(2020, 2, 28), 1, date(2021, 2, 28)),
        (date(2020, 12, 31), 10, date(2030, 12, 31)),
    ],
)
def test_the_same_day_years_later_is_never_a_day_too_early(day, years, later):
    assert rules.later_years(day, years) == later


@pytest.mark.parametrize(
    ("last", "born", "ends"),
    [
        (date(2026, 5, 1), date(1980, 1, 1), date(2036, 5, 1)),  # an adult: ten years
        (date(2026, 5, 1), date(2012, 8, 9), date(2036, 5, 1)),  # fourteen: 19 is sooner than ten years
        (date(2026, 5, 1), date(2022, 8, 9), date(2041, 8, 9)),  # a child of four: to 19
        (date(2026, 5, 1), None, date(2036, 5, 1)),
    ],
)
def test_the_record_of_a_client_is_kept_as_long_as_the_longest_rule_says(last, born, ends):
    assert rules.ends_on(CLIENT, last, born) == ends


@pytest.mark.parametrize(
    ("last", "born", "ends"),
    [
        (date(2026, 5, 1), date(2012, 8, 9), date(2033, 5, 1)),  # never under seven years
        (date(2026, 5, 1), date(2016, 8, 9), date(2035, 8, 9)),
    ],
)
def test_without_the_ten_years_a_minor_is_kept_to_19_and_never_under_seven(last, born, ends):
    assert rules.ends_on((Term(7), Term(7, to_age=19)), last, born) == ends


@given(terms=st.lists(TERM), last=DAYS, born=BORN)
def test_no_rule_is_shorter_than_another_lets_it(terms, last, born):
    end = rules.ends_on(terms, last, born)
    asked = [rules.later_years(last, term.years) for term in terms]
    asked += [rules.later_years(born, term.to_age) for term in terms if born and term.to_age is not None]
    assert all(end >= one for one in asked)
    assert end in [last, *asked]


@given(spans=st.lists(SPAN))
def test_parts_of_one_kind_count_together(spans):
    found = rules.together(spans)
    assert found.goes_on == any(one.goes_on for one in spans)
    assert found.last == max((one.last for one in spans if one.last), default=None)


@given(spans=st.dictionaries(st.sampled_from(["client", "papers", "untimed"]), SPAN), born=BORN)
def test_a_record_goes_as_a_whole_when_its_longest_kind_is_over(spans, born):
    due = rules.due_on(spans, TERMS, born)
    timed = {kind: one for kind, one in spans.items() if one.last and kind in TERMS}
    if any(one.goes_on for one in spans.values()) or not timed:
        assert due is None
    else:
        assert due == max(rules.ends_on(TERMS[kind], one.last, born) for kind, one in timed.items())


def test_papers_written_late_hold_the_whole_record():
    spans = {"client": Span(date(2016, 1, 1)), "papers": Span(date(2025, 1, 1))}
    assert rules.due_on(spans, TERMS, None) == date(2031, 1, 1)


@given(due=st.none() | DAYS, today=DAYS, held=st.booleans())
def test_a_hold_always_wins(due, today, held):
    assert rules.may_go(due, held, today) == (not held and due is not None and today >= due)


@given(due=DAYS, days=st.integers(0, 400))
def test_it_waits_long_after_ninety_days(due, days):
    assert rules.waits_long(due, due + timedelta(days=days)) == (days > 90)
