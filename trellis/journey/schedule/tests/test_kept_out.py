"""Whoever is kept out of a client's record: on the day's lists, and in the room in which they sit together."""

import pytest
from django.urls import reverse

from trellis.foundation.audit.models import AuditEvent
from trellis.journey.schedule import queries
from trellis.journey.schedule.models import Arrival, Attendance
from trellis.journey.schedule.tests.factories import (
    NOW,
    AttendanceFactory,
    EnrollmentFactory,
    SessionFactory,
    StaffMemberFactory,
    browser_of,
    tonight,
)
from trellis.journey.schedule.tests.sheet import URL, text, value
from trellis.people.accounts.models import Account
from trellis.people.accounts.tests.factories import actor_of
from trellis.people.clients.kept_out.actions import keep_out
from trellis.people.clients.tests.factories import ClientFactory, actor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pomona")]


def kept_out(client, *, role=None, account=None):
    """Somebody to whom the client's record is closed, as they act now."""
    account = account or StaffMemberFactory(account__roles=[role]).account
    keep_out(by=actor("program_administrator"), client=client, account=account)
    return actor_of(Account.objects.get(pk=account.pk))


def url(name, session, *more):
    return reverse(f"schedule:{name}", args=[session.public_id, *more])


def test_the_day_sheet_leaves_them_out_and_takes_no_mark_for_them():
    session, [marisol, other], _by = tonight(people=2)
    desk = browser_of(kept_out(marisol, role="front_desk"))
    page = text(desk.get(URL))
    assert marisol.public_id not in page
    assert other.public_id in page
    assert desk.get(url("line", session, marisol.public_id)).status_code == 404
    assert desk.post("/desk/day/arrive/", {"key": "k1", "arrive": value(session, marisol)}).status_code == 404
    assert not Arrival.objects.exists()


def test_a_call_that_is_owed_to_them_is_for_others_to_make():
    session, [marisol, other], _by = tonight(people=2)
    for client in (marisol, other):
        AttendanceFactory(session=session, client=client, state="absent")
    page = text(browser_of(kept_out(marisol, role="front_desk")).get(URL))
    assert marisol.chosen_name not in page
    assert other.chosen_name in page


def test_whoever_leads_the_group_marks_them_and_sees_nothing_else():
    session, [marisol, other], by = tonight(people=2)
    leader = browser_of(kept_out(marisol, account=Account.objects.get(pk=by.account_id)))
    page = text(leader.get(url("room", session)))
    assert marisol.public_id in page
    marked = leader.post(url("mark", session), {"client": marisol.public_id, "do": "present", "key": "k"})
    assert marked.status_code == 302
    assert Attendance.objects.get().client == marisol
    assert leader.get(url("line", session, marisol.public_id)).status_code == 200
    assert leader.get(reverse("clients:client", args=[marisol.public_id])).status_code == 404
    hours = page.partition("Hours this week")[2] or page.partition('id="hours"')[2]
    assert reverse("clients:client", args=[marisol.public_id]) not in hours
    assert leader.get(reverse("schedule:my_day")).status_code == 200
    opened = AuditEvent.objects.filter(verb="opened schedule.room").latest("id")
    assert set(opened.subjects) == {f"client:{marisol.pk}", f"client:{other.pk}"}


def test_a_director_who_does_not_lead_the_group_does_not_see_them_in_it():
    session, [marisol, other], _by = tonight(people=2)
    director = browser_of(kept_out(marisol, role="clinical_director"))
    for name in ("room", "people"):
        page = text(director.get(url(name, session)))
        assert marisol.public_id not in page, name
        assert other.public_id in page, name
    one = {"client": marisol.public_id, "do": "present", "key": "k"}
    assert director.post(url("mark", session), one).status_code == 404
    both = {"client": [marisol.public_id, other.public_id], "state": ["present"] * 2, "key": ["a", "b"]}
    director.post(url("mark_all", session), both)
    assert [row.client for row in Attendance.objects.all()] == [other]


def test_nobody_adds_to_a_group_whose_record_is_closed_to_them():
    session, _clients, _by = tonight()
    zoe = ClientFactory(chosen_name="Zoe Unseen", in_program=True)
    found = url("add", session), {"q": "unseen"}
    assert zoe.public_id in text(browser_of(actor("clinical_director")).post(*found))
    assert zoe.public_id not in text(browser_of(kept_out(zoe, role="clinical_director")).post(*found))


def test_a_clash_and_the_program_today_name_nobody_from_whom_they_are_kept():
    session, [marisol, other], _by = tonight(people=2)
    director = kept_out(marisol, role="clinical_director")
    beside = SessionFactory(series__names={"en": "Process group", "es": "Grupo de proceso"})
    for client in (marisol, other):
        EnrollmentFactory(episode=client.episodes.get(), series=beside.series)
    browser = browser_of(director)
    page = text(browser.get(url("session", session)))
    assert marisol.chosen_name not in page
    assert other.chosen_name in page
    today = queries.program_today(NOW, director)
    named = [*today.short, *today.silent, *(line for one in today.sessions for line in one.lines)]
    keys = {getattr(one, "client_id", None) or one.client.pk for one in named}
    assert other.pk in keys
    assert marisol.pk not in keys
    assert text(browser.get(reverse("staff_desk:program_today"))).count(marisol.public_id) == 0
