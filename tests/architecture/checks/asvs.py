"""The list in docs/security/asvs.md, held against the house. Each check takes text, rows or a folder, and answers with
faults. What stands in the list is checked here; whether it is true is for whoever reads the code and the test."""

import ast
import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

PAGE = "docs/security/asvs.md"
LEVELS = Path(__file__).parent.parent / "data" / "asvs_levels.csv"
STATES = ("met", "partly", "not met", "does not apply")
HEAD = "| Requirement | Level | In our words | State | Where | Test |"
COUNTS = "| State | Level 1 | Level 2 | Together |"
#: what only reading can show says so with this, and then why
READ = "Read it:"
DOCUMENTS = {".md", ".toml", ".lock"}
FEWEST_WORDS = 4
NUMBER = re.compile(r"(\d+\.\d+\.\d+)(?: \((\d)\))?")
TICKED = re.compile(r"`([^`]*)`")
MARKS = {"skip", "skipif", "xfail"}


@dataclass(frozen=True)
class Row:
    """One line of a table. A line may hold several requirements, each with its level behind it."""

    line: int
    levels: tuple[tuple[str, str], ...]
    words: str
    state: str
    where: str
    shown: str

    @property
    def paths(self) -> list[str]:
        return TICKED.findall(self.where)

    @property
    def pointers(self) -> list[str]:
        return TICKED.findall(self.shown)

    @property
    def reason(self) -> str:
        return TICKED.sub("", self.shown).strip(" ,.·")

    def __str__(self) -> str:
        return f"{PAGE}:{self.line}: {', '.join(number for number, _level in self.levels)}"


def levels() -> dict[str, str]:
    """Every requirement of level 1 and 2, and its level."""
    with LEVELS.open(newline="") as file:
        return {row["requirement"]: row["level"] for row in csv.DictReader(file)}


def lines_below(head: str, text: str) -> Iterator[tuple[int, list[str]]]:
    """The lines of every table with this head, each as its cells."""
    inside = False
    for number, line in enumerate(text.splitlines(), 1):
        if line == head:
            inside = True
        elif not line.startswith("|"):
            inside = False
        elif inside and not line.startswith("| ---"):
            yield number, [cell.strip() for cell in line.strip("|").split("|")]


def rows(text: str) -> list[Row]:
    found = []
    for line, cells in lines_below(HEAD, text):
        numbers, level, words, state, where, shown = (*cells, "", "", "", "", "", "")[:6]
        named = tuple((number, own or level) for number, own in NUMBER.findall(numbers))
        found.append(Row(line, named, words, state, where, shown if len(cells) == 6 else ""))
    return found


def misshapen(found: Iterable[Row]) -> list[str]:
    """A line has its six cells, a requirement, words and a state that we know."""
    faults = []
    for row in found:
        if row.state not in STATES:
            faults.append(f"{row}: not one of {', '.join(STATES)}: {row.state!r}")
        if not row.levels or not row.words or not row.shown:
            faults.append(f"{row}: a cell is missing or empty")
    return faults


def miscounted_requirements(found: Iterable[Row], wanted: dict[str, str]) -> list[str]:
    """Each requirement stands there once, with its level, and no other does."""
    listed = [one for row in found for one in row.levels]
    times = Counter(number for number, _level in listed)
    faults = [f"{number} is missing" for number in wanted if number not in times]
    faults += [f"{number} stands there {count} times" for number, count in times.items() if count > 1]
    faults += [f"{number} is no requirement of level 1 or 2" for number in times if number not in wanted]
    return faults + [
        f"{number} is of level {wanted[number]}, not {level}"
        for number, level in listed
        if number in wanted and level != wanted[number]
    ]


def lost_paths(found: Iterable[Row], root: Path) -> list[str]:
    return [f"{row}: {path} is not there" for row in found for path in row.paths if not (root / path).exists()]


def wrong_pointers(found: Iterable[Row], root: Path) -> list[str]:
    """Each test that is pointed to is there and is run."""
    faults = []
    for row in found:
        for pointer in row.pointers:
            name, *parts = pointer.split("::")
            file = root / name
            if not parts or file.suffix != ".py":
                faults.append(f"{row}: {pointer} points to no test")
            elif not file.is_file():
                faults.append(f"{row}: {name} is not there")
            elif wrong := fault_of_test(file.read_text(), parts):
                faults.append(f"{row}: {pointer} {wrong}")
    return faults


def fault_of_test(source: str, parts: list[str]) -> str:
    """In: a file's text, and `["test_x"]` or `["TestX", "test_y"]`. Out: why it shows nothing; empty when it may."""
    body = ast.parse(source).body
    marked = {target.id for node in body for target in _targets(node) if _skips(node, set())}
    if "pytestmark" in marked:
        return "is skipped with its whole file"
    for part in parts:
        node = next((one for one in body if getattr(one, "name", None) == part), None)
        if node is None:
            return "is not there"
        if any(_skips(decorator, marked) for decorator in node.decorator_list):
            return "is skipped"
        body = node.body
        if any(target.id == "pytestmark" and _skips(one, marked) for one in body for target in _targets(one)):
            return "is skipped with its class"
    is_test = isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    return "" if is_test else "is no test"


def _targets(node: ast.stmt) -> list[ast.Name]:
    given = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
    return [target for target in given if isinstance(target, ast.Name)]


def _skips(node: ast.AST, marked: set[str]) -> bool:
    """`pytest.mark.skip`, wherever it stands in it, or a name that one was given."""
    return any(
        (isinstance(part, ast.Attribute) and part.attr in MARKS) or (isinstance(part, ast.Name) and part.id in marked)
        for part in ast.walk(node)
    )


def without_ground(found: Iterable[Row]) -> list[str]:
    """Met: a test shows it, or a document does and the line says why no test can. Anything else says its reason."""
    faults = []
    for row in found:
        has_reason = len(row.reason.removeprefix(READ).split()) >= FEWEST_WORDS
        reads = row.reason.startswith(READ) and has_reason and any(Path(path).suffix in DOCUMENTS for path in row.paths)
        if row.state == "met" and not row.pointers and not reads:
            faults.append(f"{row}: is met, and neither a test nor a document with a reason shows it")
        if row.state != "met" and not has_reason:
            faults.append(f"{row}: {row.state}, and says no reason")
        if row.state in {"met", "partly"} and not row.paths:
            faults.append(f"{row}: {row.state}, and does not say where")
    return faults


def counted(found: Iterable[Row]) -> dict[str, list[int]]:
    """State → how many of level 1, of level 2, together."""
    times = Counter((row.state, level) for row in found for _number, level in row.levels)
    by_state = {state: [times[state, "1"], times[state, "2"]] for state in STATES}
    by_state["all"] = [sum(column) for column in zip(*by_state.values(), strict=True)]
    return {state: [*both, sum(both)] for state, both in by_state.items()}


def wrong_counts(text: str) -> list[str]:
    said = {state: "|".join(numbers) for _line, (state, *numbers) in lines_below(COUNTS, text)}
    right = {state: "|".join(map(str, numbers)) for state, numbers in counted(rows(text)).items()}
    return [
        f"{PAGE}: write: | {state} | {right[state].replace('|', ' | ')} |"
        for state in right
        if said.get(state) != right[state]
    ]
