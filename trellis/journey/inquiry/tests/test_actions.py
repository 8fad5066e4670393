from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, transaction

from trellis.foundation import clock
from trellis.foundation.access.permissions import NotPermitted, Refused
from trellis.foundation.audit.models import AuditEvent
from trellis.foundation.messaging import jobs
from trellis.foundation.messaging.models import Message
from trellis.foundation.messaging.rules import revealing_words
from trellis.foundation.record.guard import writing
from trellis.journey.inquiry import actions, stamps
from trellis.journey.inquiry.models import Attempt, Inquiry, Outcome, StatusChange
from trellis.journey.inquiry.tests.factories import (
    MORNING,
    PUBLIC,
    ZONE,
    actor,
    answers,
    asked,
    coordinator,
    reached,
    tried,
)

pytestmark = pytest.mark.usefixtures("morning")
WORDS = "I drank again, please call after work"


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE).astimezone(UTC)


def again(inquiry: Inquiry) -> Inquiry:
    return Inquiry.objects.get(pk=inquiry.pk)


# --- asking -----------------------------------------------------------------------------------------------------------


def test_who_asks_is_promised_a_call_and_leaves_one_event():
    inquiry = asked()
    assert inquiry.respond_by == inquiry.call_by == local("2026-11-24 10:15")
    assert inquiry.status == "new"
    event = AuditEvent.objects.get(verb="inquiry.ask")
    assert (event.actor, event.subjects) == ("public", [f"inquiry:{inquiry.pk}"])


def test_their_words_lie_sealed():
    inquiry = asked(words=WORDS, safe_note="ask for Ana")
    stored = Inquiry.objects.values_list("words_sealed", "safe_note_sealed").get()
    assert not any("drank" in text or "Ana" in text for text in stored)
    assert (inquiry.words, inquiry.safe_note) == (WORDS, "ask for Ana")


def test_the_same_content_within_ten_minutes_is_one_inquiry_whatever_the_stamp():
    same = answers(name="José Peña", telephone="909-555-0134")
    written_otherwise = answers(name=" jose  pena", telephone="(909) 555-0134")
    first = actions.receive(by=PUBLIC, answers=same, stamp=stamps.new_stamp())
    with clock.travel(MORNING + timedelta(minutes=9)):
        second = actions.receive(by=PUBLIC, answers=written_otherwise, stamp=stamps.new_stamp())
    assert second == first
    with clock.travel(MORNING + timedelta(minutes=11)):
        third = actions.receive(by=PUBLIC, answers=same, stamp=stamps.new_stamp())
    assert third != first


def test_a_stamp_works_once_and_a_repeated_sending_of_the_same_content_is_no_fault():
    stamp, same = stamps.new_stamp(), answers()
    first = actions.receive(by=PUBLIC, answers=same, stamp=stamp)
    assert actions.receive(by=PUBLIC, answers=same, stamp=stamp) == first
    with pytest.raises(Refused, match="sent once already"):
        actions.receive(by=PUBLIC, answers=answers(), stamp=stamp)
    assert Inquiry.objects.count() == 1


@pytest.mark.parametrize("stamp", ["", "made up", "a:b:c"])
def test_a_stamp_that_was_not_given_out_here_is_refused(stamp):
    with pytest.raises(Refused):
        actions.receive(by=PUBLIC, answers=answers(), stamp=stamp)
    assert not Inquiry.objects.exists()


def test_a_refused_sending_does_not_spend_the_stamp():
    stamp = stamps.new_stamp()
    with pytest.raises(Refused):
        actions.receive(by=PUBLIC, answers=answers(for_whom="loved_one", words=WORDS), stamp=stamp)
    assert actions.receive(by=PUBLIC, answers=answers(), stamp=stamp).pk


def test_nothing_is_written_down_about_a_loved_one_even_by_staff():
    with pytest.raises(Refused, match="has not asked us"):
        actions.take_by_phone(by=coordinator(), answers=answers(for_whom="loved_one", words="her son drinks"))
    with pytest.raises(DatabaseError), transaction.atomic(), writing("test"):
        Inquiry.objects.create(
            for_whom="loved_one", words_sealed="x", asked_at=MORNING, respond_by=MORNING, telephone="1", digest="x"
        )


def test_a_call_becomes_the_same_inquiry_as_the_forms():
    inquiry = actions.take_by_phone(by=actor("front_desk"), answers=answers(), channel="walk_in")
    assert (inquiry.channel, inquiry.status, inquiry.call_by) == ("walk_in", "new", local("2026-11-24 10:15"))


def test_a_voicemail_is_promised_from_when_it_came_in():
    inquiry = actions.take_by_phone(
        by=coordinator(), answers=answers(), channel="voicemail", asked_at=local("2026-11-23 17:45")
    )
    assert inquiry.respond_by == local("2026-11-24 09:15")


def test_a_call_typed_twice_is_one_inquiry():
    same, me = answers(), coordinator()
    assert actions.take_by_phone(by=me, answers=same) == actions.take_by_phone(by=me, answers=same)


@pytest.mark.parametrize("role", ["therapist", "biller", "medical_director", "group_facilitator", "client"])
def test_a_call_is_taken_only_by_those_who_answer(role):
    with pytest.raises(NotPermitted):
        actions.take_by_phone(by=actor(role), answers=answers())


@pytest.mark.parametrize(
    ("language", "promise"), [("en", "We call you on Tuesday, November 24"), ("es", "Le llamamos el")]
)
def test_who_allows_mail_gets_the_promise_in_their_language_in_words_that_tell_a_stranger_nothing(language, promise):
    asked(email="Ana@Example.org", may_email=True, language=language)
    letter = jobs.letter_of(Message.objects.get())
    assert (letter.to, letter.subject) == (
        "ana@example.org",
        {"en": "A message for you", "es": "Un mensaje para usted"}[language],
    )
    assert promise in letter.body
    assert "909-555-0140" in letter.body
    assert not revealing_words(letter.body)


def test_who_does_not_allow_mail_gets_none():
    asked(email="ana@example.org")
    asked(telephone="", email="bea@example.org", may_email=False)
    assert not Message.objects.exists()


def test_who_left_only_an_address_is_promised_a_letter():
    asked(telephone="", email="ana@example.org", may_email=True)
    assert "We write to you" in jobs.letter_of(Message.objects.get()).body


# --- answering --------------------------------------------------------------------------------------------------------


def test_to_take_an_inquiry_is_seen_by_colleagues():
    me, inquiry = coordinator(), asked()
    assert actions.claim(by=me, inquiry=inquiry).owner.account_id == me.account_id
    with pytest.raises(Refused, match="Dana has this inquiry already"):
        actions.claim(by=coordinator(), inquiry=inquiry)
    other = coordinator()
    assert actions.claim(by=other, inquiry=inquiry, take_over=True).owner.account_id == other.account_id


def test_only_a_member_of_staff_can_own_an_inquiry():
    from trellis.foundation.access.actor import Actor

    nobody = Actor(account_id=99_999, roles=frozenset({"intake_coordinator"}))
    with pytest.raises(Refused):
        actions.claim(by=nobody, inquiry=asked())


def test_to_speak_with_them_keeps_the_promise_and_gives_them_to_whoever_called():
    me = coordinator()
    inquiry = reached(me)
    assert (inquiry.status, inquiry.call_by) == ("reached", None)
    assert inquiry.owner.account_id == me.account_id
    change = StatusChange.objects.get()
    assert (change.before, change.after, change.verb) == ("new", "reached", "reach")


def test_to_meet_for_the_assessment_is_a_contact_like_a_call_and_owes_none():
    inquiry = tried(Outcome.ASSESSED)
    assert (inquiry.status, inquiry.call_by) == ("reached", None)


def test_no_answer_owes_another_call_by_the_close_of_the_next_open_day():
    assert tried(Outcome.NO_ANSWER).call_by == local("2026-11-25 18:00")
    assert tried(Outcome.LEFT_SAFE_MESSAGE).call_by == local("2026-11-28 12:00")  # two holidays lie between


def test_an_agreed_time_is_when_the_next_call_is_owed():
    inquiry, me = reached(), coordinator()
    actions.log_attempt(by=me, inquiry=inquiry, outcome="reached", call_again=local("2026-11-25 14:00"))
    assert again(inquiry).call_by == local("2026-11-25 14:00")
    actions.log_attempt(by=me, inquiry=inquiry, outcome="no_answer")
    assert (again(inquiry).status, again(inquiry).call_by) == ("reached", local("2026-11-25 18:00"))
    actions.log_attempt(by=me, inquiry=inquiry, outcome="reached")
    actions.log_attempt(by=me, inquiry=inquiry, outcome="no_answer")
    assert again(inquiry).call_by is None
    with pytest.raises(Refused, match="past"):
        actions.log_attempt(by=me, inquiry=inquiry, outcome="reached", call_again=MORNING)


def test_no_message_is_left_where_none_is_allowed():
    inquiry = asked(may_leave_message=False)
    with pytest.raises(Refused, match="leave no message"):
        actions.log_attempt(by=coordinator(), inquiry=inquiry, outcome="left_safe_message")


def test_a_call_sent_twice_is_written_down_once():
    inquiry, me = asked(), coordinator()
    first = actions.log_attempt(by=me, inquiry=inquiry, outcome="no_answer", note="rang long", key="k1")
    assert actions.log_attempt(by=me, inquiry=inquiry, outcome="no_answer", key="k1") == first
    assert Attempt.objects.get().note == "rang long"
    assert "rang long" not in Attempt.objects.values_list("note_sealed", flat=True).get()


def test_a_referral_says_where():
    inquiry, me = asked(), coordinator()
    with pytest.raises(Refused, match="where"):
        actions.refer_elsewhere(by=me, inquiry=inquiry, place=" ")
    assert actions.refer_elsewhere(by=me, inquiry=inquiry, place="Casa Norte").status == "referred_elsewhere"
    assert Attempt.objects.get().place == "Casa Norte"


def test_an_inquiry_that_ended_can_be_opened_again_with_a_new_promise():
    inquiry, me = asked(), coordinator()
    assert actions.decline(by=me, inquiry=inquiry, note="not now").call_by is None
    with clock.travel(MORNING + timedelta(days=1)):
        opened = actions.reopen(by=me, inquiry=inquiry)
    assert (opened.status, opened.call_by) == ("new", local("2026-11-25 10:15"))
    assert opened.respond_by == local("2026-11-24 10:15")  # the first promise stays what it was


def test_it_is_closed_with_a_reason_and_not_twice():
    inquiry, me = asked(), coordinator()
    assert actions.close(by=me, inquiry=inquiry, reason="wrong_number").close_reason == "wrong_number"
    with pytest.raises(Refused, match="changed this inquiry"):
        actions.close(by=me, inquiry=inquiry, reason="answered")
    assert actions.reopen(by=me, inquiry=inquiry).close_reason == ""


def test_one_person_who_asked_twice_goes_on_once_with_the_earlier_promise():
    me = coordinator()
    first = asked(words="first")
    with clock.travel(MORNING + timedelta(hours=1)):
        second = asked(words="second")
    third = asked(MORNING + timedelta(hours=1))
    actions.claim(by=me, inquiry=first)
    actions.mark_duplicate(by=me, inquiry=third, same_as=first)
    merged = actions.mark_duplicate(by=me, inquiry=first, same_as=second)
    assert (merged.status, merged.same_as, merged.call_by) == ("merged", second, None)
    kept = again(second)
    assert (kept.call_by, kept.owner.account_id) == (local("2026-11-24 10:15"), me.account_id)
    assert again(third).same_as == second  # who was joined before moves along
    event = AuditEvent.objects.filter(verb="inquiry.work").last()
    assert event.subjects == sorted([f"inquiry:{first.pk}", f"inquiry:{second.pk}"])


def test_an_inquiry_is_not_joined_to_itself_or_to_one_that_was_joined():
    me, first, second, third = coordinator(), asked(), asked(), asked()
    with pytest.raises(Refused, match="itself"):
        actions.mark_duplicate(by=me, inquiry=first, same_as=first)
    actions.mark_duplicate(by=me, inquiry=first, same_as=second)
    with pytest.raises(Refused, match="joined"):
        actions.mark_duplicate(by=me, inquiry=third, same_as=first)


def test_an_inquiry_that_ended_opens_again_where_one_that_waits_is_joined_to_it():
    me, open_one, closed = coordinator(), asked(), asked()
    actions.close(by=me, inquiry=closed, reason="no_contact")
    actions.mark_duplicate(by=me, inquiry=open_one, same_as=closed)
    kept = again(closed)
    assert (kept.status, kept.close_reason, kept.call_by) == ("new", "", local("2026-11-24 10:15"))
    assert [one.verb for one in kept.changes.order_by("pk")] == ["close", "reopen"]


def test_who_was_admitted_is_linked_to_the_client_by_plain_subjects():
    inquiry = reached()
    done = actions.mark_converted(by=actor("therapist"), inquiry=inquiry, client_subject="client:17")
    assert (done.status, done.client_subject, done.is_open) == ("converted", "client:17", False)
    assert AuditEvent.objects.get(verb="inquiry.convert").subjects == ["client:17", f"inquiry:{inquiry.pk}"]
    with pytest.raises(Refused):
        actions.mark_converted(by=actor("therapist"), inquiry=inquiry, client_subject="client:18")


@pytest.mark.parametrize("role", ["front_desk", "counselor", "biller", "medical_director", "alumnus"])
@pytest.mark.parametrize("act", ["claim", "decline", "reopen"])
def test_whoever_does_not_answer_inquiries_changes_none(act, role):
    inquiry = asked()
    with pytest.raises(NotPermitted):
        getattr(actions, act)(by=actor(role), inquiry=inquiry)


def test_the_call_log_is_never_rewritten():
    inquiry = reached()
    for rows in (Attempt.objects.filter(inquiry=inquiry), StatusChange.objects.filter(inquiry=inquiry)):
        for change in (lambda r: r.update(at=MORNING), lambda r: r.delete()):
            with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), writing("test"):
                change(rows)


def test_the_safe_way_is_one_line_for_the_next_room():
    inquiry = asked(times=("morning", "evening"), safe_note="cell only")
    assert inquiry.safe_times == "Mornings, evenings; cell only"
    assert asked().safe_times == ""
