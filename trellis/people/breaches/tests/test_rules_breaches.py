"""Days, duties, who was told, what an assessment may say: against the law's own words, and against any case."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trellis.foundation.record.states import MoveNotAllowed
from trellis.people.breaches import rules, states
from trellis.people.breaches.rules import Case, Delay, Duty, Outcome, Reach

FOUND_OUT = date(2026, 10, 1)
FEDERAL = {Duty.PEOPLE, Duty.HHS, Duty.MEDIA, Duty.SITE}

days = st.dates(date(2024, 1, 1), date(2040, 12, 31))
facts = st.sampled_from([True, False, None])
delays = st.lists(
    st.builds(
        lambda start, length: Delay(start, length and start + timedelta(length)), days, st.none() | st.integers(1, 90)
    ),
    max_size=3,
).map(tuple)
cases = st.builds(
    Case, discovered_on=days, affected=st.integers(0, 1200), residents=st.none() | st.integers(0, 1200),
    out_of_reach=st.integers(0, 30), licensed=facts, unencrypted=facts, delays=delays,
)  # fmt: skip


def due(case):
    return {one.duty: one.due for one in rules.deadlines(case)}


def of(case, duty):
    return next(one for one in rules.deadlines(case) if one.duty is duty)


class TestFederal:
    def test_people_are_told_within_sixty_days_and_the_day_of_discovery_is_not_counted(self):
        assert rules.people_due(FOUND_OUT) == date(2026, 11, 30)
        assert rules.people_due(date(2028, 1, 1)) == date(2028, 3, 1)  # over a February of 29 days

    @pytest.mark.parametrize(
        ("affected", "when"), [(0, date(2027, 3, 1)), (499, date(2027, 3, 1)), (500, date(2026, 11, 30))]
    )
    def test_five_hundred_are_reported_with_the_letters_and_fewer_after_the_year(self, affected, when):
        assert rules.hhs_due(FOUND_OUT, affected) == when

    def test_the_log_of_a_year_before_a_leap_year_is_due_a_day_earlier(self):
        assert rules.yearly_due(2026) == date(2027, 3, 1)
        assert rules.yearly_due(2027) == date(2028, 2, 29)

    @pytest.mark.parametrize(("affected", "residents", "media"), [(500, None, 0), (501, None, 1), (900, 500, 0)])
    def test_the_press_is_told_of_more_than_five_hundred_in_one_state(self, affected, residents, media):
        assert (Duty.MEDIA in due(Case(FOUND_OUT, affected, residents))) is bool(media)

    @pytest.mark.parametrize(("number", "site"), [(9, False), (10, True)])
    def test_ten_out_of_reach_are_told_on_the_site(self, number, site):
        assert (Duty.SITE in due(Case(FOUND_OUT, 20, out_of_reach=number))) is site


class TestCalifornia:
    def test_thirty_days_from_2026_on(self):
        assert rules.californians_due(date(2025, 12, 31)) == date(2026, 3, 1)
        assert rules.californians_due(date(2026, 1, 1)) == date(2026, 1, 31)

    def test_fifteen_working_days_without_taking_out_holidays(self):
        assert rules.licensed_due(date(2026, 12, 18)) == date(2027, 1, 8)

    @pytest.mark.parametrize(
        ("licensed", "unencrypted", "asks"),
        [(None, None, {Duty.STATE, Duty.PATIENTS, Duty.CALIFORNIANS}), (True, True, set()), (False, False, set())],
    )
    def test_what_nobody_has_answered_is_shown_and_asked(self, licensed, unencrypted, asks):
        found = rules.deadlines(Case(FOUND_OUT, 3, licensed=licensed, unencrypted=unencrypted))
        assert {one.duty for one in found if one.ask_counsel} == asks
        shown = {one.duty for one in found} & rules.OF_CALIFORNIA
        assert shown == (set() if licensed is False else {Duty.STATE, Duty.PATIENTS, Duty.CALIFORNIANS})

    @pytest.mark.parametrize(("affected", "shown"), [(500, False), (501, True)])
    def test_more_than_five_hundred_go_to_the_attorney_general(self, affected, shown):
        found = due(Case(FOUND_OUT, affected, unencrypted=True))
        assert (Duty.ATTORNEY_GENERAL in found) is shown
        if shown:
            assert found[Duty.ATTORNEY_GENERAL] == date(2026, 10, 31)

    def test_a_delay_does_not_move_its_days_and_makes_them_a_question(self):
        case = Case(FOUND_OUT, 600, licensed=True, unencrypted=True, delays=(Delay(FOUND_OUT, date(2027, 6, 1)),))
        for duty in rules.OF_CALIFORNIA:
            one = of(case, duty)
            assert one.ask_counsel
            assert one.due < date(2026, 11, 1)


class TestPolice:
    def test_said_aloud_it_holds_for_thirty_days_and_in_writing_as_long_as_it_says(self):
        assert Delay(FOUND_OUT).ends_on == date(2026, 10, 31)
        assert Delay(FOUND_OUT, date(2026, 12, 24)).ends_on == date(2026, 12, 24)

    def test_a_short_one_moves_no_day_and_a_long_one_does(self):
        assert of(Case(FOUND_OUT, 1, delays=(Delay(FOUND_OUT),)), Duty.PEOPLE).due == date(2026, 11, 30)
        long = Case(FOUND_OUT, 1, delays=(Delay(FOUND_OUT), Delay(FOUND_OUT, date(2026, 12, 24))))
        assert of(long, Duty.PEOPLE).due == of(long, Duty.PEOPLE).not_before == date(2026, 12, 25)
        assert rules.not_before(()) is None

    def test_while_it_holds_nobody_is_told(self):
        held = (Delay(FOUND_OUT, date(2026, 10, 10)),)
        told = {day for day in range(1, 13) if not rules.is_held(held, date(2026, 10, day))}
        assert told == {11, 12}
        assert not rules.is_held(held, date(2026, 9, 30))


class TestAnyCase:
    @given(cases)
    def test_each_duty_stands_once_the_nearest_first_and_none_is_due_before_discovery(self, case):
        found = rules.deadlines(case)
        assert len({one.duty for one in found}) == len(found)
        assert [one.due for one in found] == sorted(one.due for one in found)
        assert all(one.due > case.discovered_on and one.source for one in found)
        assert {Duty.PEOPLE, Duty.HHS} <= {one.duty for one in found}

    @given(cases)
    def test_federal_days_are_never_a_question_and_never_before_the_police_let_us(self, case):
        for one in rules.deadlines(case):
            if one.duty in FEDERAL:
                assert not one.ask_counsel
                assert one.not_before is None or one.due >= one.not_before

    @given(cases, st.integers(1, 400))
    def test_more_people_never_take_a_duty_away_or_move_a_day_back(self, case, more):
        grown = Case(
            case.discovered_on, case.affected + more, case.residents, case.out_of_reach, case.licensed,
            case.unencrypted, case.delays,
        )  # fmt: skip
        before, after = due(case), due(grown)
        assert before.keys() <= after.keys()
        assert all(after[duty] <= before[duty] for duty in before)

    @given(cases)
    def test_not_knowing_never_shows_less_than_knowing(self, case):
        unknown = due(Case(case.discovered_on, case.affected, case.residents, case.out_of_reach, delays=case.delays))
        assert due(case).keys() <= unknown.keys()


class TestTold:
    @pytest.mark.parametrize(
        ("arrived", "found"),
        [([], Reach.TO_WRITE), ([False], Reach.OUT_OF_REACH), ([True], Reach.TOLD), ([False, True], Reach.TOLD)],
    )
    def test_one_letter_that_arrived_tells(self, arrived, found):
        assert rules.reach(arrived) is found

    @pytest.mark.parametrize(
        ("affected", "told", "out", "site", "all_told"),
        [
            (0, 0, 0, False, False), (0, 0, 0, True, False), (2, 2, 0, False, True), (2, 1, 1, False, False),
            (2, 1, 1, True, True), (3, 1, 1, True, False),
        ],
    )  # fmt: skip
    def test_a_notice_on_the_site_tells_whoever_no_letter_reached(self, affected, told, out, site, all_told):
        assert rules.everybody_told(affected, told, out, on_site=site) is all_told

    def test_letters_meet_what_letters_meet_and_reports_the_rest(self):
        owed = rules.deadlines(Case(FOUND_OUT, 3))
        left = rules.unmet(owed, {Duty.HHS, Duty.PEOPLE}, told=False)
        assert {one.duty for one in left} == rules.BY_LETTER | {Duty.STATE}
        left = rules.unmet(owed, set(), told=True)
        assert {one.duty for one in left} == {Duty.STATE, Duty.HHS}


class TestAssessment:
    @pytest.mark.parametrize("missing", range(4))
    def test_low_probability_needs_all_four(self, missing):
        factors = ["a", "b", "c", "d"]
        assert not rules.lacks(Outcome.LOW_PROBABILITY, factors, "why", "Dana")
        factors[missing] = " "
        assert rules.lacks(Outcome.LOW_PROBABILITY, factors, "why", "Dana")
        assert not rules.lacks(Outcome.GOOD_FAITH, factors, "why", "Dana")

    @pytest.mark.parametrize("outcome", Outcome)
    def test_each_needs_reasons_and_a_name(self, outcome):
        assert rules.lacks(outcome, "abcd", " ", "Dana")
        assert rules.lacks(outcome, "abcd", "why", " ")

    @pytest.mark.parametrize("outcome", Outcome)
    def test_only_a_breach_confirms(self, outcome):
        assert rules.step_of(outcome) == ("confirm" if outcome is Outcome.BREACH else "clear")


class TestStates:
    def test_until_somebody_signs_it_counts_as_a_breach(self):
        assert rules.state_after([]) == states.OPEN
        assert rules.state_after(["clear", "reopen"]) == states.OPEN
        assert rules.state_after(["confirm", "finish"]) == states.FINISHED

    @pytest.mark.parametrize("steps", [["finish"], ["clear", "finish"], ["reopen"], ["confirm", "clear"]])
    def test_nothing_is_skipped(self, steps):
        with pytest.raises(MoveNotAllowed):
            rules.state_after(steps)
