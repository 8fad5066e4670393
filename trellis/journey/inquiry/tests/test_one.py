import re
from datetime import timedelta

import pytest

from trellis.foundation.audit.models import AuditEvent
from trellis.foundation.record.guard import writing
from trellis.journey.inquiry import actions
from trellis.journey.inquiry.models import Attempt, Inquiry
from trellis.journey.inquiry.tests.asking import told
from trellis.journey.inquiry.tests.factories import MORNING, asked, coordinator, reached
from trellis.journey.inquiry.tests.staff import BOARD, again, browser, one
from trellis.people.clients.tests.factories import ClientFactory, EpisodeFactory

pytestmark = pytest.mark.usefixtures("morning")


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
    assert len([s for s in seen if '"inquiry_' in s]) == 8, seen


@pytest.mark.parametrize("act", ["", "claim/", "attempts/", "close/", "reopen/", "join/"])
def test_a_stranger_cannot_tell_not_yours_from_not_there(desk, act):
    inquiry = asked()
    method = "get" if not act else "post"
    for nobody in ("nobodyatall", "%00"):
        assert getattr(desk, method)(f"{BOARD}{nobody}/{act}").status_code == 404
    assert getattr(browser("front_desk"), method)(one(inquiry, act)).status_code == 403


def test_admission_is_offered_while_the_inquiry_is_open(desk, me):
    inquiry = reached(me)
    assert "Admit" in told(desk.get(one(inquiry)))
    actions.mark_converted(by=me, inquiry=inquiry, client_subject="client:3")
    assert "Admit" not in told(desk.get(one(inquiry)))


def test_a_note_that_was_not_sent_comes_back(desk):
    inquiry = asked()
    desk.post(f"/accounts/draft/inquiry-call-{inquiry.public_id}/", {"note": "she asked about", "key": "k9"})
    page = desk.get(one(inquiry)).content.decode()
    assert "she asked about" in page
    assert 'value="k9"' in page  # the same call, should it have been sent after all
    desk.post(one(inquiry, "attempts/"), {"note": "she asked about evenings", "outcome": "reached", "key": "k9"})
    assert "she asked about</textarea>" not in desk.get(one(inquiry)).content.decode()


def test_who_was_here_before_is_marked_and_not_who_is_only_being_assessed(desk):
    back, new, done = asked(), asked(), asked()
    stayed = EpisodeFactory(closed=True).client
    with writing("test"):
        for inquiry, client in ((back, stayed), (new, ClientFactory()), (done, stayed)):
            Inquiry.objects.filter(pk=inquiry.pk).update(client_subject=client.audit_subjects[0])
        Inquiry.objects.filter(pk=done.pk).update(status="closed", close_reason="no_contact")
    assert ["Was here before" in told(desk.get(one(inquiry))) for inquiry in (back, new, done)] == [True, False, False]
    assert told(desk.get(f"{BOARD}?tab=everyone")).count("Was here before") == 1
