"""Words that are not said to or about people, in templates, catalogues and blueprints, in both languages."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import polib

from tests.architecture.checks.source import templates, untagged_text
from tests.architecture.checks.text import messages_in_python, messages_in_template
from tests.architecture.checks.tree import python_files, relative

DEFAULT = Path(__file__).resolve().parent.parent / "words.toml"


def whole_words(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{pattern})(?![\w-])", re.IGNORECASE)


@dataclass(frozen=True)
class Words:
    never: dict[str, dict[str, str]]  # table → pattern → what to say
    exempt: list[str]

    @classmethod
    def read(cls, path: Path = DEFAULT) -> "Words":
        data = tomllib.loads(path.read_text())
        return cls({table: words for table, words in data.items() if table != "exempt"}, data["exempt"]["phrases"])

    @cached_property
    def allowed(self) -> re.Pattern[str]:
        longest_first = sorted(self.exempt, key=len, reverse=True)
        return re.compile("|".join(re.escape(phrase) for phrase in longest_first), re.IGNORECASE)

    @cached_property
    def patterns(self) -> dict[str, list[tuple[re.Pattern[str], str]]]:
        return {
            language: [(whole_words(never), say) for never, say in words.items()]
            for language, words in self.never.items()
        }

    def faults(self, text: str, language: str) -> Iterator[str]:
        plain = self.allowed.sub("", text)
        # What people say to each other, in quotation marks, may say "tú".
        ours = re.sub(r"“[^”]*”|«[^»]*»", "", plain)
        for pattern, say in self.patterns[language] + (self.patterns["usted"] if language == "es" else []):
            found = pattern.search(ours if say.startswith("usted") else plain)
            if found:
                yield f"{found.group()!r}: say {say}"
        if re.search(r"(?<!<)!(?![=\w-])|¡", plain):
            yield "an exclamation mark"


def texts(root: Path) -> Iterator[tuple[str, str, str]]:
    """Where, language, text: everything that a person may read."""
    for path in templates(root):
        source, name = path.read_text(), relative(path, root)
        for piece in untagged_text(source, html=path.suffix != ".txt"):
            yield f"{name}:{piece.line}", "en", piece.text
        for _context, text, plural in messages_in_template(source):
            yield name, "en", f"{text} {plural or ''}"
    for path in python_files(root):
        if "tests" not in path.parts:
            for _context, text, plural in messages_in_python(path.read_text()):
                yield relative(path, root), "en", f"{text} {plural or ''}"
    for path in sorted((root / "trellis").rglob("locale/es/LC_MESSAGES/*.po")):
        for entry in polib.pofile(str(path)):
            for text in [entry.msgstr, *entry.msgstr_plural.values()]:
                yield f"{relative(path, root)}:{entry.linenum}", "es", text
    for path in sorted((root / "trellis").rglob("*.toml")):
        for where, language, text in bilingual(tomllib.loads(path.read_text())):
            yield f"{relative(path, root)}: {where}", language, text


def bilingual(data: Any, where: str = "", language: str = "en") -> Iterator[tuple[str, str, str]]:
    if isinstance(data, dict):
        for key, value in data.items():
            if key in ("source", "sources"):
                continue  # a citation, as it is titled
            yield from bilingual(value, f"{where}.{key}".strip("."), key if key in ("en", "es") else language)
    elif isinstance(data, list):
        for number, value in enumerate(data):
            yield from bilingual(value, f"{where}[{number}]", language)
    elif isinstance(data, str):
        yield where, language, data


def words_not_said(root: Path, words: Words | None = None) -> list[str]:
    words = words or Words.read()
    return [
        f"{where}: {fault} (in {text.strip()[:60]!r})"
        for where, language, text in texts(root)
        for fault in words.faults(text, language)
    ]
