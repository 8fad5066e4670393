"""The factories of two rooms make the same accounts."""

import pytest

from trellis.people.accounts.tests import factories as accounts
from trellis.people.clients.tests.factories import AccountFactory, ClientFactory, StaffMemberFactory

pytestmark = pytest.mark.django_db


def test_no_two_accounts_get_one_address():
    made = [
        accounts.AccountFactory(),
        AccountFactory(),
        StaffMemberFactory().account,
        ClientFactory(with_account=True).account,
        accounts.account_with("biller"),
    ]
    assert len({account.email for account in made}) == len(made)
