"""Where each key of a TOML file stands."""

import tomllib
from collections.abc import Iterator

import tree_sitter_toml
from tree_sitter import Language, Node, Parser

Loc = tuple[str | int, ...]
_TOML = Language(tree_sitter_toml.language())


class Lines:
    """The line of every key, table and item of a list, counted from 1."""

    def __init__(self, text: str) -> None:
        self._lines: dict[Loc, int] = {(): 1}
        self._counts: dict[Loc, int] = {}
        root = Parser(_TOML).parse(text.encode()).root_node
        for node in root.named_children:
            if node.type == "pair":
                self._pair((), node)
            elif node.type in ("table", "table_array_element"):
                self._table(node)

    def of(self, loc: Loc) -> int:
        """The line of `loc`, or of the longest part of it that stands in the file."""
        while loc not in self._lines:
            loc = loc[:-1]
        return self._lines[loc]

    def _table(self, node: Node) -> None:
        header, *pairs = node.named_children
        *above, last = _keys(header)
        loc: Loc = (*self._resolve(above), last)
        if node.type == "table_array_element":
            self._note(loc, node)
            index = self._counts.get(loc, 0)
            self._counts[loc] = index + 1
            loc += (index,)
        self._note(loc, node)
        for pair in pairs:
            if pair.type == "pair":
                self._pair(loc, pair)

    def _resolve(self, keys: list[str]) -> Loc:
        """`[a.b]` below `[[a]]` belongs to the last `a`."""
        loc: Loc = ()
        for key in keys:
            loc += (key,)
            if loc in self._counts:
                loc += (self._counts[loc] - 1,)
        return loc

    def _pair(self, loc: Loc, node: Node) -> None:
        key, *values = node.named_children
        for name in _keys(key):
            loc += (name,)
            self._note(loc, node)
        for value in values:
            self._value(loc, value)

    def _value(self, loc: Loc, node: Node) -> None:
        if node.type == "inline_table":
            for pair in node.named_children:
                if pair.type == "pair":
                    self._pair(loc, pair)
        elif node.type == "array":
            items = (child for child in node.named_children if child.type != "comment")
            for index, item in enumerate(items):
                self._note((*loc, index), item)
                self._value((*loc, index), item)

    def _note(self, loc: Loc, node: Node) -> None:
        self._lines.setdefault(loc, node.start_point.row + 1)


def _keys(node: Node) -> list[str]:
    if node.type == "dotted_key":
        return [name for child in node.named_children for name in _keys(child)]
    return list(_bare(node))


def _bare(node: Node) -> Iterator[str]:
    text = (node.text or b"").decode()
    if node.type == "quoted_key":
        text = next(iter(tomllib.loads(f"{text} = 0")), text)
    yield text


def path_of(loc: Loc) -> str:
    """`("series", 3, "start")` → `series[3].start`."""
    path = ""
    for part in loc:
        path += f"[{part}]" if isinstance(part, int) else f".{part}" if path else part
    return path or "file"
