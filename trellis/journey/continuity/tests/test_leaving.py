"""A stay ends with a discharge; its summary is signed; somebody goes on to another place."""

from datetime import date, timedelta

import pytest
from django.test import Client as Browser
from django.urls import reverse

from tests.support.live import sign_in
from trellis.foundation import clock
from trellis.foundation.access.permissions import NotPermitted, Refused
from trellis.foundation.program.tests.factories import load_pomona
from trellis.foundation.record import crypto
from trellis.journey.continuity.leaving import actions, draft, letters, presenters, queries, rules
from trellis.journey.continuity.models import Discharge, DischargeSummary
from trellis.journey.continuity.tests.left import WORDS, ended, licensed, next_place, signed
from trellis.journey.schedule.tests.factories import AttendanceFactory, SessionFactory
from trellis.people.accounts.models import Account
from trellis.people.clients.models import Episode
from trellis.people.clients.tests.factories import (
    SINCE,
    CareAssignmentFactory,
    ClientFactory,
    StaffMemberFactory,
    actor,
    actor_of,
)
from trellis.people.consent.actions.gate import Wanted, disclose
from trellis.people.consent.letters import writer
from trellis.people.consent.rules.case import Recipient
from trellis.people.consent.rules.words import Information, Purpose, Who
from trellis.people.consent.tests.factories import for_care
from trellis.people.consent.tests.factories import signed as consented
from trellis.people.consent.tests.reading import pages, read_pdf
from trellis.people.rights.tests.pages import text

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)
NOW = SINCE.replace(month=11, day=20)


@pytest.fixture
def marisol(clock_at):
    clock_at(NOW)
    load_pomona()
    return ClientFactory(chosen_name="Marisol Ruiz", in_program=True, with_account=True)


@pytest.fixture
def stay(marisol):
    return marisol.episodes.get()


@pytest.fixture
def director():
    return licensed("clinical_director")


def desk(by):
    return sign_in(Browser(), Account.objects.get(pk=by.account_id))


def discharge(by, stay, **said):
    given = {"closed_on": TODAY, "reason": "chose_to_stop", "kind": "against_advice"}
    return actions.discharge(by=by, episode=stay, **(given | said))


# --- the end of a stay ------------------------------------------------------------------------------------------------


def test_the_stay_and_its_discharge_are_one_act(director, stay):
    row = discharge(director, stay, given=["way_back", "naloxone"], helped=" The evening group ")
    stay.refresh_from_db()
    assert (stay.status, stay.close_reason) == ("closed", "chose_to_stop")
    assert (row.kind, row.given) == ("against_advice", ["naloxone", "way_back"])
    assert queries.words(row.helped_sealed) == "The evening group"
    assert row.summary_due == TODAY + timedelta(days=14)


def test_what_does_not_fit_closes_nothing(director, stay):
    with pytest.raises(Refused, match="do not fit"):
        discharge(director, stay, reason="completed")
    assert not Discharge.objects.exists()
    assert Episode.objects.get().status == "open"


def test_a_day_that_cannot_be_leaves_no_discharge(director, stay):
    with pytest.raises(Refused, match="today or an earlier day"):
        discharge(director, stay, closed_on=TODAY + timedelta(days=1))
    assert not Discharge.objects.exists()


def test_a_death_asks_nobody_for_anything(director, stay):
    row = discharge(director, stay, reason="died", kind="", condition="typed before", given=["naloxone"])
    assert (row.summary_due, row.condition_sealed, row.given) == (None, "", [])
    assert queries.unsigned_for(director) == []
    page = desk(director).get(reverse("leaving:discharge", args=[stay.client.public_id]))
    assert "Died" in text(page)
    assert reverse("leaving:sheet", args=[stay.client.public_id]) not in page.content.decode()
    assert reverse("aftercare:contact", args=[stay.client.public_id]) not in page.content.decode()


def test_a_counselor_ends_no_stay(stay):
    counselor = StaffMemberFactory(account__roles=["counselor"])
    CareAssignmentFactory(episode=stay, staff_member=counselor)
    with pytest.raises(NotPermitted):
        discharge(actor_of(counselor.account), stay)


def test_the_page_closes_the_stay_and_leads_to_the_summary(director, marisol, stay):
    browser, address = desk(director), reverse("admission:finish", args=[marisol.public_id])
    wrong = browser.post(address, {"closed_on": "2026-11-20", "reason": "chose_to_stop", "helped": "The group"})
    assert "Say whether the end was planned." in text(wrong)
    assert "The group" in wrong.content.decode()
    sent = {"closed_on": "2026-11-20", "reason": "chose_to_stop", "kind": "against_advice", "given": ["naloxone"]}
    page = text(browser.post(address, sent, follow=True))
    assert "The summary is due on" in page
    assert "Naloxone, and how to use it" in page


# --- the summary ------------------------------------------------------------------------------------------------------


def test_the_draft_says_what_the_record_knows(director, marisol, stay):
    session = SessionFactory(starts_at=NOW - timedelta(days=3), ends_at=NOW - timedelta(days=3, hours=-1))
    AttendanceFactory(session=session, client=marisol)
    next_place(marisol, telephone="(909) 555-0171")
    row = discharge(director, stay, condition="Sleeps well", referrals="A meeting on Tuesdays")
    found = draft.drafted(marisol, row)
    assert "From Oct. 5, 2026 to Nov. 20, 2026." in found["stay"]
    assert "1 session" in found["stay"]
    assert "Chose to stop" in found["stay"]
    assert found["condition"] == "Sleeps well"
    assert found["referrals"] == "A meeting on Tuesdays\nValley Outpatient, (909) 555-0171. No appointment yet."


def test_a_signed_summary_keeps_its_words_and_an_amendment_stands_beside(director, marisol):
    row = ended(marisol)
    assert [one.pk for one in queries.unsigned_for(director)] == [row.pk]
    assert queries.waiting_for(director, TODAY).summaries_late == 1
    first = actions.sign_summary(by=director, row=row, words=WORDS, language="en")
    assert queries.waiting_for(director, TODAY).summaries_late == 0
    with pytest.raises(Refused, match="Somebody else signed meanwhile"):
        actions.sign_summary(by=director, row=row, words=WORDS, language="en")
    with pytest.raises(Refused, match="why the summary changes"):
        actions.sign_summary(by=director, row=row, words=WORDS, language="en", seen=first.public_id)
    second = actions.sign_summary(
        by=director, row=row, words=WORDS | {"helped": "Walking"}, language="en", why="One thing was missing",
        seen=first.public_id,
    )  # fmt: skip
    assert queries.newest_summary(marisol) == second
    assert first.words_sha256 != second.words_sha256
    assert DischargeSummary.objects.get(pk=first.pk).words_sha256 == first.words_sha256


def test_the_summary_of_an_earlier_stay_does_not_stand_for_the_last_one(marisol):
    signed(ended(marisol))
    assert queries.newest_summary(marisol) is not None
    ended(marisol)
    assert queries.newest_summary(marisol) is None


def test_without_a_license_nobody_signs_whatever_their_role(marisol):
    row, by = ended(marisol), actor("clinical_director")
    with pytest.raises(Refused):
        actions.sign_summary(by=by, row=row, words=WORDS, language="en")
    assert not row.summaries.exists()


def test_a_summary_without_how_they_are_is_not_signed(director, marisol):
    with pytest.raises(Refused, match="How they are at the end: write"):
        actions.sign_summary(by=director, row=ended(marisol), words={"stay": "x"}, language="en")


def test_the_team_that_they_had_signs_and_others_find_nothing(marisol, stay):
    therapist, other = (
        StaffMemberFactory(account__roles=["therapist"], credential="LMFT", licensed=True) for _ in "ab"
    )
    CareAssignmentFactory(episode=stay, staff_member=therapist)
    by = actor_of(therapist.account)
    row = discharge(by, stay)
    browser, address = desk(by), reverse("leaving:discharge", args=[marisol.public_id])
    assert "Drafted from the record" in text(browser.get(address))
    page = text(browser.post(address, WORDS | {"seen": ""}, follow=True))
    assert f"Signed by {therapist.chosen_name}, LMFT on" in page
    assert desk(actor_of(other.account)).get(address).status_code == 404
    assert [one.pk for one in queries.unsigned_for(actor_of(other.account))] == []
    assert row.summaries.get().signer == therapist.chosen_name


def test_the_pdf_holds_the_words_with_the_person_and_the_day_on_each_page(director, marisol):
    one = signed(ended(marisol), care="\n".join(f"Goal {n}: walk every day before work." for n in range(60)))
    answer = desk(director).get(reverse("leaving:summary", args=[marisol.public_id, one.public_id]))
    assert "attachment" in answer["Content-Disposition"]
    found = [page.extract_text() for page in pages(answer.content)]
    assert len(found) > 1
    assert all("Marisol Ruiz · Nov. 20, 2026" in page for page in found)
    assert f"{len(found)} / {len(found)}" in found[-1]
    assert "Signed by Rosa Vega, LMFT" in read_pdf(answer)
    assert b"/StructTreeRoot" in answer.content


def test_a_client_takes_their_own_summary_and_nobody_elses(marisol):
    one, other = signed(ended(marisol)), signed(ended(ClientFactory()))
    phone = sign_in(Browser(), marisol.account)
    page = phone.get(reverse("my:leaving"))
    assert "The door stays open" in text(page)
    assert reverse("my:summary", args=[one.public_id]) in page.content.decode()
    assert phone.get(reverse("my:summary", args=[other.public_id])).status_code == 404
    assert phone.get(reverse("my:summary", args=[one.public_id])).status_code in (200, 302)


def test_a_letter_says_the_summary_as_it_was_signed_and_only_by_consent(director, marisol):
    wanted = Wanted(
        Recipient(Who.ORGANIZATION, "Valley Outpatient", frozenset({"treating_provider"})), Purpose.TREATMENT,
        (Information.DISCHARGE_SUMMARY,),
    )  # fmt: skip
    consented(marisol, for_care())
    make = writer(marisol, wanted, clock.now().tzinfo, director)
    with pytest.raises(Refused, match="Nobody has signed a summary yet"):
        disclose(by=director, client=marisol, wanted=wanted, how="letter", make=make)
    signed(ended(marisol))
    released = disclose(by=director, client=marisol, wanted=wanted, how="letter", make=make)
    assert "Nine weeks of evening groups." in released.content.words
    assert letters.discharge_summary(marisol, director)[-1].startswith("Signed by Rosa Vega, LMFT")


# --- the next place ---------------------------------------------------------------------------------------------------


def test_a_plan_from_the_first_call_until_they_got_there(director, marisol, stay):
    row = next_place(marisol)
    for kind, more in (
        ("called", {"words": "Spoke with Ana"}),
        ("appointment", {"appointment_at": NOW + timedelta(days=5)}),
    ):
        actions.step(by=director, row=row, kind=kind, on=TODAY, **more)
    discharge(director, stay, reason="other_level", kind="planned")
    (plan,) = queries.plans_of(marisol)
    assert (plan.state, plan.linkage(TODAY).days) == ("arranged", 7)
    actions.step(by=director, row=row, kind="arrived", on=TODAY)
    with pytest.raises(Refused, match="This plan is over"):
        actions.step(by=director, row=row, kind="called", on=TODAY)
    (plan,) = queries.plans_of(marisol)
    assert plan.linkage(TODAY).took == 0


@pytest.mark.parametrize(("kind", "more", "why"), [
    ("appointment", {}, "the day and the time"), ("sent", {}, "from the list"),
    ("called", {"on": TODAY + timedelta(days=1)}, "lies ahead"),
])  # fmt: skip
def test_a_step_that_lacks_something_is_refused(director, marisol, kind, more, why):
    with pytest.raises(Refused, match=why):
        actions.step(by=director, row=next_place(marisol), **({"kind": kind, "on": TODAY} | more))


def test_what_was_sent_is_named_and_never_copied(director, marisol):
    row, browser = next_place(marisol), desk(director)
    address = reverse("leaving:plan", args=[row.public_id])
    assert "May they have our papers?" in text(browser.get(address))
    consented(marisol, for_care())
    signed(ended(marisol))
    wanted = Wanted(
        Recipient(Who.ORGANIZATION, "Valley Outpatient", frozenset({"treating_provider"})), Purpose.TREATMENT,
        (Information.DISCHARGE_SUMMARY,),
    )  # fmt: skip
    made = writer(marisol, wanted, clock.now().tzinfo, director)
    went = disclose(by=director, client=marisol, wanted=wanted, how="letter", make=made).disclosure
    sent = {"kind": "sent", "on": "2026-11-20", "disclosure": went.public_id}
    page = text(browser.post(address, sent, follow=True))
    assert "Papers sent, Nov. 20, 2026" in page
    other = ClientFactory(in_program=True)
    with pytest.raises(Refused, match="from the list"):
        actions.step(by=director, row=next_place(other), kind="sent", on=TODAY, disclosure=went)


def test_the_sheet_names_nobody_and_says_the_way_back(director, marisol):
    page = desk(director).get(reverse("leaving:sheet", args=[marisol.public_id]))
    assert "The door stays open" in text(page)
    assert "988" in text(page)
    assert "Marisol" not in text(page)


@pytest.mark.parametrize(("days", "said"), [
    (-2, "Seen there before the last day here."), (0, "Seen there on the last day here."),
    (1, "Seen there 1 day after the last day here."), (3, "Seen there 3 days after the last day here."),
])  # fmt: skip
def test_how_long_it_took_until_they_were_seen_there(days, said):
    assert presenters.clock_words(rules.linkage(TODAY, "arrived", TODAY + timedelta(days=days), TODAY)) == said


@pytest.mark.parametrize(("ending", "decided"), [
    (None, True), ({}, True), ({"kind": "planned"}, False), ({"reason": "completed", "kind": "planned"}, False),
])  # fmt: skip
def test_the_sheet_says_that_they_decided_to_go_only_where_they_did(director, stay, ending, decided):
    ended(stay.client)  # an earlier one, as planned
    if ending is not None:
        discharge(director, stay, **ending)
    address = reverse("leaving:sheet", args=[stay.client.public_id])
    page = text(desk(director).get(address))
    assert ("You decided to go." in page) == decided
    assert ("Your stay here has come to its end." in page) != decided
    if ending is not None:
        linked = desk(director).get(reverse("leaving:discharge", args=[stay.client.public_id])).content.decode()
        assert address in linked
        assert reverse("aftercare:contact", args=[stay.client.public_id]) in linked


def test_thirty_plans_cost_as_many_statements_as_one(marisol, statements):
    next_place(marisol)
    with statements() as one:
        queries.plans_of(marisol)
    for _ in range(29):
        next_place(marisol)
    with statements() as many:
        assert len(queries.plans_of(marisol)) == 30
    assert len(one) == len(many) == 2


def test_what_somebody_typed_is_sealed(director, marisol):
    row = next_place(marisol, note="Afraid of the bus")
    assert "Afraid of" not in row.note_sealed
    assert crypto.unseal(row.note_sealed) == "Afraid of the bus"
