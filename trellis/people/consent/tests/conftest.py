"""Somebody whose consents are looked at, and a browser at the desk that may do everything with them."""

import pytest

from tests.support.live import sign_in
from trellis.foundation.program.tests.factories import load_pomona
from trellis.people.clients.tests.factories import SINCE, ClientFactory, StaffMemberFactory


@pytest.fixture(autouse=True)
def _papers(papers):
    """No test finds the documents of another."""


@pytest.fixture
def program(clock_at):
    clock_at(SINCE)
    load_pomona()


@pytest.fixture
def marisol(program):
    return ClientFactory(chosen_name="Marisol Ruiz", in_program=True, with_account=True)


@pytest.fixture
def desk(program, client):
    member = StaffMemberFactory(account__roles=["clinical_director"], account__chosen_name="Dana Cole")
    return sign_in(client, member.account)
