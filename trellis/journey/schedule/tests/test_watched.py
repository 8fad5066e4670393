"""Whoever has a client in front of them today is not asked why they open the record that is watched closely."""

from datetime import timedelta

import pytest
from django.urls import reverse

from tests.support.live import sign_in
from trellis.foundation.program.tests.factories import load_pomona
from trellis.journey.schedule.queries import has_them_today
from trellis.journey.schedule.tests.factories import NOW, EnrollmentFactory, SeriesFactory, SessionFactory
from trellis.people.clients.tests.factories import (
    ClientFactory,
    EpisodeFactory,
    StaffMemberFactory,
    WatchFactory,
    actor,
    actor_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def program(clock_at):
    clock_at(NOW)
    load_pomona()


@pytest.fixture
def leader():
    return StaffMemberFactory(account__roles=["group_facilitator"])


@pytest.fixture
def marisol():
    return ClientFactory(chosen_name="Marisol Ruiz")


@pytest.fixture
def tonight(marisol, leader):
    series = SeriesFactory()
    EnrollmentFactory(episode=EpisodeFactory(client=marisol), series=series)
    return SessionFactory(series=series, led_by=leader)


def test_the_leader_and_the_front_desk_today_and_nobody_else(marisol, tonight, leader):
    assert has_them_today(actor_of(leader.account), marisol, NOW)
    assert has_them_today(actor("front_desk"), marisol, NOW)
    assert not has_them_today(actor("group_facilitator"), marisol, NOW)
    assert not has_them_today(actor("biller"), marisol, NOW)


def test_on_another_day_nobody(marisol, tonight, leader):
    for other in (NOW + timedelta(days=1), NOW - timedelta(days=1)):
        assert not has_them_today(actor_of(leader.account), marisol, other)
        assert not has_them_today(actor("front_desk"), marisol, other)


def test_of_somebody_else_not(tonight, leader):
    assert not has_them_today(actor_of(leader.account), ClientFactory(), NOW)
    assert not has_them_today(actor("front_desk"), ClientFactory(), NOW)


@pytest.mark.parametrize(("role", "asked"), [("front_desk", False), ("biller", True)])
def test_on_the_page_itself(marisol, tonight, client, role, asked):
    WatchFactory(client=marisol)
    account = StaffMemberFactory(account__roles=[role]).account
    page = sign_in(client, account).get(reverse("clients:client", args=[marisol.public_id])).content.decode()
    assert ("Why do you open this record?" in page) is asked
    assert ("Marisol Ruiz" in page) is not asked


def test_the_list_of_a_room_does_not_ask_where_only_one_is_in_it(marisol, tonight, client):
    WatchFactory(client=marisol)
    browser = sign_in(client, StaffMemberFactory(account__roles=["clinical_director"]).account)
    room = browser.get(reverse("schedule:room", args=[tonight.public_id])).content.decode()
    assert "Marisol" in room
    assert "Why do you open this record?" not in room
    page = browser.get(reverse("clients:client", args=[marisol.public_id])).content.decode()
    assert "Why do you open this record?" in page
