from datetime import time

import pytest
from django.utils.translation import override

from trellis.doors.public_site import presenters
from trellis.foundation.program.tests.factories import pomona


@pytest.fixture
def blueprint():
    return pomona()


@pytest.mark.parametrize(("language", "track"), [("en", "evening"), ("es", "evening-es")])
def test_the_week_around_a_job_is_an_evening_track_in_the_readers_language(blueprint, language, track):
    with override(language):
        assert presenters.evening_track(blueprint).key == track


def test_a_program_without_evenings_shows_the_track_it_has(blueprint):
    mornings = blueprint.model_copy(
        update={"series": tuple(s for s in blueprint.series if s.start < time(12) and "morning" in s.tracks)}
    )
    assert presenters.evening_track(mornings).key == "morning"
    grid = presenters.evening_grid(mornings)["drawing"]
    assert {block.kind for block in grid.rows} == {"group"}  # no job beside a morning


def test_a_track_without_an_hour_alone_says_only_its_groups(blueprint):
    track = blueprint.track("evening").model_copy(update={"individual": None})
    assert presenters.hours_caption(blueprint, track) == "8 h 30 min of care: groups on 3 days."


def test_groups_that_touch_are_one_block_and_those_that_do_not_are_two(blueprint):
    assert presenters._joined([(540, 600), (600, 660), (700, 720), (550, 560)]) == [(540, 660), (700, 720)]
