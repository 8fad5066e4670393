"""A line of the log holds ids: its event is one of few fixed words, its keys are listed, no value is a person's."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.checks.speech import called
from tests.architecture.checks.tree import python_files, relative

LEVELS = {"debug", "info", "warning", "warn", "error", "critical", "exception", "msg", "log", "bind"}
#: where what a person is called, wrote, or may be reached at is kept
PERSONAL = {
    "chosen_name", "legal_name", "given", "family", "name", "search_name", "username", "email", "telephone", "phone",
    "to", "body", "subject", "values", "words", "note", "text", "reason", "born_on", "pronouns", "safe_times", "pin",
    "safe_word", "password", "token", "POST", "GET", "path", "get_full_path", "cleaned_data", "sentence", "public_id",
}  # fmt: skip


def lines_that_say_too_much(root: Path) -> list[str]:
    from trellis.config.logs import ALLOWED

    faults = []
    for path in python_files(root):
        name = relative(path, root)
        if not name.startswith("trellis/") or "/tests/" in name:
            continue
        for line, fault in faults_of(ast.parse(path.read_text()), frozenset(ALLOWED)):
            faults.append(f"{name}:{line}: {fault}")
    return faults


def faults_of(tree: ast.AST, allowed: frozenset[str]) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr == "getLogger":
            yield node.lineno, "logs with structlog alone: it lets only listed keys through"
        if isinstance(node, ast.Call) and is_log(node):
            yield from ((node.lineno, fault) for fault in faults_of_call(node, allowed))


def is_log(call: ast.Call) -> bool:
    of = getattr(call.func, "value", None)
    return called(call) in LEVELS and getattr(of, "id", getattr(of, "attr", "")) in {"log", "logger", "logging"}


def faults_of_call(call: ast.Call, allowed: frozenset[str]) -> Iterator[str]:
    for place, argument in enumerate(call.args):
        if place or not (isinstance(argument, ast.Constant) and isinstance(argument.value, str)):
            yield "an event is one fixed text; what differs stands in listed keys"
    for keyword in call.keywords:
        if keyword.arg not in allowed:
            yield f"the log takes no key {keyword.arg}"
        yield from (
            f"{keyword.arg}= would write {inner.attr}"
            for inner in ast.walk(keyword.value)
            if isinstance(inner, ast.Attribute) and inner.attr in PERSONAL and not names_an_account(inner)
        )


def names_an_account(attribute: ast.Attribute) -> bool:
    """`actor.name` is how the trail names an account (`account:7`)."""
    return attribute.attr == "name" and getattr(attribute.value, "attr", getattr(attribute.value, "id", "")) == "actor"
