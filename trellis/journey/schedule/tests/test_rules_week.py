from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trellis.journey.schedule.rules.cuts import Away, Belonging, cut_of
from trellis.journey.schedule.rules.dates import instants
from trellis.journey.schedule.rules.makeup import Candidate, suggestions
from trellis.journey.schedule.rules.minutes import Counting, minute
from trellis.journey.schedule.rules.places import Places, bar, warnings
from trellis.journey.schedule.rules.week import MarkFact, Sitting, ledger, target

POMONA = ZoneInfo("America/Los_Angeles")
MONDAY = date(2026, 11, 23)
SUNDAY = date(2026, 11, 29)
GROUP = Counting(True, 2, 12, below_countable=True, below_counts_as="individual")
AFTER = datetime(2026, 12, 5, tzinfo=UTC)
BEFORE = datetime(2026, 11, 20, tzinfo=UTC)


def sitting(number=1, day=MONDAY, start=time(17, 30), minutes=195, pause=15, **given_):
    starts_at, ends_at = instants(day, start, minutes, POMONA)
    values = {"counting": GROUP, "people": 7, "break_after": 90, "break_minutes": pause} | given_
    return Sitting(
        number, f"s{number}", {"en": "Skills", "es": "Habilidades"}, "group", day, starts_at, ends_at, **values
    )


def week(*sittings, now=AFTER, enough=540, **given_):
    values = {"start": MONDAY, "end": SUNDAY, "days_needed": 3, "prescribed": None} | given_
    return ledger(sittings, enough=enough, now=now, **values)


def evening_week(*marks):
    days = (MONDAY, MONDAY + timedelta(days=2), MONDAY + timedelta(days=3))
    whole = [sitting(n, day, mark=mark) for n, (day, mark) in enumerate(zip(days, marks, strict=True), 1)]
    hour = sitting(9, MONDAY + timedelta(days=1), time(16), 50, 0, counting=Counting(True), people=1, mark=HERE)
    return [*whole, hour]


HERE, ABSENT, EXCUSED = MarkFact("present"), MarkFact("absent"), MarkFact("excused")


def test_a_whole_week_is_counted_net_of_breaks():
    led = week(*evening_week(HERE, HERE, HERE))
    assert (led.planned, led.attended, led.countable) == (590, 590, 590)
    assert led.short == 0
    assert led.reached
    assert led.days_attended == 4


def test_an_absence_makes_the_week_short_by_what_lacks():
    led = week(*evening_week(HERE, HERE, ABSENT))
    assert (led.countable, led.short, led.short_by_absence, led.short_by_plan) == (410, 130, 130, 0)
    assert not led.reached


def test_an_excused_absence_lacks_too_but_is_called_excused():
    led = week(*evening_week(HERE, HERE, EXCUSED))
    assert led.short == 130
    assert [line.state for line in led.lines if line.countable == 0] == ["excused"]


def test_a_late_arrival_and_an_early_leaving_cost_their_minutes():
    led = week(sitting(mark=MarkFact("late", late=17)), sitting(2, SUNDAY, mark=MarkFact("left_early", 0, 30)))
    assert [line.countable for line in led.lines] == [163, 150]


def test_midweek_the_rest_of_the_plan_is_still_to_come():
    wednesday = datetime(2026, 11, 25, 20, tzinfo=UTC)
    led = week(*evening_week(ABSENT, None, None), now=wednesday)
    assert (led.countable, led.to_come, led.projected, led.short) == (50, 360, 410, 130)


def test_somebody_who_said_they_cannot_come_is_not_counted_on():
    led = week(sitting(cannot_come=True), now=BEFORE)
    assert (led.to_come, led.lines[0].state) == (0, "cannot_come")


def test_a_session_that_nobody_marked_is_not_held_against_anybody():
    led = week(*evening_week(HERE, HERE, None))
    assert (led.countable, led.unmarked, led.short) == (410, 180, 0)


def test_a_session_under_way_without_a_mark_is_still_to_come():
    on = sitting()
    assert week(on, now=on.starts_at + timedelta(minutes=5)).lines[0].state == "planned"


def test_who_came_and_was_not_seated_has_a_state_of_its_own():
    led = week(sitting(not_seated=True))
    assert (led.lines[0].state, led.countable) == ("not_seated", 0)


def test_a_plan_that_holds_too_little_is_the_plans_shortfall():
    led = week(sitting(mark=HERE))
    assert (led.short, led.short_by_plan, led.short_by_absence) == (360, 360, 0)


def test_an_order_below_the_rule_lowers_what_is_enough_and_one_above_does_not_raise_it():
    assert week(sitting(mark=HERE), prescribed=180).enough == 180
    assert week(sitting(mark=HERE), prescribed=900).enough == 540


@pytest.mark.parametrize(
    ("cut", "made"),
    [
        ("holiday", {"cancelled": True, "cancel_reason": "holiday"}),
        ("cancelled", {"cancelled": True, "cancel_reason": "no_leader"}),
        ("start", {"belonging": Belonging(since=date(2026, 12, 1))}),
        ("end", {"belonging": Belonging(until=date(2026, 11, 1))}),
        ("transfer", {"belonging": Belonging(until=date(2026, 11, 1), transfer=True)}),
        ("transfer", {"belonging": Belonging(since=date(2026, 12, 1), transfer=True)}),
        ("hospital", {"belonging": Belonging(aways=(Away("hospital", MONDAY),))}),
        ("jail", {"belonging": Belonging(aways=(Away("jail", MONDAY, SUNDAY),))}),
        ("leave", {"belonging": Belonging(aways=(Away("leave", date(2026, 11, 1)),))}),
        ("transfer", {"belonging": Belonging(aways=(Away("transfer", MONDAY),))}),
    ],
)
def test_a_cut_week_says_why_and_never_reads_as_a_shortfall(cut, made):
    one, *rest = evening_week(HERE, HERE, HERE)
    led = week(replace(one, mark=None, **made), *rest)
    assert led.cuts == (cut,)
    assert (led.cut_minutes, led.planned, led.countable) == (180, 410, 410)
    assert led.target == 380
    assert led.short == 0


def test_a_start_whose_earlier_sessions_were_never_made_cuts_the_week_as_much_as_one_whose_were():
    one, *rest = evening_week(HERE, HERE, HERE)
    made = week(replace(one, mark=None, belonging=Belonging(since=MONDAY + timedelta(days=1))), *rest)
    led = week(*rest, never_made=[(0, 90), (105, 195)])
    assert (led.cuts, led.cut_minutes, led.never_made, led.target, led.short) == (("start",), 180, 180, 380, 0)
    assert (led.cuts, led.cut_minutes, led.planned, led.target) == (
        made.cuts, made.cut_minutes, made.planned, made.target,
    )  # fmt: skip


def test_in_a_week_cut_by_such_a_start_what_was_offered_and_not_attended_still_lacks():
    _one, two, *rest = evening_week(HERE, ABSENT, HERE)
    led = week(two, *rest, never_made=[(0, 180)])
    assert (led.target, led.short, led.short_by_plan) == (380, 150, 0)


def test_a_start_that_leaves_enough_asks_for_the_whole_week():
    led = week(*evening_week(HERE, HERE, HERE), never_made=[(0, 180)])
    assert (led.cuts, led.target) == (("start",), 540)


def test_in_a_cut_week_what_was_offered_and_not_attended_still_lacks():
    one, two, *rest = evening_week(HERE, ABSENT, HERE)
    led = week(replace(one, mark=None, cancelled=True, cancel_reason="holiday"), two, *rest)
    assert (led.target, led.short, led.short_by_absence) == (380, 150, 150)


def test_a_leave_of_other_days_cuts_nothing():
    led = week(sitting(belonging=Belonging(aways=(Away("leave", date(2026, 11, 1), date(2026, 11, 5)),)), mark=HERE))
    assert led.cuts == ()


def test_whoever_sat_in_the_group_all_the_same_was_not_cut_off_from_it():
    led = week(sitting(belonging=Belonging(since=date(2026, 12, 1)), mark=HERE))
    assert (led.lines[0].cut, led.countable) == (None, 180)


def test_nothing_counts_in_a_cancelled_session():
    assert cut_of(Belonging(), MONDAY, True, "no_room", True) == "cancelled"
    assert week(sitting(cancelled=True, mark=HERE)).countable == 0


def test_two_groups_at_the_same_time_count_each_minute_once():
    led = week(sitting(1, mark=HERE), sitting(2, start=time(19), minutes=180, pause=0, mark=HERE))
    assert led.countable == led.attended
    assert led.lines[1].overlap > 0
    assert led.countable == led.lines[0].countable + led.lines[1].countable


@pytest.mark.parametrize(("people", "countable", "size"), [(1, 180, "below"), (7, 180, ""), (13, 0, "above")])
def test_the_size_of_the_group_decides_whether_its_minutes_count(people, countable, size):
    line = week(sitting(people=people, mark=HERE)).lines[0]
    assert (line.countable, line.how.size) == (countable, size)


def test_hours_that_do_not_count_are_attended_and_not_planned_for():
    led = week(sitting(counting=Counting(False), mark=HERE))
    assert (led.planned, led.attended, led.countable) == (0, 180, 0)


@pytest.mark.parametrize("change", [date(2026, 3, 8), date(2026, 11, 1)])
def test_the_minutes_of_a_change_day_are_right(change):
    assert week(sitting(day=change, mark=HERE)).countable == 180


MARKS = st.one_of(
    st.none(),
    st.builds(MarkFact, st.sampled_from(["present", "absent", "excused", "video"])),
    st.builds(MarkFact, st.just("late"), st.integers(1, 194)),
    st.builds(MarkFact, st.just("left_early"), st.just(0), st.integers(1, 194)),
)
A_SITTING = st.builds(
    sitting,
    st.integers(1, 99),
    st.sampled_from([MONDAY + timedelta(days=n) for n in range(3)]),
    st.builds(time, st.integers(8, 20)),
    st.just(195),
    st.sampled_from([0, 15]),
    mark=MARKS,
    cancelled=st.booleans(),
    people=st.integers(0, 14),
)


@given(st.lists(A_SITTING, max_size=7), st.integers(0, 900), st.integers(0, 14 * 24), st.integers(0, 400))
def test_the_parts_of_a_ledger_agree(sittings, enough, hours, never_made):
    led = week(*sittings, enough=enough, now=BEFORE + timedelta(hours=hours), never_made=[(0, never_made)])
    assert 0 <= led.countable <= led.attended
    assert led.countable == sum(line.countable for line in led.lines)
    assert led.planned == sum(line.planned for line in led.lines if not line.cut)
    assert led.cut_minutes == never_made + sum(line.planned for line in led.lines if line.cut)
    assert ("start" in led.cuts) == bool(never_made)
    assert led.to_come + led.unmarked <= led.planned
    assert led.target <= led.enough == enough
    assert led.short == led.short_by_absence + min(led.short, led.short_by_plan)
    assert all(line.countable == 0 for line in led.lines if line.cut)


@given(st.lists(A_SITTING, min_size=1, max_size=6))
def test_no_minute_counts_twice_however_groups_overlap(sittings):
    led = week(*sittings)
    rooms = {m for s in sittings for m in range(minute(s.starts_at), minute(s.ends_at))}
    assert led.countable <= len(rooms)


@given(st.integers(0, 900), st.integers(0, 900), st.integers(0, 900))
def test_the_target_is_never_more_than_enough_and_never_more_than_was_offered_in_a_cut_week(enough, planned, cut):
    asked = target(enough, planned, cut)
    assert 0 <= asked <= enough
    assert not cut or asked <= max(planned, 0)


def candidate(number=1, day=SUNDAY, hour=9, minutes=180, expected=5, **given_):
    starts_at, ends_at = instants(day, time(hour), minutes, POMONA)
    return Candidate(number, starts_at, ends_at, 0, 0, given_.pop("countable", True), expected, 12)


def suggested(*candidates, short=130, busy=()):
    return [s.session for s in suggestions(candidates, short=short, busy=busy, now=BEFORE)]


def test_a_session_that_makes_it_all_up_comes_first():
    assert suggested(candidate(1, MONDAY, minutes=60), candidate(2)) == [2, 1]


def test_nothing_is_suggested_that_clashes_or_is_full_or_does_not_count_or_has_begun():
    clash = candidate(1)
    assert suggested(clash, busy=[(clash.whole[1] - 1, clash.whole[1] + 60)]) == []
    assert suggested(clash, busy=[(clash.whole[1], clash.whole[1] + 60)]) == [1]
    assert suggested(candidate(1, expected=12)) == []
    assert suggested(candidate(1, countable=False)) == []
    assert suggestions([candidate()], short=5, busy=(), now=AFTER) == ()


def test_whoever_is_not_short_gets_no_suggestion_and_others_at_most_three():
    assert suggested(candidate(), short=0) == []
    assert len(suggested(*(candidate(n) for n in range(5)))) == 3


def test_places_are_free_until_they_are_taken():
    assert (Places(11, 12).free, Places(11, 12).full) == (1, False)
    assert (Places(13, 12).free, Places(13, 12).full) == (0, True)


@pytest.mark.parametrize(
    ("people", "expected"),
    [(0, ()), (1, ("below_minimum",)), (2, ()), (11, ("over_capacity",)), (13, ("over_capacity", "above_maximum"))],
)
def test_the_size_of_a_room_warns(people, expected):
    assert warnings(people, capacity=10, group_min=2, group_max=12) == expected


@pytest.mark.parametrize(
    ("age", "payer", "barred"),
    [
        (18, "county", None),
        (20, "county", None),
        (17, "county", "age"),
        (21, "county", "age"),
        (21, "other", "age"),
        (19, "other", "payer"),
        (19, "", "payer"),
        (None, "county", None),
    ],
)
def test_a_track_is_for_some_ages_and_paid_by_some(age, payer, barred):
    assert bar(age, payer, min_age=18, max_age=20, payers=["county"]) == barred


@given(age=st.integers(0, 120) | st.none(), payer=st.text(max_size=5))
def test_a_track_without_bounds_is_for_everybody(age, payer):
    assert bar(age, payer, min_age=0, max_age=None, payers=[]) is None
