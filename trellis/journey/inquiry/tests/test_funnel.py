from datetime import timedelta

import pytest

from trellis.journey.inquiry import funnel, queries, rules
from trellis.journey.inquiry.tests.factories import MORNING, asked, reached

pytestmark = pytest.mark.usefixtures("morning")


@pytest.fixture
def only_ours(monkeypatch):
    monkeypatch.setattr(funnel, "_recorders", {})


def test_a_later_room_tells_when_somebody_came_to_its_stage(only_ours, statements):
    inquiry, other = reached(), asked()
    funnel.register_stage(
        "admitted", lambda keys: {inquiry.pk: MORNING + timedelta(days=2)} if inquiry.pk in keys else {}
    )
    with statements() as seen:
        walks = queries.walks(MORNING - timedelta(days=1), MORNING + timedelta(days=1))
    assert len(seen) == 1
    assert funnel.stages() == ("asked", "reached", "assessed", "admitted")
    stages = rules.funnel(list(walks.values()), funnel.stages())
    assert [stage.people for stage in stages] == [2, 1, 1, 1]
    assert stages[3].since_asked == timedelta(days=2)
    assert walks[other.pk].ended == ""


@pytest.mark.parametrize("name", ["asked", "reached", "assessed", "discharged"])
def test_only_later_stages_are_told_by_others(only_ours, name):
    with pytest.raises(ValueError, match="not a stage"):
        funnel.register_stage(name, lambda keys: {})
