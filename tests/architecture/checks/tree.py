"""What the tree of files must look like. Each check takes a folder and answers with faults, each a sentence."""

import ast
import re
import subprocess
from pathlib import Path

from tests.architecture.house import BOTTOM, HOUSE

MOST_LINES = 350
TEXT = {"", ".py", ".md", ".toml", ".txt", ".sh", ".html", ".css", ".js", ".lock", ".in", ".json", ".yml", ".svg"}

# Spelt in pieces: this file is looked at too.
REGISTRIES = (
    "pypi" + ".org",
    "python" + "hosted.org",
    "registry." + "npmjs",
    "deb." + "debian.org",
    "--index" + "-url",
    "--extra-index" + "-url",
)
MACHINE = re.compile(r"(?<![\w.}~])/(?:work|home|root|tmp)/[\w.-]+")


def tracked(root: Path) -> list[Path]:
    """Files that git knows or would take; every file where there is no git."""
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "-z"], cwd=root, capture_output=True, text=True, check=False
    )
    if listed.returncode or not (root / ".git").exists():
        return sorted(path for path in root.rglob("*") if path.is_file())
    return sorted({root / name for name in listed.stdout.split("\0") if name and (root / name).is_file()})


def python_files(root: Path) -> list[Path]:
    return [path for path in tracked(root) if path.suffix == ".py"]


def relative(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix()


def folders_without_init(root: Path) -> list[str]:
    faults = set()
    for path in python_files(root):
        folders = [folder for folder in path.parents if folder != root and folder.is_relative_to(root)]
        if folders and folders[-1].name in {"trellis", "tests", "benchmarks"}:
            faults |= {folder for folder in folders if not (folder / "__init__.py").exists()}
    return [f"{relative(folder, root)}: no __init__.py" for folder in sorted(faults)]


def locks_with_addresses(root: Path) -> list[str]:
    return [
        f"{relative(lock, root)}:{number}: a lock names no address: {line.strip()}"
        for lock in sorted((root / "requirements").glob("*.lock"))
        for number, line in enumerate(lock.read_text().splitlines(), 1)
        if "://" in line or MACHINE.search(line) or "index" + "-url" in line
    ]


def traces_of_machines(root: Path) -> list[str]:
    """No file names a registry's host or a path of one machine."""
    faults = []
    for path in tracked(root):
        if path.suffix not in TEXT:
            continue
        try:
            text = path.read_text()
        except UnicodeDecodeError:
            continue
        for number, line in enumerate(text.splitlines(), 1):
            found = next((host for host in REGISTRIES if host in line), None) or MACHINE.search(line)
            if found:
                what = found if isinstance(found, str) else found.group()
                faults.append(f"{relative(path, root)}:{number}: names {what}")
    return faults


def long_files(root: Path) -> list[str]:
    return [
        f"{relative(path, root)}: {lines} lines, at most {MOST_LINES}; make it a folder of the same name"
        for path in python_files(root)
        if "migrations" not in path.parts and (lines := len(path.read_text().splitlines())) > MOST_LINES
    ]


def rooms_not_declared(root: Path) -> list[str]:
    """Each room stands in house.py, and house.py names no room that is not there."""
    faults = []
    for floor, rows in HOUSE.items():
        declared = {room for row in rows for room in row}
        there = {path.parent.name for path in (root / "trellis" / floor).glob("*/__init__.py")}
        faults += [f"trellis/{floor}/{room} is not declared in house.py" for room in sorted(there - declared)]
        faults += [f"house.py declares {floor}/{room}, which is not there" for room in sorted(declared - there)]
    floors = {path.parent.name for path in (root / "trellis").glob("*/__init__.py")} - {*HOUSE, *BOTTOM, "config"}
    return faults + [f"trellis/{floor} is no floor of the house" for floor in sorted(floors)]


def is_page(node: ast.stmt) -> bool:
    """A view: it says who may open it. What has none of them beside it is a helper of pages."""
    decorators = [getattr(d, "func", d) for d in getattr(node, "decorator_list", [])]
    return any(getattr(d, "id", getattr(d, "attr", None)) in {"page", "public"} for d in decorators)


def pages_without_urlpatterns(root: Path) -> list[str]:
    faults = []
    for path in python_files(root):
        if path.parent.name != "pages" or path.name.startswith("_") or path.name.startswith("test_"):
            continue
        body = ast.parse(path.read_text()).body
        names = {
            target.id
            for node in body
            for target in (node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)])
            if isinstance(target, ast.Name)
        }
        if "urlpatterns" not in names and any(map(is_page, body)):
            faults.append(f"{relative(path, root)}: exports no urlpatterns")
    return faults


#: `"name[extra]>=1,<2",  # why` in pyproject.toml, `name>=1  # why` in dev.in: the name, and the reason if there is one
DEPENDENCY = re.compile(r"""\s*["']?(?P<name>[A-Za-z][\w.-]*)[^#]*(?:#\s*(?P<why>\w.+))?$""")


def dependencies_without_reason(root: Path) -> list[str]:
    """Each package that is asked for says why, and stands in its lock."""
    faults = []
    for source, lock in (("pyproject.toml", "runtime.lock"), ("requirements/dev.in", "dev.lock")):
        locked = {line.split("==")[0] for line in (root / "requirements" / lock).read_text().splitlines()}
        for number, line in asked_for((root / source).read_text()):
            found = DEPENDENCY.match(line)
            if not found or not found["why"]:
                faults.append(f"{source}:{number}: says no reason: {line.strip()}")
            if found and plain_name(found["name"]) not in locked:
                faults.append(f"{source}:{number}: not in {lock}: {line.strip()}; run make lock")
    return faults


def asked_for(text: str) -> list[tuple[int, str]]:
    """The lines of `dependencies = [`, or all of a list of requirements."""
    lines = list(enumerate(text.splitlines(), 1))
    begins = next((number for number, line in lines if line.startswith("dependencies = [")), 0)
    ends = next((number for number, line in lines if number > begins and line == "]"), len(lines) + 1)
    return [(number, line) for number, line in lines if begins < number < ends and not line.startswith(("#", "-"))]


def plain_name(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
