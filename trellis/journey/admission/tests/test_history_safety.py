"""Somebody says in their history that they are not safe: it does not wait, as on a form."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
from django.db import connections
from django.test import Client as Browser
from django.utils.translation import override

from tests.support.live import sign_in
from trellis.foundation import clock
from trellis.foundation.messaging import kinds
from trellis.foundation.messaging.models import Message
from trellis.foundation.program.tests.factories import load_pomona
from trellis.journey.admission.history import actions, bank, queries
from trellis.journey.admission.history.rules import ANSWERED, NOT_TODAY, Offer, Said
from trellis.journey.admission.models import HistoryAnswer
from trellis.journey.measures import alert_presenters, alert_queries
from trellis.journey.measures.actions import raising
from trellis.journey.measures.models import AlertStep, SafetyAlert
from trellis.journey.measures.tests.test_duty import ONLY_DAYS, ROTA
from trellis.people.accounts.models import Account
from trellis.people.clients.tests.factories import (
    CareAssignmentFactory,
    ClientFactory,
    StaffMemberFactory,
    actor,
    actor_of,
)

DAY = datetime(2026, 11, 23, 18, tzinfo=UTC)  # Monday, ten in the morning: a clinician is on duty
NIGHT = datetime(2026, 11, 24, 11, tzinfo=UTC)  # three in the morning
SAID = "Wished not to wake up, or thought of ending their life, in the last month."


def thoughts(value="yes"):
    return {"thoughts_of_death": Said(ANSWERED, value)}


@pytest.fixture
def open_on_phone(monkeypatch):
    """As if the data asked it there, too: `phone = false` keeps it for a talk."""
    told = tuple(
        part.model_copy(update={"questions": tuple(q for q in part.questions if q.phone or q.key in thoughts())})
        for part in bank.sections()
        if part.phone
    )
    for module in ("journey.admission.history.actions", "doors.client_portal.pages.story"):
        monkeypatch.setattr(f"trellis.{module}.on_phone", lambda: told)


@pytest.fixture
def program(db, clock_at):
    clock_at(DAY)
    load_pomona()


@pytest.fixture
def marisol(program):
    return ClientFactory(chosen_name="Marisol Ruiz", in_program=True, with_account=True)


def on_team(client, role):
    member = StaffMemberFactory(account__roles=[role])
    CareAssignmentFactory(episode=client.episodes.get(), staff_member=member)
    return actor_of(member.account)


@pytest.fixture
def therapist(marisol):
    return on_team(marisol, "therapist")


@pytest.fixture
def counselor(marisol):
    return on_team(marisol, "counselor")


@pytest.fixture
def intake(program):
    return actor("intake_coordinator")


def answer(by, client, said=None, who="person"):
    return actions.answer(by=by, client=client, said=said or thoughts(), who=who)


def desk(by):
    return sign_in(Browser(), Account.objects.get(pk=by.account_id))


def test_it_raises_one_alert_in_the_same_act_first_in_the_outbox(marisol, therapist, counselor):
    alert = answer(counselor, marisol).alert
    assert SafetyAlert.objects.get() == alert
    assert (alert.source, alert.administration, alert.flags) == ("history", None, ["thoughts_of_death"])
    assert Message.objects.get(kind=raising.MAIL_KIND).about == f"account:{therapist.account_id}"
    assert kinds.kind_of(raising.MAIL_KIND).urgent


@pytest.mark.parametrize(
    "said",
    [
        thoughts("no"), {"thoughts_of_death": Said(NOT_TODAY)}, {"safe_now": Said(ANSWERED, "safe")},
        {"overdoses": Said(ANSWERED, "3"), "seizures": Said(ANSWERED, "yes"), "saw_things": Said(ANSWERED, "yes")},
    ],
)  # fmt: skip
def test_no_and_not_today_and_what_was_long_ago_raise_none(marisol, counselor, said):
    assert answer(counselor, marisol, said).alert is None
    assert not SafetyAlert.objects.exists()


def test_the_same_again_raises_none_and_another_speaker_or_a_later_month_does(marisol, counselor, clock_at):
    assert [bool(answer(counselor, marisol).alert) for _ in range(2)] == [True, False]
    assert answer(counselor, marisol, who="family").alert
    assert answer(counselor, marisol).alert is None  # as they said already
    clock_at(DAY + timedelta(days=31))
    again = answer(counselor, marisol, {**thoughts(), "safe_now": Said(ANSWERED, "not_always")}).alert
    assert again.flags == ["thoughts_of_death", "not_always_safe_at_home"]
    assert SafetyAlert.objects.count() == 3


def test_neither_the_answer_nor_the_alert_stands_where_one_of_them_fails(marisol, counselor, monkeypatch):
    def fails(*_args, **_named):
        raise RuntimeError("no message can be written")

    monkeypatch.setattr(raising, "tell", fails)
    with pytest.raises(RuntimeError):
        answer(counselor, marisol)
    assert not HistoryAnswer.objects.exists()
    assert not SafetyAlert.objects.exists()


@pytest.mark.parametrize(("source", "raised"), [("c-ssrs-screener:1", 0), ("referral:1", 1)])
def test_what_a_form_told_is_confirmed_without_a_second_alert(marisol, counselor, monkeypatch, source, raised):
    offer = Offer("thoughts_of_death", "yes", source, "person", DAY.date())
    elsewhere = queries.Elsewhere((offer,), {}, {})
    monkeypatch.setattr(queries, "for_staff", lambda *_args: elsewhere)
    for _ in range(2):
        actions.confirm(by=counselor, client=marisol, key="thoughts_of_death", source=source)
    assert (HistoryAnswer.objects.count(), SafetyAlert.objects.count()) == (1, raised)


def test_before_admission_it_is_raised_too_and_those_on_duty_may_open_it_and_ask_more(program, intake):
    asked, on_duty = ClientFactory(chosen_name="Marisol Ruiz", language="es"), actor("therapist")
    assert not asked.episodes.exists()
    alert = answer(intake, asked, {"safe_now": Said(ANSWERED, "unsafe")}).alert
    page = desk(on_duty).get(f"/desk/alerts/{alert.public_id}/").content.decode()
    for words in ("Not safe where they live", "Assessment history", "Written down by our team"):
        assert words in page, words
    ask = f"/desk/clients/{asked.public_id}/measures/ask/"
    assert f"instrument=c-ssrs-screener&amp;alert={alert.public_id}" in page, ask
    with override("es"):
        (line,) = alert_presenters.lines(alert_queries.standing_alerts(on_duty, DAY), DAY)
        assert line.climbs == "Si nadie se encarga, avisamos a quienes siguen de turno a las 10:10 a. m."


def test_a_clinician_is_led_from_the_page_to_the_alert_and_intake_reads_that_they_are_told(marisol, therapist, intake):
    page = f"/desk/clients/{marisol.public_id}/history/mental/"
    shown = desk(therapist).get(page).content.decode()
    assert "somebody on our team is told at once" in shown
    assert "Ask the C-SSRS next." in shown
    sent = {"thoughts_of_death": "yes", "who": "person", "seen": ""}
    led = desk(therapist).post(page, sent)
    alert = SafetyAlert.objects.get()
    assert led.url == f"/desk/alerts/{alert.public_id}/"
    assert AlertStep.objects.filter(alert=alert, account=therapist.account_id, kind="told").count() == 1
    assert not Message.objects.filter(about=f"account:{therapist.account_id}").exists()
    on_the_way = f"/desk/clients/{ClientFactory().public_id}/history/mental/"
    saved = desk(intake).post(on_the_way, sent, follow=True).content.decode()
    assert "Clinicians are told now. Stay with the person." in saved


def test_what_does_not_wait_leads_to_its_alert_where_a_confirmation_beside_it_is_refused(marisol, therapist):
    page = f"/desk/clients/{marisol.public_id}/history/mental/"
    sent = {"thoughts_of_death": "yes", "who": "person", "seen": "", "confirm": "low_mood phq-9:0"}
    led = desk(therapist).post(page, sent)
    assert led.url == f"/desk/alerts/{SafetyAlert.objects.get().public_id}/"
    assert HistoryAnswer.objects.count() == 1
    alone = desk(therapist).post(page, {"who": "person", "seen": "", "confirm": "low_mood phq-9:0"})
    assert "This is not known there any more" in alone.content.decode()


def test_after_a_month_it_is_asked_afresh_and_what_was_said_stands_beside(marisol, therapist, clock_at):
    answer(therapist, marisol)
    page, checked = f"/desk/clients/{marisol.public_id}/history/mental/", 'value="yes" checked'
    before = desk(therapist).get(page).content.decode()
    clock_at(DAY + timedelta(days=31))
    after = desk(therapist).get(page).content.decode()
    assert before.count(" checked") == after.count(" checked") + 1, checked
    assert "Said before" not in before
    assert "Said before" in after


@pytest.mark.usefixtures("open_on_phone", "therapist")
class TestOnThePhone:
    def test_the_card_and_988_come_at_once_and_a_second_tap_raises_nothing_more(self, marisol):
        phone = sign_in(Browser(), marisol.account)
        assert "somebody on our team is told at once" in phone.get("/my/story/mental/").content.decode()
        for _ in range(2):
            page = phone.post("/my/story/mental/", {"thoughts_of_death": "yes", "seen": ""}).content.decode()
            assert "You do not have to carry this alone." in page
            assert 'href="tel:988"' in page
            assert "Somebody on our team is told right now." in page
        alert = SafetyAlert.objects.get()
        assert alert.by == f"account:{marisol.account_id}"

    def test_at_night_they_are_told_before_and_get_the_time_of_our_call(self, marisol, clock_at):
        load_pomona(**{ROTA: ONLY_DAYS})
        clock_at(NIGHT)
        phone = sign_in(Browser(), marisol.account)
        before = phone.get("/my/story/mental/").content.decode()
        assert "Nobody on our team reads your answers right now. We call you on" in before
        assert "Nobody reads it at once" not in before
        assert "You can call or text 988 at any hour" in before
        assert "Ask the C-SSRS" not in before
        after = phone.post("/my/story/mental/", {"thoughts_of_death": "unsure", "seen": ""}).content.decode()
        assert "Nobody on our team is here right now. We call you on" in after
        assert SafetyAlert.objects.get().flags == ["unsure_of_thoughts"]

    def test_the_card_comes_where_a_confirmation_beside_it_is_refused(self, marisol):
        phone = sign_in(Browser(), marisol.account)
        sent = {"thoughts_of_death": "yes", "seen": "", "confirm": "low_mood referral:0"}
        assert 'href="tel:988"' in phone.post("/my/story/mental/", sent).content.decode()

    def test_no_shows_no_card(self, marisol):
        phone = sign_in(Browser(), marisol.account)
        assert phone.post("/my/story/mental/", {"thoughts_of_death": "no", "seen": ""}).url == "/my/story/"
        assert not SafetyAlert.objects.exists()


def test_of_two_who_say_it_at_the_same_moment_one_raises_it(committed_db, clock_at):
    clock_at(DAY)
    load_pomona()
    client, start, by = ClientFactory(in_program=True), Barrier(2), actor("clinical_director")

    def act():
        try:
            start.wait()
            with clock.travel(DAY):  # a thread does not take the held clock along
                return answer(by, client).alert
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        raised = [one.result() for one in [pool.submit(act) for _ in range(2)]]
    assert sorted(alert is not None for alert in raised) == [False, True]
    assert (SafetyAlert.objects.count(), HistoryAnswer.objects.count()) == (1, 1)
