from typing import Any

from trellis.people.clients.models import Client
from trellis.people.staff.tests.factories import LicenseFactory, StaffMemberFactory


def things(client: Client, member: Any) -> dict[str, Any]:
    return {"license": LicenseFactory(staff_member=member or StaffMemberFactory())}
