"""Which care is next: what the record says, what a clinician decides beside it, and when it is time to look again."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.test import Client as Browser

from tests.support.live import sign_in
from trellis.foundation.access.permissions import NotPermitted, Refused
from trellis.foundation.audit.trail import about
from trellis.foundation.program import queries as blueprint
from trellis.foundation.program.tests.factories import load_pomona
from trellis.foundation.record.guard import writing
from trellis.journey.care.tests.factories import clinician
from trellis.journey.continuity.advice import actions, presenters, queries
from trellis.journey.continuity.models import Review
from trellis.journey.continuity.own_copy import reviews
from trellis.journey.continuity.tests.two_years import BEGAN, NOW, finished_stays, rated, two_years
from trellis.journey.measures.tests.alerted import alerted
from trellis.journey.schedule import queries as schedule
from trellis.journey.schedule.tests.factories import (
    EnrollmentFactory,
    PrescribedHoursFactory,
    SeriesFactory,
    SessionFactory,
)
from trellis.people.accounts.models import Account
from trellis.people.clients.tests.factories import ClientFactory, EpisodeFactory, actor

pytestmark = pytest.mark.django_db
SECTION = (
    "[reassessment]\nevery_days = 30\n",
    "[reassessment.events]\nsafety_alert = true\nuse = true\nshort_weeks = 2\nbelow_percent = 75\n",
)


@pytest.fixture(autouse=True)
def program(clock_at):
    clock_at(NOW)
    load_pomona()


@pytest.fixture
def marisol():
    return ClientFactory(chosen_name="Marisol Ruiz", in_program=True)


@pytest.fixture
def therapist(marisol):
    return clinician(marisol)


def at_desk(by):
    return sign_in(Browser(), Account.objects.get(pk=by.account_id))


def address(client):
    return f"/desk/clients/{client.public_id}/next/"


class TestDeciding:
    def test_a_review_keeps_what_the_record_said_then(self, marisol, therapist):
        rated(marisol, NOW - timedelta(days=3), "2.1", dimension_4="2")
        row = actions.review(by=therapist, client=marisol, decided="continue")
        assert (row.decided, row.episode.level, row.words_sealed) == ("continue", "2.1", "")
        assert row.advice["options"][0]["way"] == "continue"
        assert row.advice["options"][0]["for"][0][0] == "rules_same"
        assert [event.verb for event in about(*row.audit_subjects)][:1] == ["advice.review"]
        said = presenters.decided(row)
        assert (said.name, said.first) == ("Go on as now", "Go on as now")
        (section,) = reviews(marisol)
        shown = {line.key: line.shown for line in section}
        assert shown["decided"] == "Go on as now"
        assert shown["spoke"].count("call for what the stay is") == 1
        assert "Go on as now. Speaks for it: The ratings fit the level now" in shown["spoke"]

    def test_another_way_than_the_record_speaks_for_needs_a_reason(self, marisol, therapist):
        rated(marisol, NOW - timedelta(days=3), "2.1", dimension_4="2")
        with pytest.raises(Refused, match="write why"):
            actions.review(by=therapist, client=marisol, decided="step_up", words="  ")
        row = actions.review(by=therapist, client=marisol, decided="step_up", words="Home is not safe tonight.")
        assert "Home" not in str(row.advice)
        assert presenters.decided(row).words == "Home is not safe tonight."

    def test_who_did_not_see_the_newest_is_refused_and_an_unknown_way_too(self, marisol, therapist):
        first = actions.review(by=therapist, client=marisol, decided="continue", words="x")
        with pytest.raises(Refused, match="Somebody else"):
            actions.review(by=therapist, client=marisol, decided="continue", words="x")
        with pytest.raises(Refused, match="Choose what you decide"):
            actions.review(by=therapist, client=marisol, decided="run", words="x", seen=first.public_id)
        actions.review(by=therapist, client=marisol, decided="discharge", words="x", seen=first.public_id)
        assert Review.objects.count() == 2

    def test_a_counselor_reads_and_does_not_decide_and_outside_of_a_stay_nobody_does(self, marisol, therapist):
        counselor = clinician(marisol, "counselor")
        assert "What you decide" not in at_desk(counselor).get(address(marisol)).content.decode()
        with pytest.raises(NotPermitted):
            actions.review(by=counselor, client=marisol, decided="continue", words="x")
        gone = EpisodeFactory(closed=True).client
        with pytest.raises(Refused, match="no stay"):
            actions.review(by=actor("clinical_director"), client=gone, decided="continue", words="x")
        assert "There is no stay now" in at_desk(actor("clinical_director")).get(address(gone)).content.decode()

    def test_it_never_changes(self, marisol, therapist):
        row = actions.review(by=therapist, client=marisol, decided="continue", words="x")
        with writing("test"), pytest.raises(DatabaseError), transaction.atomic():
            Review.objects.filter(pk=row.pk).update(decided="discharge")

    def test_on_the_page_what_is_wrong_is_said_and_nothing_typed_is_lost(self, marisol, therapist):
        desk = at_desk(therapist)
        rated(marisol, NOW - timedelta(days=3), "2.1", dimension_4="2")
        page = desk.post(address(marisol), {"decided": "step_down", "words": ""}).content.decode()
        assert "The record speaks for another way" in page
        assert 'value="step_down"' in page
        assert "Choose what you decide" in desk.post(address(marisol), {"words": "So"}).content.decode()
        answer = desk.post(address(marisol), {"decided": "step_down", "words": "He asks for it."}, follow=True)
        page = answer.content.decode()
        assert "Decided and written down." in page
        assert "He asks for it." in page
        assert "The record spoke most for: Go on as now" in page


class TestTwoYears:
    def test_the_reasons_quote_the_record_and_the_pages_are_light(self, statements, clock_at):
        client = two_years()
        rated(client, NOW - timedelta(days=700), "2.5", dimension_3="3", dimension_4="3")
        rated(client, NOW - timedelta(days=4), "1.5", dimension_3="1", dimension_4="1")
        finished_stays(31)
        by = clinician(client)
        desk = at_desk(by)
        desk.get(address(client))  # the sign-in settles
        with statements() as seen:
            page = desk.get(address(client)).content
        assert len(seen) <= 15, "\n".join(str(x) for x in seen)
        assert len(page) < 40_000
        said = page.decode()
        for sentence in (
            "PHQ-9 went from 20 to 4, more than chance, and is where one hopes to be.",
            "GAD-7 went from 16 to 5, more than chance.",
            "Came to 12 of 12 sessions in the last 4 whole weeks",
            "All 3 forms about use in the last four weeks say none.",
            "4. Substance use-related risks from 3 to 1",
            "Here for 728 days at this level.",
            "Drug tests are not recorded here yet.",
        ):
            assert said.count(sentence) == 1, sentence
        assert said.count("<li>GAD-7: better</li>") == 2  # for less care, and for an end
        for measure in ("phq-9", "gad-7", "bam-iop"):
            with statements() as seen:
                page = desk.get(f"/desk/clients/{client.public_id}/over-time/?measure={measure}").content
            assert len(seen) <= 15, seen
            assert len(page) < 40_000, (measure, len(page))

    def test_several_weeks_read_at_once_are_each_week_by_itself(self, statements):
        client = two_years()
        PrescribedHoursFactory(client=client, minutes_a_week=360, since=NOW.date() - timedelta(days=12))
        PrescribedHoursFactory(client=client, minutes_a_week=480, since=BEGAN)
        row = queries.whole_weeks(NOW, 4)
        with statements() as seen:
            read = schedule.weeks([client], row, NOW)[client.pk]
        assert len(seen) <= 5
        assert read == [schedule.week(client, one, NOW) for one in row]
        assert [one.prescribed for one in read] == [480, 480, 360, 360]


class TestDue:
    def test_the_list_names_who_is_due_and_why(self, marisol, therapist):
        other = ClientFactory(chosen_name="Ana Vega", in_program=True)
        alerted(marisol)
        page = at_desk(therapist).get("/desk/reassess/").content.decode()
        assert "For one person it is time to look again" in page
        assert "Marisol Ruiz" in page
        assert "An answer about safety that could not wait, on Nov. 25, 2026." in page
        assert "51 days since the stay began (Oct. 5, 2026), and no level was decided." in page
        assert "Ana Vega" not in page
        assert "Ana Vega" in at_desk(actor("clinical_director")).get("/desk/reassess/").content.decode()
        assert at_desk(actor("front_desk")).get("/desk/reassess/").status_code == 403
        rated(other, NOW, "2.1")
        assert queries.due_number(actor("clinical_director"), NOW) == 1
        assert queries.due_number(actor("front_desk"), NOW) == 0
        assert (
            "It is time to look again" in at_desk(therapist).get(f"/desk/clients/{marisol.public_id}/").content.decode()
        )

    def test_a_review_answers_it_until_something_happens(self, marisol, therapist, clock_at):
        actions.review(by=therapist, client=marisol, decided="continue", words="x")
        assert queries.due(therapist, NOW) == []
        clock_at(NOW + timedelta(days=30))
        (due,) = queries.due(therapist, NOW + timedelta(days=30))
        assert [presenters.due_words(one) for one in due.reasons] == [
            "30 days since somebody last looked at it (Nov. 25, 2026)."
        ]

    def test_an_alert_of_the_same_day_after_the_review_calls_for_another_look(self, marisol, therapist, clock_at):
        alerted(marisol)
        clock_at(NOW + timedelta(hours=1))
        actions.review(by=therapist, client=marisol, decided="continue", words="x")
        assert queries.due(therapist, NOW) == []
        clock_at(NOW + timedelta(hours=2))
        alerted(marisol)
        (due,) = queries.due(therapist, NOW)
        assert [one.kind for one in due.reasons] == ["alert"]

    def test_weeks_in_which_no_group_was_theirs_ask_no_hours_of_them(self, marisol, therapist):
        stay, series = marisol.episodes.get(), SeriesFactory(weekday=0)
        EnrollmentFactory(episode=stay, series=series, since=stay.opened_on)
        SessionFactory(series=series, starts_at=datetime(2026, 11, 17, 1, 30, tzinfo=UTC))  # of the last whole week
        looked = queries.looked(marisol, stay, NOW)
        assert [one.asked for one in looked.record.weeks] == [0, 0, 0, 540]

    def test_weeks_far_below_their_hours_are_counted(self):
        client = two_years(seated_until=NOW.date() - timedelta(days=17))
        rated(client, NOW - timedelta(days=20), "2.1")
        (due,) = queries.due(actor("clinical_director"), NOW)
        assert (
            presenters.due_words(due.reasons[0])
            == "2 weeks in a row far below their hours: 0 min of 9 h, 0 min of 9 h."
        )

    @pytest.mark.parametrize("number", [1, 30])
    def test_the_list_costs_the_same_for_one_and_for_thirty(self, number, statements):
        for _ in range(number):
            alerted(ClientFactory(in_program=True))
        director = actor("clinical_director")
        with blueprint.remembered(), statements() as seen:
            assert len(queries.due(director, NOW)) == number
        assert len(seen) == 6, seen

    def test_where_the_program_says_nothing_nothing_is_due(self, marisol, therapist):
        load_pomona(**dict.fromkeys(SECTION, ""))
        assert queries.due(therapist, NOW) == []
        assert (
            "does not say yet when a level is looked at again"
            in at_desk(therapist).get("/desk/reassess/").content.decode()
        )
        assert "does not say yet when a level" in at_desk(therapist).get(address(marisol)).content.decode()


class TestTerms:
    SECTION = dict.fromkeys(
        ("[advice]\nold_days = 30  # older ratings of the dimensions are named as old\n"
         "short_days = 21  # a shorter stay has hardly begun\nlong_days = 90\n"
         "most_percent = 80  # of the sessions of four weeks\nfew_percent = 60\nlate_percent = 33\n"
         "moved_percent = 25  # two fortnights beside the two before\n",),
        "",
    )  # fmt: skip

    def test_where_the_program_says_none_the_page_names_what_is_missing_and_nothing_is_advised(
        self, marisol, therapist
    ):
        assert "Here for 51 days at this level." not in at_desk(therapist).get(address(marisol)).content.decode()
        load_pomona(**{"long_days = 90": "long_days = 50"})
        assert "Here for 51 days at this level." in at_desk(therapist).get(address(marisol)).content.decode()
        load_pomona(**self.SECTION)
        page = at_desk(therapist).get(address(marisol)).content.decode()
        assert "the section “advice” of the blueprint" in page
        assert "Speaks for it" not in page
        assert "What you decide" not in page
        assert "51 days since the stay began" in page  # what is due does not hang on it
        with pytest.raises(Refused, match="does not say yet from which figures"):
            actions.review(by=therapist, client=marisol, decided="continue", words="x")

    @pytest.mark.parametrize(("old", "new", "said"), [
        ("short_days = 21", "short_days = 90", "Use fewer days than long_days"),
        ("few_percent = 60", "few_percent = 80", "Use less than most_percent"),
    ])  # fmt: skip
    def test_figures_that_contradict_each_other_do_not_load(self, old, new, said):
        with pytest.raises(Exception, match=said):
            load_pomona(**{old: new})
