"""Referrals that came in, by the real action."""

import json
from datetime import date
from typing import Any

from trellis.foundation import clock
from trellis.foundation.access.actor import Actor
from trellis.foundation.program import queries as program
from trellis.journey.inquiry.actions.referring import receive
from trellis.journey.inquiry.models import Referral
from trellis.journey.inquiry.referral.arriving import as_file, as_typed
from trellis.journey.inquiry.tests.referrals import BUNDLE

SYSTEM = Actor.of_system("test")


def sent(body: Any = BUNDLE, **more: Any) -> Referral:
    """A file came."""
    arrived = as_file(json.dumps(body).encode(), now=clock.now(), zone=program.zone())
    return receive(by=SYSTEM, arrived=arrived, **more).referral


def typed(**changes: Any) -> Referral:
    """Somebody typed what a fax said."""
    plain: dict[str, Any] = {
        "name": "Rosa Medina", "born_on": date(1990, 5, 6), "telephone": "(909) 555-0166", "language": "es",
        "organisation": "Example Detox", "sender": "", "discharged_on": date(2026, 11, 20),
        "why": "She wants to go on.", "takes": "Buprenorphine 8 mg", "urgent": "", "part2": True,
    }  # fmt: skip
    return receive(by=SYSTEM, arrived=as_typed(**(plain | changes))).referral
