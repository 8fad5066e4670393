"""What the program teaches, offers and says."""

from typing import Literal

from pydantic import Field

from trellis.foundation.program.schema.base import Key, Part, Text

PRINCIPLES = ("acceptance", "surrender", "active_involvement", "making_amends", "service")
PAGES = (
    "home",
    "iop",
    "week",
    "session",
    "therapies",
    "twelve_steps",
    "community",
    "families",
    "costs",
    "ask",
)


class Therapy(Part):
    key: Key
    names: Text
    summary: Text
    individual: bool = False


class Topic(Part):
    """`status`: V seen in its source, R recalled, O its order or wording unconfirmed, own: written by this program."""

    title: Text
    number: int | None = Field(default=None, ge=1, le=200)
    status: Literal["V", "R", "O", "own"]


class Curriculum(Part):
    key: Key
    names: Text
    source: Text
    minutes: int | None = Field(default=None, ge=5, le=600)
    topics: tuple[Topic, ...] = Field(min_length=1, strict=False)


class Rendering(Part):
    """A principle as one way of recovery says it, with a question to think about."""

    name: Text
    text: Text
    question: Text


class Principle(Part):
    key: Literal["acceptance", "surrender", "active_involvement", "making_amends", "service"]
    names: Text
    twelve_step: Rendering
    secular: Rendering


class Passage(Part):
    heading: Text
    text: Text


class Page(Part):
    key: Key
    title: Text
    menu: Text
    lead: Text
    parts: tuple[Passage, ...] = Field(default=(), strict=False)
