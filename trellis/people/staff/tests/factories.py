from datetime import date
from typing import Any

import factory

from trellis.people.accounts.tests.factories import AccountFactory, Guarded, give_second_step
from trellis.people.staff.models import StaffMember


class StaffMemberFactory(Guarded):
    """`StaffMemberFactory(account__roles=["therapist"])`."""

    class Meta:
        model = StaffMember

    account = factory.SubFactory(AccountFactory, roles=["counselor"])
    credential = "LMFT 12345"
    languages = ["en"]
    started_on = date(2024, 1, 8)


def staff_member(*roles: str, **traits: Any) -> StaffMember:
    """Somebody who works here in these roles, with a second step."""
    member = StaffMemberFactory(account__roles=roles, **traits)
    give_second_step(member.account)
    return member
