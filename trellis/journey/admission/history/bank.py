"""The questions: `questions.toml`, read once and checked as it is read."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Annotated, Self

from pydantic import Field, model_validator

from trellis.foundation.program.schema import Part
from trellis.foundation.program.schema.base import Key, Text
from trellis.journey.admission.history.rules import YES_NO, Asked, Kind
from trellis.journey.admission.history.rules.safety import SOURCE, Safety
from trellis.journey.measures.rules.alerts import MEANINGS

FILE = Path(__file__).with_name("questions.toml")
QuestionKey = Annotated[str, Field(pattern=r"^[a-z][a-z_]*$", max_length=40)]


class Choice(Text):
    key: QuestionKey


class DoesNotWait(Part):
    lately: Annotated[int, Field(gt=0)]
    alerts: Annotated[dict[QuestionKey, str], Field(min_length=1)]


class Question(Part):
    key: QuestionKey
    kind: Annotated[Kind, Field(strict=False)]
    ask: Text
    hint: Text | None = None
    staff_hint: Text | None = None
    choices: Annotated[tuple[Choice, ...], Field(strict=False)] = ()
    least: int = 0
    most: int = 0
    future: bool = False
    phone: bool = True
    safety: DoesNotWait | None = None

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if (self.kind is Kind.CHOICE) != bool(self.choices) or (self.kind is Kind.NUMBER) != bool(self.most):
            raise ValueError("a choice has choices, a number has a most, and nothing else has")
        if self.safety is not None:
            taken = YES_NO if self.kind is Kind.YES_NO else tuple(one.key for one in self.choices)
            if not set(self.safety.alerts) <= set(taken) or not set(self.safety.alerts.values()) <= set(
                MEANINGS[SOURCE]
            ):
                raise ValueError("an alert names an answer of its question, and a meaning that alerts have")
        return self

    @property
    def asked(self) -> Asked:
        keys = tuple(one.key for one in self.choices)
        return Asked(self.key, self.kind, keys, self.least, self.most, self.future)


class Section(Part):
    key: Key
    title: Text
    staff_title: Text | None = None
    lede: Text
    phone: bool = True
    questions: Annotated[tuple[Question, ...], Field(strict=False, min_length=1)]

    @property
    def for_staff(self) -> Text:
        return self.staff_title or self.title

    @property
    def asks_about_safety(self) -> bool:
        return any(one.safety for one in self.questions)


class Bank(Part):
    sections: Annotated[tuple[Section, ...], Field(strict=False, min_length=1)]


@cache
def sections() -> tuple[Section, ...]:
    return Bank.model_validate(tomllib.loads(FILE.read_text(encoding="utf-8"))).sections


@cache
def on_phone() -> tuple[Section, ...]:
    """What a person answers alone: without what is better asked together."""
    kept = [(one, tuple(q for q in one.questions if q.phone)) for one in sections() if one.phone]
    return tuple(one.model_copy(update={"questions": questions}) for one, questions in kept)


def section(key: str, among: tuple[Section, ...]) -> Section | None:
    return next((one for one in among if one.key == key), None)


@cache
def questions() -> dict[str, Question]:
    return {one.key: one for part in sections() for one in part.questions}


@cache
def safety() -> dict[str, Safety]:
    """By question: which answers do not wait, and for how long an answer is one of now."""
    found = ((key, one.safety) for key, one in questions().items())
    return {key: Safety(one.lately, one.alerts) for key, one in found if one is not None}
