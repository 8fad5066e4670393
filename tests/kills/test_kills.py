"""Twenty-five are killed while they write: what was acknowledged is there, and nothing is there by half.

A control acknowledges before it commits, and must be found out. `make soak` kills two hundred.
"""

from random import Random, getrandbits

import pytest

from tests.kills.counting import must_be_whole
from tests.kills.killing import kill_servers, kill_writers
from tests.soak.world import open_world

pytestmark = pytest.mark.timeout(300)

WRITERS, SERVERS, CONTROL = 20, 5, 12
MOMENTS = (0.02, 0.25)


@pytest.fixture
def world(committed_db):
    return open_world()


def test_what_a_killed_writer_was_told_is_kept_is_there(world, database_url, tmp_path, told):
    found = kill_writers(
        world, database_url, tmp_path / "journals", kills=WRITERS, seed=getrandbits(32), moments=MOMENTS
    )
    told(found)
    assert len(found.kept) > WRITERS
    assert found.lost == frozenset()
    must_be_whole()


def test_what_a_killed_server_answered_is_there(world, database_url, told):
    found = kill_servers(world, database_url, kills=SERVERS, chance=Random(getrandbits(32)))
    told(found)
    assert len(found.kept) > SERVERS
    assert found.lost == frozenset()
    must_be_whole()


def test_whoever_acknowledges_before_the_commit_is_found_out(world, database_url, tmp_path, told):
    """Were nothing lost here, the two above would prove nothing."""
    found = kill_writers(
        world, database_url, tmp_path / "journals", kills=CONTROL, seed=getrandbits(32), moments=MOMENTS, early=True
    )
    told(found)
    assert found.lost
    must_be_whole()
