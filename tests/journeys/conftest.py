from types import SimpleNamespace

import pytest
from allauth.mfa.totp.internal import auth as totp
from django.core.cache import cache

from tests.journeys.program import Codes, Program, at, open_program


@pytest.fixture
def program(live, clock_at) -> Program:
    """A program on a Wednesday afternoon, served on a database of the test's own."""
    clock_at(at(16, 30))
    cache.clear()
    return open_program()


@pytest.fixture
def codes(monkeypatch) -> Codes:
    held = Codes()
    monkeypatch.setattr(totp, "time", SimpleNamespace(time=held.time))
    return held
