"""A command of ours, as an operator types it."""

from collections.abc import Callable

import pytest
from django.core.management import call_command

Typed = tuple[int, str, str]


@pytest.fixture
def trellis(capsys: pytest.CaptureFixture[str]) -> Callable[..., Typed]:
    """`trellis("audit", "verify")` answers the exit code, what was printed, and what was said of faults."""

    def typed(*arguments: object) -> Typed:
        code = 0
        try:
            call_command(*map(str, arguments))
        except SystemExit as left:
            code = int(left.code or 0)
        said = capsys.readouterr()
        return code, said.out, said.err

    return typed
