"""Which records may be one person's, and what somebody at the desk to whom a record was closed is not asked."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trellis.journey.admission.one_person.rules import Closing, Made, may_be_one, was_closed
from trellis.journey.admission.rules import Person

NOW = datetime(2026, 11, 25, 18, tzinfo=UTC)
HOUR = timedelta(hours=1)
CLOSED = Closing(1, "account:7", NOW)
MADE = Made(2, "account:7", NOW + HOUR)
ROSA = Person(1, "Rosa Lima", born_on=date(1988, 5, 2))
AGAIN = replace(ROSA, key=2)
NAMES = {1: [ROSA], 2: [AGAIN], 3: [Person(3, "Tomás Vega", born_on=date(1970, 1, 1))]}


def test_a_record_that_was_made_by_somebody_to_whom_the_first_is_closed_is_a_question():
    assert may_be_one([CLOSED], [MADE], NAMES) == [(2, 1)]


@pytest.mark.parametrize(
    "made",
    [
        replace(MADE, account="account:8"),
        replace(MADE, at=NOW - HOUR),
        replace(MADE, client=3),
        replace(MADE, client=1),
    ],
    ids=["by another", "before it was closed", "somebody else", "the record itself"],
)
def test_it_is_none_where(made):
    assert may_be_one([CLOSED], [made], NAMES) == []


def test_a_record_is_closed_from_its_first_instant_and_open_at_its_last():
    ended = replace(CLOSED, until=NOW + HOUR)
    answers = [was_closed(ended, replace(MADE, at=at)) for at in (NOW, NOW + HOUR / 2, NOW + HOUR)]
    assert answers == [True, True, False]
    assert was_closed(CLOSED, replace(MADE, at=NOW + 9000 * HOUR))


def test_a_name_on_papers_is_compared_too():
    names = {1: [Person(1, "Chayo"), Person(1, "Rosario Lima")], 2: [Person(2, "Rosa"), Person(2, "Rosario Lima")]}
    assert may_be_one([CLOSED], [MADE], names) == [(2, 1)]


def test_each_pair_is_asked_about_once_and_the_oldest_admission_first():
    closings = [CLOSED, replace(CLOSED, since=NOW - HOUR, until=NOW + 9 * HOUR)]
    later, first = replace(MADE, at=NOW + 2 * HOUR), replace(MADE, client=4)
    earliest = replace(MADE, client=5, at=NOW + HOUR / 2)
    names = {**NAMES, 4: [replace(ROSA, key=4)], 5: [replace(ROSA, key=5)]}
    assert may_be_one(closings, [later, first, MADE, earliest], names) == [(5, 1), (2, 1), (4, 1)]


hours = st.integers(-5, 5)
closings = st.builds(
    lambda client, account, since, lasts: Closing(
        client, f"account:{account}", NOW + since * HOUR, None if lasts is None else NOW + (since + lasts) * HOUR
    ),
    st.integers(1, 3), st.integers(1, 2), hours, st.none() | st.integers(0, 5),
)  # fmt: skip
admissions = st.builds(
    lambda client, account, at: Made(client, f"account:{account}", NOW + at * HOUR),
    st.integers(1, 3), st.integers(1, 2), hours,
)  # fmt: skip


@given(st.lists(closings, max_size=4), st.lists(admissions, max_size=4))
def test_a_pair_always_has_a_closing_that_held_when_the_second_was_made(closed, made):
    found = may_be_one(closed, made, NAMES)
    assert len(set(found)) == len(found)
    held = {
        (one.client, first.client)
        for one in made
        for first in closed
        if first.account == one.account
        and first.since <= one.at
        and not (first.until is not None and first.until <= one.at)
    }
    assert set(found) == held & {(2, 1), (1, 2)}
