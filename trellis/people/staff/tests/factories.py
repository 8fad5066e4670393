from datetime import date
from typing import Any

import factory

from trellis.foundation import clock
from trellis.people.accounts.tests.factories import AccountFactory, Guarded, give_second_step
from trellis.people.staff.models import License, StaffMember


class StaffMemberFactory(Guarded):
    """`StaffMemberFactory(account__roles=["therapist"])`."""

    class Meta:
        model = StaffMember

    account = factory.SubFactory(AccountFactory, roles=["counselor"])
    credential = "LMFT 12345"
    languages = ["en"]
    started_on = date(2024, 1, 8)


class LicenseFactory(Guarded):
    """`LicenseFactory(staff_member=…, kind="counselor_registered")`: it counts."""

    class Meta:
        model = License

    kind = "lmft"
    body = "Board of Behavioral Sciences"
    number = "LMFT 12345"
    since = date(2024, 1, 8)
    until = date(2030, 12, 31)
    at = factory.LazyFunction(clock.now)
    by = "system:test"


def staff_member(*roles: str, **traits: Any) -> StaffMember:
    """Somebody who works here in these roles, with a second step."""
    member = StaffMemberFactory(account__roles=roles, **traits)
    give_second_step(member.account)
    return member
