"""A limit that differs for women and men: which one to use is asked in plain words, inside the form. Pure."""

from collections.abc import Mapping
from dataclasses import replace

from trellis.journey.measures.rules.conditions import SEXES
from trellis.journey.measures.rules.forms import Condition, Form, Item, Option, Words
from trellis.journey.measures.rules.instrument import Instrument

#: a question of ours beside those of the instrument: no rule ever scores it
ITEM = "context.sex"
SEX: Mapping[int, str] = {1: "female", 2: "male"}
_QUESTION = Words(
    "The limit is not the same for the bodies of women and men. Which limit fits you? You may leave this out.",
    "El límite no es igual para el cuerpo de las mujeres y de los hombres. ¿Cuál le corresponde? "
    "Puede dejarlo sin responder.",
)
_OPTIONS = (
    Option(1, Words("The limit for women", "El límite para mujeres")),
    Option(2, Words("The limit for men", "El límite para hombres")),
    Option(0, Words("I would rather not say", "Prefiero no decirlo")),
)


def differs_by_sex(instrument: Instrument) -> bool:
    return (instrument.severity or {}).get("from") == "cutoff_by_sex"


def asking_the_limit(form: Form) -> Form:
    """The form with our question at its end; whoever answers its first question with 0 has no limit to compare."""
    when = (Condition(form.questions[0].key, ">", 0),)
    return replace(form, items=(*form.items, Item(ITEM, "choice", "", _QUESTION, _OPTIONS, when=when)))


def without_the_limit(form: Form) -> Form:
    return replace(form, items=tuple(item for item in form.items if item.key != ITEM))


def of_the_instrument(answers: Mapping[str, int]) -> dict[str, int]:
    """What the scoring rules know."""
    return {item: value for item, value in answers.items() if item != ITEM}


def sex_said(answers: Mapping[str, int]) -> str | None:
    return SEX.get(answers.get(ITEM, 0))


def by_each_limit(instrument: Instrument, total: int) -> list[tuple[str, int, str]]:
    """Of each sex its limit, and what the total says by it."""
    rule = instrument.severity or {}
    return [(sex, rule[sex], rule["at_or_above" if total >= rule[sex] else "below"]) for sex in reversed(SEXES)]
