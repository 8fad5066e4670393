"""Letters: asked for, due by a day, written from the minutes, by consent alone."""

from datetime import date, timedelta

import pytest
from django.test import Client as Browser
from django.urls import reverse

from tests.support.live import sign_in
from trellis.foundation.access.permissions import NotPermitted, Refused
from trellis.foundation.audit import trail
from trellis.foundation.program.tests.factories import load_pomona
from trellis.journey.continuity.leaving import actions, queries
from trellis.journey.continuity.models import LetterAnswer
from trellis.journey.continuity.tests.left import asked_for, licensed
from trellis.journey.schedule.tests.factories import AttendanceFactory, SessionFactory
from trellis.people.accounts.models import Account
from trellis.people.clients.kept_out.actions import keep_out
from trellis.people.clients.tests.factories import (
    SINCE,
    CareAssignmentFactory,
    ClientFactory,
    StaffMemberFactory,
    actor,
    actor_of,
)
from trellis.people.consent.actions.gate import Withheld
from trellis.people.consent.models import Disclosure
from trellis.people.consent.paper import NOTICE
from trellis.people.consent.rules.case import Recipient
from trellis.people.consent.rules.words import Information, Purpose, Who
from trellis.people.consent.tests.factories import signed, terms
from trellis.people.consent.tests.reading import read_pdf
from trellis.people.rights.tests.pages import text

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)
NOW = SINCE.replace(month=11, day=20)


@pytest.fixture
def marisol(clock_at):
    clock_at(NOW)
    load_pomona()
    return ClientFactory(chosen_name="Marisol Ruiz", in_program=True)


@pytest.fixture
def director():
    return licensed("clinical_director")


def desk(by):
    return sign_in(Browser(), Account.objects.get(pk=by.account_id))


def consent(client, *information):
    return signed(client, terms(
        recipients=(Recipient(Who.ORGANIZATION, "Citrus Foods"),), purposes=(Purpose.EMPLOYMENT,),
        information=information or (Information.PRESENCE, Information.ATTENDANCE),
    ))  # fmt: skip


def sat(client, days):
    """An hour, so many days ago."""
    session = SessionFactory(starts_at=NOW - timedelta(days=days), ends_at=NOW - timedelta(days=days, hours=-1))
    AttendanceFactory(session=session, client=client)


def test_without_consent_there_is_no_letter_and_the_page_offers_to_ask(director, marisol):
    row = asked_for(marisol)
    with pytest.raises(Withheld):
        actions.send_letter(by=director, row=row)
    assert not LetterAnswer.objects.exists()
    assert not Disclosure.objects.exists()
    assert "disclosure.refuse" in {event.verb for event in trail.about(f"client:{marisol.pk}")}
    page = desk(director).get(reverse("leaving:letter", args=[row.public_id]))
    assert "There is no letter without the client’s consent" in text(page)
    assert reverse("consent:sign", args=[marisol.public_id, "specific"]) in page.content.decode()


def test_a_consent_to_presence_alone_writes_no_letter_about_days(director, marisol):
    consent(marisol, Information.PRESENCE)
    with pytest.raises(Refused, match="does not cover days and hours"):
        actions.send_letter(by=director, row=asked_for(marisol))
    assert not Disclosure.objects.exists()


def test_a_letter_counts_the_sessions_of_its_period_and_is_signed(director, marisol):
    for days in (3, 10, 40):
        sat(marisol, days)
    consent(marisol)
    row = asked_for(marisol, since=TODAY - timedelta(days=14), until=TODAY)
    browser = desk(director)
    page = text(browser.post(reverse("leaving:sign_letter", args=[row.public_id]), follow=True))
    assert "Written and signed" in page
    went = Disclosure.objects.get()
    assert set(went.information) == {"presence", "attendance"}
    letter = read_pdf(browser.get(reverse("consent:letter", args=[marisol.public_id, went.public_id])))
    assert "Came to 2 sessions" in letter
    assert "Nov. 10, 2026" in letter
    assert "Oct. 11, 2026" not in letter
    assert " ".join(NOTICE.split())[:30] in letter
    assert Account.objects.get(pk=director.account_id).chosen_name in letter
    with pytest.raises(Refused, match="answered already"):
        actions.send_letter(by=director, row=row)


def test_letters_about_leave_and_disability_are_for_whoever_prescribes(director, marisol):
    consent(marisol)
    row = asked_for(marisol, kind="leave")
    with pytest.raises(Refused):
        actions.send_letter(by=director, row=row)
    assert actions.send_letter(by=licensed("medical_director", "physician"), row=row).how == "sent"


def test_no_letter_says_why_and_leaves_the_list(director, marisol):
    row = asked_for(marisol)
    with pytest.raises(Refused, match="Write why"):
        actions.close_letter(by=director, row=row, how="refused", why=" ")
    answer = desk(director).post(
        reverse("leaving:close_letter", args=[row.public_id]), {"how": "withdrawn", "why": "They found other work"},
        follow=True,
    )  # fmt: skip
    assert "They found other work" in text(answer)
    assert queries.waiting_letters(director) == []


def test_what_is_due_first_stands_first_and_nobody_sees_whom_they_are_kept_from(director, marisol):
    late, soon = asked_for(marisol, due_on=TODAY - timedelta(days=1)), asked_for(marisol, due_on=TODAY)
    other = asked_for(ClientFactory(chosen_name="Ines Ortega", in_program=True), due_on=TODAY - timedelta(days=3))
    assert [row.pk for row in queries.waiting_letters(director)] == [other.pk, late.pk, soon.pk]
    waiting = queries.waiting_for(director, TODAY)
    assert (waiting.letters_late, waiting.letters_today) == (2, 1)
    keep_out(
        by=actor("program_administrator"), client=other.client, account=Account.objects.get(pk=director.account_id)
    )
    kept = actor_of(Account.objects.get(pk=director.account_id))
    page = text(desk(kept).get(reverse("leaving:letters")))
    assert "Marisol Ruiz" in page
    assert "Ines Ortega" not in page


def test_a_counselor_sees_letters_of_their_own_caseload(marisol):
    counselor = StaffMemberFactory(account__roles=["counselor"])
    CareAssignmentFactory(episode=marisol.episodes.get(), staff_member=counselor)
    mine = asked_for(marisol)
    asked_for(ClientFactory(in_program=True))
    assert [row.pk for row in queries.waiting_letters(actor_of(counselor.account))] == [mine.pk]


def test_the_front_desk_sees_that_there_is_no_letter_and_not_why(director, marisol):
    actions.close_letter(by=director, row=asked_for(marisol), how="refused", why="She used on Monday")
    address = reverse("leaving:ask_letter", args=[marisol.public_id])
    page = text(desk(actor("front_desk")).get(address))
    assert "No letter" in page
    assert "She used" not in page
    assert "She used" in text(desk(director).get(address))


def test_the_front_desk_writes_it_down_and_reads_no_letter(marisol):
    browser = desk(actor("front_desk"))
    address = reverse("leaving:ask_letter", args=[marisol.public_id])
    sent = {
        "audience": "probation", "kind": "attendance", "recipient": "Officer Lee", "recipient_kind": "person",
        "since": "2026-10-01", "until": "2026-11-20", "asked_by": "The client", "due_on": "2026-11-25",
    }  # fmt: skip
    wrong = browser.post(address, sent | {"until": "2026-12-24"})
    assert "Choose today or an earlier day as its last." in text(wrong)
    answer = browser.post(address, sent, follow=True)
    assert "Written down. It stands on the list" in text(answer)
    row = marisol.letter_requests.get()
    assert browser.get(reverse("leaving:letter", args=[row.public_id])).status_code == 403
    with pytest.raises(NotPermitted):
        actions.send_letter(by=actor("front_desk"), row=row)


@pytest.mark.parametrize(("since", "until", "why"), [
    (TODAY, TODAY - timedelta(days=1), "before the first"), (TODAY, TODAY + timedelta(days=1), "what has been"),
])  # fmt: skip
def test_a_letter_is_about_days_that_have_been(marisol, since, until, why):
    with pytest.raises(Refused, match=why):
        asked_for(marisol, since=since, until=until)
