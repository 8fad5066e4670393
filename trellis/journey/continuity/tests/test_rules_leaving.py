"""How a stay ends, the way to the next place and letters, as pure rules."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trellis.journey.continuity.leaving import rules, signed_words, words
from trellis.journey.continuity.leaving.rules import Kind, Measured
from trellis.journey.continuity.models import Discharge, LetterRequest, TransitionStep
from trellis.people.clients.models import Episode

DAY = date(2026, 11, 20)
KINDS = [kind.value for kind in TransitionStep.Kind]


def test_every_reason_audience_and_way_has_a_rule():
    assert set(rules.FITS) == {reason.value for reason in Episode.CloseReason}
    assert set(rules.PURPOSE_OF) == {one.value for one in LetterRequest.Audience}
    assert set(map(str, Kind)) == {one.value for one in Discharge.Kind}
    assert (tuple(words.GIVEN), tuple(words.SECTIONS)) == (rules.GIVEN, rules.SECTIONS)
    assert {LetterRequest.Kind.LEAVE, LetterRequest.Kind.DISABILITY} == rules.MEDICAL


@pytest.mark.parametrize(("reason", "said", "found"), [
    ("completed", "", Kind.PLANNED), ("completed", "against_advice", None), ("died", "", Kind.DIED),
    ("died", "planned", None), ("no_contact", "unplanned", Kind.UNPLANNED), ("no_contact", "planned", None),
    ("chose_to_stop", "against_advice", Kind.AGAINST_ADVICE), ("chose_to_stop", "", None), ("other", "died", None),
])  # fmt: skip
def test_a_reason_and_the_way_it_ended_fit_together_or_are_refused(reason, said, found):
    assert rules.kind_of(reason, said) is found


def test_nobody_is_asked_for_a_summary_about_somebody_who_died():
    assert rules.summary_due(Kind.DIED, DAY, 14) is None
    assert rules.summary_due(Kind.PLANNED, DAY, 14) == date(2026, 12, 4)


def test_a_summary_says_what_the_stay_was_and_how_they_are():
    assert rules.lacking({"stay": "x", "condition": " "}) == ("condition",)
    assert rules.lacking({"stay": "x", "condition": "y"}) == ()
    assert rules.lacking({}) == ("stay", "condition")


@pytest.mark.parametrize(("steps", "appointment", "state"), [
    ((), False, "open"), ((), True, "arranged"), (("called", "sent"), False, "open"),
    (("appointment",), False, "arranged"), (("missed", "appointment", "arrived"), True, "arrived"),
    (("withdrawn", "arrived"), False, "withdrawn"), (("missed",), True, "missed"),
])  # fmt: skip
def test_where_a_plan_stands_follows_from_its_steps(steps, appointment, state):
    assert rules.state_after(steps, has_appointment=appointment) == state


@given(st.lists(st.sampled_from(KINDS)), st.booleans())
def test_a_plan_that_is_over_takes_no_step(steps, appointment):
    state = rules.state_after(steps, has_appointment=appointment)
    over = state in ("arrived", "withdrawn")
    assert any(rules.may_follow(state, one) for one in KINDS) is not over
    assert rules.may_follow(state, "called") is (not over)


def test_who_missed_it_cannot_miss_it_again_without_a_new_appointment():
    assert not rules.may_follow("missed", "missed")
    assert rules.may_follow("missed", "appointment")


@pytest.mark.parametrize(("passed", "days", "left", "late"), [
    (0, 7, 7, False), (7, 7, 0, False), (8, 14, 6, False), (14, 14, 0, False), (15, 14, -1, True),
])  # fmt: skip
def test_the_clock_of_seven_and_fourteen_days(passed, days, left, late):
    found = rules.linkage(DAY, "arranged", None, DAY + timedelta(days=passed))
    assert (found.days, found.left, found.late) == (days, left, late)


def test_the_clock_stops_when_they_got_there_and_runs_for_nobody_who_is_not_expected():
    found = rules.linkage(DAY, "arrived", DAY + timedelta(days=5), DAY + timedelta(days=40))
    assert (found.took, found.late) == (5, False)
    assert rules.linkage(DAY, "arrived", None, DAY).took is None
    assert rules.linkage(None, "open", None, DAY) is None
    assert rules.linkage(DAY, "withdrawn", None, DAY) is None
    missed = rules.linkage(DAY, "missed", DAY + timedelta(days=5), DAY + timedelta(days=40))
    assert (missed.took, missed.late) == (None, True)


def test_which_consent_a_letter_needs():
    assert rules.consent_for("probation") == "criminal_justice"
    assert rules.consent_for("employer") == "specific"


@pytest.mark.parametrize(("days", "near"), [(-1, False), (0, True), (1, True), (2, False)])
def test_a_letter_takes_two_days_to_write(days, near):
    assert rules.is_too_near(DAY + timedelta(days=days), DAY) is near


@given(st.lists(st.tuples(st.dates(date(2026, 1, 1), date(2026, 1, 20)), st.integers(0, 600))))
def test_a_tally_counts_the_days_of_its_period_and_no_others(came):
    since, until = date(2026, 1, 5), date(2026, 1, 10)
    inside = [minutes for day, minutes in came if since <= day <= until]
    found = rules.tally(came, since, until)
    assert (found.sessions, found.minutes) == (len(inside), sum(inside))
    assert sum(minutes for _day, minutes in found.days) == found.minutes
    assert [day for day, _minutes in found.days] == sorted({day for day, _m in came if since <= day <= until})


def test_first_and_last_of_each_questionnaire():
    forms = [
        Measured("phq-9", DAY, 6), Measured("phq-9", DAY - timedelta(days=30), 15), Measured("gad-7", DAY, 4),
        Measured("gad-7", DAY, 3), Measured("bam-iop", DAY, 1, "use"), Measured("bam-iop", DAY, 8, "risk"),
    ]  # fmt: skip
    found = rules.first_and_last(forms)
    assert found["phq-9"] == (forms[1], forms[0])
    assert found["gad-7"] == (forms[2], None)
    assert [found[key] for key in ("bam-iop use", "bam-iop risk")] == [(forms[4], None), (forms[5], None)]


@given(st.dictionaries(st.sampled_from(rules.SECTIONS), st.text(max_size=40)))
def test_signed_words_read_as_they_were_written_and_their_hash_holds_them(words):
    text = signed_words.written(words)
    read = signed_words.read(text)
    assert read == {key: said.strip() for key, said in words.items() if said.strip()}
    assert signed_words.written(read) == text
    assert signed_words.sha256(text) != signed_words.sha256(text + " ")
