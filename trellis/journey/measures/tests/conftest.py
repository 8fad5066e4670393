from datetime import UTC, datetime

import pytest

from trellis.foundation.program.tests.factories import load_pomona
from trellis.people.accounts.tests.factories import actor_of
from trellis.people.clients.tests.factories import (
    AccountFactory,
    CareAssignmentFactory,
    ClientFactory,
    EpisodeFactory,
    StaffMemberFactory,
)

#: Wednesday, 5:40 pm in Pomona; the stay began on Monday, October 5
NOW = datetime(2026, 11, 26, 1, 40, tzinfo=UTC)


@pytest.fixture
def program(db, clock_at) -> None:
    clock_at(NOW)
    load_pomona()


@pytest.fixture
def client_of(program):
    """Somebody in the program who may sign in; `person.me` acts, `person.counselor` is on their care team."""

    def make(**with_):
        person = ClientFactory(with_account=True, **with_)
        episode = EpisodeFactory(client=person)
        member = StaffMemberFactory(account=AccountFactory(roles=["counselor"]))
        CareAssignmentFactory(episode=episode, staff_member=member)
        person.episode, person.member = episode, member
        person.me, person.counselor = actor_of(person.account), actor_of(member.account)
        return person

    return make


@pytest.fixture
def marisol(client_of):
    return client_of(chosen_name="Marisol Ruiz")
