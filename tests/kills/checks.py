"""What holds after kills. `make test` kills a few and `make soak` many: this class with other numbers."""

from random import Random

import pytest

from tests.kills.counting import must_be_whole
from tests.kills.killing import kill_servers, kill_writers
from tests.soak.world import World, open_world


class Kills:
    writers: int
    servers: int
    #: seconds that a writer lives, from and to
    moments: tuple[float, float]
    control = 12

    @pytest.fixture
    def world(self, committed_db) -> World:
        return open_world()

    def test_what_a_killed_writer_was_told_is_kept_is_there(self, world, database_url, tmp_path, chance: Random, told):
        found = self._kill(self.writers, world, database_url, tmp_path, chance)
        told(found)
        assert len(found.kept) > self.writers
        assert found.lost == frozenset()
        must_be_whole()

    def test_what_a_killed_server_answered_is_there(self, world, database_url, chance: Random, told):
        found = kill_servers(world, database_url, kills=self.servers, chance=chance)
        told(found)
        assert len(found.kept) > self.servers
        assert found.lost == frozenset()
        must_be_whole()

    def test_whoever_acknowledges_before_the_commit_is_found_out(
        self, world, database_url, tmp_path, chance: Random, told
    ):
        """Were nothing lost here, the two above would prove nothing."""
        found = self._kill(self.control, world, database_url, tmp_path, chance, early=True)
        told(found)
        assert found.lost
        must_be_whole()

    def _kill(self, kills, world, url, folder, chance, *, early=False):
        seed = chance.getrandbits(32)
        return kill_writers(world, url, folder / "journals", kills=kills, seed=seed, moments=self.moments, early=early)
