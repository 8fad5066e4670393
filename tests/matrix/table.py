"""The reviewed table of answers: `answers.csv`. People wrote and read it; no code of the policy computes it.

One row a URL. `with` says which object each argument names; a cell holds the answer to the object in the role's own
relation, to somebody else's, and to one that is not there: `200 404 404`. A URL without an object has one answer.
"""

import csv
from dataclasses import dataclass
from pathlib import Path

from trellis.foundation.access.roles import ROLES

FILE = Path(__file__).with_name("answers.csv")
WHO = ("signed_out", *(role.key for role in ROLES))
COLUMNS = ("url", "method", "with", *WHO)


@dataclass(frozen=True)
class Row:
    url: str
    method: str
    objects: dict[str, str]
    answers: dict[str, str]


def read() -> list[Row]:
    with FILE.open(newline="") as file:
        return [
            Row(
                line["url"],
                line["method"],
                dict(pair.split("=") for pair in line["with"].split()),
                {who: line[who] for who in WHO},
            )
            for line in csv.DictReader(file)
        ]
