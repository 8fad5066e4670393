"""Twenty-five are killed while they write, five of them servers; `make soak` kills two hundred."""

from random import Random, getrandbits

import pytest

from tests.kills.checks import Kills


@pytest.mark.timeout(300)
class TestAFewKills(Kills):
    writers, servers, moments = 20, 5, (0.02, 0.25)

    @pytest.fixture
    def chance(self) -> Random:
        return Random(getrandbits(32))
