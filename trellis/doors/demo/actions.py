"""What only a demo does to its own database."""

import math
import time
from datetime import UTC, datetime
from typing import Any

from allauth.mfa.totp.internal.auth import TOTP

from trellis.doors.demo.models import DemoMark
from trellis.foundation import clock
from trellis.foundation.access.actions import action
from trellis.foundation.access.actor import Actor
from trellis.foundation.clock.models import ClockShift
from trellis.people.accounts.models import Account


def _nobody(result: Any, arguments: dict[str, Any]) -> tuple[str, ...]:
    return ()


@action("demo.build", about=_nobody)
def mark(*, by: Actor, seed: int, clients: int, weeks: int, bulk: bool) -> DemoMark:
    return DemoMark.objects.create(seed=seed, clients=clients, weeks=weeks, bulk=bulk, built_at=wall())


@action("demo.build", about=_nobody)
def set_clock(*, by: Actor, to: datetime) -> ClockShift:
    """From now on the demo's clock says `to`, and runs on."""
    ClockShift.objects.all().delete()
    shift = ClockShift.objects.create(seconds=math.ceil((to - wall()).total_seconds()))
    clock.forget_shift()
    return shift


@action("demo.build", on="account")
def give_second_factor(*, by: Actor, account: Account, secret: str) -> Account:
    """The real one: its codes are asked for at every sign-in, and each works once."""
    TOTP.activate(account, secret)
    return account


def wall() -> datetime:
    """The time on the wall, which a demo's clock does not keep."""
    return datetime.fromtimestamp(time.time(), UTC)
