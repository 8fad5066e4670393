"""Write `answers.csv` anew from what the house answers now, for people to read line by line before it is committed.

    python -m pytest tests/matrix/write.py -q

A column `with` that was filled in by hand is kept; a new URL gets an empty one, and says which arguments it needs.
"""

import csv

import pytest

from tests.matrix import table
from tests.matrix.asking import answers, as_cell
from tests.matrix.urls import every_url


@pytest.mark.timeout(900)
def test_write(world):
    known = {(row.url, row.method): row for row in table.read()} if table.FILE.exists() else {}
    by_url = {}
    for (name, _), row in known.items():
        by_url.setdefault(name, []).append(row)
    lines = []
    for url in every_url():
        rows = by_url.get(url.name) or [table.Row(url.name, "GET", dict.fromkeys(url.arguments, "?"), {})]
        for row in rows:
            cells = {}
            if "?" not in row.objects.values():
                for who in table.WHO:
                    try:
                        cells[who] = as_cell(answers(world, row, who))
                    except Exception as fault:
                        cells[who] = f"FAULT {type(fault).__name__} {str(fault)[:80]}"
            objects = " ".join(f"{k}={v}" for k, v in row.objects.items())
            lines.append({"url": row.url, "method": row.method, "with": objects, **cells})
    with table.FILE.open("w", newline="") as file:
        writer = csv.DictWriter(file, table.COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(lines)
