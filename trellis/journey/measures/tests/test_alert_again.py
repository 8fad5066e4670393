"""A form stays open for a week: what is said on it after an alert is done is an alert of its own."""

from datetime import timedelta

import pytest

from trellis.journey.measures.actions import answer, begin, finish
from trellis.journey.measures.actions.alerts import record_done
from trellis.journey.measures.models import AlertStep, SafetyAlert
from trellis.journey.measures.tests.alerted import ITEM_9, alerted
from trellis.journey.measures.tests.conftest import NOW
from trellis.people.clients.tests.factories import actor

pytestmark = pytest.mark.django_db
CSSRS = "c-ssrs-screener"


@pytest.fixture
def says(marisol, clock_at):
    """Each of these a minute after the one before: an answer on their own form, or a step of the team."""
    marisol.therapist, marisol.minutes = actor("therapist"), 0

    def on(instrument="phq-9"):
        form = begin(
            by=marisol.me, client=marisol, instrument=instrument, occasion="weekly", way="phone", language="en"
        )  # fmt: skip

        def say(item="", value=None):
            marisol.minutes += 1
            clock_at(NOW + timedelta(minutes=marisol.minutes))
            if item:
                answer(by=marisol.me, administration=form, item=item, value=value)
            else:
                finish(by=marisol.me, administration=form)
            return SafetyAlert.objects.count()

        return say

    return on


def done(person, clock_at):
    """What was done about the newest is written."""
    person.minutes += 1
    clock_at(NOW + timedelta(minutes=person.minutes))
    record_done(by=person.therapist, alert=SafetyAlert.objects.latest("pk"), done="mistake", words="We talked.")


def test_a_new_answer_after_what_was_done_is_an_alert_and_those_on_duty_are_told(marisol, says, clock_at):
    say = says()
    assert say("phq9.9", 1) == 1
    done(marisol, clock_at)
    assert say("phq9.9", 3) == 2
    newest = SafetyAlert.objects.latest("pk")
    assert newest.flags == [ITEM_9]
    assert AlertStep.objects.filter(alert=newest, kind="told", account_id=marisol.therapist.account_id).exists()
    assert say("phq9.9", 2) == 2  # that one is still open: they know
    done(marisol, clock_at)
    assert say() == 2


def test_the_same_answer_and_another_question_and_handing_it_in_are_none(marisol, says, clock_at):
    say = says()
    say("phq9.9", 1)
    done(marisol, clock_at)
    assert [say("phq9.9", 1), say("phq9.1", 3), say()] == [1, 1, 1]


def test_no_in_place_of_yes_is_none(marisol, says, clock_at):
    say = says()
    say("phq9.9", 1)
    done(marisol, clock_at)
    assert [say("phq9.9", 0), say()] == [1, 1]


def test_another_yes_of_the_same_level_is_one_and_a_no_is_none(marisol, says, clock_at):
    say = says(CSSRS)
    say("cssrs.1", 1)
    done(marisol, clock_at)
    assert [say("cssrs.6", 0), say("cssrs.2", 1)] == [1, 2]
    assert [one.flags for one in SafetyAlert.objects.order_by("pk")] == [["suicide_risk_low"]] * 2


def test_what_joined_an_alert_that_is_done_is_not_told_again_until_something_new_is_said(marisol, clock_at):
    clinician, first = actor("clinical_director"), alerted(marisol)
    form = begin(
        by=clinician, client=marisol, instrument=CSSRS, occasion="asked", way="aloud", language="en", because=first
    )  # fmt: skip
    for item in ("cssrs.1", "cssrs.2"):
        answer(by=clinician, administration=form, item=item, value=1)
    clock_at(NOW + timedelta(minutes=1))
    record_done(by=clinician, alert=first, done="safe", words="We talked.")
    clock_at(NOW + timedelta(minutes=2))
    answer(by=clinician, administration=form, item="cssrs.6", value=0)
    finish(by=clinician, administration=form)
    assert SafetyAlert.objects.get() == first
