import pytest

from trellis.foundation.program.tests.factories import load_pomona
from trellis.people.clients.tests.factories import SINCE, ClientFactory


@pytest.fixture
def program(clock_at):
    clock_at(SINCE)
    load_pomona()


@pytest.fixture
def marisol(program):
    return ClientFactory(chosen_name="Marisol Ruiz", in_program=True, with_account=True)
