"""What happens in a demo is decided by its seed alone."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from random import Random
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trellis.doors.demo.calendar import Calendar, first_look
from trellis.doors.demo.crowd import Names
from trellis.doors.demo.figures import around, draw, figures
from trellis.doors.demo.names import Namer
from trellis.doors.demo.stories import Author, seats

ZONE = ZoneInfo("America/Los_Angeles")
CAPACITIES = {"evening": 12, "evening-es": 12, "morning": 12, "morning-es": 12, "weekend": 12, "young-adult": 12}
instants = st.datetimes(datetime(2025, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))


def calendar(weeks: int = 8) -> Calendar:
    return Calendar(ZONE, datetime(2026, 3, 11, 17, 40, tzinfo=ZONE), weeks)


def author(seed: int = 1, weeks: int = 8) -> Author:
    return Author(Random(seed), calendar(weeks))


@given(instants)
def test_a_first_look_is_wednesday_evening_of_this_week(wall):
    look = first_look(wall, ZONE, set())
    assert (look.weekday(), look.hour, look.minute) == (2, 17, 40)
    assert abs(look - wall) < timedelta(days=6)
    assert look.isocalendar()[:2] == wall.astimezone(ZONE).isocalendar()[:2]


def test_a_first_look_is_never_on_a_holiday():
    christmas = date(2030, 12, 25)  # a Wednesday
    look = first_look(datetime(2030, 12, 26, 12, tzinfo=UTC), ZONE, {christmas})
    assert look.date() == christmas - timedelta(weeks=1)


@given(st.integers(1, 72))
def test_every_client_gets_a_seat_and_no_track_more_than_it_has(clients):
    given_seats = seats(clients, CAPACITIES)
    assert sum(given_seats.values()) == clients
    assert all(0 <= given_seats[key] <= CAPACITIES[key] for key in given_seats)
    assert given_seats["evening"] >= min(clients, 4)


def test_more_clients_than_places_fill_the_places():
    assert sum(seats(100, CAPACITIES).values()) == 72


def test_a_program_with_other_tracks_is_filled_evenly():
    assert seats(4, {"a": 12, "b": 12}) == {"a": 4, "b": 0}


@given(st.integers(0, 10_000), st.integers(1, 12))
def test_of_each_seat_one_person_is_here_now_and_nobody_overlaps(seed, weeks):
    story = author(seed, weeks)
    stays = story.stays({"evening": 3, "young-adult": 1})
    now = [stay for stay in stays if stay.ends_on is None]
    assert len(now) == 4
    for stay in stays:
        assert stay.question.asked_at <= stay.admitted_at
        assert stay.admitted_at.date() <= stay.starts_on <= story.calendar.today
        assert stay.ends_on is None or stay.ends_on >= stay.starts_on
        assert all(call.at < stay.admitted_at for call in stay.question.calls)


@given(st.integers(0, 10_000))
def test_a_seat_is_free_before_the_next_person_is_admitted(seed):
    stays = sorted(author(seed).stays({"evening": 1}), key=lambda stay: stay.starts_on)
    for earlier, later in pairwise(stays):
        assert earlier.ends_on is not None
        assert earlier.ends_on < later.admitted_at.date()


def test_the_same_seed_tells_the_same_story_and_another_seed_another():
    def told(seed):
        story = author(seed)
        return story.stays({"evening": 5}), story.lost_questions(5), story.todays_board()

    assert told(7) == told(7)
    assert told(7) != told(8)


def test_people_of_a_track_speak_its_language_and_are_of_its_age():
    stays = author().stays({"evening-es": 6, "young-adult": 6, "evening": 6})
    for stay in stays:
        assert stay.person.language == ("es" if stay.track == "evening-es" else "en")
        age = stay.person.age_on(stay.starts_on)
        assert (17 <= age <= 21) if stay.track == "young-adult" else age >= 20
    assert {stay.person.payer for stay in stays if stay.track == "young-adult"} <= {"medi-cal", "county", "self-pay"}


def test_nobody_has_the_name_of_another():
    names = [stay.person.name for stay in author().stays(dict.fromkeys(CAPACITIES, 12))]
    assert len(set(names)) == len(names)


def test_the_funnel_loses_as_many_as_its_source_says():
    lost = author().lost_questions(100)
    assert len(lost) == round(100 / (0.55 * 0.68) - 100)
    assert {question.ending for question in lost} == {"close", "decline", "refer"}


def test_the_board_has_one_promise_past_its_time_and_something_of_each_kind():
    board = author().todays_board()
    assert {question.for_whom for question in board} == {"self", "loved_one", "referring"}
    assert {call.outcome for question in board for call in question.calls} == {
        "no_answer",
        "left_safe_message",
        "reached",
    }
    assert all(question.asked_at <= calendar().now for question in board)


@given(st.integers(0, 10_000), st.floats(1, 60))
def test_a_wait_is_at_least_a_day(seed, median):
    assert around(Random(seed), median) >= 1


def test_what_is_no_number_is_no_choice():
    assert {draw(Random(n), figures()["ethnicity"]) for n in range(300)} == {"latinx", "white", "black", "other"}


@pytest.mark.parametrize("section", sorted(figures()))
def test_every_figure_says_where_it_comes_from(section):
    assert figures()[section]["source"]


@pytest.mark.parametrize(("day", "office"), [("2026-03-13", "2026-03-13"), ("2026-03-14", "2026-03-16")])
def test_an_office_day_is_no_weekend(day, office):
    assert calendar().office_day(date.fromisoformat(day)) == date.fromisoformat(office)


@pytest.mark.parametrize(("day", "before"), [("2026-03-16", "2026-03-13"), ("2026-03-17", "2026-03-16")])
def test_the_office_day_before_a_monday_is_a_friday(day, before):
    assert calendar().office_day_before(date.fromisoformat(day)) == date.fromisoformat(before)


def test_names_never_run_out():
    namer = Namer(Random(1))
    names = [namer.name("other", "woman") for _ in range(200)]
    assert len(set(names)) == 200


def test_in_bulk_names_are_of_many_words():
    names = Names(Random(1))
    words = {word for _ in range(5000) for word in names.name().split()}
    assert len(words) > 1000
