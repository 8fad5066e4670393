"""Two records of one person: found by those who may see both, joined or parted."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from tests.support.live import sign_in
from trellis.foundation import clock
from trellis.foundation.access.permissions import NotPermitted, Refused, may
from trellis.foundation.audit.trail import about
from trellis.foundation.program.tests.factories import load_pomona
from trellis.foundation.record.guard import writing
from trellis.journey.admission.models import Admission, RecordsCompared
from trellis.journey.admission.one_person import actions, queries
from trellis.journey.admission.one_person.queries import waiting_for
from trellis.journey.admission.queries import admissions_of, asked_before, may_be_known
from trellis.journey.admission.rules import Person
from trellis.journey.admission.tests.factories import NOW, AdmissionFactory, InquiryFactory
from trellis.people.accounts.models import Account
from trellis.people.accounts.tests.factories import InvitationFactory
from trellis.people.clients.kept_out.actions import keep_out
from trellis.people.clients.kept_out.subjects import subjects_of
from trellis.people.clients.models import Client
from trellis.people.clients.queries import find_clients, open_episode
from trellis.people.clients.tests.factories import (
    CareAssignmentFactory,
    ClientFactory,
    EpisodeFactory,
    StaffMemberFactory,
    actor,
    actor_of,
)
from trellis.people.consent.tests.factories import signed

pytestmark = pytest.mark.django_db
LIST = reverse("admission:one_person")


@pytest.fixture(autouse=True)
def program(clock_at):
    clock_at(NOW)
    load_pomona()


@pytest.fixture
def coordinator():
    return StaffMemberFactory(account__roles=["intake_coordinator"]).account


@pytest.fixture
def first(coordinator):
    """Somebody who was here, and whose record is closed to the coordinator."""
    rosa = ClientFactory(chosen_name="Rosa Lima", born_on=date(1988, 5, 2), telephone="(909) 555-0177")
    EpisodeFactory(client=rosa, closed=True)
    keep_out(by=actor("program_administrator"), client=rosa, account=coordinator)
    coordinator.refresh_from_db()
    return rosa


def admitted_by(coordinator, **changes):
    given = {"chosen_name": "Rosa Lima", "born_on": date(1988, 5, 2), "telephone": "(909) 555-0177"} | changes
    episode = EpisodeFactory(client=ClientFactory(created_at=NOW, **given))
    return AdmissionFactory(
        episode=episode, inquiry=InquiryFactory(), recorded_by=f"account:{coordinator.pk}", recorded_at=clock.now()
    ).client


@pytest.fixture
def second(coordinator, first):
    return admitted_by(coordinator)


def the_pair():
    (pair,) = waiting_for(actor("clinical_director"))
    return pair


# --- who is asked -----------------------------------------------------------------------------------------------------


def test_those_who_guard_privacy_are_asked_and_nobody_else(first, second, coordinator, statements):
    for role in ("program_administrator", "clinical_director", "medical_director"):
        assert [(one.second, one.first) for one in waiting_for(actor(role))] == [(second, first)]
    asking = actor_of(coordinator)
    with statements() as seen:
        assert waiting_for(asking) == waiting_for(actor("intake_coordinator")) == []
    assert not [sql for sql in seen if "admission" in sql]


def test_somebody_else_is_no_question(coordinator, first):
    admitted_by(coordinator, chosen_name="Tomás Vega", born_on=date(1970, 1, 1), telephone="(909) 555-0101")
    assert waiting_for(actor("clinical_director")) == []


def test_whoever_is_kept_out_of_one_is_not_asked(first, second):
    director = StaffMemberFactory(account__roles=["clinical_director"]).account
    keep_out(by=actor("program_administrator"), client=second, account=director)
    assert waiting_for(actor_of(director)) == []


@pytest.mark.parametrize("number", [1, 30])
def test_it_takes_six_statements(coordinator, first, statements, number):
    for _ in range(number):
        admitted_by(coordinator)
    asking = actor("clinical_director")
    with statements() as seen:
        assert len(waiting_for(asking)) == number
    assert len(seen) == 6


# --- one person -------------------------------------------------------------------------------------------------------


def test_joined_the_stay_goes_on_under_the_first_record(first, second, coordinator):
    stay = open_episode(second)
    actions.join(by=actor("program_administrator"), pair=the_pair())
    assert open_episode(first) == stay
    assert open_episode(second) is None
    assert [one.episode for one in admissions_of(first)] == [stay]
    assert asked_before(first) == [f"inquiry:{Admission.objects.get().inquiry_id}"]
    assert waiting_for(actor("clinical_director")) == []
    assert find_clients("rosa lima").clients == (first,)
    assert may_be_known(Person(0, "Rosa Lima", born_on=date(1988, 5, 2))) == [first]


def test_joined_whoever_is_kept_out_of_the_first_is_kept_out_of_both(first, second, coordinator):
    assert may(actor_of(coordinator), "client.read", second)
    actions.join(by=actor("program_administrator"), pair=the_pair())
    asking = actor_of(Account.objects.get(pk=coordinator.pk))
    assert not may(asking, "client.read", second)
    assert not may(asking, "client.read", first)
    assert f"client:{first.pk}" in subjects_of(second)
    assert f"client:{second.pk}" in subjects_of(first)


def test_both_stand_in_the_trail(first, second):
    actions.join(by=actor("program_administrator"), pair=the_pair())
    for client in (first, second):
        assert "admission.compare" in [event.verb for event in about(f"client:{client.pk}")]


def test_a_sign_in_goes_along_and_a_link_that_nobody_used_ends(coordinator, first):
    second = admitted_by(coordinator)
    account = ClientFactory(with_account=True).account
    with writing("test"):
        Client.objects.filter(account=account).update(account=None)
        Client.objects.filter(pk=second.pk).update(account=account)
    invitation = InvitationFactory(token="t", about=f"client:{second.pk}")
    actions.join(by=actor("program_administrator"), pair=the_pair())
    first.refresh_from_db()
    second.refresh_from_db()
    invitation.refresh_from_db()
    assert (first.account, second.account) == (account, None)
    assert invitation.withdrawn_at == NOW


def test_what_was_signed_under_the_second_stays_there_and_each_names_the_other(first, second, client):
    signed(second)
    actions.join(by=actor("program_administrator"), pair=the_pair())
    assert open_episode(second) is not None
    browser = sign_in(client, StaffMemberFactory(account__roles=["clinical_director"]).account)
    for one, other in ((first, second), (second, first)):
        page = browser.get(reverse("clients:client", args=[one.public_id])).content.decode()
        assert "Another record of theirs" in page
        assert reverse("clients:client", args=[other.public_id]) in page


@pytest.mark.parametrize("what", ["stay", "sign-in", "team"])
def test_what_cannot_be_joined_says_what_comes_first_and_nothing_changes(first, second, what):
    if what == "stay":
        EpisodeFactory(client=first)
    elif what == "sign-in":
        with writing("test"):
            for one in (first, second):
                one.account = ClientFactory(with_account=True).account
                Client.objects.filter(account=one.account).update(account=None)
                one.save(update_fields=["account"])
    else:
        member = StaffMemberFactory(account__roles=["therapist"])
        keep_out(by=actor("program_administrator"), client=first, account=member.account)
        CareAssignmentFactory(episode=open_episode(second), staff_member=member)
    said = {"stay": "an open stay", "sign-in": "have a sign-in", "team": "closed to .* on the care team"}[what]
    with pytest.raises(Refused, match=said), transaction.atomic():
        actions.join(by=actor("program_administrator"), pair=the_pair())
    assert open_episode(second) is not None
    assert the_pair().second == second


# --- two people -------------------------------------------------------------------------------------------------------


def test_parted_nothing_changes_and_nobody_asks_again(first, second):
    pair = the_pair()
    actions.part(by=actor("medical_director"), pair=pair)
    assert waiting_for(actor("clinical_director")) == []
    assert queries.joined_with(first) == []
    assert f"client:{second.pk}" not in subjects_of(first)
    with pytest.raises(Refused, match="already"):
        actions.join(by=actor("clinical_director"), pair=pair)


def test_what_was_found_is_never_rewritten(first, second):
    actions.part(by=actor("medical_director"), pair=the_pair())
    with writing("test"), transaction.atomic(), pytest.raises(DatabaseError, match="append-only"):
        RecordsCompared.objects.update(found="one")


@pytest.mark.parametrize("role", ["intake_coordinator", "therapist", "front_desk"])
def test_others_tell_nobody_apart(first, second, role):
    with pytest.raises(NotPermitted):
        actions.part(by=actor(role), pair=the_pair())


# --- the page ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def director(client):
    return sign_in(client, StaffMemberFactory(account__roles=["clinical_director"]).account)


def test_the_page_shows_both_and_says_what_follows(director, first, second):
    page = director.get(LIST).content.decode()
    assert page.count("Rosa Lima") >= 2
    assert "goes on under the earlier record" in page
    today = director.get(reverse("staff_desk:program_today")).content.decode()
    assert LIST in today
    assert "may have an earlier record" in today
    assert "¿Una persona o dos?" in director.get(f"/es{LIST}").content.decode()


@pytest.mark.parametrize(("found", "says"), [("one", "one person"), ("two", "two people")])
def test_a_tap_says_it(director, first, second, found, says):
    address = reverse("admission:compare", args=[second.public_id, first.public_id])
    assert f"Written down: {says}" in director.post(address, {"found": found}, follow=True).content.decode()
    assert RecordsCompared.objects.get().found == found
    assert director.post(address, {"found": found}).status_code == 404
    assert "No two records wait" in director.get(LIST).content.decode()


def test_a_refusal_is_said_on_the_page(director, first, second):
    EpisodeFactory(client=first)
    address = reverse("admission:compare", args=[second.public_id, first.public_id])
    assert "open stay" in director.post(address, {"found": "one"}, follow=True).content.decode()
    assert not RecordsCompared.objects.exists()


def test_when_it_was_closed_later_the_page_asked_itself(coordinator, first, clock_at):
    clock_at(NOW - timedelta(days=30))
    admitted_by(coordinator)
    assert waiting_for(actor("clinical_director")) == []
