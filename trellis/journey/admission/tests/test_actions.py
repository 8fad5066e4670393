from datetime import date

import pytest
from django.db import DatabaseError, transaction

from trellis.foundation.access.permissions import NotPermitted, Refused
from trellis.foundation.audit.models import AuditEvent
from trellis.foundation.audit.trail import about
from trellis.foundation.program.tests.factories import load_pomona
from trellis.foundation.record.guard import writing
from trellis.journey.admission import queries
from trellis.journey.admission.actions import admit
from trellis.journey.admission.models import Admission
from trellis.journey.admission.tests.factories import NOW, AdmissionFactory, InquiryFactory
from trellis.people.clients.kept_out.actions import keep_out
from trellis.people.clients.models import Client, Episode
from trellis.people.clients.queries import open_episode
from trellis.people.clients.tests.factories import ClientFactory, EpisodeFactory, StaffMemberFactory, actor

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def program(clock_at):
    clock_at(NOW)
    load_pomona()


def fields(**changes):
    return {
        "inquiry": None,
        "chosen_name": "Marisol Ruiz",
        "pronouns": "she/her",
        "born_on": date(1992, 3, 14),
        "language": "es",
        "telephone": "(909) 555-0142",
        "level": "2.1",
        "reason": "Needs structure several days a week.",
        "clinician": changes.pop("clinician", None) or StaffMemberFactory(account__roles=["therapist"], licensed=True),
        "admitted_on": date(2026, 11, 25),
        **changes,
    }


def test_an_inquiry_becomes_a_client_in_the_program_on_somebodys_caseload():
    inquiry = InquiryFactory()
    admission = admit(by=actor("intake_coordinator"), **fields(inquiry=inquiry))
    inquiry.refresh_from_db()
    client = admission.client
    assert (inquiry.status, inquiry.client_subject) == ("converted", f"client:{client.pk}")
    assert open_episode(client) == admission.episode
    assert [a.staff_member for a in admission.episode.assignments.all()] == [admission.admitting_clinician]


def test_whoever_is_kept_out_of_a_record_does_not_see_how_they_asked_again():
    client, cousin = ClientFactory(), StaffMemberFactory(account__roles=["intake_coordinator"]).account
    keep_out(by=actor("program_administrator"), client=client, account=cousin)
    inquiry = InquiryFactory()
    given = fields(inquiry=inquiry)
    again = {name: given[name] for name in ("inquiry", "level", "reason", "clinician", "admitted_on")}
    admit(by=actor("intake_coordinator"), client=client, **again)
    cousin.refresh_from_db()
    assert cousin.kept_out == [f"client:{client.pk}", f"inquiry:{inquiry.pk}"]


def test_the_trail_names_the_inquiry_and_the_client():
    inquiry = InquiryFactory()
    admission = admit(by=actor("intake_coordinator"), **fields(inquiry=inquiry))
    event = AuditEvent.objects.get(verb="admission.admit")
    assert event.subjects == [f"client:{admission.client_id}", f"inquiry:{inquiry.pk}"]
    assert "admission.admit" in [e.verb for e in about(f"inquiry:{inquiry.pk}")]


def test_somebody_may_come_without_an_inquiry():
    admission = admit(by=actor("therapist"), **fields())
    assert admission.audit_subjects == (f"client:{admission.client_id}",)


def test_somebody_we_know_comes_back_under_the_same_record():
    old = EpisodeFactory(closed=True)
    admission = admit(by=actor("intake_coordinator"), **fields(client=old.client))
    assert admission.client == old.client
    assert Client.objects.count() == 1
    assert Episode.objects.filter(client=old.client).count() == 2


def test_the_same_inquiry_is_admitted_once():
    inquiry = InquiryFactory()
    by = actor("intake_coordinator")
    admit(by=by, **fields(inquiry=inquiry))
    with pytest.raises(Refused), transaction.atomic():
        admit(by=by, **fields(inquiry=inquiry, chosen_name="Somebody Else"))
    assert Admission.objects.count() == Client.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"reason": "  "}, "Write why"),
        ({"level": "2.5"}, "does not give this level"),
        ({"level": "3.7"}, "does not give this level"),
        ({"admitted_on": date(2027, 1, 31)}, "within 30 days"),
        ({"born_on": None}, "date of birth"),
        ({"born_on": date(2012, 3, 14)}, "no hours for somebody of this age"),
        ({"chosen_name": " "}, "Write the name"),
    ],
)
def test_what_an_admission_cannot_do_without_is_said_and_nothing_is_written(changes, says):
    by = actor("intake_coordinator")
    with pytest.raises(Refused, match=says), transaction.atomic():
        admit(by=by, **fields(**changes))
    assert not Client.objects.exists()


def test_a_counselor_does_not_decide_on_an_admission():
    with pytest.raises(Refused, match="medical director decides"):
        admit(by=actor("intake_coordinator"), **fields(clinician=StaffMemberFactory(account__roles=["counselor"])))


@pytest.mark.parametrize("role", ["counselor", "front_desk", "biller", "client"])
def test_other_roles_admit_nobody(role):
    with pytest.raises(NotPermitted):
        admit(by=actor(role), **fields())


def test_somebody_in_the_program_is_not_admitted_again():
    with pytest.raises(Refused, match="in the program already"):
        admit(by=actor("therapist"), **fields(client=EpisodeFactory().client))


def test_an_admission_is_never_rewritten():
    AdmissionFactory()
    with writing("test"), transaction.atomic(), pytest.raises(DatabaseError, match="append-only"):
        Admission.objects.update(reason_sealed="other")


@pytest.mark.parametrize("number", [1, 30])
def test_only_those_who_work_here_now_with_a_license_decide(statements, number):
    both = {"account__roles": ["clinical_director", "therapist"], "licensed": True}
    able = [StaffMemberFactory(**both) for _ in range(number)]
    StaffMemberFactory(account__roles=["therapist"], licensed=True, ended_on=date(2026, 1, 1))
    StaffMemberFactory(account__roles=["counselor"], licensed=True)
    StaffMemberFactory(account__roles=["therapist"])
    StaffMemberFactory(account__roles=["therapist"], licensed=True, license__until=date(2026, 11, 24))
    with statements() as seen:
        assert set(queries.admitting_clinicians()) == set(able)
    assert len(seen) == 4


def test_the_license_counts_on_the_day_of_the_admission():
    ended = StaffMemberFactory(account__roles=["therapist"], licensed=True, license__until=date(2026, 11, 24))
    by = actor("intake_coordinator")
    for clinician in (ended, StaffMemberFactory(account__roles=["therapist"])):
        with pytest.raises(Refused, match="license that counts"):
            admit(by=by, **fields(clinician=clinician))
    admission = admit(by=by, **fields(clinician=ended, admitted_on=date(2026, 11, 24)))
    assert admission.admitting_clinician == ended


def test_the_admissions_of_a_client_take_one_statement(statements):
    client = ClientFactory()
    for year in range(2000, 2030):
        AdmissionFactory(
            episode=EpisodeFactory(client=client, closed=True, opened_on=date(year, 1, 1), closed_on=date(year, 2, 1))
        )
    with statements() as seen:
        found = queries.admissions_of(client)
        assert all(a.admitting_clinician.chosen_name for a in found)
    assert (len(found), len(seen)) == (30, 1)
    assert queries.admission_of(found[0].episode) == found[0]


def test_the_funnel_learns_when_an_inquiry_led_to_an_admission():
    inquiry = InquiryFactory()
    admit(by=actor("intake_coordinator"), **fields(inquiry=inquiry))
    other = InquiryFactory()
    assert queries.admitted([inquiry.pk, other.pk]) == {inquiry.pk: NOW}
