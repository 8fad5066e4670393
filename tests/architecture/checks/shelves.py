"""Templates: each is used, each points only downwards."""

import ast
import re
from fnmatch import fnmatchcase
from pathlib import Path

from tests.architecture.checks.source import template_name, templates
from tests.architecture.checks.tree import python_files, relative
from tests.architecture.house import may_know, ranks, room_of

POINTER = re.compile(r"""{%-?\s*(?:extends|include)\s+["']([^"'#]+)""")
POINTER_ANYWHERE = re.compile(r"""["']([\w/.-]+\.(?:html|txt|svg|xml))(?:#[\w-]+)?["']""")

#: templates that nothing of ours names, each with who uses it
LISTED: dict[str, str] = {}


def library_templates() -> set[str]:
    """Names that an installed library's own code renders: ours stand in their place."""
    from django.apps import apps

    found = set()
    for config in apps.get_app_configs():
        folder = Path(config.path) / "templates"
        if not config.name.startswith("trellis.") and folder.is_dir():
            found |= {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    return found


def unused_templates(root: Path, library: set[str], listed: dict[str, str] | None = None) -> list[str]:
    listed = LISTED if listed is None else listed
    named, patterns = names_in_python(root)
    for path in templates(root):
        named |= set(POINTER_ANYWHERE.findall(path.read_text()))
    faults = []
    for path in templates(root):
        name = template_name(path)
        used = name in named | library or name in listed or any(fnmatchcase(name, pattern) for pattern in patterns)
        if not used:
            faults.append(f"{relative(path, root)}: nothing renders, extends or includes {name}")
    there = {template_name(path) for path in templates(root)}
    return faults + [f"{name} is listed as used and is not there" for name in sorted(set(listed) - there)]


def names_in_python(root: Path) -> tuple[set[str], set[str]]:
    """Template names in the code, and patterns of those that are put together (`f"ui/{kind}.html"`)."""
    named, patterns = set(), set()
    for path in python_files(root):
        if "tests" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                named.add(node.value.split("#")[0])
            if isinstance(node, ast.JoinedStr):
                parts = [part.value if isinstance(part, ast.Constant) else "*" for part in node.values]
                pattern = "".join(map(str, parts)).split("#")[0]
                if re.search(r"[a-z]/.*\.(html|txt|svg|xml)$", pattern):
                    patterns.add(pattern)
    return named, patterns


def templates_that_point_up(root: Path) -> list[str]:
    """A template extends or includes only its own room's or a lower one."""
    faults = []
    for path in templates(root):
        room = room_of(relative(path, root))
        for target in POINTER.findall(path.read_text()):
            other = target.split("/")[0]
            if room in ranks() and other in ranks() and not may_know(room, other):
                faults.append(f"{relative(path, root)}: {room} may not know {other} ({target})")
    return faults
