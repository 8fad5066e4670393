"""A plan, a yes, a follow-up and the way back: what is kept, who may, what is refused."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.core.signing import Signer
from django.test import Client as Browser
from django.urls import reverse

from tests.support.live import sign_in
from trellis.foundation import clock
from trellis.foundation.access.actor import Actor
from trellis.foundation.access.permissions import NotPermitted, Refused, may
from trellis.foundation.messaging import actions as messaging
from trellis.foundation.messaging import kinds
from trellis.foundation.messaging.models import Message
from trellis.foundation.program import queries as program_queries
from trellis.foundation.program.tests.factories import load_pomona
from trellis.foundation.record.guard import writing
from trellis.journey.continuity.aftercare import actions, links, queries, rules
from trellis.journey.continuity.aftercare.blueprint import days_of
from trellis.journey.continuity.aftercare.rules import Shelf
from trellis.journey.continuity.leaving.queries import unsigned_for
from trellis.journey.continuity.models import ContactAgreement, FollowUpDone
from trellis.journey.continuity.tests.left import of_stay
from trellis.journey.inquiry.models import Inquiry
from trellis.journey.measures import actions as measures
from trellis.journey.measures import queries as asked
from trellis.journey.measures.models import SafetyAlert
from trellis.people.accounts.models import Account
from trellis.people.clients.kept_out.actions import keep_out
from trellis.people.clients.models import Client
from trellis.people.clients.policy import LAST_TEAM_DAYS
from trellis.people.clients.tests.factories import (
    CareAssignmentFactory,
    ClientFactory,
    EpisodeFactory,
    StaffMemberFactory,
    actor,
    actor_of,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("program")]
END = date(2026, 11, 1)
PLAN = {"people": [["Ana", "909 555 0142"]], "signs": ["I sleep badly"]}


@pytest.fixture
def program(clock_at):
    """Noon in Pomona, seven days after the stay."""
    clock_at(datetime(2026, 11, 8, 20, tzinfo=UTC))
    load_pomona()


@pytest.fixture
def former():
    client = ClientFactory(with_account=True, account__roles=["alumnus"], email="m@example.org", may_text=True)
    EpisodeFactory(client=client, closed=True)
    return client


@pytest.fixture
def intake():
    return actor("intake_coordinator")


def own(client):
    return actor_of(client.account)


def says_yes(client, **how):
    return actions.agree(by=own(client), client=client, yes=True, **(how or {"by_phone": True, "by_mail": True}))


def last_team(client):
    member = StaffMemberFactory(account__roles=["counselor"])
    CareAssignmentFactory(episode=client.episodes.get(), staff_member=member, until=END)
    return actor_of(member.account)


def with_telephone(client):
    with writing("test"):
        Client.objects.filter(pk=client.pk).update(telephone="909-555-0142")
    client.refresh_from_db()
    return client


def listed(by):
    return [(one.client, one.shelf) for one in queries.to_follow_up(by, clock.now().date())]


class TestThePlan:
    def test_versions_are_added_and_the_second_writer_looks_first(self, former):
        team = last_team(former)
        actions.keep_plan(by=own(former), client=former, words=PLAN, seen=0)
        with pytest.raises(Refused, match="changed meanwhile"):
            actions.keep_plan(by=team, client=former, words=PLAN, seen=0)
        second = actions.keep_plan(by=team, client=former, words=PLAN, seen=1)
        assert [(row.number, row.with_staff_id) for row in queries.plans_of(former)] == [
            (2, second.with_staff_id), (1, None),
        ]  # fmt: skip
        assert "sleep badly" not in second.words_sealed

    def test_an_empty_one_is_refused_and_so_is_who_never_knew_them(self, former):
        with pytest.raises(Refused, match="at least one"):
            actions.keep_plan(by=own(former), client=former, words={"people": []}, seen=0)
        for stranger in (
            actor("counselor"),
            actor("intake_coordinator"),
            actor("front_desk"),
            own(ClientFactory(with_account=True)),
        ):
            with pytest.raises(NotPermitted):
                actions.keep_plan(by=stranger, client=former, words=PLAN, seen=0)

    def test_the_last_team_lets_go_once_somebody_is_back(self, former):
        team = last_team(former)
        assert may(team, "aftercare.read", former)
        assert not may(team, "client.read", former)
        EpisodeFactory(client=former, opened_on=date(2026, 11, 5))
        assert not may(team, "aftercare.read", former)


class TestContact:
    def test_without_a_yes_nobody_is_listed_and_no_call_is_written_down(self, former, intake):
        assert listed(intake) == []
        with pytest.raises(Refused, match="Ask first"):
            actions.record_call(by=intake, client=former, day=7, outcome="declined")
        says_yes(former)
        assert listed(intake) == [(former, Shelf.TODAY)]
        actions.agree(by=own(former), client=former, yes=False)
        assert listed(intake) == []

    def test_a_yes_names_a_way(self, former):
        with pytest.raises(Refused, match="at least one way"):
            actions.agree(by=own(former), client=former, yes=True)

    def test_the_link_of_a_message_ends_it_without_a_sign_in(self, former):
        agreement = says_yes(former)
        browser, address = Browser(), links.stop_address(agreement)
        shown = browser.get(address)
        assert shown["Cache-Control"] == "no-store"
        page = shown.content.decode()
        assert former.chosen_name not in page
        assert former.public_id not in page
        assert queries.agreement_of(former).yes, "a program that looks at links ends nothing"
        assert browser.cookies == {}, "nobody who reads a message is known again"
        assert browser.post(address, headers={"Origin": "https://evil.example"}).status_code == 403
        assert queries.agreement_of(former).yes
        browser.post(address)
        browser.post(address)
        assert [(row.yes, row.how) for row in queries.agreements_of(former)] == [(False, "link"), (True, "own")]
        assert browser.post(address[:-2] + "x/").status_code == 404
        forged = Signer(salt="another").sign(agreement.public_id)
        assert browser.post(reverse("my:stop", args=[forged])).status_code == 404

    def test_the_link_works_and_says_nothing_on_whatever_device_it_is_opened(self, former):
        """Also where somebody is signed in to whom the record is closed: no other answer tells them whose it is."""
        agreement = says_yes(former)
        account = StaffMemberFactory(account__roles=["counselor"]).account
        keep_out(by=own(former), client=former, account=account)
        page = sign_in(Browser(), account).post(links.stop_address(agreement))
        assert page.status_code == 200
        assert not queries.agreement_of(former).yes


class TestFollowUps:
    def test_of_two_who_write_one_down_the_second_reads_that_it_was_answered(self, former, intake):
        says_yes(former)
        actions.answer(by=own(former), client=former, day=7, answers={"safe": "yes", "other": "x"})
        with pytest.raises(Refused, match="answered meanwhile"):
            actions.record_call(by=intake, client=former, day=7, outcome="reached", answers={"safe": "yes"})
        with pytest.raises(Refused, match="Nothing is open"):
            actions.answer(by=own(former), client=former, day=14, answers={"safe": "yes"})
        row = FollowUpDone.objects.get()
        assert queries.answers_of(row) == {"safe": "yes"}
        assert '"yes"' not in row.answers_sealed

    def test_who_was_not_reached_is_tried_again(self, former, intake):
        says_yes(former)
        today = clock.now().date()
        with pytest.raises(Refused, match="which day"):
            actions.record_call(by=intake, client=former, day=7, outcome="not_reached")
        actions.record_call(by=intake, client=former, day=7, outcome="not_reached", next_try=today + timedelta(days=2))
        assert listed(intake) == [(former, Shelf.SOON)]

    def test_who_does_not_feel_safe_stands_first_until_somebody_called(self, former, intake):
        says_yes(former)
        actions.answer(by=own(former), client=former, day=7, answers={"safe": "no"})
        assert listed(intake) == [(former, Shelf.WAITS)]
        actions.record_call(by=intake, client=former, day=7, outcome="called", note="She is with her sister")
        assert listed(intake) == [(former, Shelf.SOON)]
        with pytest.raises(Refused, match="answered meanwhile"):
            actions.record_call(by=intake, client=former, day=7, outcome="called")

    @pytest.mark.parametrize("said", [None, False])
    def test_whoever_asks_us_to_call_is_called_without_another_yes(self, former, intake, said):
        former = with_telephone(former)
        if said is not None:
            actions.agree(by=own(former), client=former, yes=said)
        actions.answer(by=own(former), client=former, day=7, answers={"call": "yes"})
        assert listed(intake) == [(former, Shelf.WAITS)]
        page = sign_in(Browser(), account_of(intake)).get(reverse("aftercare:follow_up", args=[former.public_id]))
        assert "909-555-0142" in page.content.decode()
        with pytest.raises(Refused, match="Ask first"):
            actions.record_call(by=intake, client=former, day=14, outcome="declined")
        row = actions.record_call(by=intake, client=former, day=365, outcome="called")
        assert row.day == 7, "the call that they asked for, whatever the form says"
        assert listed(intake) == []

    def test_whoever_stops_contact_by_the_link_waits_for_no_call_any_more(self, former, intake, clock_at):
        former = with_telephone(former)
        agreement = says_yes(former)
        actions.answer(by=own(former), client=former, day=7, answers={"call": "yes"})
        assert listed(intake) == [(former, Shelf.WAITS)]
        clock_at(clock.now() + timedelta(minutes=1))
        assert "calls stop now" in Browser().post(links.stop_address(agreement)).content.decode()
        assert listed(intake) == []
        assert queries.due_of(former, clock.now().date()) is None
        browser, address = (
            sign_in(Browser(), account_of(intake)),
            reverse("aftercare:follow_up", args=[former.public_id]),
        )
        assert "909-555-0142" not in browser.get(address).content.decode()
        with pytest.raises(Refused, match="Ask first"):
            actions.record_call(by=intake, client=former, day=7, outcome="called")
        clock_at(clock.now() + timedelta(minutes=1))
        says_yes(former)
        assert listed(intake) == [(former, Shelf.SOON)], "a new yes brings no wish of before back"

    def test_a_call_that_somebody_asks_for_is_possible_where_only_mail_was_agreed(self, former, intake):
        former = with_telephone(former)
        says_yes(former, by_mail=True)
        address = reverse("aftercare:follow_up", args=[former.public_id])
        browser = sign_in(Browser(), account_of(intake))
        assert "909-555-0142" not in browser.get(address).content.decode()
        actions.answer(by=own(former), client=former, day=7, answers={"call": "yes"})
        assert "909-555-0142" in browser.get(address).content.decode()

    def test_a_counselor_lists_only_whom_their_team_had(self, former):
        says_yes(former)
        assert listed(last_team(former)) == [(former, Shelf.TODAY)]
        assert listed(actor("counselor")) == []
        assert listed(actor("front_desk")) == []

    def test_whoever_is_kept_out_lists_and_hears_nothing(self, former, intake):
        says_yes(former)
        account = StaffMemberFactory(account__roles=["intake_coordinator"]).account
        keep_out(by=own(former), client=former, account=account)
        assert listed(actor_of(account)) == []
        actions.ask_to_return(by=own(former), client=former)
        assert {one.about for one in Message.objects.filter(kind=actions.LOOK_KIND)} == {f"account:{intake.account_id}"}
        page = sign_in(Browser(), account).get(reverse("inquiry:board")).content.decode()
        assert former.chosen_name not in page

    def test_the_list_asks_as_much_for_thirty_as_for_one(self, intake, statements):
        def some(number):
            for _ in range(number):
                one = EpisodeFactory(closed=True).client
                with writing("test"):
                    ContactAgreement.objects.create(
                        client=one, yes=True, by_phone=True, how="staff", at=clock.now(), by="account:1"
                    )

        some(1)
        with statements() as first:
            assert len(queries.to_follow_up(intake, clock.now().date())) == 1
        some(29)
        with statements() as second:
            assert len(queries.to_follow_up(intake, clock.now().date())) == 30
        assert len(first) == len(second) <= 5


class TestQuestionsAfterAStay:
    def test_they_answer_on_their_phone_and_a_worrying_answer_reaches_who_is_on_duty(self, former):
        (one,) = asked.due(former, clock.now().date())
        assert (one.form.key, one.due.occasion) == ("phq-9", "follow_up")
        by = own(former)
        given = measures.begin(
            by=by, client=former, instrument="phq-9", occasion="follow_up", way="phone", language="en"
        )
        measures.keep_answers(
            by=by, administration=given, answers={f"phq9.{n}": 0 for n in range(1, 9)} | {"phq9.9": 1}
        )
        measures.finish(by=by, administration=given)
        assert SafetyAlert.objects.get().client == former
        assert asked.due(former, clock.now().date()) == []
        on_duty = actor("clinical_director")
        assert sign_in(Browser(), account_of(on_duty)).get(reverse("alerts:list")).status_code == 200

    def test_the_last_team_asks_and_reads_nothing_of_before(self, former):
        team = last_team(former)
        assert may(team, "measures.ask", former)
        assert not may(team, "measures.read", former)


def account_of(by):
    return Account.objects.get(pk=by.account_id)


class TestTheWayBack:
    def test_one_tap_stands_on_the_board_with_its_clock_and_two_are_one(self, former, intake):
        browser = sign_in(Browser(), former.account)
        for _ in range(2):
            assert browser.post(reverse("my:come_back")).status_code == 302
        asked_again = Inquiry.objects.get()
        assert (asked_again.client_subject, asked_again.name) == (f"client:{former.pk}", former.chosen_name)
        assert asked_again.call_by == asked_again.respond_by > clock.now()
        message = Message.objects.get(kind=actions.LOOK_KIND)
        words = kinds.write(kinds.kind_of(message.kind), "en", message.values).body
        assert former.first_name not in words
        assert "We call you" in browser.get(reverse("my:today")).content.decode()
        page = sign_in(Browser(), account_of(intake)).get(reverse("admission:admit", args=[asked_again.public_id]))
        assert page.context["form"].initial["known"] == former.public_id

    def test_whoever_is_here_stays_here(self):
        client = ClientFactory(with_account=True, in_program=True)
        with pytest.raises(Refused, match="in the program now"):
            actions.ask_to_return(by=own(client), client=client)
        with pytest.raises(NotPermitted):
            actions.ask_to_return(by=own(client), client=ClientFactory())


def test_messages_of_other_kinds_ask_nothing_of_the_agreement(former):
    with writing("test"):
        other = messaging.queue(
            by=Actor.of_system("test"), key="x", channel="mail", to="m@example.org", kind="rights.answered",
            language="en", values={"url": "u"}, about=f"client:{former.pk}",
        )  # fmt: skip
    assert queries.agreement_of(former) is None
    assert kinds.why_not(other) is None


def test_the_last_team_lasts_as_long_as_the_last_follow_up_and_lists_let_go_with_it(former, clock_at):
    """In a row of days, what the lists of the last team name is what it may open."""
    team, owed = last_team(former), of_stay(former.episodes.get(), summary_due=END)
    last = END + timedelta(days=LAST_TEAM_DAYS)
    assert days_of()[-1] + rules.LAST_LASTS.days <= LAST_TEAM_DAYS
    for day, here in ((last, True), (last + timedelta(days=1), False)):
        clock_at(datetime.combine(day, time(12), program_queries.zone()))
        assert [may(team, verb, former) for verb in ("discharge.read", "aftercare.read")] == [here, here], day
        assert unsigned_for(team) == ([owed] if here else []), day
