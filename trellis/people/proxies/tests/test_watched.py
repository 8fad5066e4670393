"""Whoever acts for a client is not asked why they open the record that is watched closely."""

import pytest

from trellis.foundation import clock
from trellis.people.clients.tests.factories import StaffMemberFactory, actor_of
from trellis.people.clients.watched.asking import is_asked
from trellis.people.proxies.actions import end
from trellis.people.proxies.tests.factories import acting

pytestmark = pytest.mark.django_db


def test_as_long_as_they_act_for_them(marisol):
    account, access = acting(marisol)
    assert not is_asked(actor_of(account), marisol, clock.now())
    assert is_asked(actor_of(StaffMemberFactory(account__roles=["biller"]).account), marisol, clock.now())
    end(by=actor_of(marisol.account), access=access)
    assert is_asked(actor_of(account), marisol, clock.now())
