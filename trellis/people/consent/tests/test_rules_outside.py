"""The words and the steps, before anybody has called."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.utils.translation import override

from trellis.foundation.access.roles import ROLES
from trellis.people.consent.models import OutsideRequest
from trellis.people.consent.outside import guidance, presenters
from trellis.people.consent.outside.waiting import Waiting

ASKERS = [value for value, _label in OutsideRequest.Asker.choices]
NOW = datetime(2026, 11, 24, 18, tzinfo=UTC)


def steps(asker: str, language: str = "en") -> str:
    with override(language):
        return " ".join(str(step) for step in guidance.GUIDANCE[asker].steps)


def test_every_asker_has_guidance_and_stands_once_on_the_page():
    assert sorted(guidance.GUIDANCE) == sorted(ASKERS)
    assert sorted(key for _title, keys in guidance.GROUPS for key in keys) == sorted(ASKERS)


def test_the_key_of_the_words_fits_its_column():
    assert len(guidance.ANSWER) <= OutsideRequest._meta.get_field("answer").max_length


def test_the_words_are_one_text_that_no_asker_and_no_name_changes():
    # 2.13(c): the table holds steps only; nothing in it replaces what is said
    assert set(guidance.Guidance.__dataclass_fields__) == {"steps", "paper"}
    assert not any(re.search(r"%\(|\{", str(line)) for line in guidance.SAY)


@pytest.mark.parametrize(
    ("language", "neither", "law", "crisis"),
    [
        ("en", "neither confirm nor deny", "42 CFR part 2", ("911", "988")),
        ("es", "confirmar ni negar", "42 CFR parte 2", ("911", "988", "oprima 2", "AYUDA")),
    ],
)
def test_the_words_neither_confirm_nor_deny_name_the_rule_and_the_way_in_danger(language, neither, law, crisis):
    with override(language):
        said = " ".join(str(line) for line in guidance.SAY)
        assert neither in str(guidance.SAY_FIRST)
    assert law in said
    assert all(word in said for word in crisis)


@pytest.mark.parametrize("line", guidance.SAY, ids=range(len(guidance.SAY)))
def test_the_words_speak_of_every_name_and_never_of_this_person(line):
    assert not re.search(r"\b(this|that) (person|name|patient|client)\b|\b(he|she|him|her|his)\b", str(line), re.I)


@pytest.mark.parametrize("asker", ASKERS)
@pytest.mark.parametrize("language", ["en", "es"])
def test_steps_are_few_and_said_in_each_language(asker, language):
    assert 2 <= len(guidance.GUIDANCE[asker].steps) <= 6
    assert (steps(asker, language) == steps(asker)) is (language == "en")


@pytest.mark.parametrize("asker", ["subpoena", "court_order"])
def test_a_paper_of_a_court_is_taken_promises_nothing_and_goes_to_counsel(asker):
    assert guidance.GUIDANCE[asker].paper
    for piece in ("Take the paper", "Promise no records", "Only counsel answers", "Nothing is changed or thrown away"):
        assert piece in steps(asker)


def test_each_alone_compels_nothing():
    assert "A subpoena alone opens nothing" in steps("subpoena")
    assert "A court order alone lets us tell, and does not make us" in steps("court_order")
    assert "A warrant alone opens no record" in steps("warrant")


def test_nobody_stands_in_the_way_of_a_warrant_and_nobody_is_called_out_for_it():
    assert "do not stand in their way" in steps("warrant")
    assert "counsel now" in steps("warrant")
    for asker in ("police", "warrant"):
        assert "Call nobody out of a group" in steps(asker)


@pytest.mark.parametrize("asker", ["loved_one", "employer", "probation", "provider", "payer", "other"])
def test_where_a_consent_may_stand_the_call_ends_first_and_the_gate_is_asked_then(asker):
    assert "End this call with the same words" in steps(asker)
    assert "May I?" in steps(asker)


@pytest.mark.parametrize("asker", ["police", "subpoena", "court_order", "warrant", "reporter"])
def test_a_consent_opens_nothing_at_once_for_courts_police_and_the_press(asker):
    assert "May I?" not in steps(asker)


def test_medical_staff_in_an_emergency_have_their_own_way():
    assert "emergency" in steps("provider")
    assert "Fetch a clinician at once" in steps("provider")
    assert [asker for asker in ASKERS if "Fetch a clinician" in steps(asker)] == ["provider"]


def test_a_note_is_late_after_a_day():
    assert guidance.late_before(NOW) == NOW - timedelta(days=1)


@pytest.mark.parametrize(("language", "first"), [("en", "English"), ("es", "Español"), ("fr", "English")])
def test_both_languages_stand_on_the_page_its_own_first(language, first):
    with override(language):
        spoken = presenters.to_say()
    assert spoken[0].name == first
    assert {one.language: one.lines[0] for one in spoken} == {
        "en": "I can neither confirm nor deny that any person is here, or ever was.",
        "es": "No puedo confirmar ni negar que una persona esté aquí o haya estado antes.",
    }


def test_sentences_count():
    one, more = Waiting(1, 1, 1), Waiting(3, 2, 3)
    assert one.danger_words == "Somebody from outside told us of danger. Nobody has read it yet."
    assert more.danger_words.startswith("2 notes from outside speak of danger")
    assert one.late_words == "A note from outside waits longer than a day."
    assert more.late_words.startswith("3 notes")
    assert one.words == "One note from outside waits to be read."
    assert more.words.startswith("3 notes")
    assert presenters.heading(0) == "Nothing from outside waits"
    assert presenters.heading(1) == "One note from outside waits"
    assert presenters.heading(2) == "2 notes from outside wait"


def test_who_records_and_who_reads():
    from trellis.foundation.access import policy
    from trellis.people.consent.outside.policy import CLINICIANS

    table = {
        verb: {row.role for row in policy.rows() if row.verb == verb} for verb in ("outside.record", "outside.review")
    }
    assert table["outside.record"] == {role.key for role in ROLES if role.staff}
    assert table["outside.review"] == {role.key for role in CLINICIANS}
