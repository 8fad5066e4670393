"""Only actions write. What this finds in a file, the write guard also refuses when it runs."""

import ast
import re
from fnmatch import fnmatchcase
from pathlib import Path

from tests.architecture.checks.tree import python_files, relative

#: never anything but a write
ALWAYS = {
    "bulk_create", "bulk_update", "get_or_create", "update_or_create", "abulk_create", "abulk_update",
    "aget_or_create", "aupdate_or_create", "acreate", "asave", "adelete", "aupdate", "save_base",
}  # fmt: skip
SQL = re.compile(r"\s*(INSERT|UPDATE|DELETE|REPLACE|TRUNCATE)\b", re.IGNORECASE)

ALLOWED = ("*/actions.py", "*/actions/*.py", "*/migrations/*", "*/tests/*")

#: files that write outside an action, each with its reason
EXCEPTIONS: dict[str, str] = {
    "trellis/foundation/audit/trail.py": "the event of an action; `@action` opens the transaction",
    "trellis/doors/demo/bulk.py": "the demo's bulk path, the one named exception to actions",
    "trellis/people/clients/names.py": "the index of names, written by the actions of clients with the name itself",
}


def writes_outside_actions(root: Path, exceptions: dict[str, str] | None = None) -> list[str]:
    allowed = EXCEPTIONS if exceptions is None else exceptions
    faults, used = [], set()
    for path in python_files(root):
        name = relative(path, root)
        if not name.startswith("trellis/") or any(fnmatchcase(name, pattern) for pattern in ALLOWED):
            continue
        found = [f"{name}:{line}: {what} outside actions.py" for line, what in writes(path.read_text())]
        if found and name in allowed:
            used.add(name)
        else:
            faults += found
    return faults + [f"{name} is listed as an exception and writes nothing" for name in sorted(set(allowed) - used)]


def writes(source: str) -> list[tuple[int, str]]:
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    return sorted((node.lineno, what) for node in calls if (what := write(node)))


def write(call: ast.Call) -> str | None:
    if not isinstance(call.func, ast.Attribute):
        return None
    name = call.func.attr
    plain, named = bool(call.args), bool(call.keywords)
    is_write = (
        name in ALWAYS
        # A dictionary's or a hash's update takes a value; a query's takes names only.
        or (name == "update" and named and not plain)
        or (name == "create" and not plain)
        or (name in {"save", "delete"} and not plain)
        or (name in {"execute", "executemany"} and plain and writes_sql(call.args[0]))
    )
    return f".{name}()" if is_write else None


def writes_sql(node: ast.expr) -> bool:
    first = node.values[0] if isinstance(node, ast.JoinedStr) and node.values else node
    return isinstance(first, ast.Constant) and isinstance(first.value, str) and bool(SQL.match(first.value))
