"""Every word for people is marked for translation, and every catalogue has its Spanish."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import polib
from django.template.base import Lexer, TokenType
from django.utils.translation.template import templatize

from tests.architecture.checks.source import HOLE, Piece, templates, untagged_text
from tests.architecture.checks.tree import python_files, relative

#: names that are the same in every language
NAMES = re.compile(r"\b(Trellis|SAMHSA|English|Español|IOP|CBT|DBT|EMDR|SMS|PDF|CSV|Meeting Guide|BMLT|EN|ES|AYUDA)\b")
LETTERS = re.compile(r"[^\W\d_]{2}")
LITERAL = re.compile(r"""_\((?:"[^"]*"|'[^']*')\)|"([^"]*)"|'([^']*)'""")
#: a template that is included inside a tag holds attributes
ATTRIBUTE = re.compile(r"""[\w-]+=(?:"[^"]*"|'[^']*')""")
FORMATS = re.compile(r"""\|\s*(?:date|time|default_if_none|cut|join|stringformat|slugify):\s*(?:"[^"]*"|'[^']*')""")
#: tags whose literals are names of things, or are translated
NAMING_TAGS = {
    "translate", "trans", "blocktranslate", "blocktrans", "load", "url", "static", "extends", "block", "if", "elif",
    "ifchanged", "now", "language", "get_static_prefix", "cycle", "querystring", "partialdef",
}  # fmt: skip


def untranslated_templates(root: Path) -> list[str]:
    faults = []
    for path in templates(root):
        source = path.read_text()
        pieces = untagged_text(source, html=path.suffix != ".txt") + literals_in_tags(source)
        faults += [
            f"{relative(path, root)}:{piece.line}: not marked for translation: {short(piece.text)}"
            for piece in pieces
            if LETTERS.search(NAMES.sub("", ATTRIBUTE.sub("", piece.text)))
        ]
    return faults


def short(text: str) -> str:
    return repr(text.replace(HOLE, "…").strip()[:60])


def literals_in_tags(source: str) -> list[Piece]:
    """`{% include … with title="Two words" %}` and `{{ x|default:"Two words" }}`: text that no catalogue sees."""
    found = []
    for token in Lexer(source).tokenize():
        if token.token_type not in (TokenType.BLOCK, TokenType.VAR):
            continue
        first = token.contents.split(maxsplit=1)[0] if token.contents.strip() else ""
        if token.token_type == TokenType.BLOCK and first in NAMING_TAGS:
            continue
        for match in LITERAL.finditer(FORMATS.sub("", token.contents)):
            text = match.group(1) or match.group(2) or ""
            if re.search(r"[^\W\d_]{2}\s+[^\W\d_]{2}", text):
                found.append(Piece(token.lineno or 0, text))
    return found


# --- Python -----------------------------------------------------------------------------------------------------------
SENTENCES = {"Refused", "NotPermitted", "ValidationError", "Status", "Choice"}
LABELS = {"label", "help_text", "empty_label", "sentence", "heading", "lede"}
PAGES = re.compile(r"trellis/(?!config/).*/(forms|presenters|actions|pages|states|policy|models)(\.py|/.*\.py)$")


def untranslated_python(root: Path) -> list[str]:
    """A bare literal where a sentence or a label for people is expected."""
    faults = []
    for path in python_files(root):
        name = relative(path, root)
        if not PAGES.match(name) or "/tests/" in name:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call):
                faults += [
                    f"{name}:{text.lineno}: not marked for translation: {text.value[:60]!r}"
                    for text in spoken_arguments(node)
                    if " " in text.value and LETTERS.search(NAMES.sub("", text.value))
                ]
    return faults


def spoken_arguments(call: ast.Call) -> Iterator[ast.Constant]:
    called = getattr(call.func, "id", None) or getattr(call.func, "attr", None)
    spoken = list(call.args) if called in SENTENCES else []
    spoken += [keyword.value for keyword in call.keywords if keyword.arg in LABELS]
    yield from (node for node in spoken if isinstance(node, ast.Constant) and isinstance(node.value, str))


# --- catalogues -------------------------------------------------------------------------------------------------------
Message = tuple[str | None, str, str | None]  # context, text, plural
_CALLS: dict[str, tuple[int | None, int, int | None]] = {
    "gettext": (None, 0, None),
    "gettext_lazy": (None, 0, None),
    "gettext_noop": (None, 0, None),
    "_": (None, 0, None),
    "ngettext": (None, 0, 1),
    "ngettext_lazy": (None, 0, 1),
    "pgettext": (0, 1, None),
    "pgettext_lazy": (0, 1, None),
    "npgettext": (0, 1, 2),
    "npgettext_lazy": (0, 1, 2),
}
_MARKED = re.compile(r"\b(n?p?gettext|_)\(")


def messages_in_python(source: str) -> set[Message]:
    found = set()
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "id", None) or getattr(node.func, "attr", None)
        if name not in _CALLS:
            continue
        texts = [arg.value if isinstance(arg, ast.Constant) else None for arg in node.args]
        context, text, plural = (texts[at] if at is not None and at < len(texts) else None for at in _CALLS[name])
        if text:
            found.add((context, text, plural))
    return found


def messages_in_template(source: str) -> set[Message]:
    """Django turns a template into something like Python for gettext; each marked call in it is read by itself."""
    text, found = templatize(source), set()
    for match in _MARKED.finditer(text):
        call = balanced(text, match.start())
        try:
            found |= messages_in_python(call)
        except SyntaxError:
            continue
    return found


def balanced(text: str, start: int) -> str:
    depth, quote, at = 0, "", start
    while at < len(text):
        char = text[at]
        if quote:
            at += char == "\\"
            quote = "" if char == quote else quote
        elif char in "\"'":
            quote = char
        elif char in "()":
            depth += 1 if char == "(" else -1
            if not depth:
                return text[start : at + 1]
        at += 1
    return text[start:]


def rooms(root: Path) -> list[Path]:
    return sorted({path.parent for path in (root / "trellis").rglob("apps.py")})


def catalogue_faults(root: Path, language: str = "es") -> list[str]:
    faults = []
    for room in rooms(root):
        wanted: dict[Message, str] = {}
        for path in python_files(root):
            if path.is_relative_to(room):
                wanted |= dict.fromkeys(messages_in_python(path.read_text()), relative(path, root))
        for path in templates(root):
            if path.is_relative_to(room):
                wanted |= dict.fromkeys(messages_in_template(path.read_text()), relative(path, root))
        faults += compare(root, room / "locale" / language / "LC_MESSAGES" / "django.po", wanted)
    return faults


def compare(root: Path, catalogue: Path, wanted: dict[Message, str]) -> list[str]:
    name = relative(catalogue, root)
    if not catalogue.exists():
        return [f"{name} is not there, and {where} has text to translate" for where in sorted(set(wanted.values()))]
    read = polib.pofile(str(catalogue))
    forms = plural_forms(read)
    entries = [entry for entry in read if not entry.obsolete]
    there = {(entry.msgctxt, entry.msgid, entry.msgid_plural or None): entry for entry in entries}
    faults = []
    for message, where in wanted.items():
        if message not in there:
            faults.append(f"{name}: {where} says {message[1][:60]!r}, which is not in the catalogue")
    for message, entry in there.items():
        texts = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
        if not all(text.strip() for text in texts) or (entry.msgid_plural and len(texts) < forms):
            faults.append(f"{name}:{entry.linenum}: not translated: {entry.msgid[:60]!r}")
        if entry.fuzzy:
            faults.append(f"{name}:{entry.linenum}: fuzzy: {entry.msgid[:60]!r}")
        if message not in wanted:
            faults.append(f"{name}:{entry.linenum}: nothing says this any more: {entry.msgid[:60]!r}")
        faults += [f"{name}:{entry.linenum}: {wrong}" for wrong in placeholder_faults(entry, texts)]
    return faults


def plural_forms(catalogue: polib.POFile) -> int:
    """How many forms its header names: a number whose form is missing is shown in English."""
    named = re.search(r"nplurals=(\d+)", catalogue.metadata.get("Plural-Forms", ""))
    return int(named.group(1)) if named else 2


_PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|\{(\w+)[^}]*\}")


def placeholder_faults(entry: polib.POEntry, texts: list[str]) -> Iterator[str]:
    """A translation that drops or invents a placeholder breaks the page that prints it."""
    known = {a or b for text in (entry.msgid, entry.msgid_plural) for a, b in _PLACEHOLDER.findall(text or "")}
    for text in texts:
        used = {a or b for a, b in _PLACEHOLDER.findall(text)}
        if used - known or (not entry.msgid_plural and known - used):
            yield f"placeholders differ from {entry.msgid[:60]!r}"
