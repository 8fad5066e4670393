"""Who waits for a place and who was handed on: nobody is lost."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.test import Client as Browser

from tests.support.live import sign_in
from trellis.foundation.access.permissions import NotPermitted, Refused
from trellis.foundation.record.guard import writing
from trellis.journey.admission.history import actions as history
from trellis.journey.admission.history.rules import Said, Use
from trellis.journey.admission.models import HandOn, WaitStep
from trellis.journey.admission.tests.factories import NOW
from trellis.journey.admission.waiting import actions, queries, words
from trellis.journey.inquiry import actions as inquiries
from trellis.journey.inquiry.actions.returning import come_back
from trellis.journey.inquiry.models import Inquiry
from trellis.journey.inquiry.queries.board import board
from trellis.journey.inquiry.tests.factories import actor, asked, load_pomona
from trellis.people.accounts.models import Account
from trellis.people.clients.kept_out.actions import keep_out
from trellis.people.clients.models import Client
from trellis.people.clients.tests.factories import ClientFactory
from trellis.people.consent.actions import set_standing

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 25)
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def program(clock_at):
    clock_at(NOW)
    load_pomona()


@pytest.fixture
def by():
    return actor("intake_coordinator")


@pytest.fixture
def rosa():
    return asked(NOW - timedelta(days=3), name="Rosa Luna")


def names():
    return [one.wait.inquiry.name for one in queries.waiting()]


def at_desk(by):
    return sign_in(Browser(), Account.objects.get(pk=by.account_id))


def test_the_list_follows_the_law_and_then_who_waits_longest(by, rosa):
    actions.put_on(by=by, inquiry=rosa, since=NOW - timedelta(days=2))
    for name, facts in (
        ("Ben", {"injects": True}),
        ("Cleo", {"pregnant": True}),
        ("Dee", {"pregnant": True, "injects": True}),
    ):
        actions.put_on(by=by, inquiry=asked(NOW - HOUR, name=name), **facts)
    assert names() == ["Dee", "Cleo", "Ben", "Rosa Luna"]
    actions.say_facts(by=by, inquiry=rosa, pregnant=True, injects=True)
    assert names() == ["Rosa Luna", "Dee", "Cleo", "Ben"]


def test_two_who_write_at_once_lose_no_fact(by, rosa):
    actions.put_on(by=by, inquiry=rosa)
    browser, address = at_desk(by), f"/desk/waiting-to-come/{rosa.public_id}/"
    browser.post(address, {"what": "facts", "seen": "", "pregnant": "on"})
    browser.post(address, {"what": "facts", "seen": "", "injects": "on"})
    assert 'value="pregnant injects"' in browser.get(address).content.decode()
    browser.post(address, {"what": "facts", "seen": "pregnant injects", "injects": "on"})
    person = queries.wait_of(rosa).person
    assert (person.pregnant, person.injects) == (False, True)


def test_only_whoever_would_come_waits_once_and_not_before_they_asked(by, rosa):
    with pytest.raises(Refused, match="had not asked"):
        actions.put_on(by=by, inquiry=rosa, since=NOW - timedelta(days=4))
    with pytest.raises(Refused, match="ahead"):
        actions.put_on(by=by, inquiry=rosa, since=NOW + HOUR)
    later = asked(NOW - HOUR + timedelta(seconds=40))
    assert actions.put_on(by=by, inquiry=later, since=NOW - HOUR).inquiry == later
    actions.put_on(by=by, inquiry=rosa)
    with pytest.raises(Refused, match="already"):
        actions.put_on(by=by, inquiry=rosa)
    with pytest.raises(Refused, match="somebody else"):
        actions.put_on(by=by, inquiry=asked(for_whom="loved_one"))
    with pytest.raises(NotPermitted):
        actions.put_on(by=actor("front_desk"), inquiry=asked())


def test_interim_services_are_given_or_declined_and_only_those_that_are_owed(by, rosa):
    with pytest.raises(Refused, match="do not wait"):
        actions.interim(by=by, inquiry=rosa, service="hiv_tb", given=True)
    actions.put_on(by=by, inquiry=rosa)
    with pytest.raises(Refused, match="not owed"):
        actions.interim(by=by, inquiry=rosa, service="prenatal", given=True)
    actions.interim(by=by, inquiry=rosa, service="hiv_tb", given=True)
    actions.interim(by=by, inquiry=rosa, service="hiv_tb_care", given=False, note="Not now")
    assert dict(queries.wait_of(rosa).person.settled) == {"hiv_tb": NOW, "hiv_tb_care": NOW}
    page, address = at_desk(by), f"/desk/waiting-to-come/{rosa.public_id}/"
    assert "They said no on Nov. 25, 2026; ask again." in page.get(address).content.decode()
    page.post(address, {"what": "interim", "service": "hiv_tb_care", "came": "given"})
    assert "They said no on" not in page.get(address).content.decode()
    with pytest.raises(DatabaseError), transaction.atomic(), writing("test"):
        WaitStep.objects.update(what="fetus")


def test_whoever_is_admitted_leaves_the_list_and_any_other_end_needs_a_reason(by, rosa, clock_at):
    other = asked(NOW - HOUR, name="Ben Soto")
    for one in (rosa, other):
        actions.put_on(by=by, inquiry=one)
    clock_at(NOW + HOUR)
    inquiries.mark_converted(by=by, inquiry=other, client_subject="client:1")
    inquiries.decline(by=by, inquiry=rosa)
    assert names() == ["Rosa Luna"]
    with pytest.raises(Refused, match="Choose why"):
        actions.take_off(by=by, inquiry=rosa, reason="because")
    actions.take_off(by=by, inquiry=rosa, reason="changed_mind")
    assert names() == []
    with pytest.raises(Refused, match="ended"):
        actions.put_on(by=by, inquiry=Inquiry.objects.get(pk=rosa.pk))


def test_a_hand_on_is_asked_about_until_somebody_knows(by, rosa):
    with pytest.raises(Refused, match="spoken to"):
        actions.hand_on(by=by, inquiry=rosa, place="Casa Norte", way="together", on=TODAY)
    with pytest.raises(Refused, match="which place"):
        actions.hand_on(by=by, inquiry=rosa, place=" ", way="number", on=TODAY)
    with pytest.raises(Refused, match="ahead"):
        actions.hand_on(by=by, inquiry=rosa, place="Casa", way="number", on=TODAY + timedelta(days=1))
    row = actions.hand_on(by=by, inquiry=rosa, place="Casa Norte", way="together", spoke_with="Ines", on=TODAY)
    assert words.handed(queries.hand_ons()[0], 7, TODAY).ask_by == date(2026, 12, 2)
    with pytest.raises(Refused, match="before the hand-on"):
        actions.heard(by=by, hand_on=row, found="arrived", on=TODAY - timedelta(days=1))
    with pytest.raises(Refused, match="ahead"):
        actions.heard(by=by, hand_on=row, found="arrived", on=TODAY + timedelta(days=1))
    actions.heard(by=by, hand_on=row, found="not_reached", on=TODAY)
    assert queries.hand_ons() == [row]
    actions.heard(by=by, hand_on=HandOn.objects.get(), found="arrived", on=TODAY)
    assert queries.hand_ons() == []
    with pytest.raises(Refused, match="already"):
        actions.heard(by=by, hand_on=HandOn.objects.get(), found="not_arrived", on=TODAY)


def test_whoever_went_elsewhere_without_a_word_on_how_stands_there_too(by, rosa):
    inquiries.refer_elsewhere(by=by, inquiry=rosa, place="Casa Norte")
    assert queries.nobody_said_how() == [rosa]
    actions.hand_on(by=by, inquiry=rosa, place="Casa Norte", way="number", on=TODAY)
    assert queries.nobody_said_how() == []


def test_what_is_late_says_for_how_long():
    assert words.when(NOW + HOUR, NOW).startswith("by ")
    assert words.when(NOW - HOUR, NOW) == "1 hour late"
    assert words.when(NOW - timedelta(days=3), NOW) == "3 days late"
    assert (words.waits_for(NOW, NOW), words.waits_for(NOW - timedelta(days=2), NOW)) == (
        "waits since today", "waits for 2 days",
    )  # fmt: skip


@pytest.mark.parametrize("number", [1, 30])
def test_the_same_statements_for_one_and_for_thirty(by, statements, number):
    for count in range(number):
        inquiry = asked(NOW - HOUR * (count + 1))
        actions.put_on(by=by, inquiry=inquiry)
        actions.contacted(by=by, inquiry=inquiry, how="contact")
        actions.hand_on(by=by, inquiry=inquiry, place="Casa Norte", way="number", on=TODAY)
    with statements() as seen:
        queries.waiting()
        queries.hand_ons()
        queries.nobody_said_how()
    assert len(seen) == 5


# --- pages ------------------------------------------------------------------------------------------------------------


def test_from_the_inquiry_to_the_list_and_off_again(by, rosa):
    browser, address = at_desk(by), f"/desk/waiting-to-come/{rosa.public_id}/"
    assert address in browser.get(f"/desk/inquiries/{rosa.public_id}/").content.decode()
    assert "Put them on the list" in browser.get(address).content.decode()
    assert browser.post(address, {"what": "put_on", "injects": "on"}).status_code == 302
    html = browser.get("/desk/waiting-to-come/").content.decode()
    assert "1 person waits for a place" in html
    assert "Rosa Luna" in html
    browser.post(address, {"what": "interim", "service": "hiv_tb", "came": "given"})
    assert "Choose what came of the call." in browser.post(address, {"what": "contact"}).content.decode()
    browser.post(address, {"what": "contact", "how": "offer", "note": "Monday at nine"})
    browser.post(address, {"what": "facts", "pregnant": "on"})
    html = browser.get(address).content.decode()
    for sentence in ("Given: Talk about HIV and TB", "A place was offered", "Monday at nine", "anew: Pregnant"):
        assert sentence in html
    browser.post(address, {"what": "off", "reason": "elsewhere"})
    assert "Nobody waits for a place" in browser.get("/desk/waiting-to-come/").content.decode()
    assert browser.post(address, {"what": "interim", "service": "hiv_tb"}, follow=True).status_code == 200


def test_a_hand_on_is_written_and_confirmed_on_its_page(by, rosa):
    browser, address = at_desk(by), f"/desk/waiting-to-come/{rosa.public_id}/handed-on/"
    form = {"place": "Casa Norte", "way": "together", "on": "2026-11-25"}
    assert "Write who was spoken to there." in browser.post(address, form).content.decode()
    assert browser.post(address, form | {"spoke_with": "Ines"}).status_code == 302
    row = HandOn.objects.get()
    assert "Casa Norte" in browser.get("/desk/waiting-to-come/").content.decode()
    sent = {"hand_on": row.public_id, "found": "arrived", "on": "2026-11-25"}
    assert browser.post(address, sent | {"on": "2027-01-01"}).status_code == 200
    assert browser.post(address, sent).status_code == 302
    assert "They got there" in browser.get(address).content.decode()


def test_whoever_is_kept_out_is_shown_nobody(by, rosa):
    actions.put_on(by=by, inquiry=rosa)
    with writing("test"):
        Account.objects.filter(pk=by.account_id).update(kept_out=[f"inquiry:{rosa.pk}"])
    browser = at_desk(by)
    assert "Rosa" not in browser.get("/desk/waiting-to-come/").content.decode()
    assert browser.get(f"/desk/waiting-to-come/{rosa.public_id}/").status_code == 404


def test_whoever_is_kept_out_of_a_record_is_not_shown_who_asks_to_come_back(by):
    """Closed before they asked again: the list knows them by their question."""
    client, account = ClientFactory(chosen_name="Rosa Luna"), Account.objects.get(pk=by.account_id)
    keep_out(by=actor("program_administrator"), client=client, account=account)
    other = actor("intake_coordinator")
    again = come_back(by=other, client=client)
    actions.put_on(by=other, inquiry=again)
    actions.hand_on(by=other, inquiry=again, place="Casa Norte", way="number", on=TODAY)
    assert "Rosa" not in at_desk(by).get("/desk/waiting-to-come/").content.decode()
    assert "Rosa" in at_desk(other).get("/desk/waiting-to-come/").content.decode()
    account.refresh_from_db()
    assert account.kept_out == [f"client:{client.pk}", f"inquiry:{again.pk}"]


def test_a_death_takes_them_off_the_list_and_may_be_said_there_too_once(by):
    again = come_back(by=by, client=ClientFactory(chosen_name="Rosa Luna"))
    actions.put_on(by=by, inquiry=again)
    client = Client.objects.get()
    set_standing(
        by=by, client=client, deceased=True, minor_consented_alone=False, guardian_appointed=False, restricted=()
    )  # fmt: skip
    assert names() == []
    page = at_desk(by).get(f"/desk/waiting-to-come/{again.public_id}/").content.decode()
    assert "They have died, as far as we know." in page
    assert "Put them on the list" not in page
    with pytest.raises(Refused, match="have died"):
        actions.put_on(by=by, inquiry=again)
    with pytest.raises(Refused, match="do not wait any more"):
        actions.take_off(by=by, inquiry=again, reason="elsewhere")
    assert actions.take_off(by=by, inquiry=again, reason="died").what == "died"
    with pytest.raises(Refused, match="do not wait any more"):
        actions.take_off(by=by, inquiry=again, reason="died")


@pytest.mark.parametrize("role", ["intake_coordinator", "therapist"])
def test_a_death_heard_of_on_the_list_ends_the_inquiry_of_somebody_without_a_record(rosa, role):
    by = actor(role)
    actions.put_on(by=by, inquiry=rosa)
    actions.hand_on(by=by, inquiry=rosa, place="Casa Norte", way="number", on=TODAY)
    assert board(now=NOW, tab="to_call").counts["to_call"] == 1
    actions.take_off(by=by, inquiry=rosa, reason="died")
    assert board(now=NOW, tab="to_call").counts["to_call"] == 0
    assert queries.hand_ons() == []
    rosa.refresh_from_db()
    assert (rosa.status, rosa.close_reason) == ("closed", "died")


def test_nobody_asks_after_somebody_who_went_elsewhere_and_died(by, rosa):
    actions.put_on(by=by, inquiry=rosa)
    inquiries.refer_elsewhere(by=by, inquiry=rosa, place="Casa Norte")
    actions.take_off(by=by, inquiry=rosa, reason="died")
    assert queries.nobody_said_how() == []
    inquiries.reopen(by=actor("intake_coordinator"), inquiry=rosa)
    assert board(now=NOW, tab="to_call").counts["to_call"] == 1


def test_the_inquiry_that_theirs_was_joined_to_ends_with_a_death_too(by, rosa):
    other = asked(NOW - HOUR, name="Rosa Luna")
    actions.put_on(by=by, inquiry=rosa)
    inquiries.mark_duplicate(by=by, inquiry=rosa, same_as=other)
    actions.take_off(by=by, inquiry=rosa, reason="died")
    assert board(now=NOW, tab="to_call").counts["to_call"] == 0
    late = asked(NOW, name="Rosa Luna")
    with pytest.raises(Refused, match="died"):
        inquiries.mark_duplicate(by=by, inquiry=late, same_as=other)


def test_those_that_were_joined_to_theirs_end_with_a_death_too(by, rosa):
    other = asked(NOW - HOUR, name="Rosa Luna")
    actions.hand_on(by=by, inquiry=other, place="Casa Norte", way="number", on=TODAY)
    inquiries.mark_duplicate(by=by, inquiry=other, same_as=rosa)
    actions.put_on(by=by, inquiry=rosa)
    actions.take_off(by=by, inquiry=rosa, reason="died")
    assert queries.hand_ons() == []


def test_what_the_history_says_is_offered_with_its_source_to_whoever_may_read_it(by):
    client = ClientFactory(chosen_name="Rosa Luna")
    again = come_back(by=by, client=client)
    actions.put_on(by=by, inquiry=again)
    writer = actor("clinical_director")
    history.answer(by=writer, client=client, said={"pregnant": Said("answered", "maybe")}, who="person")
    used = Use(pattern="daily", route="injected")
    history.record_use(by=writer, client=client, substance="opioid", who="person", use=used)
    address = f"/desk/waiting-to-come/{again.public_id}/"
    page = at_desk(writer).get(address).content.decode()
    assert "It could be" in page
    assert "Injected" in page
    assert "Their history says more" not in at_desk(actor("therapist")).get(address).content.decode()
    actions.say_facts(by=writer, inquiry=again, pregnant=True, injects=True)
    assert "Their history says more" not in at_desk(writer).get(address).content.decode()
