from collections.abc import Iterator

import pytest
from django.utils import translation

from tests.cast import Cast
from tests.support.live import sign_in
from trellis.foundation.program.rules import week_with
from trellis.foundation.program.tests.factories import load_pomona
from trellis.journey.schedule.tests.factories import NOW, POMONA, TODAY
from trellis.people.clients.tests.factories import StaffMemberFactory


@pytest.fixture
def tonight_at(clock_at):
    """Wednesday, 5:40 pm in Pomona: a group is ten minutes in."""
    return clock_at(NOW)


@pytest.fixture
def pomona(db, tonight_at):
    """The shipped program, loaded on that evening."""
    return load_pomona()


@pytest.fixture
def week():
    """The program week that the evening lies in."""
    return week_with(TODAY, POMONA)


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """A page asked for in Spanish leaves its language behind; each test begins in English."""
    with translation.override("en"):
        yield


@pytest.fixture
def desk():
    """Somebody at the front desk, signed in."""
    return Cast().client("front_desk")


@pytest.fixture
def intake(client, pomona):
    """A browser in which an intake coordinator is signed in."""
    member = StaffMemberFactory(account__roles=["intake_coordinator"])
    sign_in(client, member.account)
    client.account_id = member.account_id
    return client


@pytest.fixture
def dana(pomona):
    return StaffMemberFactory(
        account__roles=["therapist"], account__chosen_name="Dana Cole", credential="LMFT", licensed=True
    )
