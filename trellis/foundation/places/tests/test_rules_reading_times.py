"""Days and times as lists write them."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trellis.foundation.places.reading import text, times
from trellis.foundation.places.tests.lists import classic, lost, one, problems, reading, row, v1

MINUTES = st.integers(0, 1439)


@given(MINUTES)
def test_every_time_of_a_day_is_read_as_it_is_written(minute):
    assert times.minutes(times.clock(minute)) == minute
    assert one(time=times.clock(minute)).time == minute


@given(MINUTES)
def test_twelve_hours_are_mended_to_the_same_minute(minute):
    hour, rest = divmod(minute, 60)
    for half in ("am", "AM", "a.m.", " A. M."):
        half = half if hour < 12 else half.replace("a", "p").replace("A", "P")
        assert times.minutes(f"{(hour - 1) % 12 + 1}:{rest:02}{half}") == minute


@pytest.mark.parametrize(("given", "read"), [("8:00", 480), ("19:30:00", 1170), ("7:30 PM", 1170), ("7 pm", 1140),
                                             ("12:00 AM", 0), ("12:30 p.m.", 750)])  # fmt: skip
def test_a_time_is_mended_and_reported(given, read):
    assert one(time=given).time == read
    assert problems(row(time=given)) == [("time", given, True)]


@pytest.mark.parametrize("given", ["25:00", "24:00", "19.30", "1930", "7:30 XM", "13:00 PM", "0:30 AM", "-1:00",
                                   "noon", "١٩:٣٠", 19, ["19:30"], {"t": 1}, True])  # fmt: skip
def test_a_time_that_cannot_be_read_is_not_kept(given):
    field, value = lost(time=given)
    assert field == "time"
    assert value == given or isinstance(given, (list, dict))


def test_seconds_belong_to_bmlt():
    assert reading(classic()).problems == []
    assert problems(v1(startTime="19:30:00")) == []
    assert problems(v1(startTime="7:30 PM")) == [("startTime", "7:30 PM", True)]


@given(st.integers(0, 7))
def test_seven_and_nought_are_sunday(number):
    assert one(day=number).day == one(day=str(number)).day == one(day=float(number)).day == number % 7


@pytest.mark.parametrize(("number", "day"), [(1, 0), ("2", 1), (7, 6)])
def test_classic_days_begin_with_one_on_sunday(number, day):
    assert reading(classic(weekday_tinyint=number)).meetings[0].day == day


@pytest.mark.parametrize("number", [0, 8, "0"])
def test_classic_has_no_day_nought(number):
    assert problems(classic(weekday_tinyint=number)) == [("weekday_tinyint", number, False)]


@pytest.mark.parametrize("given", [8, -1, "8", "someday", 1.5, True, [8, 9], {"d": 1}, "x"])
def test_a_day_that_cannot_be_read_is_not_kept(given):
    assert lost(day=given)[0] == "day"


def test_a_day_by_its_name_is_mended():
    assert [one(day=name).day for name in ("Sunday", "mon", " FRIDAY ")] == [0, 1, 5]
    assert problems(row(day="Monday")) == [("day", "Monday", True)]


def test_a_list_of_days_is_several_meetings_and_one_row():
    outcome = reading(row(day=[1, "3", 7, 0, 1]))
    assert (outcome.read, outcome.kept) == (1, 1)
    assert [meeting.day for meeting in outcome.meetings] == [1, 3, 0]
    assert {meeting.row_key for meeting in outcome.meetings} == {outcome.meetings[0].row_key}
    assert [meeting.day for meeting in reading(row(day="1,3")).meetings] == [1, 3]


def test_a_bad_day_in_a_list_of_days_is_dropped():
    outcome = reading(row(day=[1, 9]))
    assert [meeting.day for meeting in outcome.meetings] == [1]
    assert [(p.field, p.value, p.kept) for p in outcome.problems] == [("day", 9, True)]


@pytest.mark.parametrize("nothing", [None, "", "  ", []])
def test_neither_day_nor_time_is_by_appointment(nothing):
    meeting = one(day=nothing, time=None)
    assert (meeting.day, meeting.time, meeting.week_minute) == (None, None, None)
    assert problems(row(day=nothing, time="")) == []


def test_only_one_of_day_and_time_is_not_kept():
    assert lost(day=None) == ("day", None)
    assert lost(time=None) == ("time", None)


# --- ends -------------------------------------------------------------------------------------------------------------


@given(MINUTES, MINUTES)
def test_an_end_is_kept_when_it_fits_its_start(start, end):
    meeting = one(time=times.clock(start), end_time=times.clock(end))
    over_midnight = 0 < end + 1440 - start <= 360 and end < start
    if end > start or over_midnight:
        assert meeting.end_time == end
        assert (start + meeting.duration) % 1440 == end
        assert 0 < meeting.duration < 1440
    else:
        assert (meeting.end_time, meeting.duration) == (None, None)
        assert problems(row(time=times.clock(start), end_time=times.clock(end))) == [
            ("end_time", times.clock(end), True)
        ]


def test_an_end_past_midnight_is_smaller_and_the_length_is_true():
    meeting = one(time="23:00", end_time="00:30")
    assert (meeting.end_time, meeting.duration) == (30, 90)
    assert one(time="00:00", end_time="23:59").duration == 1439
    assert one(time="18:01", end_time="00:01").duration == 360
    assert one(time="18:00", end_time="00:01").end_time is None


def test_an_end_that_cannot_be_read_is_left_empty_and_a_mended_one_is_kept():
    assert problems(row(end_time="late")) == [("end_time", "late", True)]
    assert one(end_time="8:30 PM").end_time == 1230
    assert problems(row(day=None, time=None, end_time="20:00")) == [("end_time", "20:00", True)]


@given(MINUTES, st.integers(-10, 2000))
def test_a_length_gives_the_end_by_the_same_measure(start, length):
    meeting = one(time=times.clock(start), duration=length)
    if meeting.duration is None:
        assert length <= 0 or length >= 1440 or (start + length >= 1440 and length > 360)
    else:
        assert meeting.duration == length
        assert meeting.end_time == (start + length) % 1440


@pytest.mark.parametrize(("given", "read"), [("01:30", 90), ("01:30:00", 90), ("60", 60), (45.0, 45)])
def test_lengths_are_written_in_several_ways(given, read):
    assert one(duration=given).duration == read


@pytest.mark.parametrize("given", ["00:00", "long", 0, True, [60], "25:00", 1e9])
def test_a_length_that_cannot_be_used_is_left_empty(given):
    assert one(duration=given).duration is None
    assert [problem[0] for problem in problems(row(duration=given))] == ["duration"]


def test_the_end_counts_before_the_length_and_the_length_when_the_end_is_bad():
    assert one(end_time="20:30", duration=90).duration == 60
    assert one(end_time="19:30", duration=90).end_time == 21 * 60
    assert one(day=None, time=None, duration=60).duration == 60
    assert one(day=None, time=None, duration=1440).duration is None


# --- when it was changed ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("given", "read"), [
    ("2023-08-29 15:56:59", datetime(2023, 8, 29, 15, 56, 59, tzinfo=UTC)),
    ("2023-08-29T15:56:59-07:00", datetime(2023, 8, 29, 22, 56, 59, tzinfo=UTC)),
    ("8/29/2021", datetime(2021, 8, 29, tzinfo=UTC)),
    ({"$date": "2025-01-30T14:13:55.582Z"}, datetime(2025, 1, 30, 14, 13, 55, tzinfo=UTC)),
    ({"$date": {"$numberLong": "1738246435582"}}, datetime(2025, 1, 30, 14, 13, 55, tzinfo=UTC)),
    ({"$date": 1738246435582}, datetime(2025, 1, 30, 14, 13, 55, tzinfo=UTC)),
])  # fmt: skip
def test_a_date_without_a_zone_is_utc(given, read):
    assert one(updated=given).updated == read


@pytest.mark.parametrize("given", ["yesterday", "13/40/2021", "1066-10-14", {"$date": "9" * 15}, {"x": 1}, [1], True])
def test_a_date_that_cannot_be_read_is_left_empty(given):
    assert one(updated=given).updated is None
    assert [problem[0] for problem in problems(row(updated=given))] == ["updated"]


@given(st.datetimes(min_value=datetime(1991, 1, 1), max_value=datetime(2099, 1, 1)))
def test_every_instant_survives(when):
    assert text.instant(when.isoformat()) == when.replace(microsecond=0, tzinfo=UTC)
