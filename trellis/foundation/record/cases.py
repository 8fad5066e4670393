"""Cases for a pure rule, as a command reads them: one JSON object or a list of them, from a file or standard input."""

import sys
from json import loads
from pathlib import Path
from typing import Any

Case = dict[str, Any]


class NoCase(Exception):
    """One sentence that says what to do."""


def read(named: str) -> Case | list[Case]:
    """`named`: a path, or "-" for standard input. Raises NoCase."""
    try:
        body = sys.stdin.buffer.read() if named == "-" else Path(named).read_bytes()
    except OSError as fault:
        raise NoCase(f"It cannot be read: {fault.strerror}.") from None
    return _cases(body)


def _cases(body: bytes) -> Case | list[Case]:
    try:
        found = loads(body.decode("utf-8-sig"))
    except (ValueError, RecursionError):  # no UTF-8, no JSON, a number of thousands of digits, nested without end
        raise NoCase("It is no JSON. Give one case as a JSON object, or a list of them.") from None
    if isinstance(found, dict) or (isinstance(found, list) and all(isinstance(one, dict) for one in found)):
        return found
    raise NoCase("It is JSON, but no case. Give one case as a JSON object, or a list of them.")
