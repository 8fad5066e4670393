"""Words for people that Python or a script says by itself: sentences of refusals and messages, HTML, attributes."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.checks.source import HOLE, SPOKEN, Reader
from tests.architecture.checks.text import LETTERS, NAMES
from tests.architecture.checks.tree import python_files, relative

#: what is called → which positional argument is a sentence for a person
SENTENCE_AT = {"Refused": 0, "NotPermitted": 0, "ValidationError": 0, "add_error": 1}
MESSAGES = {"success", "info", "warning", "error"}
GETTEXT = {"_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy"}
#: keys of a dictionary whose value is read out
KEYS = {*SPOKEN, "sentence"} - {"title", "label", "summary"}
#: people at a terminal are told in English
ELSEWHERE = re.compile(r"/(tests|migrations|management)/|^trellis/(?!.*\.py$)")
MARKUP = re.compile(r"</?[a-z][\w-]*[\s>/]")
COMMENT = re.compile(r"/\*.*?\*/|(?<!:)//[^\n]*", re.S)
SCRIPTED = re.compile(r"""(["'`])((?:(?!\1)[^\\\n]|\\.)*)\1""")
TWO_WORDS = re.compile(r"^[^\W\d_][\w’']*\s+[^\W\d_][\w’']*(?:[\s.,?:]|$)")


def unmarked_speech(root: Path) -> list[str]:
    faults = []
    for path in python_files(root):
        name = relative(path, root)
        if name.startswith("trellis/") and not ELSEWHERE.search(name):
            tree = ast.parse(path.read_text())
            faults += [
                f"{name}:{line}: not marked for translation: {text.replace(HOLE, '…')[:60]!r}"
                for line, text in sorted({*sentences(tree), *attributes(tree), *html(tree), *computed(tree)})
            ]
    return faults


def text_of(node: ast.AST | None) -> str | None:
    """A literal's text, with a hole where a value stands; None for what is no literal."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else HOLE for part in node.values)
    return None


def called(call: ast.Call) -> str:
    return getattr(call.func, "id", None) or getattr(call.func, "attr", "")


def speaks(text: str | None) -> bool:
    return bool(text and LETTERS.search(NAMES.sub("", text)))


def sentences(tree: ast.AST) -> Iterator[tuple[int, str]]:
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        at = SENTENCE_AT.get(called(call))
        if called(call) in MESSAGES and getattr(getattr(call.func, "value", None), "id", None) == "messages":
            at = 1
        text = text_of(call.args[at]) if at is not None and at < len(call.args) else None
        if text and speaks(text):
            yield call.lineno, text


def attributes(tree: ast.AST) -> Iterator[tuple[int, str]]:
    for node in (node for node in ast.walk(tree) if isinstance(node, ast.Dict)):
        for key, value in zip(node.keys, node.values, strict=True):
            text = text_of(value)
            if text_of(key) in KEYS and text and speaks(text):
                yield value.lineno, text


def html(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """What a person reads between the tags of HTML that Python writes."""
    other = set(map(id, not_printed(tree)))
    for node in ast.walk(tree):
        text = text_of(node) if id(node) not in other else None
        if text and MARKUP.search(text):
            reader = Reader()
            reader.feed(re.sub(r"\{\w*\}", HOLE, text))
            reader.close()
            yield from ((node.lineno, piece.text.strip()) for piece in reader.pieces if speaks(piece.text))


def not_printed(tree: ast.AST) -> Iterator[ast.AST]:
    """Parts of a longer text, what is translated, and what is said to whoever reads the code."""
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            yield from node.values
        elif isinstance(node, ast.Call) and called(node) in GETTEXT:
            yield from node.args
        elif isinstance(node, ast.Expr):
            yield node.value


def computed(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """`_(f"…")`: no catalogue can know it."""
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        if called(call) in GETTEXT and call.args and isinstance(call.args[0], ast.JoinedStr | ast.BinOp):
            yield call.lineno, text_of(call.args[0]) or "a text put together"


def unmarked_scripts(root: Path) -> list[str]:
    """A script says nothing of its own: its words stand in the page, where they are translated."""
    faults = []
    for path in sorted((root / "trellis").rglob("static/**/*.js")):
        if "vendor" in path.parts or ".min." in path.name:
            continue
        source = COMMENT.sub(lambda found: "\n" * found.group().count("\n"), path.read_text())
        for found in SCRIPTED.finditer(source):
            if TWO_WORDS.search(found.group(2)):
                line = source.count("\n", 0, found.start()) + 1
                faults.append(f"{relative(path, root)}:{line}: a script says {found.group(2)[:60]!r}")
    return faults
