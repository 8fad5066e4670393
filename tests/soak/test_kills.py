"""A round kills forty of each database, eight of them servers: the rounds of an hour kill more than two hundred."""

from random import Random

import pytest

from tests.kills.checks import Kills


@pytest.mark.soak
@pytest.mark.timeout(900)
class TestManyKills(Kills):
    writers, servers, moments = 32, 8, (0.02, 0.6)

    @pytest.fixture
    def chance(self, soak) -> Random:
        return soak.random
