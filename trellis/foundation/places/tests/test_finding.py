"""What begins next, near whom, and for whom."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

import pytest

from trellis.foundation.places import finding
from trellis.foundation.places.finding import Wish, find
from trellis.foundation.places.models import Meeting
from trellis.foundation.places.rules.where import Spot, miles
from trellis.foundation.places.tests.factories import a_list, a_meeting, facts
from trellis.foundation.places.tests.lists import classic
from trellis.foundation.places.tests.taking_in import take
from trellis.foundation.record.guard import writing

pytestmark = pytest.mark.django_db

LA = ZoneInfo("America/Los_Angeles")
NOW = datetime(2026, 11, 28, 18, 0, tzinfo=LA)  # a Saturday
POMONA = Spot(34.0551, -117.7523)
FAR = {"latitude": 33.6189, "longitude": -117.9298}  # Newport Beach, 32 miles


@pytest.fixture(autouse=True)
def _nothing_kept():
    finding.forget()


def names(wish=None, now=NOW, **more):
    return [line.meeting.name for line in find(wish or Wish(), now, LA, **more).lines]


def test_what_begins_next_stands_first_and_what_began_comes_before():
    one = a_list()
    for name, day, hour, minute in [
        ("tomorrow", 0, 7, 0), ("soon", 6, 18, 30), ("over", 6, 17, 40), ("began", 6, 17, 50), ("friday", 5, 12, 0),
    ]:  # fmt: skip
        a_meeting(one, name=name, day=day, time=time(hour, minute))
    assert names() == ["began", "soon", "tomorrow", "friday", "over"]


def test_a_meeting_online_stands_where_its_own_zone_puts_it():
    one = a_list()
    a_meeting(one, name="here", time=time(19, 30))
    online = {"attendance": "online", "latitude": None, "longitude": None}
    a_meeting(one, name="new york", time=time(22, 0), time_zone="America/New_York", **online)  # 19:00 here
    a_meeting(one, name="tehran", day=0, time=time(7, 0), time_zone="Asia/Tehran", **online)  # 19:30 here
    a_meeting(one, name="nobody knows", time=time(18, 45), time_zone="", **online)
    assert names() == ["nobody knows", "new york", "here", "tehran"]
    assert [line.starts.astimezone(LA).time() for line in find(Wish(), NOW, LA).lines] == [
        time(18, 45), time(19, 0), time(19, 30), time(19, 30),
    ]  # fmt: skip


def test_tonight_holds_what_begins_after_midnight_and_not_what_begins_tomorrow_evening():
    one = a_list()
    a_meeting(one, name="late", day=0, time=time(0, 30))
    a_meeting(one, name="evening", time=time(19, 30))
    a_meeting(one, name="morning", day=0, time=time(7, 0))
    a_meeting(one, name="sunday", day=0, time=time(19, 30))
    tonight = Wish(day="today", part="evening")
    assert names(tonight) == ["evening", "late"]
    assert names(tonight, datetime(2026, 11, 28, 23, 50, tzinfo=LA)) == ["late"]
    assert names(tonight, datetime(2026, 11, 29, 0, 10, tzinfo=LA)) == ["late", "sunday"]
    assert names(Wish(day="tomorrow", part="morning")) == ["morning"]
    assert names(Wish(day="0")) == ["late", "morning", "sunday"]


def test_near_is_near_and_what_is_nowhere_is_not_near():
    one = a_list()
    a_meeting(one, name="near")
    a_meeting(one, name="far", **FAR)
    a_meeting(one, name="only about there", placed=False, approximate=True)
    a_meeting(one, name="online", attendance="online")
    assert names(Wish(spot=POMONA, within=15)) == ["near"]
    assert names(Wish(spot=POMONA, within=50)) == ["near", "far"]
    assert set(names(Wish(spot=POMONA, or_online=True))) == {"near", "online"}
    near = find(Wish(spot=POMONA), NOW, LA).lines[0]
    assert near.miles == pytest.approx(miles(POMONA, near.meeting.latitude, near.meeting.longitude))
    assert find(Wish(), NOW, LA).lines[0].miles is None


def test_in_person_or_online_or_either():
    one = a_list()
    for way in ("in_person", "online", "hybrid"):
        a_meeting(one, name=way, attendance=way)
    assert set(names(Wish(way="in_person"))) == {"in_person", "hybrid"}
    assert set(names(Wish(way="online"))) == {"online", "hybrid"}
    assert len(names()) == 3


def test_a_language_and_english_is_what_says_nothing_else():
    one = a_list()
    a_meeting(one, name="en español", languages=["es"])
    a_meeting(one, name="nothing said")
    a_meeting(one, name="both", languages=["en", "es"])
    assert set(names(Wish(language="es"))) == {"en español", "both"}
    assert set(names(Wish(language="en"))) == {"nothing said", "both"}


def test_kinds_and_secular_ones_are_chosen_side_by_side():
    steps, smart = a_list(kind="AA"), a_list(kind="SMART Recovery", secular=True)
    a_meeting(steps, name="steps")
    a_meeting(steps, name="agnostics", types=["A"])
    a_meeting(smart, name="smart")
    assert set(names(Wish(kinds=("AA",)))) == {"steps", "agnostics"}
    assert set(names(Wish(secular=True))) == {"agnostics", "smart"}
    assert set(names(Wish(kinds=("AA",), secular=True))) == {"steps", "agnostics", "smart"}
    assert names(Wish(kinds=("Nobody",))) == []
    assert finding.offer().kinds == ["AA", "SMART Recovery"]


def test_a_code_is_read_as_its_own_format_means_it():
    guide, bmlt = a_list(), a_list(format="bmlt")
    a_meeting(guide, name="big book", types=["B"])
    a_meeting(guide, name="beginners", types=["BE"])
    a_meeting(bmlt, name="principiantes", types=["B"])
    assert set(names(Wish(newcomers=True))) == {"beginners", "principiantes"}


def test_a_code_may_be_written_in_small_letters():
    take(classic(formats="To,wc"))
    assert names(Wish(trait="discussion", wheelchair=True)) == ["Clean Start"]


def test_families_wheelchairs_and_types():
    one, families = a_list(), a_list(kind="Al-Anon", for_families=True)
    a_meeting(one, name="closed", types=["C"])
    a_meeting(one, name="open", types=["O", "X", "W"])
    a_meeting(families, name="family", types=["C"])
    assert set(names(Wish(families=True))) == {"open", "family"}
    assert names(Wish(wheelchair=True)) == ["open"]
    assert names(Wish(trait="women")) == ["open"]
    assert names(Wish(trait="asl")) == []
    only_bmlt_has_no_code = Wish(trait="seniors", kinds=("Al-Anon",))
    assert names(only_bmlt_has_no_code) == []


def test_a_name_is_found_without_accents_and_with_a_slip_only_where_nothing_is_spelled_so():
    one = a_list()
    a_meeting(one, name="Serenidad al Atardecer")
    a_meeting(one, name="Nueva Visión")
    a_meeting(one, name="Women's Way")
    assert names(Wish(text="VISION")) == ["Nueva Visión"]
    assert names(Wish(text="womens")) == ["Women's Way"]
    assert names(Wish(text="serinidad")) == ["Serenidad al Atardecer"]
    assert find(Wish(text="serinidad"), NOW, LA).guessed
    assert not find(Wish(text="serenidad"), NOW, LA).guessed
    assert names(Wish(text="zz")) == []
    assert names(Wish(text="...")) != []


def test_by_appointment_is_asked_for_by_itself():
    one = a_list()
    a_meeting(one, name="call first", day=None)
    a_meeting(one, name="every saturday")
    assert names() == ["every saturday"]
    assert names(Wish(day="appointment")) == ["call first"]
    assert find(Wish(day="appointment"), NOW, LA).lines[0].starts is None


def test_what_ended_or_is_switched_off_is_not_found():
    off = a_list(switched_on=False)
    a_meeting(off)
    a_meeting(ended_at=NOW)
    assert names() == []
    assert find(Wish(), NOW, LA, among=finding.Offer()).lines == ()


def test_a_zone_that_this_machine_does_not_know_is_read_by_our_own_clock():
    a_meeting(name="mars", time_zone="Mars/Olympus")
    assert names() == ["mars"]


def test_pages_follow_one_another_and_hold_everything_once():
    one = a_list()
    for number in range(45):
        a_meeting(one, name=str(number), day=number % 7)
    pages = [find(Wish(), NOW, LA, page=page) for page in (1, 2, 3, 4)]
    assert [len(page.lines) for page in pages] == [20, 20, 5, 0]
    assert [page.more for page in pages] == [True, True, False, False]
    assert len({line.meeting.pk for page in pages for line in page.lines}) == 45


EVERY_WISH = [
    Wish(),
    Wish(day="today", part="evening"),
    Wish(spot=POMONA, within=15, language="es", way="in_person"),
    Wish(text="meeting", families=True, newcomers=True, wheelchair=True, secular=True, kinds=("AA",), trait="women"),
    Wish(text="metting nobody"),
    Wish(text="meating"),
    Wish(day="appointment", language="es"),
]


@pytest.mark.parametrize("wish", EVERY_WISH, ids=str)
@pytest.mark.parametrize("rows", [1, 30, 2000])
def test_a_search_is_at_most_five_statements_whatever_is_asked(statements, wish, rows):
    lists = [a_list(kind="AA"), a_list(kind="NA", format="bmlt")]
    with writing("test"):
        Meeting.objects.bulk_create(
            Meeting(**facts(lists[n % 2], day=n % 7, name=f"Meeting {n}", languages=["es"] if n % 30 == 0 else []))
            for n in range(rows)
        )
    finding.offer()  # gathered when a list was read, not at every search
    with statements() as seen:
        find(wish, NOW, LA)
    assert len(seen) <= 5, seen
