"""Files that no row names: their writer died before its row was there, or the row was taken away."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from trellis.foundation.documents import queries, rules, shelf


def clear(now: float) -> int:
    """How many went. `now`: seconds of the wall's clock, as files have it."""
    gone = 0
    for batch in _batches(now):
        for name in queries.without_key(list(batch)):
            with suppress(FileNotFoundError):
                batch[name].unlink()
                gone += 1
    return gone


def _batches(now: float) -> Iterator[dict[str, Path]]:
    batch: dict[str, Path] = {}
    for name, path, written in shelf.files():
        if rules.is_left_over(written=written, now=now):
            batch[name] = path
        if len(batch) == queries.AT_ONCE:
            yield batch
            batch = {}
    if batch:
        yield batch
