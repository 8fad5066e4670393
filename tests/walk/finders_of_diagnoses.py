"""Finders for licenses of staff, and for what is written down about diagnoses."""

from tests.walk.finders import finder
from tests.walk.houses import House
from trellis.people.staff.models import StaffMember
from trellis.people.staff.tests.factories import LicenseFactory


@finder
def license_of_staff(house: House) -> str | None:
    if house.is_empty:
        return None
    return LicenseFactory(staff_member=StaffMember.objects.get(account=house.person("biller"))).public_id
