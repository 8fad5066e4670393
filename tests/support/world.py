"""The rest of a test's world: its clock, its files, plain settings that make no test weaker."""

import os
import random
import time
from collections.abc import Callable
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
from allauth.mfa.totp.internal import auth as totp
from django.conf import settings
from django.test import override_settings
from django.utils import translation
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from tests.support import live
from tests.support.environment import ROOT
from tests.support.rules import missing

hypothesis_settings.register_profile(
    "trellis",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
hypothesis_settings.load_profile("trellis")


@pytest.fixture(scope="session", autouse=True)
def plain_settings(django_test_environment):
    """Static files by their plain names, and a cheap password hash; tests of either ask for the real one."""
    storages = settings.STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
    with override_settings(
        STORAGES=storages,
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher", *settings.PASSWORD_HASHERS],
    ):
        yield


@pytest.fixture(autouse=True)
def plain_language():
    """A page in Spanish leaves its language behind it, as a server's thread does: the next test begins without."""
    yield
    translation.deactivate()


@pytest.fixture(autouse=True)
def codes_last(monkeypatch: pytest.MonkeyPatch) -> None:
    """A one-time code lasts as long as its test: its half minute may end between making it and sending it."""
    now = time.time()
    monkeypatch.setattr(totp, "time", SimpleNamespace(time=lambda: now))


@pytest.fixture(autouse=True)
def nothing_is_kept() -> None:
    """Pages that another test drew are not this test's."""
    from trellis.doors.public_site import kept

    kept.forget()


@pytest.fixture
def clock_at():
    """`clock_at(instant)` holds the clock from here to the end of the test, in the live server too."""
    from trellis.foundation import clock

    with ExitStack() as held:

        def hold(instant: datetime) -> datetime:
            held.enter_context(clock.travel(instant))
            live.held_at = instant
            return instant

        try:
            yield hold
        finally:
            live.held_at = None


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of contracts and data that is kept beside the clone."""
    where = Path(os.environ.get("TRELLIS_SHARED") or ROOT.parent / "shared")
    if not (where / "contracts").is_dir():
        missing("the folder shared is not beside this clone")
    return where


Hold = Callable[[datetime], datetime]


class Soak:
    """What a long check needs: a seed of its own round, and how long the round still has."""

    def __init__(self, seed: int, seconds: float) -> None:
        self.seed = seed
        self.random = random.Random(seed)
        self.seconds = seconds
        self._ends = time.monotonic() + seconds

    @property
    def left(self) -> float:
        return self._ends - time.monotonic()


@pytest.fixture
def soak(request: pytest.FixtureRequest) -> Soak:
    """Its share of the round: the time that `make soak` gave, divided among the tests collected."""
    seed = int(os.environ.get("TRELLIS_SOAK_SEED") or 1)
    seconds = float(os.environ.get("TRELLIS_SOAK_SECONDS") or 5)
    return Soak(seed, max(1.0, seconds / max(1, request.session.testscollected)))
