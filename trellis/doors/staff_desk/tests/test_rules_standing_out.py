"""Which openings stand out, and which do not."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trellis.doors.staff_desk.standing_out.rules import (
    GONE_FOR,
    MANY,
    MANY_WITHIN,
    Known,
    Opening,
    Why,
    standing_out,
)

NOON = datetime(2026, 10, 5, 12, tzinfo=UTC)
RUIZ = Known(families=frozenset({"ruiz"}))


def one(minutes=0, account=1, client=7):
    return Opening(NOON + timedelta(minutes=minutes), account, client)


def reasons(openings, clients=None, families=None, team=()):
    found = standing_out(openings, clients or {}, families or {}, team)
    return [(row.why, row.clients, row.times) for row in found]


def test_nothing_stands_out_where_nothing_was_opened_or_nothing_is_known():
    assert reasons([]) == []
    assert reasons([one()]) == []


def test_the_own_record_stands_out_whatever_else_holds():
    assert reasons([one(), one(5)], {7: Known(account=1)}, team={(1, 7)}) == [(Why.OWN, (7,), 2)]
    assert reasons([one(account=2)], {7: Known(account=1)}) == []


def test_the_same_family_name_stands_out_but_not_on_the_care_team():
    families = {1: {"ruiz", "vega"}}
    assert reasons([one()], {7: RUIZ}, families) == [(Why.FAMILY, (7,), 1)]
    assert reasons([one()], {7: RUIZ}, families, team={(1, 7)}) == []
    assert reasons([one()], {7: RUIZ}, {1: {"park"}}) == []


@pytest.mark.parametrize(("days", "stands"), [(0, False), (GONE_FOR.days, False), (GONE_FOR.days + 1, True)])
def test_somebody_who_left_long_ago_stands_out(days, stands):
    known = {7: Known(gone_since=NOON.date() - timedelta(days=days))}
    assert bool(reasons([one()], known)) is stands
    assert reasons([one()], known, team={(1, 7)}) == []


def test_very_many_in_one_hour_stand_out_once_and_one_fewer_do_not():
    many = [one(n, client=n) for n in range(MANY)]
    assert reasons(many) == [(Why.MANY, tuple(range(MANY)), MANY)]
    assert reasons(many[:-1]) == []
    assert reasons([one(n * 3, client=n) for n in range(MANY)]) == []  # in an hour and a half
    assert reasons([one(n, client=1) for n in range(MANY)]) == []  # always the same


def test_the_newest_stands_first():
    known = {7: Known(account=1), 8: Known(account=1)}
    found = standing_out([one(0), one(10, client=8)], known, {}, ())
    assert [row.clients for row in found] == [(8,), (7,)]


openings = st.lists(st.builds(one, st.integers(0, 200), st.integers(1, 3), st.integers(1, 40)), max_size=120)
facts = st.dictionaries(
    st.integers(1, 40),
    st.builds(
        Known, st.none() | st.integers(1, 3), st.frozensets(st.sampled_from(["ruiz", "vega"])),
        st.none() | st.dates(date(2026, 1, 1), date(2026, 10, 5)),
    ),
)  # fmt: skip
teams = st.sets(st.tuples(st.integers(1, 3), st.integers(1, 40)))


@given(openings, facts, teams)
def test_whatever_is_found_was_opened_and_the_team_is_asked_about_its_own_records_alone(rows, known, team):
    families = {1: {"ruiz"}}
    for found in standing_out(rows, known, families, team):
        theirs = [row for row in rows if row.account == found.account and row.client in found.clients]
        assert {row.client for row in theirs} == set(found.clients)
        assert found.first in {row.at for row in theirs}
        if found.why is Why.MANY:
            assert len(found.clients) >= MANY
            assert len({row.client for row in theirs if found.first <= row.at < found.first + MANY_WITHIN}) >= MANY
        elif found.why is not Why.OWN:
            assert (found.account, found.clients[0]) not in team
        else:
            assert known[found.clients[0]].account == found.account
