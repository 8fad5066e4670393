from collections.abc import Iterator

import pytest
from django.utils import translation

from tests.cast import Cast
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


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """A page asked for in Spanish leaves its language behind; each test begins in English."""
    with translation.override("en"):
        yield


@pytest.fixture
def desk():
    """Somebody at the front desk, signed in."""
    return Cast().client("front_desk")
