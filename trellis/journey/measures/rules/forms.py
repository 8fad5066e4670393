"""A form as people see it: what is asked, in which words, with which answers, and when. Plain values."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, Self

Json = Mapping[str, Any]
Kind = Literal["heading", "note", "choice", "integer"]

EXTENSION = "http://hl7.org/fhir/StructureDefinition/"
#: filled in by whoever examines somebody; nobody answers it about themselves
BY_STAFF = frozenset({"ciwa-ar", "cows"})
#: our own translation: offered once a native speaker has reviewed it
OWN_TRANSLATION = frozenset({"change-rulers", "craving-nrs"})
#: the client reads and answers by themselves, on a phone or a tablet
ALONE = frozenset({"phone", "tablet"})
ALOUD = "aloud"
#: how long one question takes, with room to think
SECONDS = 9


@dataclass(frozen=True)
class Words:
    """A text in English, and in Spanish where an official translation is confirmed."""

    en: str
    es: str | None

    def said(self, language: str) -> str:
        return self.es if language == "es" and self.es else self.en

    def speaks(self, language: str) -> bool:
        return language == "en" or bool(self.es)


@dataclass(frozen=True)
class Option:
    value: int
    words: Words


@dataclass(frozen=True)
class Condition:
    """Of one question's answer: `=`, `!=`, `>` a number; `exists`: it was answered."""

    item: str
    operator: str
    value: int

    def holds(self, answers: Mapping[str, int]) -> bool:
        found = answers.get(self.item)
        match self.operator:
            case "exists":
                return (found is not None) == bool(self.value)
            case "=":
                return found == self.value
            case "!=":
                return found != self.value
            case _:
                return found is not None and found > self.value


@dataclass(frozen=True)
class Item:
    """A line of a form: a question, the heading over several, or a note. All conditions of `when` must hold."""

    key: str
    kind: Kind
    prefix: str
    words: Words
    options: tuple[Option, ...] = ()
    least: int = 0
    most: int = 0
    when: tuple[Condition, ...] = ()
    #: for whoever reads the question aloud
    help: str = ""

    @property
    def is_question(self) -> bool:
        return self.kind in ("choice", "integer")

    def takes(self, value: int) -> bool:
        if self.kind == "integer":
            return self.least <= value <= self.most
        return any(option.value == value for option in self.options)


@dataclass(frozen=True)
class Form:
    key: str
    version: str
    title: str
    copyright: str
    items: tuple[Item, ...]

    @property
    def questions(self) -> tuple[Item, ...]:
        return tuple(item for item in self.items if item.is_question)

    @property
    def minutes(self) -> int:
        """About how long it takes, whole minutes up."""
        return -(-len(self.questions) * SECONDS // 60)

    def question(self, key: str) -> Item | None:
        return next((item for item in self.questions if item.key == key), None)

    @classmethod
    def read(cls, questionnaire: Json) -> Self:
        codes = dict(_codes(questionnaire["item"]))
        return cls(
            key=questionnaire["id"],
            version=questionnaire["version"],
            title=questionnaire["title"],
            copyright=questionnaire["copyright"],
            items=tuple(_lines(questionnaire["item"], codes)),
        )


def speaks(form: Form, language: str, *, aloud: bool = False, reviewed: Iterable[str] = ()) -> bool:
    """Whether all of it may be shown in a language: every question, answer and instruction, or nothing.

    Read aloud the notes are for the reader. `reviewed`: our own translations that a native speaker has reviewed.
    """
    if language != "en" and form.key in OWN_TRANSLATION and form.key not in reviewed:
        return False
    shown = (item for item in form.items if not (aloud and item.kind == "note"))
    texts = (words for item in shown for words in (item.words, *(option.words for option in item.options)))
    return all(words.speaks(language) for words in texts)


def fits(form: Form, *, way: str, language: str, reviewed: Iterable[str] = ()) -> bool:
    """Whether it can be given in a way and a language. Aloud, somebody who knows it reads it."""
    if way in ALONE and form.key in BY_STAFF:
        return False
    return speaks(form, language, aloud=way == ALOUD, reviewed=reviewed)


def _lines(
    items: Iterable[Json], codes: Mapping[str, Mapping[str, int]], over: tuple[Condition, ...] = ()
) -> Iterator[Item]:
    """In order; what a group waits for, all in it waits for."""
    for one in items:
        when = (*over, *(_condition(condition, codes) for condition in one.get("enableWhen", ())))
        within = one.get("item", ())
        if one["type"] == "group":
            yield _line(one, "heading", when)
            yield from _lines(within, codes, when)
        elif one["type"] == "display":
            yield _line(one, "note", when)
        else:
            yield _question(one, when, " ".join(help_["text"] for help_ in within))


def _line(one: Json, kind: Kind, when: tuple[Condition, ...]) -> Item:
    return Item(one["linkId"], kind, one.get("prefix", ""), _words(one, "text"), when=when)


def _question(one: Json, when: tuple[Condition, ...], help_: str) -> Item:
    return Item(
        key=one["linkId"],
        kind=one["type"],
        prefix=one.get("prefix", ""),
        words=_words(one, "text"),
        options=tuple(map(_option, one.get("answerOption", ()))),
        least=_extension(one, "minValue", "valueInteger") or 0,
        most=_extension(one, "maxValue", "valueInteger") or 0,
        when=when,
        help=help_,
    )  # fmt: skip


def _option(one: Json) -> Option:
    return Option(_ordinal(one), _words(one["valueCoding"], "display"))


def _condition(one: Json, codes: Mapping[str, Mapping[str, int]]) -> Condition:
    if "answerBoolean" in one:
        value = int(one["answerBoolean"])
    elif "answerInteger" in one:
        value = int(one["answerInteger"])
    else:
        value = codes[one["question"]][one["answerCoding"]["code"]]
    return Condition(one["question"], one["operator"], value)


def _codes(items: Iterable[Json]) -> Iterator[tuple[str, Mapping[str, int]]]:
    """Of each question: what its answers count, by their code."""
    for one in items:
        yield one["linkId"], {option["valueCoding"]["code"]: _ordinal(option) for option in one.get("answerOption", ())}
        yield from _codes(one.get("item", ()))


def _ordinal(option: Json) -> int:
    return int(_extension(option, "ordinalValue", "valueDecimal"))


def _extension(one: Json, name: str, value: str) -> Any:
    found = (extension for extension in one.get("extension", ()) if extension["url"] == EXTENSION + name)
    return next((extension[value] for extension in found), None)


def _words(one: Json, name: str) -> Words:
    """The text and its translation: `_text` of an item, `_display` of a coding."""
    translation = _extension(one.get(f"_{name}", {}), "translation", "extension") or ()
    said = {part["url"]: part.get("valueCode") or part.get("valueString") for part in translation}
    return Words(one[name], said.get("content") if said.get("lang") == "es" else None)
