"""The questions: `questions.toml`, read once and checked as it is read."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Annotated, Self

from pydantic import Field, model_validator

from trellis.foundation.program.schema import Part
from trellis.foundation.program.schema.base import Key, Text
from trellis.journey.admission.history.rules import Asked, Kind

FILE = Path(__file__).with_name("questions.toml")
QuestionKey = Annotated[str, Field(pattern=r"^[a-z][a-z_]*$", max_length=40)]


class Choice(Text):
    key: QuestionKey


class Question(Part):
    key: QuestionKey
    kind: Annotated[Kind, Field(strict=False)]
    ask: Text
    hint: Text | None = None
    choices: Annotated[tuple[Choice, ...], Field(strict=False)] = ()
    least: int = 0
    most: int = 0
    future: bool = False
    phone: bool = True

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if (self.kind is Kind.CHOICE) != bool(self.choices) or (self.kind is Kind.NUMBER) != bool(self.most):
            raise ValueError("a choice has choices, a number has a most, and nothing else has")
        return self

    @property
    def asked(self) -> Asked:
        keys = tuple(one.key for one in self.choices)
        return Asked(self.key, self.kind, keys, self.least, self.most, self.future)


class Section(Part):
    key: Key
    title: Text
    lede: Text
    phone: bool = True
    questions: Annotated[tuple[Question, ...], Field(strict=False, min_length=1)]


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
