"""Finders for licenses of staff, and for what is written down about diagnoses."""

from tests.walk.finders import client_of_therapist, finder
from tests.walk.houses import House
from trellis.journey.admission.tests.factories import DiagnosisFactory
from trellis.people.clients.models import Client
from trellis.people.staff.models import StaffMember
from trellis.people.staff.tests.factories import LicenseFactory


@finder
def license_of_staff(house: House) -> str | None:
    if house.is_empty:
        return None
    return LicenseFactory(staff_member=StaffMember.objects.get(account=house.person("biller"))).public_id


@finder
def diagnosis(house: House) -> str | None:
    known = Client.objects.filter(public_id=client_of_therapist(house)).first()
    return DiagnosisFactory(client=known).public_id if known else None


@finder
def diagnosed_client(house: House) -> str | None:
    """Somebody with a diagnosis, so that the list has a row."""
    diagnosis(house)
    return client_of_therapist(house)
