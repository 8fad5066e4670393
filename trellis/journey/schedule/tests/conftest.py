import pytest

from trellis.foundation.program.tests.factories import load_pomona
from trellis.journey.schedule.tests.factories import NOW


@pytest.fixture
def tonight_at(clock_at):
    """Wednesday, 5:40 pm in Pomona: a group is ten minutes in."""
    return clock_at(NOW)


@pytest.fixture
def pomona(db, tonight_at):
    """The shipped program, loaded on that evening."""
    return load_pomona()
