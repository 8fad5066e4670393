"""Licenses of people who work here: written down by somebody else, renewed and ended by a row beside."""

from datetime import UTC, date, datetime

import pytest
from django.db import DatabaseError, transaction

from trellis.foundation.access.actor import Actor
from trellis.foundation.access.permissions import NotPermitted, Refused
from trellis.foundation.record.guard import writing
from trellis.people.accounts.tests.factories import account_with, actor_of, sign_in
from trellis.people.staff.actions import end_employment
from trellis.people.staff.licenses import actions, queries
from trellis.people.staff.licenses.rules import Signing
from trellis.people.staff.models import License
from trellis.people.staff.tests.factories import LicenseFactory, StaffMemberFactory, staff_member

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 25, 18, tzinfo=UTC)
PAPER = {
    "kind": "lmft", "body": "Board of Behavioral Sciences", "number": "LMFT 7", "since": date(2025, 1, 1),
    "until": date(2026, 12, 31),
}  # fmt: skip


@pytest.fixture(autouse=True)
def today(clock_at):
    clock_at(NOW)


@pytest.fixture
def director():
    return actor_of(staff_member("clinical_director").account)


@pytest.fixture
def dana():
    return StaffMemberFactory(account__roles=["therapist"], account__chosen_name="Dana Cole")


def test_a_license_lets_somebody_sign_and_its_end_stops_that(director, dana, statements):
    by = actor_of(dana.account)
    assert "is written down here" in queries.refusal_to_sign(by, Signing.LEVEL)
    row = actions.record_license(by=director, staff_member=dana, **PAPER)
    with statements() as seen:
        assert queries.refusal_to_sign(by, Signing.LEVEL) is None
    assert len(seen) == 1
    ended = PAPER | {"until": date(2026, 11, 20), "note": "Given back."}
    actions.change_license(by=director, staff_member=dana, license=row, **ended)
    assert "Nov. 20, 2026" in queries.refusal_to_sign(by, Signing.LEVEL)
    with pytest.raises(Refused, match="Look at it again"):
        actions.change_license(by=director, staff_member=dana, license=row, **ended)
    assert queries.refusal_to_sign(Actor.of_system("test"), Signing.LEVEL)


def test_a_mistake_counts_for_nothing_and_stays(director, dana):
    row = actions.record_license(by=director, staff_member=dana, **PAPER)
    with pytest.raises(Refused, match="what changed"):
        actions.change_license(by=director, staff_member=dana, license=row, **PAPER, note=" ")
    actions.change_license(by=director, staff_member=dana, license=row, **PAPER, note="Of another.", mistaken=True)
    assert queries.refusal_to_sign(actor_of(dana.account), Signing.LEVEL)
    assert len(queries.licenses_of(dana)) == 2
    with writing("test"), pytest.raises(DatabaseError), transaction.atomic():
        License.objects.filter(pk=row.pk).update(number="x")


def test_nobody_writes_down_their_own_and_only_the_office_others(director, dana):
    own = StaffMemberFactory(account__roles=["clinical_director"])
    with pytest.raises(Refused, match="Somebody else"):
        actions.record_license(by=actor_of(own.account), staff_member=own, **PAPER)
    with pytest.raises(NotPermitted):
        actions.record_license(by=actor_of(account_with("therapist")), staff_member=dana, **PAPER)
    with pytest.raises(Refused, match="number"):
        actions.record_license(by=director, staff_member=dana, **PAPER | {"number": " "})
    with pytest.raises(Refused, match="Say who"):
        actions.record_license(by=director, staff_member=dana, **PAPER | {"kind": "amft"})


def test_an_associate_is_written_down_with_whoever_supervises(director, dana, client):
    LicenseFactory(staff_member=dana)
    new = StaffMemberFactory(account__chosen_name="Ana Ruiz")
    office = sign_in(client, staff_member("program_administrator").account)
    sent = PAPER | {"kind": "amft", "number": "AMFT 1", "supervisor": dana.public_id}
    assert office.post(f"/desk/staff/{new.public_id}/licenses/", sent).status_code == 302
    page = office.get(f"/desk/staff/{new.public_id}/licenses/").content.decode()
    assert "supervised by Dana Cole" in page
    assert "Ends Dec. 31, 2026" in page
    row = queries.licenses_of(new)[0]
    change = f"/desk/staff/licenses/{row.public_id}/"
    assert 'value="AMFT 1"' in office.get(change).content.decode()
    refused = office.post(change, sent | {"until": "2024-01-01", "note": "Ended."}).content.decode()
    assert "before the first" in refused
    assert office.post(change, sent | {"until": "2026-11-01", "note": "Ended."}).status_code == 302
    page = office.get(f"/desk/staff/{new.public_id}/licenses/").content.decode()
    assert "Ended Nov. 1, 2026" in page
    assert "Replaced" in page


@pytest.mark.parametrize("left", [True, False])
def test_an_associate_signs_no_more_once_nobody_licensed_supervises_them(director, dana, statements, left):
    license = LicenseFactory(staff_member=dana)
    new = StaffMemberFactory(account__roles=["therapist"])
    paper = PAPER | {"kind": "amft", "supervisor": dana, "until": date(2028, 1, 1)}
    actions.record_license(by=director, staff_member=new, **paper)
    assert queries.ending(NOW.date()) == []
    by = actor_of(new.account)
    with statements() as seen:
        assert queries.refusal_to_sign(by, Signing.LEVEL) is None
    assert len(seen) == 1
    if left:
        office = actor_of(staff_member("program_administrator").account)
        end_employment(by=office, staff_member=dana, ended_on=date(2026, 11, 20))
        day = "Nov. 20, 2026"
    else:
        said = {**PAPER, "note": "Of another.", "mistaken": True}
        actions.change_license(by=director, staff_member=dana, license=license, **said)
        day = "Dec. 31, 2024"
    refusal = queries.refusal_to_sign(by, Signing.LEVEL)
    assert "Nobody licensed supervises you" in refusal
    assert day in refusal
    assert [row.staff_member_id for row, _end in queries.ending(NOW.date())] == [new.pk]


def test_what_ends_soon_stands_on_the_list_of_staff(client, statements, dana):
    office = sign_in(client, staff_member("program_administrator").account)
    LicenseFactory(staff_member=dana, until=date(2026, 12, 20))
    LicenseFactory(staff_member=StaffMemberFactory(ended_on=date(2026, 1, 1)), until=date(2026, 12, 20))
    assert "Licenses that end soon" in office.get("/desk/staff/").content.decode()
    for _ in range(29):
        LicenseFactory(staff_member=StaffMemberFactory(), until=date(2026, 1, 1))
    with statements() as seen:
        assert len(queries.ending(NOW.date())) == 30
    assert len(seen) == 1
    desk = sign_in(client, staff_member("front_desk").account)
    assert "Licenses that end soon" not in desk.get("/desk/staff/").content.decode()
