from datetime import datetime

import pytest
from django.test import Client

from trellis.foundation.places import finding
from trellis.foundation.places.tests.looking import SATURDAY
from trellis.foundation.program.tests.factories import load_pomona


@pytest.fixture
def saturday(db, clock_at) -> datetime:
    """A loaded program, five past six on a Saturday evening."""
    finding.forget()
    clock_at(SATURDAY)
    load_pomona()
    return SATURDAY


@pytest.fixture
def browser() -> Client:
    return Client()
