import pytest

from trellis.journey.inquiry.tests.factories import MORNING, load_pomona


@pytest.fixture
def morning(db, clock_at):
    """A loaded program on a Tuesday at 9:12, with the office open since 8:30."""
    clock_at(MORNING)
    return load_pomona()
