"""Who says which meetings fit, and what is kept of it."""

import pytest

from trellis.foundation.access.permissions import Refused
from trellis.foundation.audit.models import AuditEvent
from trellis.foundation.program.tests.factories import load_pomona
from trellis.journey.recovery import actions, queries
from trellis.journey.recovery.actions import choose_meetings
from trellis.journey.recovery.models import MeetingChoice, Need, Way
from trellis.people.clients.tests.factories import (
    AccountFactory,
    CareAssignmentFactory,
    ClientFactory,
    actor,
    actor_of,
)

pytestmark = pytest.mark.django_db

ALL = {
    "start": " 91766 ", "miles": 5, "kinds": ["SMART Recovery"], "language": "es", "way": "in_person",
    "needs": ["wheelchair"], "on_today": False,
}  # fmt: skip


@pytest.fixture(autouse=True)
def program(db):
    load_pomona()


def own():
    client = ClientFactory(with_account=True)
    return client, actor_of(client.account)


def test_what_they_say_is_kept_and_the_event_holds_none_of_it():
    client, by = own()
    choose_meetings(by=by, client=client, **ALL)
    kept = MeetingChoice.objects.get()
    assert (kept.client, kept.start, kept.miles, kept.kinds, kept.language) == (
        client,
        "91766",
        5,
        ["SMART Recovery"],
        "es",
    )
    assert (kept.way, kept.needs, kept.on_today) == (Way.IN_PERSON, [Need.WHEELCHAIR], False)
    assert kept.spot.latitude == pytest.approx(34.04, abs=0.05)
    event = AuditEvent.objects.get(verb="recovery.choose_meetings")
    assert (event.actor, event.subjects) == (by.name, [f"client:{client.pk}"])
    assert "91766" not in f"{event.object} {event.subjects}"


def test_all_of_it_may_stay_open():
    client, by = own()
    choose_meetings(by=by, client=client)
    kept = queries.choice_of(client)
    assert (kept.start, kept.spot, kept.miles, kept.kinds, kept.language, kept.way, kept.needs) == (
        "", None, None, [], "", "", [],
    )  # fmt: skip
    assert kept.on_today


def test_choosing_again_replaces_what_was_chosen():
    client, by = own()
    choose_meetings(by=by, client=client, **ALL)
    choose_meetings(by=by, client=client, start="Claremont")
    kept = MeetingChoice.objects.get()
    assert (kept.start, kept.miles, kept.kinds, kept.way) == ("Claremont", actions.MILES, [], "")
    assert kept.spot.latitude == pytest.approx(34.11, abs=0.05)  # the one in California, not the one in New Hampshire


def test_a_place_that_nobody_knows_changes_nothing():
    client, by = own()
    choose_meetings(by=by, client=client, **ALL)
    with pytest.raises(Refused, match="five digits"):
        choose_meetings(by=by, client=client, start="00000")
    assert MeetingChoice.objects.get().start == "91766"


def test_miles_without_a_place_are_not_kept():
    client, by = own()
    choose_meetings(by=by, client=client, miles=5)
    assert MeetingChoice.objects.get().miles is None


def test_nobody_chooses_for_another_client():
    client, _by = own()
    for stranger in (actor_of(AccountFactory(roles=["client"])), actor("biller"), actor("counselor")):
        with pytest.raises(Refused):
            choose_meetings(by=stranger, client=client)
    assert queries.choice_of(client) is None


def test_the_desk_and_the_care_team_write_down_what_a_client_says():
    assignment = CareAssignmentFactory(staff_member__account__roles=["counselor"])
    client = assignment.episode.client
    for by in (actor_of(assignment.staff_member.account), actor("front_desk")):
        assert choose_meetings(by=by, client=client, way="online").way == Way.ONLINE
