"""A small program, whoever guards privacy there, and one client."""

import pytest
from django.test import Client as Browser

from tests.support.live import sign_in
from trellis.foundation.program.tests.factories import load_pomona
from trellis.people.clients.tests.factories import SINCE, ClientFactory, StaffMemberFactory


@pytest.fixture
def program(clock_at):
    clock_at(SINCE)
    load_pomona()


@pytest.fixture
def marisol(program):
    return ClientFactory(chosen_name="Marisol Ruiz", in_program=True, with_account=True)


@pytest.fixture
def phone(marisol):
    return sign_in(Browser(), marisol.account)


@pytest.fixture
def director(program):
    return StaffMemberFactory(account__roles=["clinical_director"], account__chosen_name="Dana Cole").account


@pytest.fixture
def desk(director):
    return sign_in(Browser(), director)
