import re
from datetime import timedelta

import pytest
from django.test import Client

from trellis.foundation import clock
from trellis.foundation.audit.models import AuditEvent
from trellis.journey.inquiry import actions
from trellis.journey.inquiry.models import Attempt, Inquiry
from trellis.journey.inquiry.tests.asking import told
from trellis.journey.inquiry.tests.factories import MORNING, actor, answers, asked, coordinator, reached, sign_in

pytestmark = pytest.mark.usefixtures("morning")
BOARD = "/desk/inquiries/"


@pytest.fixture
def me():
    return coordinator()


@pytest.fixture
def desk(me):
    return sign_in(Client(), me.account_id)


def browser(role: str) -> Client:
    return sign_in(Client(), actor(role).account_id)


def listed(page) -> list[str]:
    return re.findall(r'data-inquiry="(\w+)"', page.content.decode())


def again(inquiry: Inquiry) -> Inquiry:
    return Inquiry.objects.get(pk=inquiry.pk)


def one(inquiry: Inquiry, act: str = "") -> str:
    return f"{BOARD}{inquiry.public_id}/{act}"


# --- the board --------------------------------------------------------------------------------------------------------


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
    assert listed(desk.get(BOARD, {"q": q})) == [found.public_id]


def test_a_search_looks_through_everyone_and_says_when_nobody_fits(desk, me):
    ended = actions.close(by=me, inquiry=asked(name="Teodora"), reason="answered")
    assert listed(desk.get(BOARD, {"q": "teo"})) == [ended.public_id]
    assert "Nobody fits that" in told(desk.get(BOARD, {"q": "zzz"}))


def test_further_pages_keep_path_and_search(desk):
    for number in range(28):
        asked(name=f"Ana {number}")
    first = desk.get(BOARD, {"q": "ana"})
    links = re.findall(r'href="(\?[^"]*page=2[^"]*)"', first.content.decode())
    assert links
    second = desk.get(BOARD + links[0].replace("&amp;", "&"))
    assert len(listed(first)) == 25
    assert len(listed(second)) == 3
    assert not set(listed(first)) & set(listed(second))
    assert desk.get(BOARD, {"page": "nonsense"}).status_code == 200


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


# --- a call, typed ----------------------------------------------------------------------------------------------------

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


# --- one inquiry ------------------------------------------------------------------------------------------------------


def test_an_inquiry_shows_first_how_to_reach_them_safely(desk):
    inquiry = asked(words="After six, please.", safe_note="only the cell", may_leave_message=False, times=("evening",))
    page = told(desk.get(one(inquiry)))
    for words in ("Leave no message.", "Send no text.", "Evenings", "only the cell", "After six, please."):
        assert words in page
    assert page.index("How to reach them safely") < page.index("Write down a call to them")
    assert AuditEvent.objects.get(verb="opened inquiry.work").subjects == [f"inquiry:{inquiry.pk}"]


def test_for_a_loved_one_it_says_what_may_be_said(desk):
    page = told(desk.get(one(asked(for_whom="loved_one", topics=("talk",)))))
    assert "ask for no name" in page
    assert "How to talk with someone about getting help" in page


def test_a_call_is_written_down(desk):
    inquiry = asked()
    page = desk.get(one(inquiry)).content.decode()
    key = re.search(r'name="key" value="(\w+)"', page)[1]
    data = {"outcome": "reached", "note": "wants evenings", "key": key}
    for _ in range(2):  # sent twice
        answer = desk.post(one(inquiry, "attempts/"), data, follow=True)
    assert Attempt.objects.count() == 1
    assert "wants evenings" in told(answer)
    assert again(inquiry).status == "reached"


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({}, "Choose what came of the call."),
        ({"outcome": "referred_elsewhere"}, "Write where you referred them to."),
        ({"outcome": "reached", "call_again": "2026-11-23T10:00"}, "lies in the past"),
        ({"outcome": "left_safe_message"}, "leave no message"),
    ],
)
def test_a_call_that_cannot_be_written_down_keeps_the_note(desk, data, sentence):
    inquiry = asked(may_leave_message=False)
    page = desk.post(one(inquiry, "attempts/"), {"note": "long talk", "key": "k"} | data)
    assert sentence in told(page)
    assert "long talk" in told(page)
    assert not Attempt.objects.exists()


def test_to_take_an_inquiry_and_to_take_it_over(desk, me):
    inquiry = asked()
    desk.post(one(inquiry, "claim/"))
    assert again(inquiry).owner.account_id == me.account_id
    other = browser("intake_coordinator")
    assert "has this inquiry already" in told(other.post(one(inquiry, "claim/"), follow=True))
    assert "Take over from" in told(other.get(one(inquiry)))
    other.post(one(inquiry, "claim/"), {"take_over": "yes"})
    assert again(inquiry).owner.account_id != me.account_id


def test_to_close_needs_a_reason_and_can_be_undone(desk):
    inquiry = asked()
    assert "Choose why it ends." in told(desk.post(one(inquiry, "close/")))
    desk.post(one(inquiry, "close/"), {"reason": "no_contact"})
    page = told(desk.get(one(inquiry)))
    assert "We could not reach them" in page
    assert "Write down a call to them" not in page
    desk.post(one(inquiry, "reopen/"))
    assert again(inquiry).status == "new"
    assert "changed this inquiry" in told(desk.post(one(inquiry, "reopen/"), follow=True))


def test_a_person_who_asked_twice_is_shown_and_joined(desk):
    first = asked(telephone="(909) 555-0134", words="the first time")
    second = asked(MORNING + timedelta(minutes=20), telephone="909-555-0134", name="Someone Else")
    page = desk.get(one(second))
    assert "Perhaps the same person" in told(page)
    assert "same number" in told(page)
    assert one(first) in page.content.decode()
    joined = desk.post(one(second, "join/"), {"other": first.public_id}, follow=True)
    assert again(first).same_as == second
    assert "Asked more than once" in told(joined)
    assert "the first time" in told(joined)
    assert "This goes on as" in told(desk.get(one(first)))
    assert "itself" in told(desk.post(one(second, "join/"), {"other": second.public_id}, follow=True))
    assert desk.post(one(second, "join/"), {"other": "nobody"}).status_code == 404


def test_a_name_and_an_address_are_likenesses_too(desk):
    asked(name="José Peña", email="jp@example.org")
    page = told(desk.get(one(asked(name="Jose Pena", email="jp@example.org"))))
    assert "same email, a name written alike" in page


@pytest.mark.parametrize("others", [1, 30])
def test_one_inquiry_takes_the_same_statements_however_many_asked(desk, statements, others):
    inquiry = asked(name="Marisol Reyes")
    for _ in range(others):
        other = asked(name="Marisol Reyes")
        actions.log_attempt(by=coordinator(), inquiry=other, outcome="no_answer")
        actions.log_attempt(by=coordinator(), inquiry=inquiry, outcome="no_answer")
    desk.get(one(inquiry))
    with statements() as seen:
        desk.get(one(inquiry))
    assert len([s for s in seen if '"inquiry_' in s]) == 7, seen


@pytest.mark.parametrize("act", ["", "claim/", "attempts/", "close/", "reopen/", "join/"])
def test_a_stranger_cannot_tell_not_yours_from_not_there(desk, act):
    inquiry = asked()
    method = "get" if not act else "post"
    assert getattr(desk, method)(f"{BOARD}nobodyatall/{act}").status_code == 404
    assert getattr(browser("front_desk"), method)(one(inquiry, act)).status_code == 403


# --- the way in -------------------------------------------------------------------------------------------------------


def test_the_funnel_says_where_people_were_lost(desk, me):
    for _ in range(3):
        actions.close(by=me, inquiry=asked(), reason="no_contact")
    reached(me)
    page = told(desk.get(f"{BOARD}funnel/"))
    assert "Most people were lost after “Asked for help”" in page
    assert "We could not reach them: 3" in page
    assert "20 min" in page


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


def test_typing_the_same_call_twice_opens_the_same_inquiry(desk):
    for _ in range(2):
        desk.post(f"{BOARD}new/", TYPED)
    assert Inquiry.objects.count() == 1


def test_admission_is_offered_while_the_inquiry_is_open(desk, me):
    inquiry = reached(me)
    assert "Admit" in told(desk.get(one(inquiry)))
    actions.mark_converted(by=me, inquiry=inquiry, client_subject="client:3")
    assert "Admit" not in told(desk.get(one(inquiry)))
    assert answers()
