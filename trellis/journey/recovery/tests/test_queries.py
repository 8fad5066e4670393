"""The next two that fit, in few statements."""

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from trellis.foundation.places import finding
from trellis.foundation.places.tests.factories import a_list, a_meeting
from trellis.foundation.program.tests.factories import load_pomona
from trellis.journey.recovery import presenters, queries
from trellis.journey.recovery.tests.factories import MeetingChoiceFactory
from trellis.journey.schedule.tests.factories import EnrollmentFactory, SeriesFactory, SessionFactory
from trellis.people.clients.tests.factories import EpisodeFactory

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 26, 1, 40, tzinfo=UTC)  # Wednesday 5:40 pm
LA = ZoneInfo("America/Los_Angeles")
WEDNESDAY = 3
FAR = {"latitude": 33.6189, "longitude": -117.9298}
ONLINE = {"attendance": "online", "latitude": None, "longitude": None, "city": "", "location": "", "address": ""}


@pytest.fixture(autouse=True)
def _program(db):
    load_pomona()
    finding.forget()
    with translation.override("en"):
        yield


def names(choice):
    return [line.meeting.name for line in queries.next_fitting(choice, NOW, LA)]


def test_near_them_or_online_and_the_next_two_alone():
    aa = a_list(kind="AA")
    for name, hour, more in [("near", 19, {}), ("far", 18, FAR), ("online", 20, ONLINE), ("third", 21, {})]:
        a_meeting(aa, name=name, day=WEDNESDAY, time=time(hour), **more)
    assert names(MeetingChoiceFactory()) == ["near", "online"]
    assert names(MeetingChoiceFactory(way="in_person")) == ["near", "third"]
    assert names(MeetingChoiceFactory(way="online")) == ["online"]
    assert names(MeetingChoiceFactory(anywhere=True)) == ["far", "near"]


def test_only_their_kinds_their_language_and_what_they_need():
    aa, smart = a_list(kind="AA"), a_list(kind="SMART Recovery", secular=True)
    a_meeting(aa, name="steps", day=WEDNESDAY, time=time(19))
    a_meeting(smart, name="tools", day=WEDNESDAY, time=time(20), types=["X"])
    a_meeting(smart, name="herramientas", day=WEDNESDAY, time=time(21), languages=["es"])
    assert names(MeetingChoiceFactory(kinds=["SMART Recovery"])) == ["tools", "herramientas"]
    assert names(MeetingChoiceFactory(language="es")) == ["herramientas"]
    assert names(MeetingChoiceFactory(needs=["wheelchair"])) == ["tools"]
    assert names(MeetingChoiceFactory(kinds=["Nobody's"])) == []


def test_their_own_groups_come_first_and_what_has_begun_is_past():
    aa = a_list(kind="AA")
    for name, hour, minute in [("begun", 17, 35), ("during", 19, 0), ("after", 20, 45)]:
        a_meeting(aa, name=name, day=WEDNESDAY, time=time(hour, minute))
    choice = MeetingChoiceFactory()
    assert names(choice) == ["during", "after"]
    series = SeriesFactory()
    EnrollmentFactory(episode=EpisodeFactory(client=choice.client), series=series)
    SessionFactory(series=series)  # tonight, 5:30 to 8:45 pm
    assert names(choice) == ["after"]


@pytest.mark.parametrize("many", [1, 30])
def test_few_statements_whatever_there_is(many, statements):
    for n in range(many):
        a_meeting(a_list(kind=f"Kind {n}"), day=WEDNESDAY, time=time(19))
    choice = MeetingChoiceFactory()
    queries.next_fitting(choice, NOW, LA)
    with statements() as seen:
        queries.next_fitting(choice, NOW, LA)
    assert len(seen) <= 6


class TestWords:
    def test_a_meeting_says_its_day_its_way_and_whose_it_is(self):
        aa = a_list(kind="AA")
        a_meeting(aa, name="Steps by the Park", day=WEDNESDAY, time=time(19), languages=["es"])
        a_meeting(aa, name="Tools", day=4, time=time(8), **ONLINE)
        first, second = presenters.coming(queries.next_fitting(MeetingChoiceFactory(), NOW, LA), NOW, LA)
        assert (first.name, first.time) == ("Steps by the Park", "7:00 pm")
        assert first.detail == "Today · 1.5 miles · Pomona · Spanish · AA"
        assert (second.time, second.detail) == ("8:00 am", "Tomorrow · online · AA")
        with translation.override("es"):
            first, _ = presenters.coming(queries.next_fitting(MeetingChoiceFactory(), NOW, LA), NOW, LA)
            assert (first.time, first.detail) == ("7:00 p. m.", "Hoy · 1.5 millas · Pomona · Español · AA")

    def test_on_paper_and_in_a_plan_that_is_kept_no_day_is_today(self):
        aa = a_list(kind="AA")
        a_meeting(aa, name="Steps by the Park", day=WEDNESDAY, time=time(19))
        a_meeting(aa, name="Tools", day=4, time=time(8), **ONLINE)
        found = queries.next_fitting(MeetingChoiceFactory(), NOW, LA)
        printed = [one.detail for one in presenters.coming(found, NOW, LA, on_paper=True)]
        assert printed == ["Wednesday, November 25 · 1.5 miles · Pomona · AA", "Thursday, November 26 · online · AA"]
        assert presenters.every_week(found, LA) == [
            "Steps by the Park, Wednesday, 7:00 pm, Pomona", "Tools, Thursday, 8:00 am, online",
        ]  # fmt: skip

    def test_what_was_chosen_is_said_and_what_was_left_open_is_not(self):
        everything = MeetingChoiceFactory(kinds=["NA"], language="es", way="online", needs=["families", "gone"])
        assert presenters.chosen_words(everything) == "Online · Spanish · NA · Families and friends may come"
        near = MeetingChoiceFactory(kinds=["LifeRing", "NA"])
        assert presenters.chosen_words(near) == "Within 15 miles of 91766 · In person near, or online · LifeRing · NA"
        assert presenters.chosen_words(MeetingChoiceFactory(anywhere=True)) == ""
