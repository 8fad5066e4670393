from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from trellis.people.accounts import rules
from trellis.people.accounts.rules import Limits, Over

NOW = datetime(2026, 11, 24, 18, tzinfo=UTC)
DESK = Limits(timedelta(minutes=15), timedelta(hours=10))


@pytest.mark.parametrize(
    "pin",
    [
        "",
        "12345",
        "48291",
        "1234567890123",
        "4829150372641",
        "12345a",
        "١٢٣٤٥٦",
        "111111",
        "121212",
        "123456",
        "987654",
        "890123",
    ],
)
def test_a_pin_that_is_easily_guessed_is_refused(pin):
    assert rules.fault_of_pin(pin) is not None


@pytest.mark.parametrize("pin", ["482915", "482915037264", "200318", "908172635410"])
def test_a_pin_with_some_variety_is_good_enough(pin):
    assert rules.fault_of_pin(pin) is None


@given(st.integers(0, 9), st.sampled_from([1, -1]), st.integers(6, 12))
def test_counting_up_or_down_is_a_run_wherever_it_begins(first, step, length):
    assert rules.is_run("".join(str((first + step * n) % 10) for n in range(length)))


@given(st.text())
def test_any_text_gets_an_answer_and_never_a_fault_of_the_program(text):
    rules.fault_of_pin(text)
    fault = rules.fault_of_sign_in_name(rules.clean_name(text))
    assert (fault is None) == bool(rules.SIGN_IN_NAME.fullmatch(rules.clean_name(text)))


@pytest.mark.parametrize("name", ["abc", "blue.river7", "a-b_c", "a" * 40])
def test_a_sign_in_name_is_short_and_plain(name):
    assert rules.fault_of_sign_in_name(name) is None


@pytest.mark.parametrize("name", ["ab", "a" * 41, ".abc", "abc-", "ana@example.org", "blue river", "ñandú", "abc\n"])
def test_a_sign_in_name_never_looks_like_an_address(name):
    assert rules.fault_of_sign_in_name(name) is not None


def test_a_session_ends_after_silence():
    ago = NOW - timedelta(minutes=15)
    assert rules.why_over(NOW, ago, ago, DESK) is Over.IDLE
    assert rules.why_over(NOW, ago, ago + timedelta(seconds=1), DESK) is None


def test_a_session_ends_after_its_whole_time_however_busy():
    assert rules.why_over(NOW, NOW - timedelta(hours=10), NOW, DESK) is Over.WHOLE
    assert rules.why_over(NOW, NOW - timedelta(hours=9, minutes=59), NOW, DESK) is None


def test_a_session_without_a_limit_of_silence_lasts_its_whole_time():
    kept = Limits(None, timedelta(days=14))
    assert rules.why_over(NOW, NOW - timedelta(days=13), NOW - timedelta(days=13), kept) is None
    assert rules.why_over(NOW, NOW - timedelta(days=14), NOW, kept) is Over.WHOLE


@given(st.integers(0, 40_000), st.integers(0, 40_000))
def test_a_session_is_open_exactly_while_both_limits_hold(age, silence):
    assume(silence <= age)
    over = rules.why_over(NOW, NOW - timedelta(seconds=age), NOW - timedelta(seconds=silence), DESK)
    assert (over is None) == (age < 36_000 and silence < 900)


def test_a_token_has_128_bits_and_is_kept_as_a_hash():
    tokens = {rules.new_token() for _ in range(50)}
    assert len(tokens) == 50
    assert all(len(token) == 22 for token in tokens)
    assert not any(token in rules.hash_of(token) for token in tokens)


def test_the_first_role_in_order_that_has_a_screen_decides():
    screens = {"counselor": "x", "front_desk": "y"}
    order = ["intake_coordinator", "counselor", "front_desk"]
    assert rules.first_screen({"front_desk", "counselor"}, order, screens) == "counselor"
    assert rules.first_screen({"intake_coordinator"}, order, screens) is None
