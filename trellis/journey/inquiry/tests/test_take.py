from datetime import timedelta

import pytest

from trellis.journey.inquiry.models import Inquiry
from trellis.journey.inquiry.tests.asking import told
from trellis.journey.inquiry.tests.factories import MORNING
from trellis.journey.inquiry.tests.staff import BOARD, browser, one

pytestmark = pytest.mark.usefixtures("morning")


TYPED = {"channel": "call", "name": "Rafael", "telephone": "909 555 0131", "for_whom": "self", "language": "es"}


def test_a_call_is_typed_in_five_fields(desk):
    answer = desk.post(f"{BOARD}new/", TYPED, follow=True)
    inquiry = Inquiry.objects.get()
    assert answer.redirect_chain[-1][0] == one(inquiry)
    assert "Saved. Call by 10:15 am." in told(answer)
    assert (inquiry.channel, inquiry.telephone, inquiry.language) == ("call", "(909) 555-0131", "es")
    assert (inquiry.may_leave_message, inquiry.may_text) == (False, False)


def test_the_front_desk_returns_to_the_board(desk):
    answer = browser("front_desk").post(f"{BOARD}new/", TYPED)
    assert answer["Location"] == BOARD


def test_a_voicemail_says_when_it_came_in(desk):
    desk.post(f"{BOARD}new/", TYPED | {"channel": "voicemail", "asked_at": "2026-11-23T17:45"})
    inquiry = Inquiry.objects.get()
    assert inquiry.asked_at == MORNING - timedelta(hours=15, minutes=27)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"telephone": ""}, "so that we can call back"),
        ({"telephone": "5"}, "Write the whole number"),
        ({"email": "a@"}, "Write the whole address"),
        ({"for_whom": "loved_one", "words": "her son drinks"}, "has not asked us"),
        ({"asked_at": "2026-11-25T10:00"}, "lies in the future"),
    ],
)
def test_what_is_wrong_with_a_typed_call_is_said_and_nothing_is_lost(desk, change, sentence):
    page = desk.post(f"{BOARD}new/", TYPED | change)
    assert page.status_code == 200
    assert sentence in told(page)
    assert 'value="Rafael"' in page.content.decode()
    assert not Inquiry.objects.exists()


def test_somebody_who_stands_at_the_desk_needs_no_number(desk):
    desk.post(f"{BOARD}new/", TYPED | {"channel": "walk_in", "telephone": ""})
    assert Inquiry.objects.get().channel == "walk_in"


def test_typing_the_same_call_twice_opens_the_same_inquiry(desk):
    for _ in range(2):
        desk.post(f"{BOARD}new/", TYPED)
    assert Inquiry.objects.count() == 1


def test_what_was_typed_and_not_sent_comes_back_and_goes_when_it_is_sent(desk):
    desk.post("/accounts/draft/inquiry-new/", TYPED | {"may_text": "on", "times": ["evening"], "words": "half a sen"})
    page = desk.get(f"{BOARD}new/").content.decode()
    for piece in ('value="Rafael"', "half a sen"):
        assert piece in page
    assert page.count("checked") == 5  # call, for themself, Spanish, may text, evenings
    desk.post(f"{BOARD}new/", TYPED)
    assert "half a sen" not in desk.get(f"{BOARD}new/").content.decode()
