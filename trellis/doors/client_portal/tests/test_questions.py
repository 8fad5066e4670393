"""Questions on a client's own page."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import translation

from trellis.foundation.access.actor import Actor
from trellis.foundation.program.tests.factories import load_pomona
from trellis.foundation.record.guard import writing
from trellis.journey.inquiry.tests.asking import told
from trellis.journey.measures.models import Administration, Answer, Outcome, SafetyAlert
from trellis.journey.measures.tests.test_duty import ROTA
from trellis.journey.schedule.tests.factories import NOW
from trellis.people.accounts.actions.roles import end_role, grant_role
from trellis.people.accounts.tests.factories import actor_of
from trellis.people.clients.models import Episode
from trellis.people.clients.tests.factories import ClientFactory, EpisodeFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("evening")]
ZEROS = {f"phq9.{n}": "0" for n in range(1, 11)}


def begin(me, instrument="phq-9"):
    response = me.browser.post(reverse("my:begin_questions"), {"instrument": instrument})
    form = Administration.objects.filter(client=me, instrument=instrument).latest("id")
    assert response.url == reverse("my:question", args=[form.public_id])
    return form, response.url


def test_today_says_that_questions_wait_and_how_long_they_take(me):
    page = told(me.browser.get(reverse("my:today")))
    assert re.search(r"Questions for you.*about \d+ minutes", page, re.S)
    assert 'href="/my/questions/"' in page


def test_what_is_due_stands_there_with_one_clear_next_step(me):
    page = told(me.browser.get(reverse("my:questions")))
    assert page.count("button main big") == 1
    assert "Your mood, the last two weeks" in page
    assert not re.search(r"<title>[^<]*(mood|drink|treat|Marisol)", page)


def test_only_what_is_due_is_begun(me):
    me.browser.post(reverse("my:begin_questions"), {"instrument": "pcl-5"})
    assert not Administration.objects.exists()


def test_two_taps_begin_one_form_and_it_is_gone_on_with(me):
    form, address = begin(me)
    assert begin(me) == (form, address)
    me.browser.post(reverse("my:answer", args=[form.public_id]), {"phq9.1": "2"})
    page = told(me.browser.get(address))
    assert re.search(r'name="phq9.1" value="2"[^>]*checked', page)
    assert "begun, nothing is lost" in told(me.browser.get(reverse("my:questions")))


class TestAnswers:
    def test_a_change_is_saved_at_once_and_says_so(self, me):
        form, _ = begin(me)
        said = told(me.browser.post(reverse("my:answer", args=[form.public_id]), {"phq9.1": "2"}))
        assert said.strip() == "Saved"
        assert Answer.objects.get().value == 2

    @pytest.mark.parametrize("value", ["4", "x", "-1", "١", "99999999999"])
    def test_what_is_no_answer_is_not_saved_and_a_sentence_says_it(self, me, value):
        form, _ = begin(me)
        said = told(me.browser.post(reverse("my:answer", args=[form.public_id]), {"phq9.1": value}))
        assert "Please choose again" in said
        assert not Answer.objects.exists()

    def test_what_hangs_on_an_answer_appears_with_it_and_goes_with_it(self, me):
        form, address = begin(me, "bam")
        assert 'id="q-bam-5"' not in told(me.browser.get(address))
        said = told(me.browser.post(reverse("my:answer", args=[form.public_id]), {"bam.4": "2"}))
        assert 'id="q-bam-5"' in said
        assert f'hx-post="{reverse("my:answer", args=[form.public_id])}"' in said
        said = told(me.browser.post(reverse("my:answer", args=[form.public_id]), {"bam.4": "0"}))
        assert 'id="ask-bam-5" hx-swap-oob="true"' in said
        assert 'id="q-bam-5"' not in said

    def test_help_stands_there_as_soon_as_an_answer_worries_us(self, me):
        form, address = begin(me)
        assert "You do not have to carry this alone" not in told(me.browser.get(address))
        said = told(me.browser.post(reverse("my:answer", args=[form.public_id]), {"phq9.9": "1"}))
        assert "You do not have to carry this alone" in said
        assert 'href="tel:988"' in said
        assert SafetyAlert.objects.count() == 1
        assert "You do not have to carry this alone" in told(me.browser.get(address))

    def test_an_answer_can_be_taken_back(self, me):
        form, address = begin(me)
        me.browser.post(reverse("my:answer", args=[form.public_id]), {"phq9.1": "2"})
        assert "Take this answer back" in told(me.browser.get(address))
        me.browser.post(reverse("my:answer", args=[form.public_id]), {"phq9.1": ""})
        assert "Take this answer back" not in told(me.browser.get(address))


class TestFinish:
    def test_one_form_without_scripts_is_saved_and_handed_in(self, me):
        _, address = begin(me)
        page = told(me.browser.post(address, ZEROS, follow=True))
        assert "Thank you" in page
        assert "You do not have to carry this alone" not in page
        assert (Outcome.objects.get().total, Outcome.objects.get().severity) == (0, "minimal")
        assert "Go on with the next ones" in page
        assert "minimal" not in page

    def test_what_is_open_is_left_out_by_choice(self, me):
        _, address = begin(me)
        page = told(me.browser.post(address, {"phq9.1": "1"}))
        assert "9 questions are open" in page
        assert not Outcome.objects.exists()
        me.browser.post(address, {"phq9.1": "1", "leave_out": "1"})
        assert Outcome.objects.get().status == "incomplete"
        assert SafetyAlert.objects.get().flags == ["safety_item_missing"]

    def test_questions_that_an_answer_brings_up_are_asked_before_the_end(self, me):
        _, address = begin(me, "audit-c")
        page = told(me.browser.post(address, {"auditc.1": "2", "leave_out": "1"}))
        assert "They brought up a few more questions" in page
        assert not Outcome.objects.exists()

    def test_the_gates_of_the_columbia_screener_hold_it_up(self, me):
        _, address = begin(me, "c-ssrs-screener")
        page = told(me.browser.post(address, {"cssrs.1": "0", "leave_out": "1"}))
        assert "One question needs an answer before you finish" in page
        assert not Outcome.objects.exists()

    def test_after_it_nothing_changes(self, me):
        form, address = begin(me)
        me.browser.post(address, ZEROS)
        said = told(me.browser.post(reverse("my:answer", args=[form.public_id]), {"phq9.1": "3"}))
        assert "stay as they are" in said
        me.browser.post(address, {"phq9.1": "3"})
        assert Outcome.objects.get().total == 0


class TestSafety:
    def test_before_a_question_about_safety_it_says_when_somebody_looks(self, me):
        _, address = begin(me)
        page = told(me.browser.get(address))
        assert "somebody on our team is told at once" in page
        assert page.count('href="tel:988"') >= 2, "in Help now and before the questions"
        _, other = begin(me, "gad-7")
        assert "told at once" not in told(me.browser.get(other))


class TestSpanish:
    def test_it_is_whole_or_asked_together_with_somebody(self, me):
        with translation.override("es"):
            me.browser.cookies["django_language"] = "es"
            page = told(me.browser.get(reverse("my:questions"), headers={"accept-language": "es"}))
            assert "Estas las hacemos junto con usted" in page
            _, address = begin(me)
            page = told(me.browser.get(address))
        assert "Poco interés o placer en hacer cosas" in page
        assert "Little interest" not in page


def test_a_form_of_others_is_not_there(me, client):
    from trellis.journey.measures.actions import begin as begin_form

    other = ClientFactory(with_account=True)
    EpisodeFactory(client=other)
    form = begin_form(
        by=actor_of(other.account), client=other, instrument="phq-9", occasion="weekly", way="phone", language="en"
    )
    for address in (reverse("my:question", args=[form.public_id]), reverse("my:question", args=["nothere"])):
        assert me.browser.get(address).status_code == 404
    assert me.browser.post(reverse("my:answer", args=[form.public_id]), {"phq9.1": "1"}).status_code == 404


def test_the_pages_take_a_fixed_number_of_statements(me, statements):
    _, address = begin(me)
    for _ in range(2):
        me.browser.get(address)
        with statements() as seen:
            me.browser.get(address)
    assert len(seen) <= 14


def test_after_the_end_what_is_due_is_asked_on_the_same_pages(me, clock_at):
    with writing("test"):
        Episode.objects.filter(pk=me.episode.pk).update(
            status="closed", closed_on=NOW.date() - timedelta(days=30), close_reason="completed"
        )
    system = Actor.of_system("test")
    grant_role(by=system, account=me.account, role="alumnus")
    end_role(by=system, account=me.account, role="client")
    assert 'href="/my/questions/"' in told(me.browser.get(reverse("my:today")))
    form, address = begin(me)
    assert (form.occasion, form.episode) == ("follow_up", None)
    page = told(me.browser.post(address, ZEROS | {"phq9.9": "1"}, follow=True))
    assert 'href="tel:988"' in page
    assert SafetyAlert.objects.count() == 1


def test_before_they_say_whether_they_are_safe_they_read_that_nobody_is_there_now(me):
    load_pomona(**{ROTA: ""})
    with writing("test"):
        Episode.objects.filter(pk=me.episode.pk).update(
            status="closed", closed_on=NOW.date() - timedelta(days=10), close_reason="completed"
        )
    grant_role(by=Actor.of_system("test"), account=me.account, role="alumnus")
    before, asked, _after = told(me.browser.get(reverse("my:follow_up"))).partition('name="safe"')
    assert asked
    assert "Nobody on our team reads your answers right now." in before
    assert 'href="tel:988"' in before
