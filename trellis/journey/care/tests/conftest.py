"""A client, and a clinician of their care team who keeps a note apart."""

import pytest

from trellis.foundation.program.tests.factories import load_pomona
from trellis.journey.care.tests.factories import clinician, kept
from trellis.people.clients.tests.factories import SINCE, ClientFactory


@pytest.fixture
def program(clock_at):
    clock_at(SINCE)
    load_pomona()


@pytest.fixture
def marisol(program):
    return ClientFactory(chosen_name="Marisol Ruiz", in_program=True, with_account=True)


@pytest.fixture
def author(marisol):
    return clinician(marisol, chosen_name="Ines Ortega")


@pytest.fixture
def note(marisol, author):
    return kept(marisol, author)
