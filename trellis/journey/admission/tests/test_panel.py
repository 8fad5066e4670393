import pytest
from django.urls import reverse

from tests.support.live import sign_in
from trellis.foundation.program.tests.factories import load_pomona
from trellis.journey.admission.tests.factories import NOW, AdmissionFactory
from trellis.people.clients.tests.factories import ClientFactory, StaffMemberFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def program(clock_at):
    clock_at(NOW)
    load_pomona()


def page(client, role, person):
    sign_in(client, StaffMemberFactory(account__roles=[role]).account)
    return client.get(reverse("clients:client", args=[person.public_id])).content.decode()


def test_a_clinician_reads_on_the_clients_page_why_they_were_admitted(client):
    admission = AdmissionFactory(admitting_clinician__account__chosen_name="Dana Cole")
    shown = page(client, "clinical_director", admission.client)
    assert "decided by Dana Cole" in shown
    assert "Needs structure several days a week" in shown


@pytest.mark.parametrize("role", ["front_desk", "biller", "program_administrator"])
def test_the_office_does_not_read_the_reason(client, role):
    assert "Needs structure" not in page(client, role, AdmissionFactory().client)


def test_somebody_who_was_never_admitted_has_no_such_part(client):
    assert "decided by" not in page(client, "clinical_director", ClientFactory())
