from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from trellis.journey.inquiry import rules
from trellis.journey.inquiry.rules import STAGES, Walk

NOON = datetime(2026, 11, 24, 20, tzinfo=UTC)


def walk(*hours: "tuple[str, int]", ended: str = "") -> Walk:
    return Walk({"asked": NOON, **{name: NOON + timedelta(hours=h) for name, h in hours}}, ended)


def test_the_way_counts_people_stage_by_stage_and_says_where_they_were_lost():
    walks = [
        walk(("reached", 2), ("assessed", 26), ("admitted", 50), ("first_session", 60)),
        walk(("reached", 4), ended="declined"),
        walk(("reached", 6)),
        walk(ended="no_contact"),
        walk(),
    ]
    asked, reached, assessed, admitted, first = rules.funnel(walks)
    assert [s.people for s in (asked, reached, assessed, admitted, first)] == [5, 3, 1, 1, 1]
    assert [s.percent for s in (asked, reached, assessed)] == [None, 60, 33]
    assert (asked.lost, asked.waiting) == ({"no_contact": 1}, 1)
    assert (reached.lost, reached.waiting) == ({"declined": 1}, 1)
    assert (first.lost, first.waiting) == ({}, 0)


def test_medians_are_taken_from_what_was_written_down():
    walks = [
        walk(("reached", 2), ("assessed", 10)),
        walk(("reached", 4)),
        walk(("reached", 12)),
        walk(("assessed", 20)),
    ]
    _asked, reached, assessed, admitted, _first = rules.funnel(walks)
    assert reached.people == 4  # who was assessed was reached, whether or not somebody wrote it down
    assert reached.since_asked == timedelta(hours=4)
    assert assessed.since_asked == timedelta(hours=15)
    assert assessed.since_before == timedelta(hours=8)
    assert admitted.since_asked is None


def test_an_empty_program_has_an_empty_way():
    stages = rules.funnel([])
    assert [stage.people for stage in stages] == [0] * len(STAGES)
    assert all(stage.percent is None for stage in stages)


def test_only_the_stages_that_somebody_records_are_drawn():
    assert [s.name for s in rules.funnel([walk()], ("asked", "reached"))] == ["asked", "reached"]


walks = st.lists(
    st.builds(
        lambda hours, ended: Walk({"asked": NOON, **{n: NOON + timedelta(hours=h) for n, h in hours.items()}}, ended),
        st.dictionaries(st.sampled_from(STAGES[1:]), st.integers(0, 999)),
        st.sampled_from(["", "declined", "no_contact"]),
    ),
    max_size=30,
)


@given(walks)
def test_nobody_disappears_between_two_stages(people):
    stages = rules.funnel(people)
    assert stages[0].people == len(people)
    for here, there in pairwise(stages):
        assert here.people == there.people + sum(here.lost.values()) + here.waiting
        assert here.people >= there.people
