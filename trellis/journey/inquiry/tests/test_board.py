import re
from datetime import timedelta

import pytest
from django.test import Client

from trellis.foundation.audit.models import AuditEvent
from trellis.journey.inquiry import actions
from trellis.journey.inquiry.tests.asking import told
from trellis.journey.inquiry.tests.factories import MORNING, asked, reached
from trellis.journey.inquiry.tests.staff import BOARD, browser, one

pytestmark = pytest.mark.usefixtures("morning")


def listed(page) -> list[str]:
    return re.findall(r'data-inquiry="(\w+)"', page.content.decode())


def test_the_board_says_what_matters_now_and_shows_the_overdue_first(desk):
    fresh, old = asked(), asked(MORNING - timedelta(hours=20))
    page = desk.get(BOARD)
    assert "One call is overdue" in told(page)
    assert listed(page) == [old.public_id, fresh.public_id]
    assert "chip-rose" in page.content.decode()


def test_rose_is_for_overdue_alone(desk):
    asked()
    page = desk.get(BOARD)
    assert "One person waits for our call" in told(page)
    assert "chip-rose" not in page.content.decode()
    assert "Call by 10:15 am" in told(page)


def test_when_nobody_waits_the_board_says_so(desk):
    assert "Everyone has heard from us" in told(desk.get(BOARD))
    reached()
    assert "Everyone has heard from us" in told(desk.get(BOARD))


def test_a_row_says_how_to_do_no_harm(desk):
    asked(for_whom="loved_one", name="E.", language="es", may_text=True, may_leave_message=False)
    page = told(desk.get(BOARD))
    assert "E., for someone they love" in page
    assert "Spanish · leave no message · text is fine" in page


@pytest.mark.parametrize(
    ("tab", "expected"), [("to_call", 0), ("reached", 1), ("mine", 1), ("everyone", 3), ("odd", 0)]
)
def test_the_tabs_part_the_inquiries(desk, me, tab, expected):
    reached(me)
    for _ in range(2):
        actions.close(by=me, inquiry=asked(), reason="answered")
    assert len(listed(desk.get(f"{BOARD}?tab={tab}"))) == expected


@pytest.mark.parametrize("q", ["pena", "PEÑA", "jose", "0134", "555 01", "jose@", "norte"])
def test_a_search_forgives_accents_and_finds_numbers_addresses_and_places(desk, q):
    found = asked(name="José Peña", telephone="(909) 555-0134", email="jose@example.org", organisation="Casa Norte")
    asked(name="Marisol", telephone="(626) 444-9999")
    assert listed(desk.post(BOARD, {"q": q})) == [found.public_id]


def test_a_search_looks_through_everyone_and_says_when_nobody_fits(desk, me):
    ended = actions.close(by=me, inquiry=asked(name="Teodora"), reason="answered")
    assert listed(desk.post(BOARD, {"q": "teo"})) == [ended.public_id]
    assert "Nobody fits that" in told(desk.post(BOARD, {"q": "zzz"}))


def test_further_pages_keep_the_tab(desk):
    for number in range(28):
        asked(name=f"Ana {number}")
    first = desk.get(BOARD, {"tab": "everyone"})
    links = re.findall(r'href="(\?[^"]*page=2[^"]*)"', first.content.decode())
    assert links
    second = desk.get(BOARD + links[0].replace("&amp;", "&"))
    assert len(listed(first)) == 25
    assert len(listed(second)) == 3
    assert not set(listed(first)) & set(listed(second))
    for odd in ({"page": "nonsense"}, {"page": "-1"}, {"page": "9" * 40}):
        assert desk.get(BOARD, odd).status_code == 200


def test_a_search_that_finds_many_asks_for_more_letters(desk):
    for number in range(28):
        asked(name=f"Ana {number}")
    asked(name="Bea")
    found = desk.post(BOARD, {"q": "ana"})
    assert "28 inquiries found" in told(found)
    assert "Type more letters" in told(found)
    assert len(listed(found)) == 25
    assert "Type more letters" not in told(desk.post(BOARD, {"q": "ana 2"}))
    for odd in ("\x00", "%_'"):
        assert desk.post(BOARD, {"q": odd}).status_code == 200


def test_who_is_looked_for_never_stands_in_an_address(desk):
    asked(name="Ana")
    assert 'method="get"' not in desk.get(BOARD).content.decode()
    assert "found for" not in told(desk.get(BOARD, {"q": "ana"}))


def test_who_asked_before_is_marked(desk):
    asked(telephone="(909) 555-0134")
    asked(telephone="909.555.0134")
    asked()
    assert told(desk.get(BOARD)).count("Asked before") == 2


@pytest.mark.parametrize("rows", [1, 30])
def test_the_board_takes_the_same_statements_at_one_and_thirty_rows(desk, statements, rows):
    for number in range(rows):
        asked(telephone=f"(909) 555-01{number % 20:02}")
    desk.get(BOARD)
    with statements() as seen:
        desk.get(BOARD)
    assert len([s for s in seen if "inquiry_inquiry" in s]) == 4, seen


def test_a_page_of_the_board_is_one_event_about_everyone_on_it(desk):
    one_, two = asked(), asked()
    desk.get(BOARD)
    event = AuditEvent.objects.get(verb="opened inquiry.board")
    assert event.subjects == sorted([f"inquiry:{one_.pk}", f"inquiry:{two.pk}"])


def test_the_front_desk_sees_the_board_and_takes_calls_but_opens_none(desk):
    inquiry, front = asked(words="after the night shift"), browser("front_desk")
    page = front.get(BOARD)
    assert listed(page) == [inquiry.public_id]
    assert one(inquiry) not in page.content.decode()
    assert "night shift" not in told(page)
    assert front.get(one(inquiry)).status_code == 403
    assert front.get(f"{BOARD}funnel/").status_code == 403
    assert front.get(f"{BOARD}new/").status_code == 200


@pytest.mark.parametrize(
    "role", ["therapist", "counselor", "group_facilitator", "biller", "medical_director", "client"]
)
def test_whoever_does_not_answer_sees_no_board(role):
    assert browser(role).get(BOARD).status_code == 403


def test_without_a_sign_in_the_board_leads_to_it():
    assert Client().get(BOARD)["Location"].startswith("/accounts/login/")
