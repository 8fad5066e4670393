"""Writers and the server are killed again and again: what was acknowledged is there, and nothing stands there by half.

A round kills forty of each database, eight of them servers: the rounds of an hour kill more than two hundred.
"""

import pytest

from tests.kills.counting import must_be_whole
from tests.kills.killing import kill_servers, kill_writers
from tests.soak.world import open_world

pytestmark = [pytest.mark.soak, pytest.mark.timeout(900)]

WRITERS, SERVERS, CONTROL = 32, 8, 12
MOMENTS = (0.02, 0.6)


@pytest.fixture
def world(committed_db):
    return open_world()


def test_what_was_acknowledged_outlives_killed_writers(world, database_url, tmp_path, soak, told):
    seed = soak.random.getrandbits(32)
    found = kill_writers(world, database_url, tmp_path / "journals", kills=WRITERS, seed=seed, moments=MOMENTS)
    told(found)
    assert len(found.kept) > WRITERS
    assert not found.lost
    must_be_whole()


def test_what_was_acknowledged_outlives_a_killed_server(world, database_url, soak, told):
    found = kill_servers(world, database_url, kills=SERVERS, chance=soak.random)
    told(found)
    assert len(found.kept) > SERVERS
    assert not found.lost
    must_be_whole()


def test_whoever_acknowledges_before_the_commit_is_found_out(world, database_url, tmp_path, soak, told):
    seed = soak.random.getrandbits(32)
    found = kill_writers(world, database_url, tmp_path / "early", kills=CONTROL, seed=seed, moments=MOMENTS, early=True)
    told(found)
    assert found.lost
