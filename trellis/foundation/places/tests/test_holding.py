"""A list that shrinks is held; the same bytes are not read twice."""

import gzip
import json

import pytest

from trellis.foundation.access.permissions import Refused
from trellis.foundation.audit.models import AuditEvent
from trellis.foundation.places import actions, recalling
from trellis.foundation.places.actions import lists
from trellis.foundation.places.models import Meeting, Reading
from trellis.foundation.places.reading import read
from trellis.foundation.places.tests.lists import row, v1
from trellis.foundation.places.tests.taking_in import COMMAND, KEEPER, counts, many, take
from trellis.foundation.record.guard import writing

pytestmark = pytest.mark.django_db


# --- held -------------------------------------------------------------------------------------------------------------


def test_a_list_that_shrinks_by_more_than_half_is_held_and_nothing_changes():
    take(*many(10))
    before = list(Meeting.objects.order_by("id").values())
    reading = take(*many(4, notes="New"), source="other.json")
    assert (reading.held, counts(reading)) == (True, (0, 4, 0, 6))
    assert list(Meeting.objects.order_by("id").values()) == before
    assert reading.list.source == ""
    assert not take(*many(5)).held


def test_an_empty_list_is_held_and_the_first_never_is():
    assert not take().held
    take(*many(1))
    assert take().held
    assert not take(allow_shrink=True).held
    assert not Meeting.objects.filter(ended_at=None).exists()


def test_staff_releases_a_held_list():
    take(*many(10))
    held = take(*many(4, notes="New"))
    released = actions.release(by=KEEPER, reading=held)
    assert counts(released) == (0, 4, 0, 6)
    assert set(Meeting.objects.filter(ended_at=None).values_list("notes", flat=True)) == {"New"}
    row_ = Reading.objects.get(pk=held.pk)
    assert (row_.held, row_.body, row_.decision, row_.decided_by) == (False, None, "released", "account:1")
    assert counts(take(*many(4, notes="New"))) == (0, 0, 4, 0)
    event = AuditEvent.objects.filter(verb="places.keep_lists").get()
    assert event.subjects == [f"meeting_list:{held.list_id}"]


def test_a_release_reads_with_the_same_formats():
    formats = json.dumps([{"id": 1, "translations": [{"key": "O", "language": "en"}]}]).encode()
    take(*(v1(id=n) for n in range(10)), name="na")
    body = json.dumps([v1(formatIds=[1])]).encode()
    held = actions.import_list(
        by=COMMAND, name="na", outcome=read(body, formats=formats), body=body, formats_body=formats
    )
    actions.release(by=KEEPER, reading=held)
    assert Meeting.objects.get(ended_at=None).types == ["O"]


def test_a_release_reads_in_the_format_that_was_asked_for():
    take(*many(10))
    body = json.dumps([row(id=1, name="By hand"), v1(id=1), v1(id=2)]).encode()
    assert read(body).format == "bmlt"
    outcome = read(body, format="meeting-guide")
    held = actions.import_list(by=COMMAND, name="pomona", outcome=outcome, body=body)
    assert held.held
    actions.release(by=KEEPER, reading=held)
    assert list(Meeting.objects.filter(ended_at=None).values_list("name", flat=True)) == ["By hand"]


def test_staff_drops_a_held_list():
    take(*many(10))
    held = take(*many(4))
    actions.drop(by=KEEPER, reading=held)
    assert Meeting.objects.filter(ended_at=None).count() == 10
    assert Reading.objects.get(pk=held.pk).decision == "dropped"


def test_what_was_decided_is_decided():
    take(*many(10))
    held = take(*many(4))
    actions.drop(by=KEEPER, reading=held)
    for decide in (actions.drop, actions.release):
        with pytest.raises(Refused, match="decided this already"):
            decide(by=KEEPER, reading=held)


def test_a_newer_reading_decides_about_a_held_one():
    take(*many(10))
    held = take(*many(4))
    assert take(*many(3)).held
    assert Reading.objects.get(pk=held.pk).decision == "dropped"
    take(*many(10))
    assert not Reading.objects.filter(held=True).exists()


def test_what_can_no_longer_be_read_is_not_released():
    take(*many(10))
    held = take(*many(4))
    with writing("test"):
        Reading.objects.filter(pk=held.pk).update(body=gzip.compress(b"no list"))
    with pytest.raises(Refused, match="can no longer be read"):
        actions.release(by=KEEPER, reading=held)


# --- recalled ---------------------------------------------------------------------------------------------------------


def test_the_same_bytes_are_not_read_again(monkeypatch):
    rows = (row(types=["ZZ"]), row(slug="b", time="25:00"))
    first = take(*rows)
    monkeypatch.setattr(recalling, "read", None)
    second = take(*rows)
    assert counts(second) == (0, 0, 1, 0)
    assert second.problems == first.problems
    assert (second.read, second.kept, second.skipped, second.problem_count) == (2, 1, 1, 2)
    assert counts(take(*rows)) == (0, 0, 1, 0)


def test_bytes_are_read_again_when_others_came_between():
    take(*many(2))
    take(*many(3))
    assert counts(take(*many(2))) == (0, 0, 2, 1)


def test_what_another_reading_changed_meanwhile_is_seen():
    take(*many(2))
    body = json.dumps(many(2)).encode()
    recalled = recalling.outcome_of("pomona", body)
    assert recalled.recalled
    take(*many(3))
    reading = actions.import_list(by=COMMAND, name="pomona", outcome=recalled, body=body)
    assert counts(reading) == (0, 0, 2, 1)


def test_a_held_reading_is_not_recalled():
    take(*many(10))
    take(*many(4))
    assert not recalling.outcome_of("pomona", json.dumps(many(4)).encode()).recalled
    assert recalling.outcome_of("pomona", json.dumps(many(10)).encode()).recalled


def test_readings_and_problems_are_remembered_only_so_far(monkeypatch):
    monkeypatch.setattr(lists, "MOST_READINGS", 3)
    monkeypatch.setattr(lists, "MOST_PROBLEMS", 2)
    for number in range(6):
        reading = take(*many(4, types=["ZZ", str(number)]))
    assert Reading.objects.count() == 4
    assert (len(reading.problems), reading.problem_count) == (2, 8)
    assert Reading.objects.filter(report__isnull=False).get() == reading
