"""A list becomes the record: added, changed, unchanged, ended; held when it shrinks."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from trellis.foundation.access.permissions import NotPermitted
from trellis.foundation.audit.models import AuditEvent
from trellis.foundation.places import actions, exporting
from trellis.foundation.places.models import Meeting, MeetingList
from trellis.foundation.places.reading import NoList, read
from trellis.foundation.places.tests.lists import adds_up, row
from trellis.foundation.places.tests.taking_in import COMMAND, COUNSELOR, KEEPER, counts, many, take

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 28, 20, 0, tzinfo=UTC)

LISTS = (
    "al-anon-ma-2023", "appointment-edge", "bmlt-na-new-york-apiv1", "entities-atlanta-2024", "kansas-city-2021",
    "oiaa-online-2026", "orange-county-ca-2023", "san-jose-ca-2020", "san-jose-ca-2021", "sussex-de-2022", "times-edge",
    "timezones-edge",
)  # fmt: skip
NO_LISTS = ("bmlt-formats-apiv1.json", "bmlt-servicebodies-apiv1.json", "invalid.json", "meeting-types-i18n.json",
            "tsml-import-template.csv")  # fmt: skip
#: rows read, kept, and problems, as they were first read and looked through: a change of the rules shows here
COUNTED = {
    "al-anon-ma-2023": (360, 326, 241), "appointment-edge": (2, 2, 0), "bmlt-na-new-york-apiv1": (244, 244, 0),
    "entities-atlanta-2024": (6, 6, 0), "kansas-city-2021": (206, 197, 79), "oiaa-online-2026": (160, 145, 17),
    "orange-county-ca-2023": (1967, 1965, 535), "san-jose-ca-2020": (570, 569, 1), "san-jose-ca-2021": (693, 572, 124),
    "sussex-de-2022": (123, 123, 29), "times-edge": (9, 8, 1), "timezones-edge": (2, 0, 2),
}  # fmt: skip


# --- the lists that are published -------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", LISTS)
def test_a_published_list_adds_up_and_the_same_twice_changes_nothing(name, shared):
    body = (shared / f"data/meetings/{name}.json").read_bytes()
    formats = (shared / "data/meetings/bmlt-formats-apiv1.json").read_bytes() if "bmlt" in name else None
    outcome = read(body, formats=formats)
    adds_up(outcome)
    assert (outcome.read, outcome.kept, len(outcome.problems)) == COUNTED[name]
    first = actions.import_list(by=COMMAND, name=name, outcome=outcome, body=body)
    assert counts(first) == (outcome.kept, 0, 0, 0)
    before = list(Meeting.objects.order_by("id").values())
    second = actions.import_list(by=COMMAND, name=name, outcome=read(body, formats=formats), body=body)
    assert counts(second) == (0, 0, outcome.kept, 0)
    assert list(Meeting.objects.order_by("id").values()) == before
    text = json.dumps(list(exporting.exported(name)))
    for secret in ("redacted@example.org", "Redacted"):
        assert secret not in text


@pytest.mark.parametrize("name", NO_LISTS)
def test_a_published_file_that_is_no_list_is_refused(name, shared):
    with pytest.raises(NoList):
        read((shared / f"data/meetings/{name}").read_bytes())


def test_a_list_a_year_later_keeps_what_is_the_same_meeting(shared):
    for year, expected in (("2020", (569, 0, 0, 0)), ("2021", (198, 374, 0, 195))):
        body = (shared / f"data/meetings/san-jose-ca-{year}.json").read_bytes()
        names = dict(Meeting.objects.values_list("identity", "public_id"))
        reading = actions.import_list(by=COMMAND, name="san-jose", outcome=read(body), body=body)
        assert counts(reading) == expected
        now = dict(Meeting.objects.values_list("identity", "public_id"))
        assert {identity: now[identity] for identity in names} == names


# --- one after the other ----------------------------------------------------------------------------------------------


def test_a_first_reading_makes_the_list(clock_at):
    clock_at(NOON)
    reading = take(row(), source="https://example.org/feed.json", etag='"1"', last_modified="x")
    one = reading.list
    assert (one.name, one.title, one.format, one.refresh, one.switched_on) == (
        "pomona",
        "pomona",
        "meeting-guide",
        True,
        True,
    )
    assert (one.read_at, one.changed_at, one.etag) == (NOON, NOON, '"1"')
    assert counts(reading) == (1, 0, 0, 0)
    event = AuditEvent.objects.get()
    assert (event.verb, event.subjects) == ("places.import", [f"meeting_list:{one.pk}"])
    assert not take(row(), name="file", source="list.json").list.refresh


def test_a_changed_meeting_keeps_its_name_and_an_ended_one_its_page(clock_at):
    clock_at(NOON)
    take(row(slug="a"), row(slug="b"), row(slug="c"))
    names = dict(Meeting.objects.values_list("source_id", "public_id"))
    clock_at(NOON + timedelta(days=1))
    reading = take(row(slug="a", name="Other name"), row(slug="b"))
    assert counts(reading) == (0, 1, 1, 1)
    assert dict(Meeting.objects.values_list("source_id", "public_id")) == names
    assert Meeting.objects.get(source_id="a").name == "Other name"
    assert Meeting.objects.get(source_id="a").search_name == "other name"
    assert Meeting.objects.get(source_id="b").seen_at == NOON
    assert Meeting.objects.get(source_id="c").ended_at == NOON + timedelta(days=1)
    assert counts(take(row(slug="a"), row(slug="b"), row(slug="c"))) == (1, 1, 1, 0)
    assert Meeting.objects.get(source_id="c").ended_at is None
    assert Meeting.objects.count() == 3


def test_every_column_is_what_was_read():
    take(row(day=1, time="23:00", end_time="00:30", types=["S", "o", "a b"], conference_url="https://zoom.us/j/1",
             conference_url_notes="ID 1", conference_phone="6699006833", notes="<b>x</b>", location_notes="side door",
             updated="2023-05-01", state="CA"))  # fmt: skip
    (found,) = exporting.exported("pomona")
    assert found == found | {
        "list": "pomona", "source_id": "saturday", "name": "Saturday Night", "day": 1, "time": "23:00",
        "end_time": "00:30",
        "duration_minutes": 90, "timezone": "America/Los_Angeles", "attendance": "hybrid", "types": ["S", "O", "A B"],
        "languages": ["es"], "location": "Trinity Church", "address": "676 N Gibbs St", "city": "Pomona", "state": "CA",
        "postal_code": "91767", "latitude": 34.0632, "longitude": -117.7506, "approximate": False,
        "online_url": "https://zoom.us/j/1", "online_notes": "ID 1", "phone": "6699006833",
        "location_notes": "side door",
        "notes": "x", "updated": "2023-05-01T00:00:00Z",
    }  # fmt: skip
    meeting = Meeting.objects.get()
    assert found["id"] == meeting.public_id
    assert (meeting.marks, meeting.week_minute, meeting.placed) == (" S O A_B LANG-es ", 1440 + 23 * 60, True)


def test_unknown_is_null():
    take(row(slug=None, day=None, time=None, location=None, formatted_address=None, latitude=None, longitude=None,
             conference_url="https://zoom.us/j/1"))  # fmt: skip
    (found,) = exporting.exported()
    assert {key for key, value in found.items() if value is None} == {
        "source_id", "day", "time", "end_time", "duration_minutes", "timezone", "location", "address", "city", "state",
        "postal_code", "latitude", "longitude", "online_notes", "phone", "location_notes", "notes", "updated",
    }  # fmt: skip
    assert (found["types"], found["languages"], found["attendance"]) == ([], [], "online")
    assert Meeting.objects.get().marks == ""


def test_two_lists_do_not_touch_each_other():
    take(row(), name="a")
    take(row(), name="b")
    take(name="a", allow_shrink=True)
    assert Meeting.objects.filter(ended_at=None).get().list.name == "b"


# --- who may ----------------------------------------------------------------------------------------------------------


def test_only_those_who_keep_the_lists_change_them():
    take(*many(10))
    held = take(*many(4))
    with pytest.raises(NotPermitted):
        take(row(), by=COUNSELOR)
    with pytest.raises(NotPermitted):
        actions.release(by=COUNSELOR, reading=held)
    with pytest.raises(NotPermitted):
        actions.drop(by=COUNSELOR, reading=held)
    with pytest.raises(NotPermitted):
        actions.switch(by=COUNSELOR, meeting_list=held.list, on=False)


def test_staff_switches_and_describes_a_list():
    one = take(row()).list
    actions.switch(by=KEEPER, meeting_list=one, on=False)
    actions.describe_list(by=KEEPER, meeting_list=one, title="Pomona AA", kind="AA", secular=True, for_families=True)
    one = MeetingList.objects.get()
    assert (one.switched_on, one.title, one.kind, one.secular, one.for_families) == (
        False,
        "Pomona AA",
        "AA",
        True,
        True,
    )
    assert list(exporting.exported()) == []
    assert len(list(exporting.exported("pomona"))) == 1
    actions.describe_list(by=KEEPER, meeting_list=one, title="", kind="", secular=False, for_families=False)
    assert MeetingList.objects.get().title == "pomona"
    assert counts(take(row())) == (0, 0, 1, 0)


# --- near -------------------------------------------------------------------------------------------------------------


def test_near_leaves_out_what_one_cannot_go_to():
    here = {"latitude": 34.0551, "longitude": -117.75}
    take(
        row(slug="here", **here), row(slug="far", latitude=34.0522, longitude=-118.2437),
        row(slug="approximate", approximate="yes", address="1 Main St", **here),
        row(slug="online", attendance_option="online", conference_url="https://zoom.us/j/1", **here),
        row(slug="berlin", latitude=52.5, longitude=13.4), row(slug="nowhere", latitude=None, longitude=None),
    )  # fmt: skip
    near = [found["source_id"] for found in exporting.exported(None, (34.0551, -117.75), 10)]
    assert near == ["here"]
    assert {found["source_id"] for found in exporting.exported(None, (34.0551, -117.75), 50)} == {"far", "here"}
    assert list(exporting.exported(None, (52.5, 13.4), 10)) == []


def test_an_import_asks_a_fixed_number_of_questions_when_nothing_changed(statements):
    for number in (1, 30):
        rows, name = many(number), f"list-{number}"
        take(*rows, name=name)
        with statements() as recalled:
            take(*rows, name=name)
        with statements() as read_again:
            take(*rows[::-1], name=name)
        assert (len(recalled), len(read_again)) == (10, 10), (recalled, read_again)
