from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import transaction

from tests.matrix.world import World, build
from trellis.foundation import clock


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """Built once for the module and rolled back after it."""
    with django_db_blocker.unblock(), clock.travel(datetime(2026, 11, 26, 1, 40, tzinfo=UTC)), transaction.atomic():
        yield build()
        transaction.set_rollback(True)
