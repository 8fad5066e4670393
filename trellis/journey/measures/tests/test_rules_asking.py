from hypothesis import given
from hypothesis import strategies as st

from trellis.journey.measures.library import form, forms, instruments
from trellis.journey.measures.rules.asking import hanging_on, holding_up, left_open, next_question, shown
from trellis.journey.measures.rules.limits import ITEM
from trellis.journey.measures.tests.factories import forms as answered

CSSRS, BAM = form("c-ssrs-screener"), form("bam-iop")


def keys(items):
    return [item.key for item in items if item.is_question]


def test_while_a_gate_is_open_what_hangs_on_it_waits():
    assert keys(shown(CSSRS, {})) == ["cssrs.1", "cssrs.2", "cssrs.6"]
    assert keys(shown(CSSRS, {"cssrs.2": 0})) == ["cssrs.1", "cssrs.2", "cssrs.6"]
    assert "cssrs.4" in keys(shown(CSSRS, {"cssrs.2": 1}))
    assert "bamiop.7" not in [item.key for item in shown(BAM, {"bamiop.6": 0})]
    assert "bamiop.7" in [item.key for item in shown(BAM, {"bamiop.6": 2})]


def test_an_answer_stays_in_sight_when_its_gate_changes():
    assert "cssrs.4" in keys(shown(CSSRS, {"cssrs.2": 0, "cssrs.4": 1}))


def test_what_hangs_on_a_question():
    assert keys(hanging_on(CSSRS, "cssrs.2")) == ["cssrs.3", "cssrs.4", "cssrs.5"]
    assert [item.key for item in hanging_on(BAM, "bamiop.6")][:2] == ["bamiop.7", "bamiop.7a"]
    assert hanging_on(CSSRS, "cssrs.1") == ()


def test_the_next_question_is_the_first_without_an_answer():
    assert next_question(CSSRS, {}).key == "cssrs.1"
    assert next_question(CSSRS, {"cssrs.1": 0, "cssrs.2": 1}).key == "cssrs.3"
    assert next_question(CSSRS, {"cssrs.1": 0, "cssrs.2": 0, "cssrs.6": 0}) is None


def test_of_two_versions_of_a_question_one_answer_is_enough():
    taps, groups = form("taps-1"), instruments()["taps-1"].required_any
    assert keys(left_open(taps, {"taps1.1": 0}, groups)) == ["taps1.2m", "taps1.2f", "taps1.3", "taps1.4"]
    assert keys(left_open(taps, {"taps1.1": 0, "taps1.2f": 1}, groups)) == ["taps1.3", "taps1.4"]


def test_the_gates_of_the_columbia_screener_never_pass_silently():
    assert keys(holding_up(CSSRS, {"cssrs.1": 1})) == ["cssrs.2", "cssrs.6"]
    assert holding_up(CSSRS, {"cssrs.2": 0, "cssrs.6": 1}) == ()


def test_anything_else_may_be_left_out():
    assert [name for name, one in forms().items() if holding_up(one, {})] == ["c-ssrs-screener"]


@given(st.data())
def test_whoever_answers_what_comes_next_comes_to_an_end(data):
    name = data.draw(st.sampled_from(sorted(forms())))
    whole, answers = data.draw(answered(name, whole=True)) | {ITEM: 1}, {}
    groups = instruments()[name].required_any
    while (item := next_question(form(name), answers, groups)) is not None:
        assert item.key not in answers
        answers[item.key] = whole[item.key]
    assert not left_open(form(name), answers, groups)
    assert not holding_up(form(name), answers)
