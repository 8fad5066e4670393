"""Who has a record watched, until when, and who ends it."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from tests.support.live import sign_in
from trellis.foundation.access.permissions import NotPermitted, Refused
from trellis.foundation.audit.models import AuditEvent
from trellis.foundation.program.tests.factories import load_pomona
from trellis.people.clients.models import Watch, WatchedReview, WatchEnd
from trellis.people.clients.tests.factories import (
    SINCE,
    AccountFactory,
    CareAssignmentFactory,
    ClientFactory,
    StaffMemberFactory,
    WatchFactory,
    actor,
    actor_of,
)
from trellis.people.clients.watched import actions, queries

pytestmark = pytest.mark.django_db
ASKED = "Why do you open this record?"
REASON = "She reads the news on the radio."


@pytest.fixture(autouse=True)
def program(clock_at):
    """A Monday in October, nine in the morning in Pomona."""
    clock_at(SINCE)
    load_pomona()


@pytest.fixture
def marisol():
    return ClientFactory(chosen_name="Marisol Peña", account=AccountFactory(roles=["client"]), in_program=True)


@pytest.fixture
def biller():
    return StaffMemberFactory(account__roles=["biller"], account__chosen_name="Jo Ray").account


@pytest.fixture
def guardian():
    return StaffMemberFactory(account__roles=["program_administrator"], account__chosen_name="Helen Marsh").account


def record(client):
    return reverse("clients:client", args=[client.public_id])


def page_of(answer):
    return answer.content.decode().partition("<main")[2]


class TestWatching:
    def test_those_who_guard_privacy_begin_it_and_end_it(self, marisol, guardian, clock_at):
        by = actor_of(guardian)
        watch = actions.watch(by=by, client=marisol, reason=f" {REASON} ")
        assert (watch.reason, watch.why, watch.until) == (REASON, "ours", None)
        assert REASON not in watch.reason_sealed
        with pytest.raises(Refused, match="watched already"):
            actions.watch(by=by, client=marisol, reason=REASON)
        now = clock_at(SINCE + timedelta(hours=3))
        assert queries.watched(marisol.pk, now) == marisol
        actions.end_watch(by=by, watch=watch)
        assert queries.watched(marisol.pk, now) is None
        with pytest.raises(Refused, match="ended already"):
            actions.end_watch(by=by, watch=watch)
        actions.watch(by=by, client=marisol, reason=REASON)

    def test_through_a_day_it_holds_to_its_end(self, marisol, guardian, clock_at):
        by, today = actor_of(guardian), date(2026, 10, 5)
        with pytest.raises(Refused, match="This day is over"):
            actions.watch(by=by, client=marisol, reason=REASON, until=today - timedelta(days=1))
        watch = actions.watch(by=by, client=marisol, reason=REASON, until=today)
        assert queries.watches_of(marisol, watch.until - timedelta(seconds=1)) == [watch]
        clock_at(watch.until)
        assert queries.watches_of(marisol, watch.until) == []
        with pytest.raises(Refused, match="ended already"):
            actions.end_watch(by=by, watch=watch)

    def test_without_a_reason_nobody_is_watched(self, marisol, guardian):
        with pytest.raises(Refused, match="Write why"):
            actions.watch(by=actor_of(guardian), client=marisol, reason=" ")
        with pytest.raises(IntegrityError), transaction.atomic():
            WatchFactory(client=marisol, reason_sealed="")

    def test_a_client_asks_for_it_without_a_reason_and_takes_back_their_own_wish_alone(self, marisol, guardian):
        by = actor_of(marisol.account)
        wish = actions.wish_watch(by=by, client=marisol)
        assert actions.wish_watch(by=by, client=marisol) == wish
        assert (wish.why, wish.reason) == ("wish", "")
        ours = actions.watch(by=actor_of(guardian), client=marisol, reason=REASON)
        assert actions.end_wish(by=by, client=marisol).watch == wish
        with pytest.raises(Refused, match="had not asked"):
            actions.end_wish(by=by, client=marisol)
        assert queries.watches_of(marisol, SINCE) == [ours]
        with pytest.raises(NotPermitted):
            actions.end_watch(by=by, watch=ours)
        with pytest.raises(NotPermitted):
            actions.wish_watch(by=by, client=ClientFactory())

    @pytest.mark.parametrize("role", ["front_desk", "biller", "therapist", "intake_coordinator", "alumnus"])
    def test_others_have_nobody_watched(self, marisol, role):
        with pytest.raises(NotPermitted):
            actions.watch(by=actor(role), client=marisol, reason=REASON)

    def test_each_act_stands_in_the_trail_about_the_client(self, marisol, guardian, biller):
        actions.end_watch(by=actor_of(guardian), watch=actions.watch(by=actor_of(guardian), client=marisol, reason="x"))
        actions.wish_watch(by=actor_of(marisol.account), client=marisol)
        actions.end_wish(by=actor_of(marisol.account), client=marisol)
        opening = actions.say_why(by=actor_of(biller), client=marisol, why="check")
        actions.review(by=actor_of(guardian), opening=opening, found="right")
        events = AuditEvent.objects.filter(verb__startswith="client.").values_list("verb", "subjects")
        verbs = ["watch", "end_watch", "wish_watch", "end_wish", "say_why", "review_watched"]
        assert list(events) == [(f"client.{verb}", [f"client:{marisol.pk}"]) for verb in verbs]
        rows = (WatchEnd.objects.first(), WatchedReview.objects.get())
        assert {one.audit_subjects for one in rows} == {(f"client:{marisol.pk}",)}


class TestPage:
    def test_it_is_watched_and_ended_on_one_page(self, marisol, guardian, client):
        browser = sign_in(client, guardian)
        address = reverse("clients:watch", args=[marisol.public_id])
        assert address in page_of(browser.get(record(marisol)))
        assert "This record is not watched" in page_of(browser.get(address))
        assert "Write why" in page_of(browser.post(address, {"reason": ""}))
        page = page_of(browser.post(address, {"reason": REASON, "until": "2026-10-01"}))
        assert "This day is over" in page
        assert REASON in page
        answer = browser.post(address, {"reason": REASON, "until": "2026-10-09"}, follow=True)
        assert "watched closely from now on" in answer.content.decode()
        assert REASON in page_of(answer)
        assert ASKED not in page_of(answer), "who guards the record is not asked on this page"
        end = reverse("clients:end_watch", args=[marisol.public_id, Watch.objects.get().public_id])
        assert "This record is not watched" in page_of(browser.post(end, follow=True))
        assert "ended already" in browser.post(end, follow=True).content.decode()

    def test_nobody_else_finds_the_page_or_reads_that_it_is_watched(self, marisol, client):
        WatchFactory(client=marisol)
        member = StaffMemberFactory(account__roles=["therapist"])
        CareAssignmentFactory(episode=marisol.episodes.get(), staff_member=member)
        browser = sign_in(client, member.account)
        assert "watch" not in page_of(browser.get(record(marisol))).lower()
        assert browser.get(reverse("clients:watch", args=[marisol.public_id])).status_code == 403
