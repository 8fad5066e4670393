import pytest
from django.test import Client

from trellis.foundation.access.actor import Actor
from trellis.journey.inquiry.tests.factories import MORNING, coordinator, load_pomona, sign_in


@pytest.fixture
def morning(db, clock_at):
    """A loaded program on a Tuesday at 9:12, with the office open since 8:30."""
    clock_at(MORNING)
    return load_pomona()


@pytest.fixture
def me(morning) -> Actor:
    """Somebody who answers inquiries."""
    return coordinator()


@pytest.fixture
def desk(me) -> Client:
    """Their browser."""
    return sign_in(Client(), me.account_id)
