"""Which answers of the history do not wait, and when one is said anew."""

from datetime import UTC, date, datetime, timedelta

import pytest

from trellis.journey.admission.history import bank
from trellis.journey.admission.history.rules import ANSWERED, NOT_TODAY, TAKEN_BACK, Row, Said, Standing
from trellis.journey.admission.history.rules.safety import Safety, alarm, lately, said_today
from trellis.journey.measures.rules.alerts import HISTORY, MEANINGS

TODAY = date(2026, 11, 30)
THOUGHTS = bank.safety()["thoughts_of_death"]


def row(value, days=0, state=ANSWERED, key="thoughts_of_death"):
    at = datetime(2026, 11, 30, 18, tzinfo=UTC)
    return Row(1, key, Said(state, value), "person", "", TODAY - timedelta(days=days), at, "account:1")


def test_the_bank_says_which_answers_do_not_wait_and_all_else_is_history():
    assert {key: set(one.alerts) for key, one in bank.safety().items()} == {
        "thoughts_of_death": {"yes", "unsure"},
        "safe_now": {"unsafe", "not_always"},
    }
    assert {flag for one in bank.safety().values() for flag in one.alerts.values()} == set(MEANINGS[HISTORY])
    assert not {"overdoses", "seizures", "saw_things", "hard_things_back"} & set(bank.safety())


@pytest.mark.parametrize(
    ("said", "meaning"),
    [
        (Said(ANSWERED, "yes"), "thoughts_of_death"),
        (Said(ANSWERED, "unsure"), "unsure_of_thoughts"),
        (Said(ANSWERED, "no"), ""),
        (Said(NOT_TODAY), ""),
        (Said(TAKEN_BACK), ""),
    ],
)
def test_an_answer_means_what_the_data_say(said, meaning):
    assert THOUGHTS.meaning(said) == alarm(THOUGHTS, said, ()) == meaning


@pytest.mark.parametrize(
    ("before", "said", "meaning"),
    [
        ("no", "yes", "thoughts_of_death"),
        ("unsure", "yes", "thoughts_of_death"),
        ("yes", "yes", ""),
        ("yes", "unsure", ""),
        ("yes", "no", ""),
    ],
)
def test_what_the_same_speaker_said_lately_is_not_said_anew(before, said, meaning):
    assert alarm(THOUGHTS, Said(ANSWERED, said), [row(before), row("yes", 3)]) == meaning


def test_a_question_that_is_not_about_safety_never_alarms():
    assert alarm(None, Said(ANSWERED, "yes"), [row("no")]) == ""


def test_an_answer_about_safety_counts_for_its_days_and_any_other_for_ever():
    found = {
        "thoughts_of_death": Standing(row("yes", 30)), "safe_now": Standing(row("unsafe", 31)),
        "goal": Standing(row("Sleep", 900)),
    }  # fmt: skip
    assert set(lately(found, bank.safety(), TODAY)) == {"thoughts_of_death", "goal"}


def test_only_what_was_said_today_shows_the_card():
    asked = {"q": Safety(30, {"yes": "thoughts_of_death"})}
    keys = ("q", "other", "never")
    assert said_today({"q": Standing(row("yes")), "other": Standing(row("yes"))}, asked, keys, TODAY)
    assert not said_today({"q": Standing(row("yes", 1))}, asked, keys, TODAY)
    assert not said_today({"q": Standing(row("no"))}, asked, keys, TODAY)
    assert not said_today({}, asked, keys, TODAY)


@pytest.mark.parametrize("alerts", [{"perhaps": "thoughts_of_death"}, {"yes": "no_such_meaning"}])
def test_an_alert_of_no_answer_or_no_meaning_is_refused(alerts):
    with pytest.raises(ValueError, match="an alert names"):
        bank.Question.model_validate(
            {"key": "q", "kind": "yes_no", "ask": {"en": "a", "es": "b"}, "safety": {"lately": 30, "alerts": alerts}}
        )


def test_titles_for_staff_speak_of_the_person():
    for part in bank.sections():
        assert not {"you", "your"} & set(part.for_staff.en.lower().split()), part.key
        assert not {"usted", "su"} & set(part.for_staff.es.lower().split()), part.key
