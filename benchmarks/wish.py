"""What somebody asked `make bench` for; what makes no sense is said before anything is built."""

import argparse
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

DATABASES = ("sqlite", "postgresql")
FEWEST = 20  # two groups of ten; below 200 the pages are shorter than the day that the aims speak of


@dataclass(frozen=True)
class Wish:
    clients: list[int]
    seconds: float
    databases: list[str]
    events: int
    megabytes: int
    json: Path | None
    var: Path


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        sentence = message.split(": ", 1)[1] if message.startswith("argument ") else message
        print(f"make bench: {sentence}", file=sys.stderr)
        sys.exit(2)


def read(arguments: list[str] | None, var: Path) -> Wish:
    parser = _Parser(prog="make bench", description="Times beside their floors.")
    parser.add_argument("--clients", type=_clients, default="1000,100000")
    parser.add_argument("--seconds", type=_seconds, default="5", help="how long each job is measured")
    parser.add_argument("--databases", type=_databases, default=",".join(DATABASES))
    parser.add_argument("--events", type=_events, default="20000", help="how many events are verified")
    parser.add_argument("--megabytes", type=_megabytes, default="50", help="how much more a backup holds")
    parser.add_argument("--json", type=_json, help="a file for the figures")
    parser.add_argument("--var", type=Path, default=var, help="where built databases are kept")
    return Wish(**vars(parser.parse_args(arguments)))


def _clients(text: str) -> list[int]:
    parts = _parts(text)
    if not all(part.isdecimal() and int(part) >= FEWEST for part in parts):
        raise argparse.ArgumentTypeError(
            f"CLIENTS takes numbers from {FEWEST} up with commas between them, such as CLIENTS=1000,100000."
        )
    return list(dict.fromkeys(map(int, parts)))


def _seconds(text: str) -> float:
    if not text.replace(".", "", 1).isdecimal() or not float(text):
        raise argparse.ArgumentTypeError("SECONDS takes a number above zero, such as SECONDS=5.")
    return float(text)


def _events(text: str) -> int:
    if not text.isdecimal() or not int(text):
        raise argparse.ArgumentTypeError("EVENTS takes a number above zero, such as EVENTS=1000000.")
    return int(text)


def _megabytes(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError("MEGABYTES takes a number, such as MEGABYTES=1000.")
    return int(text)


def _databases(text: str) -> list[str]:
    parts = _parts(text)
    if not set(parts) <= set(DATABASES):
        raise argparse.ArgumentTypeError("DATABASES takes sqlite, postgresql, or both with a comma between them.")
    return list(dict.fromkeys(parts))


def _json(text: str) -> Path:
    path = Path(text)
    if path.is_dir() or not path.absolute().parent.is_dir():
        raise argparse.ArgumentTypeError(f"JSON takes a file in a folder that is there; {text} is not.")
    return path


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.split(",")]
