from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trellis.journey.inquiry import rules
from trellis.journey.inquiry.rules import Opening

ZONE = ZoneInfo("America/Los_Angeles")
OFFICE = [Opening(day, time(8), time(18)) for day in range(5)] + [Opening(5, time(9), time(13))]
TWO_HOURS = timedelta(hours=2)
CLOSED = {date(2026, 11, 26), date(2026, 11, 27), date(2026, 12, 25), date(2027, 1, 1)}


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE).astimezone(UTC)


def due(text: str, promise: timedelta = TWO_HOURS) -> str:
    at = rules.respond_by(local(text), OFFICE, CLOSED.__contains__, ZONE, promise)
    return at.astimezone(ZONE).strftime("%a %d %H:%M")


@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        ("2026-11-24 09:00", "Tue 24 11:00"),  # in the middle of a day
        ("2026-11-24 09:05", "Tue 24 11:15"),  # spoken in quarters of an hour
        ("2026-11-24 07:00", "Tue 24 10:00"),  # before we open
        ("2026-11-24 16:00", "Tue 24 18:00"),  # to the minute of closing
        ("2026-11-24 15:52", "Tue 24 18:00"),  # rounding stops at closing
        ("2026-11-24 17:00", "Wed 25 09:00"),  # an hour today, an hour tomorrow
        ("2026-11-24 18:00", "Wed 25 10:00"),  # as we close
        ("2026-11-25 17:30", "Sat 28 10:30"),  # across two holidays into a short Saturday
        ("2026-11-28 12:30", "Mon 30 09:30"),  # across a Sunday
        ("2026-11-29 03:00", "Mon 30 10:00"),
        ("2026-03-07 12:00", "Mon 09 09:00"),  # across the change to summer time
        ("2026-10-31 12:00", "Mon 02 09:00"),  # and back
    ],
)
def test_the_promise_counts_open_hours_only(asked, answered):
    assert due(asked) == answered


def test_the_promise_is_right_on_a_night_that_is_open_through_a_clock_change():
    night = [Opening(6, time(0), time(6))]
    spring = rules.respond_by(local("2026-03-08 01:00"), night, CLOSED.__contains__, ZONE, TWO_HOURS)
    assert spring.astimezone(ZONE).strftime("%H:%M") == "04:00"  # 2 to 3 does not exist
    autumn = rules.respond_by(local("2026-11-01 00:30"), night, CLOSED.__contains__, ZONE, TWO_HOURS)
    assert autumn.astimezone(ZONE).strftime("%H:%M") == "01:30"  # the second half past one


def test_hours_that_overlap_count_once():
    twice = [Opening(1, time(8), time(12)), Opening(1, time(11), time(13)), Opening(1, time(14), time(15))]
    at = rules.respond_by(local("2026-11-24 08:00"), twice, CLOSED.__contains__, ZONE, timedelta(hours=6))
    assert at == local("2026-11-24 15:00")


def test_a_program_that_never_opens_makes_no_promise():
    with pytest.raises(rules.NeverOpen):
        rules.respond_by(local("2026-11-24 09:00"), [], CLOSED.__contains__, ZONE, TWO_HOURS)
    with pytest.raises(rules.NeverOpen):
        rules.next_try(local("2026-11-24 09:00"), OFFICE, lambda day: True, ZONE)


def test_after_no_answer_the_next_try_is_owed_by_the_close_of_the_next_open_day():
    def tried(text: str, days: int = 1) -> datetime:
        return rules.next_try(local(text), OFFICE, CLOSED.__contains__, ZONE, days)

    assert tried("2026-11-24 09:00") == local("2026-11-25 18:00")
    assert tried("2026-11-25 09:00") == local("2026-11-28 13:00")
    assert tried("2026-11-24 09:00", days=2) == local("2026-11-28 13:00")


def test_the_last_stretch_of_a_day_is_the_one_that_counts_for_the_next_try():
    split = [Opening(2, time(8), time(12)), Opening(2, time(13), time(17)), Opening(3, time(8), time(9))]
    at = rules.next_try(local("2026-12-01 09:00"), split, CLOSED.__contains__, ZONE)
    assert at == local("2026-12-02 17:00")


moments = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))
spans = st.tuples(st.integers(0, 6), st.times(time(0), time(23)), st.integers(30, 600)).map(
    lambda s: Opening(s[0], s[1].replace(second=0, microsecond=0), _later(s[1], s[2]))
)
weeks = st.lists(spans, min_size=1, max_size=9)
holidays = st.sets(st.dates(date(2026, 1, 1), date(2028, 1, 31)), max_size=40)
promises = st.integers(5, 1440).map(lambda minutes: timedelta(minutes=minutes))
zones = st.sampled_from(
    [ZONE, ZoneInfo("America/New_York"), ZoneInfo("Europe/Berlin"), ZoneInfo("Australia/Lord_Howe")]
)


def _later(start: time, minutes: int) -> time:
    total = min(start.hour * 60 + start.minute + minutes, 23 * 60 + 59)
    return time(total // 60, total % 60)


def open_between(start: datetime, end: datetime, openings, closed, zone) -> timedelta:
    total = timedelta()
    for opens, closes in rules.open_spans(start, openings, closed, zone):
        total += max(timedelta(), min(closes, end) - max(opens, start))
    return total


@given(moments, weeks, holidays, promises, zones)
def test_between_the_question_and_the_promise_lies_the_promised_open_time(asked, openings, days, promise, zone):
    try:
        at = rules.respond_by(asked, openings, days.__contains__, zone, promise)
    except rules.NeverOpen:
        return
    waited = open_between(asked, at, openings, days.__contains__, zone)
    assert promise <= waited < promise + timedelta(minutes=15)
    assert at > asked
    assert at.tzinfo is UTC


@given(moments, weeks, holidays, promises, zones)
def test_a_promise_never_falls_on_a_holiday_or_outside_the_hours(asked, openings, days, promise, zone):
    try:
        at = rules.respond_by(asked, openings, days.__contains__, zone, promise)
    except rules.NeverOpen:
        return
    assert at.astimezone(zone).date() not in days
    assert any(s < at <= e for s, e in rules.open_spans(asked, openings, days.__contains__, zone))


@given(moments, st.integers(0, 10_000), weeks, holidays, promises)
def test_who_asks_later_is_never_promised_an_earlier_call(asked, minutes, openings, days, promise):
    later = asked + timedelta(minutes=minutes)
    try:
        first = rules.respond_by(asked, openings, days.__contains__, ZONE, promise)
        second = rules.respond_by(later, openings, days.__contains__, ZONE, promise)
    except rules.NeverOpen:
        return
    assert first <= second


@given(moments, weeks, holidays, st.integers(1, 3))
def test_the_next_try_is_owed_on_an_open_day_after_this_one(last, openings, days, count):
    try:
        at = rules.next_try(last, openings, days.__contains__, ZONE, count)
    except rules.NeverOpen:
        return
    day = at.astimezone(ZONE).date()
    assert day > last.astimezone(ZONE).date()
    assert day not in days


@pytest.mark.parametrize(
    ("moment", "word"),
    [
        ("2026-11-24 18:00", "today"),
        ("2026-11-25 10:00", "tomorrow"),
        ("2026-11-28 13:00", "weekday"),
        ("2026-11-30 10:00", "weekday"),
        ("2026-12-01 10:00", "date"),
        ("2026-11-23 10:00", "date"),
    ],
)
def test_a_moment_is_spoken_as_people_do(moment, word):
    parts = rules.promise_parts(local(moment), local("2026-11-24 09:12"), ZONE)
    assert parts.day_word == word
    assert parts.time == datetime.fromisoformat(moment).time()


def test_noon_and_midnight_are_twelve():
    now = local("2026-11-24 09:00")
    assert rules.promise_parts(local("2026-11-24 12:00"), now, ZONE).hour12 == 12
    assert rules.promise_parts(local("2026-11-25 00:00"), now, ZONE).hour12 == 12
    assert rules.promise_parts(local("2026-11-24 13:00"), now, ZONE).hour12 == 1


def test_a_call_is_overdue_once_its_moment_has_passed_and_never_when_none_is_owed():
    now = local("2026-11-24 09:00")
    assert not rules.is_overdue(None, now)
    assert not rules.is_overdue(now, now)
    assert rules.is_overdue(now - timedelta(seconds=1), now)
