"""The week of the program: a picture, a list by day, a table, and the places in the tracks."""

import re
from datetime import time, timedelta

import pytest
from django.urls import reverse

from trellis.foundation.program.models import Room
from trellis.journey.schedule import actions
from trellis.journey.schedule.models import Track
from trellis.journey.schedule.tests.factories import (
    TODAY,
    EnrollmentFactory,
    EpisodeFactory,
    SeriesFactory,
    SessionFactory,
    StaffMemberFactory,
    actor,
    browser_of,
    tonight,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pomona")]


@pytest.fixture
def director():
    return browser_of(actor("clinical_director"))


def url(name, *args):
    return reverse(f"schedule:{name}", args=args)


def text(answer):
    return re.sub(r"\s+", " ", answer.content.decode())


def test_the_week_shows_each_group_with_room_leaders_and_places(director):
    room, leader = Room.objects.get(key="room-2"), StaffMemberFactory(account__chosen_name="Luis Ortega")
    SessionFactory(in_room=room, led_by=leader)
    page = text(director.get(url("week")))
    assert "<h1>Every group has a room and a leader</h1>" in page
    assert "Room 2 · Luis" in page
    assert "0 of 12 places" in page


def test_what_a_group_lacks_is_the_heading_and_a_word(director):
    leader = StaffMemberFactory()
    SessionFactory()
    SessionFactory(led_by=leader, planned_on=TODAY + timedelta(days=1))
    SessionFactory(cancelled=True)
    page = text(director.get(url("week")))
    assert "2 groups lack a room or a leader" in page
    assert "Needs a leader" in page
    assert "Needs a room" in page
    assert "The site was closed" in page


def test_a_group_that_joins_another_needs_no_room(director):
    host, _clients, by = tonight(in_room=Room.objects.get(key="room-2"))
    other, _clients, _by = tonight()
    actions.join_sessions(by=by, host=host, session=other)
    page = text(director.get(url("week")))
    assert "Every group has a room" in page
    assert "with Skills group" in page


def test_another_week_has_an_address_of_its_own(director):
    SessionFactory(planned_on=TODAY + timedelta(days=11))
    page = text(director.get(url("week") + "?week=2026-12-02"))
    assert "Monday, November 30 to Sunday, December 6" in page
    assert "Sunday, December 6</h2>" in page
    assert "No sessions are made for this week" in text(director.get(url("week") + "?week=2029-01-01"))
    assert director.get(url("week") + "?week=someday").status_code == 404


@pytest.mark.parametrize("count", [1, 20])
def test_the_week_costs_the_same_for_few_and_many_groups(director, statements, count):
    for _n in range(count):
        SessionFactory(led_by=StaffMemberFactory())
    director.get(url("week"))
    with statements() as seen:
        assert director.get(url("week")).status_code == 200
    assert len(seen) <= 11, seen


# --- the picture ------------------------------------------------------------------------------------------------------


def named(name, **more):
    return SessionFactory(series__names={"en": name, "es": name}, **more)


def test_groups_stand_at_their_time_and_those_of_one_time_below_each_other(director):
    long = {"series__break_minutes": 0, "series__minutes": 90}
    named("Early", series__start=time(9), **long)
    named("Evening", **long), named("Beside", **long)
    page = text(director.get(url("week")))
    looks = dict(re.findall(r'class="week-group (c\d+ s\d+ l\d+)(?: lacks)?"><a href="[^"]+">(\w+)<', page))
    assert {name: look for look, name in looks.items()} == {
        "Early": "c1 s6 l1", "Evening": "c9 s6 l1", "Beside": "c9 s6 l2",
    }  # fmt: skip
    assert '<li class="skipped c7 s2" aria-hidden="true">' in page
    assert '<li class="c1">9 am</li>' in page
    assert '<li class="c9">5:30</li>' in page


def test_the_same_groups_stand_in_a_table(director):
    SessionFactory(in_room=Room.objects.get(key="room-2"), led_by=StaffMemberFactory(account__chosen_name="Luis O"))
    table = text(director.get(url("week")))
    table = table[table.index("<table") : table.index("</table>")]
    for words in ("Wednesday, November 25", "5:30 to 8:45 pm", "Skills group", "Room 2", "Luis", "0 of 12 places"):
        assert words in table, words


def test_a_group_that_runs_past_midnight_ends_with_the_day(director):
    SessionFactory(series__start=time(23), series__minutes=120, series__break_minutes=0)
    assert "c1 s4 l1" in text(director.get(url("week")))


# --- tracks -----------------------------------------------------------------------------------------------------------


def test_one_track_is_shown_alone_and_stays_chosen_from_week_to_week(director):
    evening = Track.objects.get(key="evening")
    SessionFactory(series=SeriesFactory(names={"en": "Of the evening", "es": "De la noche"}, tracks=[evening]))
    SessionFactory(series=SeriesFactory(names={"en": "Of nobody", "es": "De nadie"}))
    page = text(director.get(url("week") + "?track=evening"))
    assert "Of the evening" in page
    assert "Of nobody" not in page
    assert f'href="{url("week")}?week=2026-11-30&amp;track=evening"' in page
    assert re.search(r'track=evening" aria-current="page">', page)
    assert "No group of this track in this week" in text(director.get(url("week") + "?track=morning"))
    assert "Of nobody" in text(director.get(url("week") + "?track=nonsense"))


def test_another_week_leads_back_to_this_one(director):
    assert "This week" in text(director.get(url("week") + "?week=2026-12-02"))
    assert ">This week<" not in text(director.get(url("week")))


def test_places_and_who_waits_are_counted_for_everybody_and_named_elsewhere():
    evening = Track.objects.get(key="evening")
    EnrollmentFactory(track=evening)
    by = actor("clinical_director")
    for _n in range(2):
        actions.wait_list(by=by, track=evening, episode=EpisodeFactory())
    page = text(browser_of(by).get(url("week") + "?track=evening"))
    assert "1 of 12 places taken" in page
    assert "2 people wait" in page
    assert url("tracks") in page
    assert url("tracks") not in text(browser_of(actor("biller")).get(url("week")))


def test_clients_do_not_open_the_week_of_the_program():
    from tests.cast import Cast

    assert Cast().client("client").get(url("week")).status_code == 403
    assert Cast().client("biller").get(url("week")).status_code == 200


def test_in_spanish_every_word_is_spanish(director):
    tonight()
    page = text(director.get("/es" + url("week")))
    assert "Todos los horarios" in page
    assert "Miércoles 25 de noviembre" in page
