"""One row of a source while it is read."""

from typing import Any

from trellis.foundation.places.reading import sentences, text
from trellis.foundation.places.reading.shapes import Shape
from trellis.foundation.places.reading.values import Problem, short_digest, shown

MOST_OF_AN_ID = 200
_YES = {"yes", "true", "1", "y"}
_NO = {"no", "false", "0", "n"}


class NotKept(Exception):
    """The row is not kept; which field says so, and in which words."""

    def __init__(self, field: str, value: Any, sentence: str) -> None:
        super().__init__(sentence)
        self.field, self.value, self.sentence = field, value, sentence


class Row:
    """Answers by our words for its fields, and remembers what had to be mended."""

    __slots__ = ("closed", "found", "given", "id", "languages", "number", "problems", "says", "shape", "types")

    def __init__(self, number: int, given: dict[str, Any], shape: Shape) -> None:
        self.number, self.given, self.shape = number, given, shape
        self.found = _found(given, shape)  # our word → which of its keys, and what it holds
        self.problems: list[Problem] = []
        self.types: tuple[str, ...] = ()
        self.languages: tuple[str, ...] = ()
        self.closed = False
        self.says = ""  # in_person, online, hybrid or whatever else the source says
        self.id = _id(self.value("id"))

    def key(self, name: str) -> str:
        """The source's key for one of our words: the one that holds something, else the first."""
        keys = self.shape.fields.get(name, (name,))
        return keys[self.found[name][0] if name in self.found else 0]

    def value(self, name: str) -> Any:
        found = self.found.get(name)
        return found[1] if found else None

    def has(self, name: str) -> bool:
        return name in self.found

    def flag(self, *keys: str) -> bool:
        """Whether one of these keys of the source says yes."""
        return any(key in self.given and yes_or_no(self.given[key]) is True for key in keys)

    def denied(self, key: str) -> bool:
        return key in self.given and yes_or_no(self.given[key]) is False

    def report(self, field: str, value: Any, sentence: str) -> None:
        self.problems.append(Problem(self.number, self.id or None, field, shown(value), sentence, True))

    def left_out(self, name: str, values: list[Any]) -> None:
        for value in values:
            self.report(self.key(name), value, sentences.CODE_LEFT_OUT)

    def line(self, name: str, most: int) -> str:
        found = self.found.get(name)
        return self._cut(name, text.line(found[1]), most) if found else ""

    def paragraphs(self, *names: str, most: int) -> str:
        """The texts of these fields one below the other; what says the same twice stands once."""
        found = [text.paragraphs(self.value(name)) for name in names if self.has(name)]
        if not found:
            return ""
        return self._cut(names[0], "\n\n".join(one for one in dict.fromkeys(found) if one), most)

    def _cut(self, name: str, whole: str, most: int) -> str:
        if len(whole) > most:
            self.report(self.key(name), whole, sentences.CUT)
            return text.cut(whole, most)
        return whole


def yes_or_no(value: Any) -> bool | None:
    word = text.as_text(value).strip().lower() if not isinstance(value, bool) else str(value).lower()
    return True if word in _YES else False if word in _NO else None


def _found(given: dict[str, Any], shape: Shape) -> dict[str, tuple[int, Any]]:
    """What the row holds under our words, in one walk over it. Null and nothing but spaces is not there."""
    found: dict[str, tuple[int, Any]] = {}
    index = shape.index
    for key, value in given.items():
        if value is None or key not in index or (isinstance(value, str) and not value.strip()):
            continue
        for word, place in index[key]:
            if word not in found or place < found[word][0]:
                found[word] = (place, value)
    return found


def _id(value: Any) -> str:
    """The source's own name of a row, as text; Mongo wraps it."""
    if isinstance(value, dict):
        value = value.get("$oid")
    found = text.line(value)
    return found if len(found) <= MOST_OF_AN_ID else f"{found[:160]}~{short_digest(found)}"
