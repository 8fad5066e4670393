"""Reads a blueprint and says every fault, with its line and what to do. Needs no database."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from trellis.foundation.program.check.draft import Draft
from trellis.foundation.program.check.form import Finding, form
from trellis.foundation.program.check.lines import Lines, path_of
from trellis.foundation.program.check.sense import CHECKS, register_check, sense
from trellis.foundation.program.check.toml import NotToml, parse
from trellis.foundation.program.schema import SECTIONS, Blueprint, build

__all__ = ["CHECKS", "Draft", "Fault", "Faulty", "check", "read", "register_check", "text_of"]

LARGEST = 2_000_000


@dataclass(frozen=True)
class Fault:
    line: int
    path: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.line}: {self.path}: {self.sentence}"


class Faulty(ValueError):
    """A blueprint with faults; nothing of it is used."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults


def check(source: Path | str) -> list[Fault]:
    """Every fault of a file (a Path) or a text (a str): first those of form, then those of sense. [] when sound."""
    try:
        text = text_of(source)
        document = parse(text)
    except Faulty as fault:
        return fault.faults
    except NotToml as fault:
        return [Fault(fault.line, "file", fault.sentence)]
    lines = Lines(text)
    findings = _by_line(lines, form(document)) + _by_line(lines, sense(Draft(document)))
    return [Fault(lines.of(loc), path_of(loc), sentence) for loc, sentence in dict.fromkeys(findings)]


def _by_line(lines: Lines, findings: Iterable[Finding]) -> list[Finding]:
    return sorted(findings, key=lambda finding: lines.of(finding[0]))


def read(source: Path | str) -> Blueprint:
    """The blueprint; Faulty with every fault where it has some."""
    return _read(text_of(source), (len(SECTIONS), len(CHECKS)))


@lru_cache(maxsize=8)
def _read(text: str, registered: tuple[int, int]) -> Blueprint:
    # The value is frozen and depends on the text alone, once all rooms have registered.
    if faults := check(text):
        raise Faulty(faults)
    return build(parse(text))


def text_of(source: Path | str) -> str:
    """The text of a file or the text itself; Faulty where it cannot be read."""
    raw = source.encode("utf-8", "surrogatepass") if isinstance(source, str) else _bytes_of(source)
    if len(raw) > LARGEST:
        raise _unreadable("The file is larger than two million bytes. A blueprint is text, written by hand.")
    try:
        return raw.decode("utf-8").removeprefix("\ufeff").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise _unreadable("This line is not UTF-8 text. Save the file as UTF-8.", line) from error


def _unreadable(sentence: str, line: int = 1) -> Faulty:
    return Faulty([Fault(line, "file", sentence)])


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except IsADirectoryError as error:
        raise _unreadable("This is a folder. Name the blueprint file in it.") from error
    except OSError as error:
        raise _unreadable(f"The file cannot be read ({error.strerror}). Check its name and your rights.") from error
