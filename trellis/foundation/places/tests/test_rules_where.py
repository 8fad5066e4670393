import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from trellis.foundation.places.rules import where
from trellis.foundation.places.rules.where import Spot

POMONA = Spot(34.0551, -117.7523)
LOS_ANGELES = (34.0522, -118.2437)

spots = st.builds(Spot, st.floats(-60, 60), st.floats(-179, 179))
near = st.floats(-1.2, 1.2)


def test_pomona_and_los_angeles_are_twenty_eight_miles_apart():
    assert where.miles(POMONA, *LOS_ANGELES) == pytest.approx(28.1, abs=0.1)


def test_nothing_is_no_way_and_the_other_side_is_half_around():
    assert where.miles(POMONA, POMONA.latitude, POMONA.longitude) == 0
    assert where.miles(Spot(0, 0), 0, 180) == pytest.approx(12436, abs=2)


@given(spots, spots)
def test_there_is_as_far_as_back(one, other):
    there = where.miles(one, other.latitude, other.longitude)
    assert there == pytest.approx(where.miles(other, one.latitude, one.longitude), abs=1e-6)


@given(spots, near, near, st.floats(0.1, 60))
@example(Spot(0, 0), 0.2, 0.0, 15.0)
def test_a_box_holds_all_that_is_within(here, up, over, within):
    latitude, longitude = here.latitude + up, here.longitude + over
    assume(where.miles(here, latitude, longitude) <= within)
    assert where.box(here, within).holds(latitude, longitude)


@given(spots, near, near)
def test_the_flat_way_is_the_round_way_as_far_as_anybody_looks(here, up, over):
    latitude, longitude = here.latitude + up, here.longitude + over
    way = where.miles(here, latitude, longitude)
    assume(way <= 100 and abs(latitude) <= 60)
    assert where.flat_miles(here, latitude, longitude) == pytest.approx(way, rel=1e-3, abs=1e-6)


@given(st.floats(-90, 90), st.floats(-180, 180))
def test_a_position_is_rounded_to_about_a_kilometer(latitude, longitude):
    kept = where.rounded(latitude, longitude)
    assert where.miles(kept, latitude, longitude) <= 0.5
    assert len(repr(abs(kept.latitude)).partition(".")[2]) <= 2
