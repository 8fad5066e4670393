from typing import Any

from trellis.journey.admission.tests.factories import DiagnosisFactory
from trellis.people.clients.models import Client
from trellis.people.staff.tests.factories import LicenseFactory, StaffMemberFactory


def things(client: Client, member: Any) -> dict[str, Any]:
    return {
        "diagnosis": DiagnosisFactory(client=client),
        "license": LicenseFactory(staff_member=member or StaffMemberFactory()),
    }
