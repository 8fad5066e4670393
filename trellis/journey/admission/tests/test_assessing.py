"""Somebody who asked is assessed before anybody is admitted; the clinician works in the record until that ends."""

import pytest
from django.test import Client as Browser
from django.urls import reverse

from tests.support.live import sign_in
from trellis.foundation.access.permissions import NotPermitted, Refused, may
from trellis.foundation.program.tests.factories import load_pomona
from trellis.foundation.record.guard import writing
from trellis.journey.admission.actions import admit
from trellis.journey.admission.assessing import queries
from trellis.journey.admission.assessing.actions import begin_assessment
from trellis.journey.admission.models import Assessment
from trellis.journey.admission.queries import asked_before
from trellis.journey.admission.tests.factories import NOW, InquiryFactory
from trellis.journey.inquiry import actions as inquiries
from trellis.journey.inquiry.actions.returning import come_back
from trellis.journey.inquiry.models import Inquiry
from trellis.people.accounts.models import Account
from trellis.people.clients.models import Client
from trellis.people.clients.queries import caseload_of, open_episode
from trellis.people.clients.tests.factories import (
    ClientFactory,
    EpisodeFactory,
    KeptOutFactory,
    StaffMemberFactory,
    actor,
    actor_of,
)

pytestmark = pytest.mark.django_db
PERSON = {"chosen_name": "Marisol Ruiz", "born_on": NOW.date().replace(year=1990), "language": "es"}


@pytest.fixture(autouse=True)
def program(clock_at):
    clock_at(NOW)
    load_pomona()


@pytest.fixture
def intake():
    return StaffMemberFactory(account__roles=["intake_coordinator"])


@pytest.fixture
def counselor():
    return StaffMemberFactory(account__roles=["counselor"])


@pytest.fixture
def inquiry():
    return InquiryFactory()


def begun(intake, inquiry, clinician, **person):
    return begin_assessment(
        by=actor_of(intake.account), inquiry=inquiry, clinician=clinician, **(person or PERSON)
    )  # fmt: skip


def test_an_assessment_opens_a_record_and_no_stay(intake, inquiry, counselor):
    client = begun(intake, inquiry, counselor).client
    inquiry.refresh_from_db()
    assert (client.chosen_name, open_episode(client), inquiry.is_open) == ("Marisol Ruiz", None, True)
    assert inquiry.client_subject == f"client:{client.pk}"
    assert asked_before(client) == [f"inquiry:{inquiry.pk}"]


def test_whoever_assesses_works_in_the_record_and_nobody_else_of_the_team_does(intake, inquiry, counselor):
    client = begun(intake, inquiry, counselor).client
    by, another = actor_of(counselor.account), actor("counselor")
    assert may(by, "level.propose", client)
    assert not may(another, "level.propose", client)
    assert list(caseload_of(counselor.account_id)) == [client]


def test_of_two_who_were_asked_one_after_the_other_the_second_works_in_the_record(intake, inquiry, counselor):
    client = begun(intake, inquiry, counselor).client
    second = StaffMemberFactory(account__roles=["counselor"])
    begun(intake, inquiry, second)
    assert may(actor_of(second.account), "level.propose", client)
    assert not may(actor_of(counselor.account), "history.read", client)
    assert list(caseload_of(counselor.account_id)) == []


def test_it_ends_with_a_stay_that_begins_another_way(intake, inquiry, counselor):
    client = begun(intake, inquiry, counselor).client
    EpisodeFactory(client=client)
    assert not may(actor_of(counselor.account), "history.read", client)
    assert list(caseload_of(counselor.account_id)) == []


@pytest.mark.parametrize("end", ["close", "decline"])
def test_it_ends_with_the_inquiry(intake, inquiry, counselor, end):
    client = begun(intake, inquiry, counselor).client
    by = actor("intake_coordinator")
    if end == "close":
        inquiries.close(by=by, inquiry=inquiry, reason="answered")
    else:
        inquiries.decline(by=by, inquiry=inquiry)
    assert not may(actor_of(counselor.account), "level.propose", client)
    assert list(caseload_of(counselor.account_id)) == []


def test_the_admission_goes_on_with_the_same_record(intake, inquiry, counselor):
    client = begun(intake, inquiry, counselor).client
    therapist = StaffMemberFactory(account__roles=["therapist"], licensed=True)
    admission = admit(
        by=actor_of(intake.account), inquiry=inquiry, level="2.1", reason="Enough.", clinician=therapist,
        admitted_on=NOW.date(), client=client,
    )  # fmt: skip
    assert list(Client.objects.all()) == [admission.client] == [client]
    assert not may(actor_of(counselor.account), "level.propose", client)
    assert asked_before(client) == [f"inquiry:{inquiry.pk}"]


def test_begun_again_the_record_stays_and_the_clinician_changes(intake, inquiry, counselor):
    first = begun(intake, inquiry, counselor)
    therapist = StaffMemberFactory(account__roles=["therapist"], licensed=True)
    second = begun(intake, inquiry, therapist)
    assert [row.client for row in Assessment.objects.all()] == [first.client] * 2
    assert queries.assessment_of(inquiry) == second


def test_somebody_we_know_keeps_their_record(intake, inquiry, counselor):
    known = EpisodeFactory(closed=True).client
    assert begun(intake, inquiry, counselor, client=known).client == known


def test_what_is_refused(intake, inquiry, counselor):
    with pytest.raises(Refused, match="in the program"):
        begun(intake, inquiry, counselor, client=ClientFactory(in_program=True))
    with pytest.raises(Refused, match="assesses"):
        begun(intake, inquiry, intake)
    closed = ClientFactory()
    KeptOutFactory(client=closed, account=counselor.account)
    with pytest.raises(Refused, match="closed to"):
        begun(intake, inquiry, counselor, client=closed)
    inquiries.close(by=actor("intake_coordinator"), inquiry=inquiry, reason="answered")
    with pytest.raises(Refused, match="has ended"):
        begun(intake, inquiry, counselor)
    with pytest.raises(NotPermitted):
        begin_assessment(by=actor("front_desk"), inquiry=inquiry, clinician=counselor, **PERSON)


def test_the_page_takes_what_is_known_and_leads_to_the_record(intake, inquiry, counselor):
    desk = sign_in(Browser(), Account.objects.get(pk=intake.account_id))
    address = reverse("admission:assess", args=[inquiry.public_id])
    assert 'value="Marisol Ruiz"' in desk.get(address).content.decode()
    sent = {"chosen_name": "Marisol Ruiz", "born_on": "1990-11-25", "language": "es", "known": ""}
    wrong = desk.post(address, sent)
    assert list(wrong.context["form"].errors) == ["clinician"]
    answer = desk.post(address, {**sent, "clinician": counselor.public_id})
    client = Client.objects.get()
    assert answer.url == reverse("clients:client", args=[client.public_id])
    assert counselor.chosen_name in desk.get(address).content.decode()
    record = desk.get(answer.url).content.decode()
    assert counselor.chosen_name in record
    assert "Start a new stay" not in record
    start = desk.get(reverse("admission:admit", args=[inquiry.public_id])).content.decode()
    assert f'name="known" value="{client.public_id}"' in start


def test_intake_reads_what_is_known_until_a_stay_begins_and_again_when_they_ask_to_come_back(
    intake, inquiry, counselor
):
    by, client = actor_of(intake.account), begun(intake, inquiry, counselor).client
    verbs = ("history.read", "history.answer", "admission.read")

    def allowed():
        return [verb for verb in verbs if may(by, verb, client)]

    assert allowed() == list(verbs)
    admit(
        by=by, inquiry=inquiry, level="2.1", reason="Enough.", admitted_on=NOW.date(), client=client,
        clinician=StaffMemberFactory(account__roles=["therapist"], licensed=True),
    )  # fmt: skip
    assert allowed() == []
    with writing("test"):
        client.episodes.update(status="closed", closed_on=NOW.date(), close_reason="completed")
    assert allowed() == []
    again = come_back(by=by, client=client)
    assert allowed() == list(verbs)
    inquiries.decline(by=by, inquiry=again)
    assert allowed() == []
    assert not may(by, "history.read", object())


def test_who_is_asked_about_in_an_open_inquiry_is_on_the_way_in_whatever_the_inquiry_names(intake, inquiry, counselor):
    """A second assessment of somebody who was here: the assessment alone says who it is."""
    client = begun(intake, inquiry, counselor).client
    EpisodeFactory(client=client, closed=True)
    with writing("test"):
        Inquiry.objects.update(client_subject="")
    assert may(actor_of(intake.account), "history.read", client)
