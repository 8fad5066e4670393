"""Begin, answer, finish; and what is due after it."""

from datetime import date, timedelta

import pytest

from trellis.foundation.access.permissions import NotPermitted, Refused
from trellis.foundation.audit.models import AuditEvent
from trellis.foundation.record.guard import writing
from trellis.journey.measures import queries, turns
from trellis.journey.measures.actions import answer, begin, finish, keep_answers
from trellis.journey.measures.models import Administration, Answer, Outcome, SafetyAlert
from trellis.journey.measures.tests.conftest import NOW
from trellis.journey.measures.tests.factories import form
from trellis.people.clients.models import Episode
from trellis.people.clients.tests.factories import actor

TODAY = date(2026, 11, 25)


def begun(person, instrument="phq-9", *, by=None, way="phone", occasion="weekly", language="en", on=None):
    return begin(
        by=by or person.me, client=person, instrument=instrument, occasion=occasion, way=way, language=language, on=on
    )


def due(person, day=TODAY):
    return [(one.form.key, one.due.occasion) for one in queries.due(person, day)]


class TestBegin:
    def test_two_taps_give_one_form(self, marisol):
        assert begun(marisol) == begun(marisol)
        assert Administration.objects.get().episode == marisol.episode

    def test_a_new_week_begins_anew_and_a_new_day_for_what_is_daily(self, marisol, clock_at):
        first, daily = begun(marisol), begun(marisol, "craving-nrs", occasion="daily")
        clock_at(NOW + timedelta(days=1))
        assert begun(marisol) == first
        assert begun(marisol, "craving-nrs", occasion="daily") != daily
        clock_at(NOW + timedelta(days=5))
        assert begun(marisol) != first

    @pytest.mark.parametrize(
        ("with_", "says"),
        [
            ({"instrument": "dast-10"}, "do not have"),
            ({"instrument": "cows"}, "cannot be asked in this way"),
            ({"instrument": "bam", "language": "es"}, "cannot be asked in this way"),
            ({"way": "aloud"}, "Only the client"),
        ],
    )
    def test_what_cannot_be_asked_is_refused_with_a_sentence(self, marisol, with_, says):
        with pytest.raises(Refused, match=says):
            begun(marisol, **with_)
        assert not Administration.objects.exists()

    def test_staff_read_aloud_or_type_a_paper_in_and_never_answer_on_a_clients_phone(self, marisol):
        aloud = begun(marisol, "c-ssrs-screener", by=marisol.counselor, way="aloud", language="es", occasion="asked")
        assert (aloud.way, aloud.language, aloud.by) == ("aloud", "es", marisol.counselor.name)
        paper = begun(marisol, by=marisol.counselor, way="paper", on=TODAY - timedelta(days=3))
        assert paper.on == TODAY - timedelta(days=3)
        with pytest.raises(Refused, match="Only the client"):
            begun(marisol, by=marisol.counselor)
        with pytest.raises(Refused, match="still to come"):
            begun(marisol, by=marisol.counselor, way="paper", on=TODAY + timedelta(days=1))

    def test_a_paper_that_nobody_finished_in_a_week_is_begun_anew(self, marisol, clock_at):
        def paper():
            return begun(marisol, by=marisol.counselor, way="paper", on=TODAY)

        first = paper()
        clock_at(NOW + timedelta(days=6))
        assert paper() == first
        clock_at(NOW + timedelta(days=7))
        again = paper()
        assert again != first
        answer(by=marisol.counselor, administration=again, item="phq9.1", value=1)

    def test_a_paper_is_older_than_the_stay_by_a_year_at_most_and_never_than_the_client(self, client_of):
        person, young = client_of(born_on=date(1990, 5, 1)), client_of(born_on=date(2026, 6, 1))
        first = person.episode.opened_on - timedelta(days=365)
        assert begun(person, by=person.counselor, way="paper", on=first).on == first
        for client, day in ((person, first - timedelta(days=1)), (young, date(2026, 5, 31))):
            with pytest.raises(Refused, match="Look at the year"):
                begun(client, by=client.counselor, way="paper", on=day)
        assert begun(young, by=young.counselor, way="paper", on=date(2026, 6, 1))

    @pytest.mark.parametrize("role", ["counselor", "front_desk", "biller", "program_administrator"])
    def test_nobody_else_asks(self, marisol, role):
        with pytest.raises(NotPermitted):
            begun(marisol, by=actor(role), way="aloud")


class TestAnswer:
    def test_an_answer_is_a_row_and_the_same_again_is_none(self, marisol):
        phq9 = begun(marisol)
        for value in (1, 1, 2, None, None):
            answer(by=marisol.me, administration=phq9, item="phq9.1", value=value)
        assert list(Answer.objects.order_by("id").values_list("value", flat=True)) == [1, 2, None]
        assert queries.answers_of(phq9) == {}

    @pytest.mark.parametrize(("item", "value"), [("phq9.1", 4), ("phq9.1", -1), ("phq9.99", 1), ("phq9", 1)])
    def test_what_is_not_allowed_is_refused_and_nothing_of_it_is_kept(self, marisol, item, value):
        phq9 = begun(marisol)
        with pytest.raises(Refused):
            keep_answers(by=marisol.me, administration=phq9, answers={"phq9.2": 1, item: value})
        assert not Answer.objects.exists()

    def test_nobody_answers_for_another(self, client_of):
        marisol, other = client_of(), client_of()
        phq9 = begun(marisol)
        for by, why in ((other.me, NotPermitted), (other.counselor, NotPermitted), (marisol.counselor, Refused)):
            with pytest.raises(why):
                answer(by=by, administration=phq9, item="phq9.1", value=1)

    def test_after_a_week_it_is_begun_again(self, marisol, clock_at):
        phq9 = begun(marisol)
        clock_at(NOW + timedelta(days=7))
        with pytest.raises(Refused, match="begin again"):
            answer(by=marisol.me, administration=phq9, item="phq9.1", value=1)

    def test_several_at_once_are_one_event_that_holds_no_answer(self, marisol):
        keep_answers(by=marisol.me, administration=begun(marisol), answers={"phq9.1": 1, "phq9.2": 2})
        event = AuditEvent.objects.get(verb="measures.answer")
        assert event.subjects == [f"client:{marisol.pk}"]


class TestFinish:
    def test_it_comes_to_what_the_rules_say(self, marisol):
        phq9 = begun(marisol)
        keep_answers(by=marisol.me, administration=phq9, answers=form("phq-9", 3, 3, 2, 2, 1, 1, 1, 0, 0))
        outcome = finish(by=marisol.me, administration=phq9)
        assert (outcome.status, outcome.total, outcome.severity) == ("complete", 13, "moderate")
        assert finish(by=marisol.me, administration=phq9) == outcome
        with pytest.raises(Refused, match="stay as they are"):
            answer(by=marisol.me, administration=phq9, item="phq9.1", value=0)

    def test_nothing_said_is_nothing_to_hand_in(self, marisol):
        with pytest.raises(Refused, match="Nothing is answered"):
            finish(by=marisol.me, administration=begun(marisol))
        assert not Outcome.objects.exists()

    def test_the_gates_of_the_columbia_screener_hold_it_up(self, marisol):
        screener = begun(marisol, "c-ssrs-screener", occasion="intake")
        keep_answers(by=marisol.me, administration=screener, answers={"cssrs.1": 0, "cssrs.2": 0})
        with pytest.raises(Refused, match="needs an answer"):
            finish(by=marisol.me, administration=screener)
        answer(by=marisol.me, administration=screener, item="cssrs.6", value=0)
        assert finish(by=marisol.me, administration=screener).severity == "none"
        assert not SafetyAlert.objects.exists()


class TestSafety:
    def test_an_answer_is_told_at_once_and_once(self, marisol):
        phq9 = begun(marisol)
        for value in (1, 2, 0, 1):
            answer(by=marisol.me, administration=phq9, item="phq9.9", value=value)
        alert = SafetyAlert.objects.get()
        assert (alert.flags, alert.client, alert.administration) == (["suicidal_ideation_item"], marisol, phq9)

    def test_what_is_graver_is_told_again(self, marisol):
        screener = begun(marisol, "c-ssrs-screener", occasion="intake")
        answer(by=marisol.me, administration=screener, item="cssrs.1", value=1)
        answer(by=marisol.me, administration=screener, item="cssrs.2", value=1)
        answer(by=marisol.me, administration=screener, item="cssrs.5", value=1)
        told = SafetyAlert.objects.order_by("id").values_list("flags", flat=True)
        assert list(told) == [["suicide_risk_low"], ["suicide_risk_high"]]

    def test_leaving_the_question_out_is_told_at_the_end(self, marisol):
        phq9 = begun(marisol)
        keep_answers(by=marisol.me, administration=phq9, answers=form("phq-9", 1, 1, 1, 1, 1, 1, 1, 1))
        assert not SafetyAlert.objects.exists()
        finish(by=marisol.me, administration=phq9)
        assert SafetyAlert.objects.get().flags == ["safety_item_missing"]


class TestDue:
    def test_what_was_answered_this_week_is_not_due(self, marisol):
        assert ("phq-9", "intake") in due(marisol)
        phq9 = begun(marisol, occasion="intake")
        assert next(one.begun for one in queries.due(marisol, TODAY) if one.form.key == "phq-9") == phq9
        answer(by=marisol.me, administration=phq9, item="phq9.9", value=0)
        finish(by=marisol.me, administration=phq9)
        assert "phq-9" not in dict(due(marisol))
        assert ("phq-9", "weekly") in due(marisol, date(2026, 11, 30))

    def test_it_asks_the_database_three_times_however_much_was_answered(self, marisol, statements):
        with statements() as few:
            queries.due(marisol, TODAY)
        for n in range(30):
            begun(marisol, by=marisol.counselor, way="paper", on=TODAY - timedelta(days=n))
        with statements() as many:
            queries.due(marisol, TODAY)
        assert len(few) == len(many) <= 4

    def test_whoever_is_not_in_the_program_is_asked_nothing(self, program, client_of):
        from trellis.people.clients.tests.factories import ClientFactory

        assert queries.due(ClientFactory(), TODAY) == []

    def test_after_the_end_the_last_week_and_the_days_of_following_up_ask_by_themselves(self, marisol):
        with writing("test"):
            Episode.objects.filter(client=marisol).update(status="closed", closed_on=TODAY, close_reason="completed")
        assert ("bam", "discharge") in due(marisol)
        assert {said for _key, said in due(marisol, TODAY + timedelta(days=7))} == {"follow_up"}
        assert due(marisol, TODAY + timedelta(days=365 + 30)) == []
        with writing("test"):
            Episode.objects.filter(client=marisol).update(close_reason="died")
        assert due(marisol, TODAY + timedelta(days=7)) == []

    def test_another_room_gives_the_days_of_following_up(self, marisol, monkeypatch):
        monkeypatch.setattr(turns, "_days", [lambda blueprint: (3,)])
        with writing("test"):
            Episode.objects.filter(client=marisol).update(status="closed", closed_on=TODAY, close_reason="moved")
        asked = queries.due(marisol, TODAY + timedelta(days=8))
        assert [(one.form.key, one.due.since) for one in asked] == [("phq-9", TODAY + timedelta(days=3))]
        with pytest.raises(ValueError, match="no turn of a stay"):
            turns.register("birthday", lambda client, episode, blueprint: Administration.objects.none())
