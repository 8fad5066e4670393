"""Templates cut into text, tags and attributes. Shared by the checks that read what people read."""

from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

from django.template.base import Lexer, TokenType

#: stands for whatever a tag or a variable prints
HOLE = "\ue000"
SPOKEN = ("title", "placeholder", "aria-label", "aria-description", "alt", "label", "summary")
VOID = {"script", "style"}


@dataclass(frozen=True)
class Piece:
    line: int
    text: str


def templates(root: Path) -> list[Path]:
    found = (root / "trellis").rglob("templates/**/*")
    return sorted(p for p in found if p.is_file() and p.suffix in {".html", ".txt", ".svg", ".xml"})


def template_name(path: Path) -> str:
    parts = path.parts
    return "/".join(parts[len(parts) - parts[::-1].index("templates") :])


#: blocks that hold what stands inside a tag, by their names
NOT_TEXT = ("_class", "_attributes")


def without_tags(source: str) -> str:
    """The template with each tag a hole, and what is translated gone; lines stay where they were."""
    out, skipping = [], ""
    for token in Lexer(source).tokenize():
        first = token.contents.split(maxsplit=1)[0] if token.contents.strip() else ""
        if token.token_type == TokenType.TEXT:
            out.append("\n" * token.contents.count("\n") if skipping else token.contents)
        elif token.token_type == TokenType.BLOCK and first in {"blocktranslate", "blocktrans", "comment"}:
            skipping = f"end{first}"
            out.append(HOLE)
        elif token.token_type == TokenType.BLOCK and first == "block" and token.contents.strip().endswith(NOT_TEXT):
            skipping = "endblock"
        elif token.token_type == TokenType.BLOCK and first == skipping:
            skipping = ""
        elif token.token_type == TokenType.COMMENT:
            out.append("\n" * token.contents.count("\n"))
        elif not skipping:
            out.append(HOLE)
    return "".join(out)


def untagged_text(source: str, *, html: bool = True) -> list[Piece]:
    """Text that a person reads and that no tag translates: between tags, and in attributes that are read out."""
    plain = without_tags(source)
    if not html:
        return [Piece(number, line) for number, line in enumerate(plain.splitlines(), 1)]
    reader = Reader()
    reader.feed(plain)
    reader.close()
    return reader.pieces


class Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[Piece] = []
        self.inside: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if tag in VOID:
            self.inside.append(tag)
        named = dict(attributes)
        spoken = list(SPOKEN)
        if tag == "input" and named.get("type") in {"submit", "button", "reset"}:
            spoken.append("value")
        if tag == "meta" and named.get("name") in {"description", "author"}:
            spoken.append("content")
        line = self.getpos()[0]
        self.pieces += [Piece(line, named[name] or "") for name in spoken if named.get(name)]

    def handle_endtag(self, tag: str) -> None:
        if self.inside and self.inside[-1] == tag:
            self.inside.pop()

    def handle_data(self, data: str) -> None:
        if not self.inside:
            line = self.getpos()[0]
            self.pieces += [Piece(line + n, text) for n, text in enumerate(data.split("\n")) if text.strip()]
