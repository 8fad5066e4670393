from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.utils.translation import override

from trellis.foundation.program.check import read
from trellis.foundation.program.tests.factories import changed, pomona
from trellis.journey.inquiry.models import Inquiry
from trellis.journey.inquiry.presenters import (
    Card,
    clock_words,
    day_heading,
    day_words,
    due_words,
    hours_sentences,
    moment_words,
    promise_sentence,
    span_words,
)
from trellis.journey.inquiry.queries import Hours
from trellis.journey.inquiry.tests.factories import MORNING, ZONE


def plain(words: str) -> str:
    return words.replace("\u00a0", " ")


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE).astimezone(UTC)


@pytest.fixture
def hours() -> Hours:
    return Hours(pomona())


@pytest.mark.parametrize(
    ("at", "en", "es"),
    [
        ("2026-11-24 18:00", "We call you today before 6 pm.", "Le llamamos hoy antes de las 6 p. m."),
        ("2026-11-25 10:15", "We call you tomorrow before 10:15 am.", "Le llamamos mañana antes de las 10:15 a. m."),
        ("2026-11-30 13:00", "We call you on Monday before 1 pm.", "Le llamamos el lunes antes de la 1 p. m."),
        (
            "2026-12-07 09:30",
            "We call you on Monday, December 7, before 9:30 am.",
            "Le llamamos el lunes 7 de diciembre antes de las 9:30 a. m.",
        ),
    ],
)
def test_a_promise_is_one_whole_sentence_in_each_language(hours, at, en, es):
    parts = hours.parts(local(at), MORNING)
    for language, sentence in (("en", en), ("es", es)):
        with override(language):
            assert plain(promise_sentence(parts)) == sentence
            assert promise_sentence(parts, by_call=False) != promise_sentence(parts)


def test_what_is_owed_is_short(hours):
    parts = hours.parts(local("2026-11-30 09:30"), MORNING)
    assert plain(due_words(parts)) == "Call Monday by 9:30 am"
    with override("es"):
        assert plain(due_words(parts)) == "Llamar el lunes antes de las 9:30 a. m."


@pytest.mark.parametrize(
    ("ago", "words"),
    [
        (timedelta(seconds=20), "just now"),
        (timedelta(minutes=22), "22 min ago"),
        (timedelta(hours=2), "today, 7:12 am"),
        (timedelta(hours=15), "yesterday, 6:12 pm"),
        (timedelta(days=3), "Saturday, November 21, 9:12 am"),
    ],
)
def test_how_long_ago_is_told_as_people_do(hours, ago, words):
    assert plain(moment_words(MORNING - ago, MORNING, hours)) == words


@pytest.mark.parametrize(
    ("minutes", "words"), [(35, "35 min"), (60, "1 h"), (200, "3 h"), (2900, "2 days"), (1440 * 9, "9 days")]
)
def test_how_late_is_told_in_one_unit(minutes, words):
    assert span_words(timedelta(minutes=minutes)) == words


def test_one_day_is_one_day():
    with override("es"):
        assert span_words(timedelta(days=3)) == "3 días"


def test_hours_of_days_that_do_not_follow_each_other_are_listed():
    text = changed(
        **{'days = ["mon", "tue", "wed", "thu", "fri"]\nopens = "08:30"': 'days = ["mon", "wed"]\nopens = "08:30"'}
    )
    assert plain(hours_sentences(Hours(read(text)))[0]) == "Monday, Wednesday, 8:30 am to 6 pm"


def test_noon_and_midnight_have_their_half_of_the_day():
    assert plain(clock_words(time(12))) == "12 pm"
    assert plain(clock_words(time(0, 15))) == "12:15 am"


@pytest.mark.parametrize(
    ("inquiry", "words"),
    [
        (Inquiry(email="a@example.org", language="en"), "English · by email only"),
        (Inquiry(language="es"), "Spanish"),
        (Inquiry(telephone="1", may_leave_message=True), "English · message is fine · send no text"),
    ],
)
def test_the_safe_way_is_told_in_few_words(hours, inquiry, words):
    assert Card(inquiry, hours, MORNING).safely == words


@pytest.mark.parametrize(
    ("status", "call_by", "tone"),
    [
        ("new", MORNING - timedelta(hours=1), "rose"),
        ("new", MORNING + timedelta(hours=1), "gold"),
        ("no_answer", MORNING + timedelta(days=1), "dusk"),
        ("reached", None, "leaf"),
        ("converted", None, "leaf"),
        ("declined", None, "plain"),
    ],
)
def test_colour_follows_what_is_owed(hours, status, call_by, tone):
    assert Card(Inquiry(status=status, call_by=call_by), hours, MORNING).tone == tone


def test_who_gave_no_name_is_named_so(hours):
    assert Card(Inquiry(for_whom="self"), hours, MORNING).who == "No name given"


def test_a_spanish_day_is_lower_case_inside_a_sentence_and_has_its_capital_where_a_line_begins() -> None:
    with override("es"):
        assert day_words(date(2026, 11, 23)) == "lunes 23 de noviembre"
        assert day_words(date(2026, 11, 28)) == "sábado 28 de noviembre"
        assert day_heading(date(2026, 11, 23)) == "Lunes 23 de noviembre"
    with override("en"):
        assert day_heading(date(2026, 11, 23)) == day_words(date(2026, 11, 23)) == "Monday, November 23"
