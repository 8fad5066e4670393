"""It stays harder than is usual here: the picture says so, the team thinks it through and writes what it does."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from trellis.foundation.access.permissions import Refused
from trellis.foundation.audit.trail import about
from trellis.foundation.program.tests.factories import load_pomona
from trellis.foundation.record.guard import writing
from trellis.journey.care.models import TeamResponse
from trellis.journey.care.own_copy import responses_of
from trellis.journey.care.response import actions
from trellis.journey.care.tests.test_over_time import filled_in
from trellis.journey.care.tests.test_pages import at_desk
from trellis.journey.care.trajectories.presenters import over_time
from trellis.people.clients.models import Episode
from trellis.people.clients.tests.factories import SINCE, EpisodeFactory

pytestmark = pytest.mark.django_db
TODAY = SINCE.date()
SAID = {"instrument": "phq-9", "causes": ["support", "alliance"], "words": "Call her sister with her.", "due_on": TODAY}


@pytest.fixture
def desk(author):
    return at_desk(author)


@pytest.fixture
def past():
    """Thirty stays that ended: between 2 and 12 points in each of four weeks."""
    for turn in range(30):
        stay = EpisodeFactory(closed=True)
        filled_in(stay.client, "phq-9", *[turn % 11 + 2] * 4, stay=stay)


def page_of(desk, client, measure="phq-9"):
    return desk.get(reverse("care:over_time", args=[client.public_id]) + f"?measure={measure}").content.decode()


def test_a_band_is_drawn_once_there_are_enough_and_else_it_is_said(desk, marisol):
    filled_in(marisol, "phq-9", 8, 9)
    page = page_of(desk, marisol)
    assert "Too few finished stays yet to draw what is usual here (0 of 30)." in page
    assert "trajectory-usual" not in page
    load_pomona(**{"[expected_band]\nat_least = 30\n": ""})
    assert "does not say yet from how many finished stays" in page_of(desk, marisol)


@pytest.mark.usefixtures("past")
class TestOffTrack:
    def test_outside_of_it_twice_is_said_kindly_with_what_to_ask(self, desk, marisol):
        filled_in(marisol, "phq-9", 9, 14, 15)
        page = page_of(desk, marisol)
        assert page.count('<path class="trajectory-usual"') == 2
        assert "<td>2.9–11</td>" in page
        assert "PHQ-9 goes another way than is usual here" in page
        assert "2 weeks in a row harder than is usual here: 14, 15. Nine of ten people were at 11 or less" in page
        assert "How we work together" in page
        assert "Write what the team does" in page

    def test_within_it_nothing_is_said_and_the_person_reads_nothing_of_it(self, desk, marisol):
        filled_in(marisol, "phq-9", 9, 14, 10)
        assert "another way" not in page_of(desk, marisol)
        filled_in(marisol, "gad-7", 9, 14, 10)
        assert "Too few finished stays yet to draw what is usual here (0 of 30)." in page_of(desk, marisol, "gad-7")
        own = over_time(marisol, "phq-9", own=True)
        assert (own.usual_words, own.has_usual, own.is_off, own.pictures[0].off) == ("", False, False, "")

    def test_after_the_stay_nobody_is_off_track(self, desk, marisol):
        filled_in(marisol, "phq-9", 9, 14, 15)
        with writing("test"):
            Episode.objects.filter(client=marisol).update(
                status="closed", closed_on=TODAY + timedelta(days=30), close_reason="completed"
            )
        assert not over_time(marisol, "phq-9").is_off

    def test_what_the_team_does_is_written_down_and_marks_the_picture(self, desk, marisol, author):
        filled_in(marisol, "phq-9", 9, 14, 15)
        address = reverse("care:respond", args=[marisol.public_id]) + "?measure=phq-9"
        wrong = desk.post(address, {"words": "", "due_on": ""}).content.decode()
        assert "Choose what may stand behind it" in wrong
        assert "Choose a day from today on" in wrong
        again = TODAY + timedelta(days=14)
        sent = {"causes": ["support"], "words": "Call her sister with her.", "due_on": again.isoformat()}
        page = desk.post(address, sent, follow=True).content.decode()
        assert "It is marked in the picture." in page
        assert "Call her sister with her." in page
        assert "looks again on Oct. 19, 2026" in page
        assert "<title>The team answered</title>" in page
        assert not over_time(marisol, "phq-9").is_answered  # it was before the weeks that lie outside
        assert over_time(marisol, "gad-7").key == "phq-9"


LATE = TODAY + timedelta(days=91)


def test_a_response_is_refused_in_sentences_kept_once_and_never_changes(marisol, author):
    for wrong, sentence in (
        ({"instrument": "x"}, "Choose the measure"), ({"causes": []}, "what may stand behind it"),
        ({"causes": ["laziness"]}, "what may stand behind it"), ({"words": " "}, "in a sentence or two"),
        ({"due_on": TODAY - timedelta(days=1)}, "from today on"), ({"due_on": LATE}, "from today on"),
    ):  # fmt: skip
        with pytest.raises(Refused, match=sentence):
            actions.respond(by=author, client=marisol, **{**SAID, **wrong})
    row = actions.respond(by=author, client=marisol, **SAID)
    assert row.causes == ["alliance", "support"]
    assert "her sister" not in row.words_sealed
    assert actions.respond(by=author, client=marisol, **SAID) == row
    assert [event.verb for event in about(*row.audit_subjects)][:1] == ["care.respond"]
    with writing("test"), pytest.raises(DatabaseError), transaction.atomic():
        TeamResponse.objects.update(causes=[])
    (section,) = responses_of(marisol)
    assert {line.key: line.shown for line in section}["words"] == "Call her sister with her."
