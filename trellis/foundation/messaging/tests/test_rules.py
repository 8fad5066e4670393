from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trellis.foundation.messaging import rules


def test_the_wait_grows_from_a_minute_to_six_hours():
    minutes = [rules.wait_after(tries) / timedelta(minutes=1) for tries in range(1, 9)]
    assert minutes == [1, 4, 16, 64, 256, 360, 360, 360]


def test_without_a_try_there_is_nothing_to_wait_for():
    with pytest.raises(ValueError, match="nothing was tried"):
        rules.wait_after(0)


def test_after_eight_tries_it_is_given_up():
    assert [tries for tries in range(1, 10) if rules.is_given_up(tries)] == [8, 9]


@pytest.mark.parametrize(
    ("channel", "tries", "why"), [("sms", 1, rules.Why.UNSURE), ("mail", 7, None), ("mail", 8, rules.Why.TRIES)]
)
def test_after_a_crash_mail_is_sent_again_and_a_text_message_waits_for_a_person(channel, tries, why):
    assert rules.why_not_again(channel, tries) == why


@given(st.text(max_size=200), st.text(max_size=200))
def test_a_message_id_belongs_to_its_key_and_shows_nothing_of_it(one, other):
    first = rules.message_id(one, "example.org")
    assert (first == rules.message_id(other, "example.org")) == (one == other)
    assert first.startswith("<")
    assert first.endswith("@example.org>")
    assert len(first) == 46


@pytest.mark.parametrize(
    "text",
    [
        "Your clinic called",
        "See you at GROUP tonight",
        "Su tratamiento",
        "La clínica",
        "alcoholism",
        "your counselor",
        "A reminder from the IOP",
        "Dear client",
        "your medication",
    ],
)
def test_words_that_tell_a_stranger_are_found(text):
    assert rules.revealing_words(text)


@pytest.mark.parametrize("word", ["rehab", "overdose", "recaída", "detox", "sponsor", "metadona", "relapse"])
def test_the_words_of_a_program_are_known_one_by_one(word):
    assert rules.revealing_words(f"About your {word}.") == [word]


@pytest.mark.parametrize(
    "text",
    [
        "Hello. There is a message for you. Please sign in: https://program.example.org/clinic",
        "Hola. Hay un mensaje para usted.",
        "A new method, fundamental to the theme",
    ],
)
def test_plain_words_and_addresses_of_pages_pass(text):
    assert rules.revealing_words(text) == []


def test_names_that_must_not_be_said_are_found_as_whole_words():
    assert rules.revealing_words("Call Ana Ortiz", names=["Ana Ortiz", "Call me", ""]) == ["Ana Ortiz"]
    assert rules.revealing_words("Anatole", names=["Ana"]) == []


@given(st.text(max_size=300))
def test_any_text_can_be_judged(text):
    assert isinstance(rules.revealing_words(text, names=[text]), list)
