from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import holidays as published
import pytest
from hypothesis import given
from hypothesis import strategies as st

from trellis.foundation.program import rules
from trellis.foundation.program.days import DAYS
from trellis.foundation.program.rules import at, union_minutes, week_of, week_with
from trellis.foundation.program.schema import HolidayRule, HourRule, Text
from trellis.foundation.program.tests.factories import pomona

POMONA = ZoneInfo("America/Los_Angeles")
ZONES = st.sampled_from(["America/Los_Angeles", "UTC", "Asia/Kathmandu", "Pacific/Auckland", "America/Sao_Paulo"])
INSTANTS = st.datetimes(min_value=datetime(2000, 1, 1), max_value=datetime(2040, 1, 1), timezones=st.just(UTC))
NAMES = Text(en="Day", es="Día")


class TestWeeks:
    @given(instant=INSTANTS, zone=ZONES.map(ZoneInfo), start=st.sampled_from(DAYS))
    def test_an_instant_lies_in_its_week_and_weeks_touch(self, instant, zone, start):
        week = week_of(instant, zone, start)
        assert instant in week
        assert week.starts_at <= instant < week.ends_at
        assert week.starts_at in week
        assert week.ends_at not in week
        assert week.start.weekday() == DAYS.index(start)
        assert week.end - week.start == timedelta(days=6)
        after = week_of(week.ends_at, zone, start)
        assert after.start == week.end + timedelta(days=1)
        assert after.starts_at == week.ends_at

    @given(instant=INSTANTS, zone=ZONES.map(ZoneInfo), start=st.sampled_from(DAYS))
    def test_every_day_of_a_week_has_the_same_week(self, instant, zone, start):
        week = week_of(instant, zone, start)
        assert {week_with(day, zone, start) for day in week.days} == {week}
        assert all(day in week for day in week.days)
        assert week.end + timedelta(days=1) not in week

    @pytest.mark.parametrize(
        ("day", "hours"), [(date(2026, 11, 1), 169), (date(2027, 3, 14), 167), (date(2026, 11, 25), 168)]
    )
    def test_a_week_across_a_clock_change_is_an_hour_longer_or_shorter(self, day, hours):
        week = week_with(day, POMONA)
        assert week.ends_at - week.starts_at == timedelta(hours=hours)

    def test_sunday_night_in_pomona_is_still_the_old_week(self):
        week = week_of(datetime(2026, 11, 30, 7, 59, tzinfo=UTC), POMONA)
        assert week.start == date(2026, 11, 23)
        assert week_of(datetime(2026, 11, 30, 8, tzinfo=UTC), POMONA).start == date(2026, 11, 30)

    def test_a_naive_instant_is_refused(self):
        with pytest.raises(ValueError, match="aware"):
            week_of(datetime(2026, 11, 30), POMONA)

    @pytest.mark.parametrize(("day", "hour"), [(date(2026, 10, 29), 0), (date(2026, 11, 4), 1), (date(2027, 3, 17), 0)])
    def test_half_past_five_stays_half_past_five(self, day, hour):
        instant = at(day, time(17, 30), POMONA)
        assert instant == datetime(day.year, day.month, day.day, 0, 30, tzinfo=UTC) + timedelta(days=1, hours=hour)
        assert instant.astimezone(POMONA).time() == time(17, 30)

    def test_a_time_that_the_clock_skips_is_read_an_hour_later(self):
        assert at(date(2027, 3, 14), time(2, 30), POMONA).astimezone(POMONA).time() == time(3, 30)

    def test_other_things_are_in_no_week(self):
        assert "monday" not in week_with(date(2026, 11, 23), POMONA)


class TestHolidays:
    def test_pomona_keeps_the_days_of_2026(self):
        days = rules.holidays(pomona().holidays, 2026)
        assert {day: one.key for day, one in days.items()} == {
            date(2026, 1, 1): "new-year",
            date(2026, 1, 19): "martin-luther-king",
            date(2026, 2, 16): "presidents-day",
            date(2026, 5, 25): "memorial-day",
            date(2026, 6, 19): "juneteenth",
            date(2026, 7, 3): "independence-day",
            date(2026, 7, 4): "independence-day",
            date(2026, 9, 7): "labor-day",
            date(2026, 11, 26): "thanksgiving",
            date(2026, 11, 27): "day-after-thanksgiving",
            date(2026, 12, 25): "christmas",
        }

    @given(year=st.integers(2022, 2060))
    def test_each_day_is_one_that_california_publishes(self, year):
        ours = rules.holidays(pomona().holidays, year)
        theirs = published.country_holidays("US", subdiv="CA", years=[year, year + 1], observed=True)
        assert [day for day in ours if day not in theirs] == []

    def test_a_new_year_on_saturday_is_kept_on_the_last_day_of_the_year_before(self):
        rule = HolidayRule(key="new-year", names=NAMES, month=1, day=1, observed=True)
        assert date(2027, 12, 31) in rules.holidays([rule], 2027)
        assert list(rules.holidays([rule], 2028)) == [date(2028, 1, 1)]

    def test_a_sunday_is_kept_on_monday_too(self):
        rule = HolidayRule(key="fourth", names=NAMES, month=7, day=4, observed=True)
        assert list(rules.holidays([rule], 2027)) == [date(2027, 7, 4), date(2027, 7, 5)]

    def test_the_last_monday_of_a_month_and_of_the_year(self):
        def last(month):
            rule = HolidayRule(key="last", names=NAMES, month=month, weekday="mon", nth=-1)
            return list(rules.holidays([rule], 2026))

        assert last(5) == [date(2026, 5, 25)]
        assert last(12) == [date(2026, 12, 28)]

    def test_a_single_date_holds_in_its_year_only(self):
        rule = HolidayRule(key="move", names=NAMES, date=date(2026, 3, 2))
        assert list(rules.holidays([rule], 2026)) == [date(2026, 3, 2)]
        assert rules.holidays([rule], 2027) == {}

    def test_the_29th_of_february_is_kept_in_leap_years(self):
        rule = HolidayRule(key="leap", names=NAMES, month=2, day=29)
        assert list(rules.holidays([rule], 2028)) == [date(2028, 2, 29)]
        assert rules.holidays([rule], 2027) == {}

    def test_the_earlier_rule_wins_a_shared_day(self):
        first = HolidayRule(key="first", names=NAMES, month=7, day=4)
        second = HolidayRule(key="second", names=NAMES, date=date(2026, 7, 4))
        assert rules.holidays([first, second], 2026) == {date(2026, 7, 4): first}


class TestHours:
    @pytest.mark.parametrize(
        ("age", "payer", "least", "days"),
        [
            (21, "medi-cal", 540, 3),
            (20, "medi-cal", 360, 2),
            (20, "commercial", 540, 3),
            (64, "commercial", 540, 3),
            (18, "nobody-knows", 360, 2),
        ],
    )
    def test_the_rule_depends_on_age_and_payer(self, age, payer, least, days):
        rule = pomona().hour_rule(age=age, payer=payer)
        assert (rule.min_minutes, rule.max_minutes, rule.days) == (least, 1140, days)

    @given(age=st.integers(0, 120), payer=st.sampled_from(["medi-cal", "commercial", "county", "self-pay", "other"]))
    def test_everybody_has_a_rule(self, age, payer):
        assert pomona().hour_rule(age=age, payer=payer).holds_for(age)

    def test_no_rule_is_said_so(self):
        rule = HourRule(payer="any", min_age=21, min_hours=9, max_hours=19, days=3, source="level 2.1")
        with pytest.raises(LookupError):
            rules.hour_rule([rule], age=20, payer="any")

    def test_kinds_count_or_do_not(self):
        assert pomona().countable("process")
        assert not pomona().countable("recreation")
        with pytest.raises(LookupError):
            pomona().countable("juggling")


SPANS = st.lists(st.tuples(st.integers(0, 300), st.integers(0, 300)).map(lambda pair: tuple(sorted(pair))), max_size=8)


class TestMinutesCountOnce:
    @given(spans=SPANS)
    def test_the_union_is_the_set_of_minutes(self, spans):
        assert union_minutes(spans) == len({minute for start, end in spans for minute in range(start, end)})

    def test_each_track_of_pomona_has_its_hours_net_of_breaks(self):
        blueprint = pomona()
        weeks = {
            track.key: rules.track_week(track, blueprint.series_of(track.key), blueprint.service_kinds)
            for track in blueprint.tracks
        }
        assert {key: (week.minutes, week.days) for key, week in weeks.items()} == {
            "morning": (570, 3),
            "morning-es": (570, 3),
            "evening": (570, 3),
            "evening-es": (570, 3),
            "weekend": (570, 3),
            "young-adult": (400, 2),
        }

    def test_both_groups_of_a_choice_count_once(self):
        blueprint = pomona()
        track = blueprint.track("evening")
        both = blueprint.series_of("evening")
        one = [series for series in both if series.kind != "secular-study"]
        assert rules.track_week(track, both, blueprint.service_kinds) == rules.track_week(
            track, one, blueprint.service_kinds
        )

    def test_of_a_choice_the_shorter_one_counts(self):
        blueprint = pomona()
        track = blueprint.track("evening")
        series = [
            one.model_copy(update={"break_minutes": 40}) if one.kind == "secular-study" else one
            for one in blueprint.series_of("evening")
        ]
        assert rules.track_week(track, series, blueprint.service_kinds).minutes == 540

    def test_what_does_not_count_adds_neither_minutes_nor_days(self):
        blueprint = pomona()
        track = blueprint.track("evening")
        play = [s.model_copy(update={"kind": "recreation"}) for s in blueprint.series_of("evening")]
        assert rules.track_week(track, play, blueprint.service_kinds) == rules.TrackWeek(60, 0)
        alone = track.model_copy(update={"individual": None})
        assert rules.track_week(alone, [], blueprint.service_kinds) == rules.TrackWeek(0, 0)
