"""Withdrawal rises for days: what calls for a scale is never wiped out by chance, and a high total says what to do."""

import re
from datetime import date, timedelta

import pytest
from django.test import Client as Browser

from tests.support.live import sign_in
from trellis.foundation import clock
from trellis.foundation.program.tests.factories import load_pomona
from trellis.foundation.record.guard import writing
from trellis.journey.admission.history import actions, queries
from trellis.journey.admission.history.rules import ANSWERED, Said, Use
from trellis.journey.admission.models import SubstanceEntry
from trellis.journey.admission.tests.factories import NOW
from trellis.journey.inquiry.actions.returning import come_back
from trellis.journey.measures.models import Administration, Outcome
from trellis.people.accounts.models import Account
from trellis.people.clients.tests.factories import (
    CareAssignmentFactory,
    ClientFactory,
    StaffMemberFactory,
    actor,
    actor_of,
)
from trellis.people.consent.actions.consents import set_standing

YESTERDAY = date(2026, 11, 24)
DAILY = Use("daily", 17, YESTERDAY, "mouth")
ASKED = "Last use of alcohol: Nov. 24, 2026. Ask the CIWA-Ar now."
CALL = "Call the medical director now"


@pytest.fixture
def marisol(db, clock_at):
    clock_at(NOW)
    load_pomona()
    return ClientFactory(chosen_name="Marisol Ruiz", in_program=True, with_account=True)


@pytest.fixture
def therapist(marisol):
    return on_team(marisol, "therapist")


@pytest.fixture
def phone(marisol):
    return sign_in(Browser(), marisol.account)


def on_team(client, role):
    member = StaffMemberFactory(account__roles=[role])
    CareAssignmentFactory(episode=client.episodes.get(), staff_member=member)
    return actor_of(member.account)


def desk(by):
    return sign_in(Browser(), Account.objects.get(pk=by.account_id))


def text(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def seen(response):
    return re.search(r'name="seen" (?:value="(\w+)" )?', response.content.decode()).group(1) or ""


def tell(by, client, use, who="person", **more):
    return actions.record_use(by=by, client=client, substance="alcohol", who=who, use=use, **more)


def scored(client, total, instrument="ciwa-ar"):
    with writing("test"):
        form = Administration.objects.create(
            client=client, instrument=instrument, version="1", language="en", way="aloud", occasion="asked",
            on=clock.now().date(), at=clock.now(), by="account:1",
        )  # fmt: skip
        Outcome.objects.create(
            administration=form, status="complete", total=total, severity="", at=clock.now(), by="account:1"
        )
    return form


def page(client, rest=""):
    return f"/desk/clients/{client.public_id}/{rest}"


def test_a_low_total_of_yesterday_is_asked_again_and_stands_beside_with_its_day(marisol, therapist, clock_at):
    tell(therapist, marisol, DAILY)
    scored(marisol, 4)
    history = page(marisol, "history/")
    assert "CIWA-Ar 4 on Nov. 25, 2026: below our line of 10." in text(desk(therapist).get(history))
    clock_at(NOW + timedelta(days=1))
    tomorrow = text(desk(therapist).get(history))
    assert "below our line" not in tomorrow
    assert ASKED in tomorrow
    assert "CIWA-Ar 4 on Nov. 25, 2026" in tomorrow


@pytest.mark.parametrize("sent", [{"pattern": "never"}, {"pattern": "some_weeks", "last_on": ""}])
def test_what_they_type_on_their_phone_takes_no_last_use_back_that_a_clinician_heard(marisol, therapist, phone, sent):
    tell(therapist, marisol, DAILY)
    address = "/my/story/substances/alcohol/"
    assert phone.post(address, {**sent, "seen": seen(phone.get(address))}).status_code == 302
    assert SubstanceEntry.objects.count() == 2
    assert ASKED in text(desk(therapist).get(page(marisol, "history/withdrawal/")))


def test_every_day_without_a_last_day_asks_for_the_scale(marisol, therapist):
    tell(therapist, marisol, Use("daily", 17))
    assert "Told on Nov. 25, 2026: alcohol every day. Ask the CIWA-Ar now." in text(
        desk(therapist).get(page(marisol, "history/"))
    )


def test_whoever_has_not_seen_the_newest_looks_first_and_loses_nothing(marisol, therapist):
    browser, address = desk(therapist), page(marisol, "history/substances/alcohol/")
    before = seen(browser.get(address))
    tell(on_team(marisol, "counselor"), marisol, DAILY)
    sent = {"pattern": "some_weeks", "help_before": "A group", "who": "person", "seen": before}
    held = browser.post(address, sent)
    assert "Something else was written down about this meanwhile" in text(held)
    assert "A group" in text(held)
    assert "Every day, or nearly; first at 17; last on Nov. 24, 2026" in text(held)
    assert SubstanceEntry.objects.count() == 1
    for _ in range(2):  # tapped twice it is once
        assert browser.post(address, {**sent, "seen": seen(held)}).status_code == 302
    assert SubstanceEntry.objects.count() == 2
    assert queries.uses(queries.substances(marisol))["alcohol"].help_before == "A group"


def test_not_today_takes_nothing_back_that_somebody_else_wrote_meanwhile(marisol, therapist):
    tell(therapist, marisol, Use("some_weeks", 17, date(2026, 11, 1)))
    browser, address = desk(therapist), page(marisol, "history/substances/alcohol/")
    before = seen(browser.get(address))
    tell(on_team(marisol, "counselor"), marisol, Use("some_weeks", 17, YESTERDAY))
    sent = {"pattern": "some_weeks", "first_age": "17", "last_on": "2026-11-01", "later": "on", "who": "person"}
    assert browser.post(address, {**sent, "seen": before}).status_code == 302
    assert SubstanceEntry.objects.latest("id").state == "not_today"
    assert queries.uses(queries.substances(marisol))["alcohol"].last_on == YESTERDAY


def test_of_every_day_the_last_one_is_asked_anew(marisol, therapist):
    address = page(marisol, "history/substances/alcohol/")
    for use, stands in ((DAILY, False), (Use("some_weeks", 17, YESTERDAY), True)):
        tell(therapist, marisol, use)
        assert ('value="2026-11-24"' in desk(therapist).get(address).content.decode()) is stands


def test_whoever_reads_no_totals_is_not_told_that_nobody_asked(marisol, therapist):
    intake = actor_of(StaffMemberFactory(account__roles=["intake_coordinator"]).account)
    come_back(by=intake, client=marisol)
    tell(therapist, marisol, DAILY)
    assert ASKED in text(desk(therapist).get(page(marisol)))
    assert "Ask the CIWA-Ar now" not in text(desk(intake).get(page(marisol)))


def test_on_the_phone_it_is_held_up_only_by_what_they_said(marisol, therapist, phone):
    address = "/my/story/substances/alcohol/"
    before = seen(phone.get(address))
    tell(therapist, marisol, DAILY, who="family")
    assert phone.post(address, {"pattern": "some_weeks", "seen": before}).status_code == 302
    held = phone.post(address, {"pattern": "some_months", "seen": before})
    assert "Something else was written down about this meanwhile" in text(held)
    assert "Said before" in text(held)
    assert "Every day" not in text(held).split("Said before")[1]
    assert phone.post(address, {"pattern": "some_months", "seen": seen(held)}).status_code == 302


def test_not_today_with_more_beside_it_loses_nothing(marisol, therapist):
    address = page(marisol, "history/substances/alcohol/")
    held = desk(therapist).post(address, {"later": "on", "last_on": "2026-11-24", "who": "person", "seen": ""})
    assert "You wrote more about it. Say how often, too" in text(held)
    assert 'value="2026-11-24"' in held.content.decode()
    assert not SubstanceEntry.objects.exists()
    assert desk(therapist).post(address, {"later": "on", "who": "person", "seen": ""}).status_code == 302


class TestATotalAboveTheLine:
    def test_the_page_after_scoring_says_what_to_do_and_an_older_form_does_not(self, marisol, therapist):
        high = scored(marisol, 12)
        given = f"/desk/measures/{high.public_id}/"
        shown = text(desk(therapist).get(given))
        assert "CIWA-Ar 12 on Nov. 25, 2026: this is above our line of 10." in shown
        assert CALL in shown
        set_standing(
            by=actor("clinical_director"), client=marisol, deceased=True, minor_consented_alone=False,
            guardian_appointed=False, restricted=(),
        )  # fmt: skip
        assert CALL not in text(desk(therapist).get(given))
        set_standing(
            by=actor("clinical_director"), client=marisol, deceased=False, minor_consented_alone=False,
            guardian_appointed=False, restricted=(),
        )  # fmt: skip
        low = scored(marisol, 4)
        assert CALL not in text(desk(therapist).get(given))
        assert "below our line of 10" in text(desk(therapist).get(f"/desk/measures/{low.public_id}/"))
        mood = scored(marisol, 20, "phq-9")
        assert "our line" not in text(desk(therapist).get(f"/desk/measures/{mood.public_id}/"))

    def test_whoever_scores_it_reads_it_next_and_whoever_only_answers_for_an_alert_reads_what_to_do(
        self, marisol, therapist
    ):
        said = {"thoughts_of_death": Said(ANSWERED, "yes")}
        actions.answer(by=therapist, client=marisol, said=said, who="person")
        on_duty = actor_of(StaffMemberFactory(account__roles=["therapist"]).account)
        for by, reads_total in ((therapist, True), (on_duty, False)):
            browser = desk(by)
            sent = {"instrument": "ciwa-ar", "way": "aloud", "language": "en", "occasion": ""}
            fill = browser.post(page(marisol, "questions/"), sent).url
            shown = text(browser.post(fill, {f"ciwa.{n}": "2" for n in range(1, 11)}, follow=True))
            assert CALL in shown
            assert ("CIWA-Ar 20" in shown) is reads_total

    def test_the_page_of_the_client_says_it_until_nothing_is_to_be_done(self, marisol, therapist):
        assert "Withdrawal now" not in text(desk(therapist).get(page(marisol)))
        scored(marisol, 12)
        shown = text(desk(therapist).get(page(marisol)))
        assert "Withdrawal now" in shown
        assert CALL in shown
        scored(marisol, 4)
        assert "Withdrawal now" not in text(desk(therapist).get(page(marisol)))

    @pytest.mark.parametrize("number", [1, 30])
    def test_the_page_of_the_client_reads_many_tellings_in_one_statement(self, marisol, therapist, statements, number):
        for _ in range(number):
            tell(therapist, marisol, Use("never"))
        browser = desk(therapist)
        browser.get(page(marisol))
        with statements() as seen_:
            browser.get(page(marisol))
        told = [one for one in seen_ if "admission_substanceentry" in one and "SELECT" in one]
        assert len(told) == 1
