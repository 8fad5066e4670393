import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def hidden(*packages: str) -> Iterator[None]:
    """A library that takes up others where it finds them does not find these while it is loaded."""
    missing = [package for package in packages if package not in sys.modules]
    sys.modules.update(dict.fromkeys(missing))  # type: ignore[arg-type] # None: an import of it fails
    try:
        yield
    finally:
        for package in missing:
            del sys.modules[package]
