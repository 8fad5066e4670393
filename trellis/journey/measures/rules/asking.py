"""Which questions of a form are asked next, given what was answered. Pure."""

from collections.abc import Iterable, Mapping

from trellis.journey.measures.rules.forms import Form, Item

Answers = Mapping[str, int]
#: questions on which others hang that would then never be asked: they may not pass silently
NEVER_SILENT: Mapping[str, tuple[str, ...]] = {"c-ssrs-screener": ("cssrs.2", "cssrs.6")}


def is_asked(item: Item, answers: Answers) -> bool:
    """While what it hangs on is unanswered, it waits. What was answered stays in sight: it counts as given."""
    return item.key in answers or all(condition.holds(answers) for condition in item.when)


def shown(form: Form, answers: Answers) -> tuple[Item, ...]:
    return tuple(item for item in form.items if is_asked(item, answers))


def hanging_on(form: Form, key: str) -> tuple[Item, ...]:
    """What comes or goes with the answer to one question."""
    return tuple(item for item in form.items if any(condition.item == key for condition in item.when))


def left_open(form: Form, answers: Answers, one_of: Iterable[tuple[str, ...]] = ()) -> tuple[Item, ...]:
    """Shown questions without an answer, in order; of each group in `one_of` one answer is enough."""
    enough = {key for group in one_of if any(key in answers for key in group) for key in group}
    return tuple(
        item for item in shown(form, answers) if item.is_question and item.key not in answers and item.key not in enough
    )


def next_question(form: Form, answers: Answers, one_of: Iterable[tuple[str, ...]] = ()) -> Item | None:
    return next(iter(left_open(form, answers, one_of)), None)


def holding_up(form: Form, answers: Answers) -> tuple[Item, ...]:
    """What must be answered before the form is finished; everything else may be left out."""
    never = NEVER_SILENT.get(form.key, ())
    return tuple(item for item in form.questions if item.key in never and item.key not in answers)
