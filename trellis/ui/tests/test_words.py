from datetime import time

import pytest
from django.utils.translation import override

from trellis.ui import words


@pytest.mark.parametrize(
    ("minutes", "said"), [(0, "0 min"), (17, "17 min"), (60, "1 h"), (230, "3 h 50 min"), (540, "9 h")]
)
def test_minutes_are_said_as_people_say_them(minutes: int, said: str) -> None:
    with override("en"):
        assert words.spoken_minutes(minutes) == said


@pytest.mark.parametrize(
    ("moment", "said"), [(time(17, 30), "5:30 pm"), (time(0, 5), "12:05 am"), (time(12), "12:00 pm")]
)
def test_times_have_their_half_of_the_day(moment: time, said: str) -> None:
    with override("en"):
        assert words.spoken_time(moment) == said


@pytest.mark.parametrize(
    ("language", "starts", "ends", "said"),
    [
        ("en", time(17, 30), time(19), "5:30 to 7:00 pm"),
        ("en", time(11), time(12, 30), "11:00 am to 12:30 pm"),
        ("es", time(9), time(10, 30), "9:00 a 10:30 a. m."),
    ],
)
def test_a_span_says_the_half_of_the_day_once_where_it_can(language: str, starts: time, ends: time, said: str) -> None:
    with override(language):
        assert words.spoken_span((starts, ends)) == said


@pytest.mark.parametrize(
    ("minute", "said"), [(480, "8 am"), (720, "noon"), (1050, "5:30"), (1140, "7 pm"), (1440, "12 am")]
)
def test_marks_at_the_edge_are_short(minute: int, said: str) -> None:
    with override("en"):
        assert words.clock_mark(minute) == said


def test_days_are_short_and_spanish_ones_are_lower_case() -> None:
    with override("en"):
        assert [words.short_day(d) for d in (0, 6)] == ["Mon", "Sun"]
    with override("es"):
        assert words.short_day(0) == "lun"


def test_what_was_said_in_one_language_is_not_said_in_another() -> None:
    for language, said in (("en", "5:30 pm"), ("es", "5:30 p. m."), ("en", "5:30 pm")):
        with override(language):
            assert words.spoken_time(time(17, 30)) == said


def test_a_page_puts_each_thing_in_words_once() -> None:
    hours = iter(["four", "five"])
    once = words.Once(lambda _: next(hours))
    assert [once[4], once[4], once[5], once[4]] == ["four", "four", "five", "four"]


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("A las 5:30 p. m..", "A las 5:30 p. m."),
        ("Until 5:30 p.m.. Keep it.", "Until 5:30 p.m. Keep it."),
        ("At noon.", "At noon."),
        ("Wait ...", "Wait ..."),
    ],
)
def test_a_sentence_that_ends_with_an_hour_has_one_stop(sentence: str, said: str) -> None:
    assert words.one_stop(sentence) == said
