"""The tablet at the front desk: handed over it opens what is due and nothing else, until a room PIN was right."""

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client as Browser
from django.urls import reverse

from tests.matrix.urls import every_url
from trellis.foundation.access.permissions import NotPermitted, Refused
from trellis.foundation.audit import trail
from trellis.foundation.messaging.models import Message
from trellis.journey.inquiry.tests.asking import told
from trellis.journey.measures.actions import begin, finish, keep_answers, on_tablet
from trellis.journey.measures.models import Administration, Answer, Outcome, SafetyAlert
from trellis.journey.measures.tests.conftest import NOW
from trellis.journey.measures.tests.factories import form
from trellis.people.accounts import actions as accounts
from trellis.people.accounts import handing
from trellis.people.accounts.tests.factories import account_with, actor_of, sign_in
from trellis.people.clients.tests.factories import actor

PIN = "4829"
NEXT = "/desk/tablet/"
THANKS = "Thank you. Please give this back to us."
PHQ9 = {f"phq9.{n}": "0" for n in range(1, 11)}


@pytest.fixture
def desk(client, marisol):
    """Somebody at the front desk with a room PIN; `desk.person`."""
    cache.clear()
    person = account_with("front_desk")
    accounts.set_room_pin(by=actor_of(person), account=person, pin=PIN)
    sign_in(client, person)
    client.person = person
    return client


def hand_over(desk, person, language="en"):
    return desk.post(reverse("tablet:hand_over", args=[person.public_id]), {"language": language})


@pytest.fixture
def tablet(desk, marisol):
    assert hand_over(desk, marisol).url == NEXT
    return desk


def begin_next(tablet, instrument="phq-9", at=NEXT):
    address = tablet.post(at).url
    assert Administration.objects.latest("id").instrument == instrument
    return address


def is_locked(response):
    return response.status_code == 423 and THANKS in response.content.decode()


def unlock(tablet, pin=PIN):
    return tablet.post("/accounts/unlock/", {"pin": pin, "next": "/desk/"})


class TestHandingOver:
    def test_the_desk_sees_how_long_it_takes_and_not_what_is_asked(self, desk, marisol):
        page = told(desk.get(reverse("tablet:hand_over", args=[marisol.public_id])))
        assert re.search(r"about \d+ minutes", page)
        assert "PHQ-9" not in page
        assert "mood" not in page

    def test_it_opens_what_is_due_without_a_name_or_a_way_elsewhere(self, tablet):
        page = told(tablet.get(NEXT))
        assert "Your mood, the last two weeks" in page
        assert "Marisol" not in page
        assert tablet.person.chosen_name not in page
        assert set(re.findall(r'(?:href|action)="(/[^"]*)"', page)) - {"/desk/tablet/back/", f"/es{NEXT}"} <= set(
            re.findall(r'href="(/static/[^"]*)"', page)
        )

    def test_in_their_language_it_is_whole(self, desk, marisol):
        theirs = hand_over(desk, marisol, "es").url
        assert theirs == f"/es{NEXT}"
        page = told(desk.get(begin_next(desk, at=theirs)))
        assert "Poco interés" in page
        assert '<html lang="es"' in page
        assert Administration.objects.get().language == "es"
        assert "Gracias. Por favor, devuélvanos este aparato." in told(desk.get("/desk/"))

    def test_without_a_room_pin_nothing_is_handed_over(self, client, marisol):
        person = account_with("front_desk")
        sign_in(client, person)
        assert "Set a room PIN first" in told(client.get(reverse("tablet:hand_over", args=[marisol.public_id])))
        assert "Set a room PIN on your account page first." in told(hand_over(client, marisol))
        assert client.get(NEXT).status_code == 404

    def test_where_nothing_is_due_it_is_not_handed_over(self, desk, marisol, clock_at):
        clock_at(NOW - timedelta(days=365))
        assert "Nothing is due now" in told(hand_over(desk, marisol))
        assert handing.KEY not in desk.session

    @pytest.mark.parametrize("role", ["biller", "group_facilitator", "program_administrator", "counselor"])
    def test_nobody_else_hands_it_over_or_writes_on_it(self, marisol, role):
        with pytest.raises(NotPermitted):
            on_tablet.hand_over(by=actor(role), client=marisol)
        with pytest.raises(NotPermitted):
            on_tablet.begin(
                by=actor(role), client=marisol, instrument="phq-9", occasion="weekly", language="en"
            )  # fmt: skip


class TestLocked:
    def test_every_other_address_answers_the_lock(self, tablet):
        """Public pages too, and addresses that there are none of."""
        opens, stays = {"tablet:next", "tablet:give_back", "tablet:still_here"}, {"account_logout", "accounts:unlock"}
        for url in every_url():
            if url.arguments or url.name in opens | stays:
                continue
            assert is_locked(tablet.get(reverse(url.name))), url.name
        for address in ("/nothing/here/", f"/desk/clients/{'x' * 16}/", "/my/today/", "/"):
            assert is_locked(tablet.get(address)), address
        assert is_locked(tablet.get("/accounts/unlock/"))
        assert tablet.get(NEXT).status_code == 200

    def test_only_a_pin_opens_the_pages_of_whoever_handed_it_over(self, tablet):
        assert "tries are left" in told(unlock(tablet, "1357"))
        assert is_locked(tablet.get("/desk/"))
        assert unlock(tablet).url == "/desk/"
        assert tablet.get("/accounts/").status_code == 200
        assert tablet.get(NEXT).status_code == 404
        assert handing.KEY not in tablet.session

    def test_a_pin_that_is_taken_away_meanwhile_opens_nothing(self, tablet):
        accounts.remove_room_pin(by=actor_of(tablet.person), account=tablet.person)
        assert "/accounts/login/" in tablet.get(NEXT).url
        assert "_auth_user_id" not in tablet.session

    def test_given_back_it_says_thanks_and_the_back_button_shows_nothing(self, tablet):
        address = begin_next(tablet)
        tablet.post(address + "answer/", {"phq9.1": "2"})
        assert is_locked(tablet.post("/desk/tablet/back/", follow=True))
        for again in (address, NEXT):
            assert is_locked(tablet.get(again))
            assert is_locked(tablet.post(again, PHQ9))
        script = tablet.post(address + "answer/", {"phq9.1": "1"}, headers={"HX-Request": "true"})
        assert (script.status_code, script["HX-Redirect"]) == (401, "/accounts/unlock/")
        assert Answer.objects.get().value == 2

    def test_silence_locks_it_and_whoever_answers_is_not_silent(self, tablet, clock_at):
        address = begin_next(tablet)
        for minutes in (5, 10, 15, 20):
            clock_at(NOW + timedelta(minutes=minutes))
            assert tablet.post(address + "answer/", {"phq9.1": str(minutes // 5 - 1)}).status_code == 200
        clock_at(NOW + timedelta(minutes=26))
        assert is_locked(tablet.get(address))
        clock_at(NOW + timedelta(minutes=20))
        assert not is_locked(tablet.get(address))

    def test_no_page_of_it_opens_without_a_hand_over(self, desk, tablet, marisol):
        address = begin_next(tablet)
        unlock(tablet)
        assert {desk.get(one).status_code for one in (address, NEXT, "/desk/tablet/back/")} == {404}


class TestAnswering:
    def test_answers_are_saved_and_handed_in_one_form_after_the_other(self, tablet, marisol):
        address = begin_next(tablet)
        assert "Saved" in told(tablet.post(address + "answer/", {"phq9.1": "3"}))
        assert tablet.post(address, PHQ9, follow=True).redirect_chain[-1][0] == NEXT
        outcome = Outcome.objects.get()
        assert (outcome.administration.way, outcome.administration.occasion, outcome.total) == ("tablet", "intake", 0)
        assert begin_next(tablet, "gad-7") != address
        assert tablet.get(address, follow=True).redirect_chain[-1][0] == NEXT

    def test_the_trail_says_on_the_tablet_and_whose_sign_in_it_was(self, tablet, marisol):
        tablet.post(begin_next(tablet), PHQ9)
        said = [(one.verb, one.actor) for one in trail.about(f"client:{marisol.pk}") if "tablet" in one.verb]
        assert set(said) == {("measures.on_tablet", f"account:{tablet.person.pk}")}
        assert "measures.hand_over" in {one.verb for one in trail.about(f"client:{marisol.pk}")}

    def test_what_does_not_wait_is_told_at_once_and_the_card_stands_there(self, tablet):
        address = begin_next(tablet)
        said = told(tablet.post(address + "answer/", {"phq9.9": "1"}))
        assert "You do not have to carry this alone" in said
        assert "Stay with the person" not in said
        assert SafetyAlert.objects.get().flags == ["suicidal_ideation_item"]
        assert Message.objects.filter(kind="measures.alert").exists()
        page = told(tablet.post(address, PHQ9 | {"phq9.9": "1"}, follow=True))
        assert 'href="tel:988"' in page
        assert "phq9" not in page

    def test_nothing_answered_before_is_read_there_and_nothing_is_lost(self, tablet, marisol, clock_at):
        address = begin_next(tablet)
        tablet.post(address + "answer/", {"phq9.1": "2", "phq9.9": "1"})
        unlock(tablet)
        clock_at(NOW + timedelta(minutes=1))
        hand_over(tablet, marisol)
        assert begin_next(tablet) == address
        page = told(tablet.get(address))
        assert "Some of these were answered before" in page
        assert ('name="phq9.1"' in page, 'name="phq9.2"' in page) == (False, True)
        assert "You do not have to carry this alone" not in page
        tablet.post(address, {f"phq9.{n}": "0" for n in (2, 3, 4, 5, 6, 7, 8, 10)})
        assert Outcome.objects.get().total == 3

    def test_handed_over_again_a_new_answer_about_safety_shows_the_card_at_once(self, tablet, marisol, clock_at):
        address = begin_next(tablet)
        tablet.post(address + "answer/", {"phq9.9": "1"})
        unlock(tablet)
        clock_at(NOW + timedelta(minutes=1))
        hand_over(tablet, marisol)
        assert "You do not have to carry" not in told(tablet.post(address + "answer/", {"phq9.1": "1"}))
        assert "You do not have to carry" in told(tablet.post(address + "answer/", {"phq9.9": "2"}))
        assert "You do not have to carry" not in told(tablet.post(address + "answer/", {"phq9.2": "1"}))
        assert "You do not have to carry" in told(tablet.get(address))

    def test_what_was_handed_in_before_is_not_there_any_more(self, tablet, marisol, clock_at):
        address = begin_next(tablet)
        tablet.post(address, PHQ9)
        unlock(tablet)
        clock_at(NOW + timedelta(minutes=1))
        hand_over(tablet, marisol)
        assert tablet.get(address).status_code == 404

    def test_a_form_of_somebody_else_or_of_another_way_is_not_there(self, tablet, marisol, client_of):
        other = client_of(chosen_name="Ben")
        theirs = on_tablet.begin(
            by=actor_of(tablet.person), client=other, instrument="phq-9", occasion="weekly", language="en"
        )  # fmt: skip
        phone = begin(
            by=marisol.me, client=marisol, instrument="phq-9", occasion="weekly", way="phone", language="en"
        )  # fmt: skip
        for one in (theirs, phone):
            assert tablet.get(reverse("tablet:form", args=[one.public_id])).status_code == 404
        with pytest.raises(Refused, match="Only the client"):
            on_tablet.keep_answers(by=actor_of(tablet.person), administration=phone, answers={"phq9.1": 1})
        with pytest.raises(Refused, match="Only the client"):
            on_tablet.finish(by=actor_of(tablet.person), administration=phone)

    def test_staff_neither_read_on_nor_write_in_what_somebody_answers_there(self, tablet, marisol):
        """Its address stands in the browser's history of whoever handed it over."""
        tablet.post(begin_next(tablet) + "answer/", {"phq9.1": "2"})
        given, director = Administration.objects.get(), account_with("clinical_director")
        with pytest.raises(Refused, match="Only the client"):
            keep_answers(by=actor_of(director), administration=given, answers={"phq9.1": 0})
        with pytest.raises(Refused, match="Only the client"):
            finish(by=actor_of(director), administration=given)
        with pytest.raises(Refused, match="Only the client"):
            begin(
                by=actor_of(director), client=marisol, instrument="gad-7", occasion="weekly", way="tablet",
                language="en",
            )  # fmt: skip
        browser = Browser()
        sign_in(browser, director)
        assert browser.get(reverse("measures:fill", args=[given.public_id])).status_code == 404
        shown = browser.get(reverse("measures:given", args=[given.public_id]))
        assert shown.context["may_go_on"] is False

    def test_after_the_last_one_it_says_thanks_and_is_locked(self, tablet, marisol, monkeypatch):
        monkeypatch.setattr("trellis.journey.measures.tablet.due", lambda client, language: [])
        assert "That is all for today" in told(tablet.get(NEXT))
        assert is_locked(tablet.get(NEXT))

    def test_what_has_no_words_in_their_language_is_said_at_the_end_and_not_passed_over(
        self, desk, marisol, monkeypatch
    ):
        theirs = hand_over(desk, marisol, "es").url
        monkeypatch.setattr("trellis.journey.measures.tablet.due", lambda client, language: [])
        page = told(desk.get(theirs))
        assert "Estas las hacemos junto con usted" in page
        assert "Sus últimos 30 días" in page
        assert "Eso es todo por hoy" not in page
        assert desk.get(theirs).status_code == 423


def test_which_limit_fits_is_asked_once_and_counts_later(marisol):
    def audit_c(**answers):
        one = begin(by=marisol.me, client=marisol, instrument="audit-c", occasion="asked", way="phone", language="en")
        keep_answers(by=marisol.me, administration=one, answers=form("audit-c", 1, 1, 1) | answers)
        return finish(by=marisol.me, administration=one)

    assert "sex_not_recorded" in audit_c().flags
    assert audit_c(**{"context.sex": 2}).severity == "negative"
    later = audit_c()
    assert (later.severity, "sex_not_recorded" in later.flags) == ("negative", False)
