"""A recorded death stops every message, call and list at once, whichever way it was written down."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client as Browser
from django.urls import reverse

from tests.support.live import sign_in
from trellis.foundation import clock
from trellis.foundation.access.actor import Actor
from trellis.foundation.access.permissions import Refused
from trellis.foundation.messaging import actions as messaging
from trellis.foundation.messaging import kinds
from trellis.foundation.messaging.models import Message
from trellis.foundation.messaging.rules import Why
from trellis.foundation.program.tests.factories import load_pomona
from trellis.foundation.record import crypto
from trellis.foundation.record.guard import writing
from trellis.journey.admission.actions import admit
from trellis.journey.admission.waiting.actions import hand_on, put_on
from trellis.journey.admission.waiting.queries import hand_ons
from trellis.journey.continuity.advice.actions import review
from trellis.journey.continuity.advice.queries import open_stay, stay_of
from trellis.journey.continuity.aftercare import actions, jobs
from trellis.journey.continuity.leaving.actions import discharge
from trellis.journey.continuity.leaving.queries import waiting_for
from trellis.journey.continuity.tests.left import asked_for
from trellis.journey.inquiry.models import Inquiry
from trellis.journey.measures.alert_queries import standing_alerts, waiting_alerts
from trellis.journey.measures.alert_queries import waiting_for as alerts_for
from trellis.journey.measures.queries import due
from trellis.journey.measures.tests.alerted import alerted
from trellis.journey.schedule.models import WaitListEntry
from trellis.journey.schedule.tests.factories import (
    AttendanceFactory,
    EnrollmentFactory,
    SeriesFactory,
    SessionFactory,
    TrackFactory,
)
from trellis.people.accounts.tests.factories import InvitationFactory
from trellis.people.clients.models import Episode
from trellis.people.clients.tests.factories import ClientFactory, EpisodeFactory, StaffMemberFactory, actor, actor_of
from trellis.people.consent.actions.consents import set_standing
from trellis.people.consent.deaths import has_died, the_dead
from trellis.people.consent.queries import known, standing

pytestmark = pytest.mark.django_db
WORKER = Actor.of_system("worker")
#: pages on which somebody is called, written to, waited for or expected
CONTACTS = (
    "schedule:day_sheet", "schedule:tracks", "inquiry:board", "staff_desk:program_today", "aftercare:follow_ups",
    "leaving:letters", "admission:waiting", "advice:due", "alerts:list",
)  # fmt: skip


@pytest.fixture
def somebody(clock_at):
    """On every such list: expected today, a call owed, on the wait-list, asking to come back, to be followed up."""
    clock_at(datetime(2026, 11, 8, 20, tzinfo=UTC))
    load_pomona()
    client = ClientFactory(
        with_account=True, account__roles=["client"], email="m@example.org", chosen_name="Zoila Prado"
    )
    EpisodeFactory(client=client, closed=True)
    actions.agree(by=actor_of(client.account), client=client, yes=True, by_phone=True, by_mail=True)
    asked = actions.ask_to_return(by=actor_of(client.account), client=client)
    put_on(by=actor("intake_coordinator"), inquiry=asked)
    asked_for(client)
    return client


def test_first_screens_count_no_letter_about_somebody_who_died(somebody):
    by, tomorrow = actor("intake_coordinator"), clock.now().date() + timedelta(days=1)
    assert waiting_for(by, tomorrow).letters_late == 1
    beside_consents(somebody)
    assert waiting_for(by, tomorrow).letters_late == 0


def test_nobody_asks_elsewhere_whether_somebody_who_died_got_there(somebody):
    asked, by = Inquiry.objects.get(), actor("intake_coordinator")
    hand_on(by=by, inquiry=asked, place="Casa Norte", way="number", on=date(2026, 11, 8))
    assert [one.inquiry for one in hand_ons()] == [asked]
    beside_consents(somebody)
    assert hand_ons() == []


def here_again(client):
    """In the program once more, absent yesterday and expected today."""
    stay = EpisodeFactory(client=client, opened_on=date(2026, 11, 2))
    series = SeriesFactory()
    EnrollmentFactory(episode=stay, series=series, since=date(2026, 11, 2))
    for days, state in ((1, "absent"), (0, "")):
        at = clock.now() - timedelta(days=days, hours=-1)
        session = SessionFactory(series=series, planned_on=at.date(), starts_at=at, ends_at=at + timedelta(hours=1))
        if state:
            AttendanceFactory(session=session, client=client, state=state)
    with writing("test"):
        WaitListEntry.objects.create(track=TrackFactory(), episode=stay, since=clock.now(), by="account:1")


def beside_consents(client):
    set_standing(
        by=actor("clinical_director"), client=client, deceased=True, minor_consented_alone=False,
        guardian_appointed=False, restricted=(),
    )  # fmt: skip


def as_the_end_of_a_stay(client):
    """As stays ended before their end was written beside the consents, too."""
    with writing("test"):
        Episode.objects.filter(client=client, status="closed").update(close_reason="died")


def by_closing_a_stay(client):
    stay = client.episodes.filter(status="open").first() or EpisodeFactory(client=client, opened_on=date(2026, 11, 2))
    discharge(by=actor("clinical_director"), episode=stay, closed_on=date(2026, 11, 8), reason="died")


WAYS = [beside_consents, as_the_end_of_a_stay, by_closing_a_stay]


def taken_back(client):
    set_standing(
        by=actor("clinical_director"), client=client, deceased=False, minor_consented_alone=False,
        guardian_appointed=False, restricted=(),
    )  # fmt: skip


def shown_on(client):
    """On which of the lists their name stands."""
    roles = ["clinical_director", "intake_coordinator", "front_desk", "program_administrator"]
    account = StaffMemberFactory(account__roles=roles).account
    browser = sign_in(Browser(), account)
    pages = {name: browser.get(reverse(name)) for name in CONTACTS}
    assert {name: page.status_code for name, page in pages.items()} == dict.fromkeys(CONTACTS, 200)
    return {name for name, page in pages.items() if client.chosen_name in page.content.decode()}


@pytest.mark.parametrize("recorded", WAYS)
def test_no_list_names_them_and_nothing_asks_of_them(somebody, recorded):
    here = {
        "inquiry:board", "staff_desk:program_today", "aftercare:follow_ups", "leaving:letters", "admission:waiting",
    }  # fmt: skip
    assert shown_on(somebody) == here
    recorded(somebody)
    assert shown_on(somebody) == set()
    assert due(somebody, clock.now().date()) == []
    with pytest.raises(Refused, match="have died"):
        actions.record_call(by=actor("intake_coordinator"), client=somebody, day=7, outcome="declined")
    with pytest.raises(Refused, match="Please call us"):  # on their own phone nobody reads that they have died
        actions.ask_to_return(by=actor_of(somebody.account), client=somebody)


def test_a_stay_that_nobody_closed_yet_expects_and_calls_nobody(somebody):
    here_again(somebody)
    alerted(somebody)  # after which the level is looked at again
    here = {
        "schedule:day_sheet", "schedule:tracks", "inquiry:board", "staff_desk:program_today", "leaving:letters",
        "admission:waiting", "advice:due", "alerts:list",
    }  # fmt: skip
    assert shown_on(somebody) == here
    beside_consents(somebody)
    assert shown_on(somebody) == set()


@pytest.mark.parametrize("recorded", WAYS)
def test_no_message_goes_out_that_was_asked_for_before(somebody, recorded):
    jobs.remind_of_follow_ups.call()
    invitation = InvitationFactory(about=f"client:{somebody.pk}", email="m@example.org")
    said = {"by": WORKER, "channel": "mail", "to": "m@example.org", "language": "en", "values": {"url": "u"}}
    messaging.queue(key="a", kind="rights.answered", about=f"client:{somebody.pk}", **said)
    waiting = [one for one in Message.objects.all() if one.about == f"client:{somebody.pk}"]
    assert [kinds.why_not(one) for one in waiting] == [None, None]
    recorded(somebody)
    assert [kinds.why_not(one) for one in waiting] == [Why.DIED, Why.DIED]
    mail = {"kind": "rights.answered", "channel": "mail", "sealed_to": crypto.seal(somebody.account.email)}
    to_sign_in = Message(**mail, about=f"account:{somebody.account_id}")
    invited = Message(**mail | {"sealed_to": crypto.seal("m@example.org")}, about=f"invitation:{invitation.pk}")
    assert [kinds.why_not(one) for one in (to_sign_in, invited)] == [Why.DIED, Why.DIED]
    assert actions.remind(by=WORKER, client=somebody, day=14) == []


@pytest.mark.parametrize("recorded", WAYS)
def test_a_mistake_is_taken_back_whichever_way_it_was_written_down(somebody, recorded):
    other = ClientFactory()
    recorded(somebody)
    assert list(the_dead().filter(pk__in=[somebody.pk, other.pk])) == [{"pk": somebody.pk}]
    assert standing(somebody).deceased
    taken_back(somebody)
    assert not has_died(somebody)
    assert not standing(somebody).deceased
    assert not has_died(other.pk)
    actions.ask_to_return(by=actor_of(somebody.account), client=somebody)
    beside_consents(somebody)
    assert has_died(somebody)


def test_what_is_written_beside_it_later_takes_no_death_back(somebody):
    as_the_end_of_a_stay(somebody)
    browser = sign_in(Browser(), StaffMemberFactory(account__roles=["clinical_director"]).account)
    form = browser.get(reverse("consent:standing", args=[somebody.public_id])).context["form"]
    assert form["deceased"].value()


@pytest.mark.parametrize("recorded", WAYS)
def test_what_they_signed_serves_nobody_any_more(somebody, recorded):
    assert not known(somebody).client.deceased
    recorded(somebody)
    assert known(somebody).client.deceased


def test_whoever_opens_the_record_reads_it_first(somebody):
    browser = sign_in(Browser(), StaffMemberFactory(account__roles=["clinical_director"]).account)
    address = reverse("clients:client", args=[somebody.public_id])
    assert "They have died" not in browser.get(address).content.decode()
    beside_consents(somebody)
    page = browser.get(address).content.decode()
    assert page.index("They have died") < page.index("How to reach them safely")


def test_an_alert_reaches_nobody_else_and_stands_on_no_list(somebody):
    alert, director = alerted(somebody), actor("clinical_director")
    assert (list(waiting_alerts()), standing_alerts(director, clock.now())) == ([alert], [alert])
    beside_consents(somebody)
    assert (list(waiting_alerts()), standing_alerts(director, clock.now())) == ([], [])
    assert not alerts_for(director, clock.now()).number
    browser = sign_in(Browser(), StaffMemberFactory(account__roles=["clinical_director"]).account)
    page = browser.get(reverse("alerts:one", args=[alert.public_id])).content.decode()
    assert "They have died. Nobody is called or written to any more." in page
    assert "How to reach them safely" not in page
    assert "Write it down" in page


@pytest.mark.parametrize("recorded", WAYS)
def test_no_stay_starts(somebody, recorded):
    recorded(somebody)
    therapist = StaffMemberFactory(licensed=True, account__roles=["therapist"])
    said = {"inquiry": None, "level": "2.1", "reason": "Asked again.", "clinician": therapist}
    with pytest.raises(Refused, match="No stay can start"):
        admit(by=actor("intake_coordinator"), client=somebody, admitted_on=date(2026, 11, 8), **said)


def test_nobody_decides_which_care_is_next(somebody):
    EpisodeFactory(client=somebody, opened_on=date(2026, 11, 2))
    director = actor("clinical_director")
    assert open_stay(somebody) is not None
    beside_consents(somebody)
    assert (open_stay(somebody), stay_of(somebody, director)) == (None, (None, False))
    with pytest.raises(Refused, match="no stay now"):
        review(by=director, client=somebody, decided="continue")
