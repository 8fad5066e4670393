from datetime import timedelta

import pytest

from trellis.foundation import clock
from trellis.journey.inquiry import actions, queries
from trellis.journey.inquiry.models import Outcome
from trellis.journey.inquiry.tests.asking import told
from trellis.journey.inquiry.tests.factories import MORNING, asked, reached
from trellis.journey.inquiry.tests.staff import BOARD

pytestmark = pytest.mark.usefixtures("morning")


def test_the_funnel_says_where_people_were_lost(desk, me):
    for _ in range(3):
        actions.close(by=me, inquiry=asked(), reason="no_contact")
    reached(me)
    page = told(desk.get(f"{BOARD}funnel/"))
    assert "Most people were lost after “Asked for help”" in page
    assert "We could not reach them: 3" in page
    assert "20 min" in page


def test_the_funnel_knows_who_was_assessed_and_how_soon(desk, me):
    inquiry = asked(MORNING - timedelta(days=3))
    with clock.travel(inquiry.asked_at + timedelta(minutes=20)):
        actions.log_attempt(by=me, inquiry=inquiry, outcome=Outcome.REACHED)
    actions.log_attempt(by=me, inquiry=inquiry, outcome=Outcome.ASSESSED)
    walk = queries.walks(MORNING - timedelta(days=4), MORNING)[inquiry.pk]
    assert walk.reached["reached"] == inquiry.asked_at + timedelta(minutes=20)
    assert walk.reached["assessed"] == MORNING
    page = told(desk.get(f"{BOARD}funnel/"))
    assert "Assessed" in page
    assert "3 days" in page


def test_an_empty_funnel_and_one_without_losses(desk):
    assert "Nobody has asked in this time" in told(desk.get(f"{BOARD}funnel/?weeks=4"))
    asked()
    with clock.travel(MORNING + timedelta(minutes=5)):
        page = told(desk.get(f"{BOARD}funnel/?weeks=odd"))
    assert "Nobody was lost on the way" in page
    assert "Still on the way: 1" in page


def test_what_did_not_come_from_a_person_and_what_was_joined_is_no_way(desk, me):
    actions.close(by=me, inquiry=asked(), reason="not_a_person")
    actions.mark_duplicate(by=me, inquiry=asked(), same_as=asked())
    with clock.travel(MORNING + timedelta(minutes=5)):
        assert "1 person asked" in told(desk.get(f"{BOARD}funnel/"))
