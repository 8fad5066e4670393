"""A room that is named by a text (`get_model`, `import_module`) is known as much as one that is imported."""

import ast
import re
from pathlib import Path

from tests.architecture.checks.speech import called, text_of
from tests.architecture.checks.tree import python_files, relative
from tests.architecture.house import may_know, ranks, room_of

BY_NAME = {"get_model", "get_app_config", "import_module", "__import__", "import_string"}
DOTTED = re.compile(r"trellis\.\w+\.(\w+)")

#: files that name a room they may not import, each with its reason
KNOWN: dict[str, str] = {
    "trellis/doors/operations/management/commands/serve.py -> demo": "a demo is served only where its mark stands",
}


def rooms_named_upward(root: Path, known: dict[str, str] | None = None) -> list[str]:
    known = KNOWN if known is None else known
    faults, used = [], set()
    for path in python_files(root):
        name = relative(path, root)
        room = room_of(name)
        if room is None or "/tests/" in name or "/migrations/" in name:
            continue
        for line, other in rooms_named(ast.parse(path.read_text())):
            if other in ranks() and not may_know(room, other):
                used.add(f"{name} -> {other}")
                if f"{name} -> {other}" not in known:
                    faults.append(f"{name}:{line}: {room} may not know {other}")
    return faults + [f"{name} is listed and is not there" for name in sorted(set(known) - used)]


def rooms_named(tree: ast.AST) -> list[tuple[int, str]]:
    found = []
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        text = text_of(call.args[0]) if call.args and called(call) in BY_NAME else None
        if text:
            dotted = DOTTED.match(text)
            found.append((call.lineno, dotted.group(1) if dotted else text.split(".")[0]))
    return found
