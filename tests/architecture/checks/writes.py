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
    "trellis/foundation/audit/sealing.py": "the seal over the trail, below actions: it only adds",
    "trellis/doors/demo/bulk.py": "the demo's bulk path, the one named exception to actions",
    "trellis/foundation/record/sealed_later.py": "what migrations call",
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


# --- what the other checks would walk past ----------------------------------------------------------------------------
#: files that open the door for writes, each with its reason
DOORS_FOR_WRITES: dict[str, str] = {
    "trellis/foundation/access/actions.py": "`@action` itself",
    "trellis/foundation/audit/trail.py": "the event of an act, or of a page that was opened",
    "trellis/foundation/audit/sealing.py": "the seal over the trail",
    "trellis/foundation/audit/subjects.py": "the index that the seal fills, written again where it lost something",
    "trellis/foundation/record/management/commands/migrate.py": "migrations",
    "trellis/doors/demo/bulk.py": "the demo's bulk path, the one named exception to actions",
}

#: actions modules whose helpers write only tables that record/guard.py lists: whoever may call them
ONLY_LIBRARY_TABLES: dict[str, str] = {
    "trellis/foundation/jobs/actions.py": "jobs, their beats and keys; about nobody",
    "trellis/doors/operations/backups/actions.py": "sessions of before a restore",
    "trellis/people/accounts/actions/sessions.py": "open sessions, which libraries write",
    "trellis/people/accounts/actions/drafts.py": "words typed and not yet sent: no part of the record",
}


def doors_for_writes(root: Path, known: dict[str, str] | None = None) -> list[str]:
    """Who opens `guard.writing` writes whatever it likes, without permission and without an event."""
    known = DOORS_FOR_WRITES if known is None else known
    faults, used = [], set()
    for path in python_files(root):
        name = relative(path, root)
        if not name.startswith("trellis/") or "/tests/" in name or "/migrations/" in name:
            continue
        lines = [node.lineno for node in ast.walk(ast.parse(path.read_text())) if calls(node, "writing")]
        if lines and name in known:
            used.add(name)
        else:
            faults += [f"{name}:{line}: opens the door for writes" for line in lines]
    return faults + [f"{name} is listed and opens no door for writes" for name in sorted(set(known) - used)]


def calls(node: ast.AST, name: str) -> bool:
    return isinstance(node, ast.Call) and name in (getattr(node.func, "id", ""), getattr(node.func, "attr", ""))


def helpers_called_from_elsewhere(root: Path, known: dict[str, str] | None = None) -> list[str]:
    """A function beside the actions that writes and is none: only actions call it, since only they ask who may."""
    known = ONLY_LIBRARY_TABLES if known is None else known
    trees = {relative(path, root): ast.parse(path.read_text()) for path in python_files(root)}
    ours = {name: tree for name, tree in trees.items() if name.startswith("trellis/") and "/tests/" not in name}
    acting = {
        name: tree for name, tree in ours.items() if fnmatchcase(name, ALLOWED[0]) or fnmatchcase(name, ALLOWED[1])
    }
    helpers = {
        (package(name), helper) for name, tree in acting.items() if name not in known for helper in helpers_in(tree)
    }
    return [
        f"{name}:{line}: {helper} writes and is no action; make it one, or call it from one"
        for name, tree in sorted(ours.items())
        if name not in acting and "/migrations/" not in name
        for line, module, helper in taken_from_actions(tree)
        if (module, helper) in helpers
    ]


def package(name: str) -> str:
    """trellis/people/clients/actions/names.py → trellis.people.clients.actions"""
    return ".".join(name.removesuffix(".py").split("/")).split(".actions")[0] + ".actions"


def helpers_in(tree: ast.Module) -> set[str]:
    return {
        node.name
        for node in tree.body
        if isinstance(node, ast.FunctionDef)
        and not any(calls(decorator, "action") for decorator in node.decorator_list)
        and any(isinstance(inner, ast.Call) and write(inner) for inner in ast.walk(node))
    }


def taken_from_actions(tree: ast.Module) -> list[tuple[int, str, str]]:
    """Line, package of actions, name: what a file imports from actions or calls on them."""
    modules: dict[str, str] = {}
    taken = []
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                if ".actions" in f".{node.module}":
                    taken.append((node.lineno, f"{node.module}.".split(".actions.")[0] + ".actions", alias.name))
                if alias.name == "actions" or ".actions" in f".{node.module}":
                    whole = f"{node.module}.{alias.name}."
                    modules[alias.asname or alias.name] = whole.split(".actions.")[0] + ".actions"
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in modules:
            taken.append((node.lineno, modules[node.value.id], node.attr))
    return taken
