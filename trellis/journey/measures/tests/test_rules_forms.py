"""Every form against the scoring rules, and what may be shown in which language."""

from itertools import product
from json import loads

import pytest

from trellis.journey.measures.library import FOLDER, form, forms, instruments
from trellis.journey.measures.rules.conditions import Form as Scored
from trellis.journey.measures.rules.conditions import holds
from trellis.journey.measures.rules.forms import BY_STAFF, EXTENSION, Condition, Form, Item, Words, fits, speaks

ALL = {path.stem: Form.read(loads(path.read_text("utf-8"))) for path in (FOLDER / "forms").glob("*.json")}
each = pytest.mark.parametrize("name", sorted(ALL))


@each
def test_a_form_asks_what_its_rules_score_and_takes_the_same_numbers(name):
    allowed = instruments()[name].allowed
    assert {item.key for item in ALL[name].questions} == set(allowed)
    for item in ALL[name].questions:
        assert [n for n in range(-1, 102) if item.takes(n)] == [n for n in range(-1, 102) if n in allowed[item.key]]


@each
def test_a_form_hides_what_the_rules_skip(name):
    """A form waits for the gate where the rules only ask whether it was answered with no."""
    instrument = instruments()[name]
    gates = sorted({condition.item for item in ALL[name].items for condition in item.when})
    assert bool(gates) == bool(instrument.skips)
    for values in product(*([n for n in range(31) if n in instrument.allowed[gate]] for gate in gates)):
        answers = dict(zip(gates, values, strict=True))
        skipped = {key for skip in instrument.skips if holds(skip["when"], Scored(answers)) for key in skip["hides"]}
        waits = {q.key for q in ALL[name].questions if not all(one.holds(answers) for one in q.when)}
        assert waits == skipped
    for item in ALL[name].items:
        assert not item.when or not all(one.holds({}) for one in item.when)


@each
def test_conditions_of_a_form_are_of_a_kind_that_we_know_and_all_must_hold(name):
    document = (FOLDER / "forms" / f"{name}.json").read_text("utf-8")
    assert '"any"' not in document.partition('"enableBehavior"')[2]
    assert {one.operator for item in ALL[name].items for one in item.when} <= {"=", "!=", ">", "exists"}


@pytest.mark.parametrize(
    ("operator", "value", "says"),
    [
        ("exists", 1, {None: False, 0: True}),
        ("exists", 0, {None: True, 0: False}),
        ("=", 1, {None: False, 0: False, 1: True}),
        ("!=", 0, {None: True, 0: False, 1: True}),
        (">", 0, {None: False, 0: False, 1: True}),
    ],
)
def test_a_condition(operator, value, says):
    for answer, expected in says.items():
        answers = {} if answer is None else {"a": answer}
        assert Condition("a", operator, value).holds(answers) is expected


def test_spanish_is_shown_whole_or_not_at_all():
    spoken = {name for name, one in ALL.items() if speaks(one, "es")}
    assert spoken == {"phq-9", "phq-2", "phq-4", "gad-7", "gad-2"}
    assert all(speaks(one, "en") for one in ALL.values())


def test_the_columbia_screener_is_spanish_only_when_somebody_reads_it_aloud():
    cssrs = form("c-ssrs-screener")
    assert speaks(cssrs, "es", aloud=True)
    assert fits(cssrs, way="aloud", language="es")
    assert not any(fits(cssrs, way=way, language="es") for way in ("phone", "tablet", "paper"))
    assert fits(cssrs, way="phone", language="en")
    assert {name for name, one in ALL.items() if speaks(one, "es", aloud=True)} == {
        "phq-9", "phq-2", "phq-4", "gad-7", "gad-2", "c-ssrs-screener",
    }  # fmt: skip


@pytest.mark.parametrize("name", ["change-rulers", "craving-nrs"])
def test_our_own_translation_waits_for_a_native_speaker(name):
    assert not speaks(form(name), "es")
    assert not speaks(form(name), "es", aloud=True)
    assert speaks(form(name), "es", reviewed=[name])
    assert speaks(form(name), "en")


def test_nobody_examines_themselves_for_withdrawal():
    for way in ("phone", "tablet"):
        assert {name for name, one in ALL.items() if not fits(one, way=way, language="en")} == BY_STAFF
    assert fits(form("cows"), way="aloud", language="en")


def test_what_is_a_draft_is_not_given():
    assert set(ALL) - set(forms()) == {"ace-adult-ca"}
    with pytest.raises(KeyError):
        form("ace-adult-ca")


def test_a_form_is_read_with_its_words_its_heading_and_how_long_it_takes():
    phq9 = form("phq-9")
    assert (phq9.items[0].kind, phq9.items[1].key, len(phq9.questions), phq9.minutes) == ("heading", "phq9.1", 10, 2)
    assert phq9.items[1].words.said("es") == "Poco interés o placer en hacer cosas"
    assert [option.value for option in phq9.items[1].options] == [0, 1, 2, 3]
    assert "Pfizer" in phq9.copyright
    assert (form("craving-nrs").questions[0].least, form("craving-nrs").questions[0].most) == (0, 10)
    assert form("c-ssrs-screener").question("cssrs.3").help.startswith("E.g.")
    assert phq9.question("phq9.99") is None


@pytest.mark.parametrize(("questions", "minutes"), [(0, 0), (6, 1), (7, 2), (20, 3), (21, 4)])
def test_a_question_takes_nine_seconds_and_whole_minutes_are_said_up(questions, minutes):
    asked = tuple(Item(str(n), "choice", "", Words("?", None)) for n in range(questions))
    assert Form("x", "1", "", "", asked).minutes == minutes


def test_a_number_is_taken_from_its_least_to_its_most_and_a_choice_has_neither():
    bounds = {"minValue": 5, "maxValue": 9}
    extension = [{"url": EXTENSION + name, "valueInteger": number} for name, number in bounds.items()]
    items = [
        {"linkId": "n", "type": "integer", "text": "How many?", "extension": extension},
        {"linkId": "c", "type": "choice", "text": "Which?"},
    ]
    number, choice = Form.read({"id": "x", "version": "1", "title": "", "copyright": "", "item": items}).questions
    assert [n for n in range(12) if number.takes(n)] == [5, 6, 7, 8, 9]
    assert (choice.least, choice.most, choice.takes(0)) == (0, 0, False)


def test_words_without_a_translation_are_english_and_say_so():
    assert Words("Yes", None).said("es") == "Yes"
    assert not Words("Yes", None).speaks("es")
    assert Words("Yes", "Sí").said("es") == "Sí"
