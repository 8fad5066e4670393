"""Lists with an address: read again by the worker, later each time it fails, and never at the cost of what stands."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from trellis.foundation import clock, outbound
from trellis.foundation.access.actor import Actor
from trellis.foundation.access.permissions import Refused
from trellis.foundation.access.roles import ProgramAdministrator
from trellis.foundation.outbound.tests.servers import OPEN, Everywhere, Server, names, says
from trellis.foundation.places import actions, jobs, queries, taking
from trellis.foundation.places.models import Meeting, MeetingList, Reading
from trellis.foundation.places.tests.sources import body

pytestmark = pytest.mark.django_db
BY = Actor(account_id=1, roles=frozenset({ProgramAdministrator.key}))
ADDRESS = "http://list.example/meetings.json"
WORDS = {"title": "Orange County", "kind": "AA", "secular": False, "for_families": False}
NOW = datetime(2026, 11, 28, 16, tzinfo=UTC)


@pytest.fixture
def now(clock_at):
    clock_at(NOW)
    return NOW


@pytest.fixture
def site():
    """A publisher whose answer a test may change; it counts who asks."""
    with Server() as server:
        server.way = outbound.Way(resolve=names(list_example=[OPEN]), dial=Everywhere(server), plain=True)
        yield server


def added(site, number=4, **marks):
    site.answer = says(body=body(number), **marks)
    return taking.add(by=BY, address=ADDRESS, file=None, description=WORDS, way=site.way).list


def again(site, meeting_list, **more):
    meeting_list.refresh_from_db()
    return taking.read_again(by=jobs.WORKER, meeting_list=meeting_list, way=site.way, **more)


def fresh(meeting_list):
    meeting_list.refresh_from_db()
    return meeting_list


def listed():
    return Meeting.objects.filter(ended_at__isnull=True).count()


def test_a_list_that_is_added_from_an_address_is_read_every_day(site, now):
    one = fresh(added(site, ETag='"a"'))
    assert (one.title, one.kind, one.name, one.source) == ("Orange County", "AA", "list-example", ADDRESS)
    assert (one.refresh, one.etag, one.next_read_at) == (True, '"a"', now + timedelta(days=1))
    assert listed() == 4
    with pytest.raises(Refused, match="already"):
        added(site)
    assert site.reached == 1


def test_nothing_is_sent_again_when_nothing_changed(site, now, clock_at):
    one = added(site, ETag='"a"', Last_Modified="Sat, 28 Nov 2026 08:00:00 GMT")
    site.answer = says("304 Not Modified", Content_Length=None)
    clock_at(now + timedelta(days=1))
    assert again(site, one) is None
    assert 'If-None-Match: "a"' in site.heads[-1]
    one = fresh(one)
    assert (one.read_at, one.next_read_at) == (now + timedelta(days=1), now + timedelta(days=2))
    assert Reading.objects.count() == 1
    site.answer = says(body=body(4))
    assert again(site, one, anew=True) is not None
    assert "If-None-Match" not in site.heads[-1]


def test_a_fault_leaves_everything_as_it_was_and_waits_longer_each_time(site, now):
    one = added(site)
    site.answer = says("500 Oops", body=b"[]")
    for hours in (1, 2, 4, 8, 16, 24, 24):
        with pytest.raises(Refused, match="500"):
            again(site, one)
        assert fresh(one).next_read_at == now + timedelta(hours=hours)
    assert (one.failures, one.fault, one.read_at, listed()) == (7, "status:500", now, 4)
    site.answer = says(body=body(5))
    again(site, one)
    assert (fresh(one).failures, one.fault, one.next_read_at, listed()) == (0, "", now + timedelta(days=1), 5)


@pytest.mark.parametrize("sent", [b"<html></html>", b"", b'[{"key": "O"}]', b'{"id": 1}'])
def test_what_is_no_list_changes_nothing(site, now, sent):
    one = added(site)
    site.answer = says(body=sent)
    with pytest.raises(Refused, match="no list of meetings"):
        again(site, one)
    assert (fresh(one).fault, listed(), Reading.objects.count()) == ("no_list", 4, 1)


def test_a_list_that_cannot_be_read_at_first_is_not_there(site, now):
    site.answer = says("404 Not Found", body=b"")
    with pytest.raises(Refused, match="404"):
        taking.add(by=BY, address=ADDRESS, file=None, description=WORDS, way=site.way)
    assert not MeetingList.objects.exists()


def test_a_list_that_shrank_is_held_until_somebody_decides(site, now):
    one = added(site, 10, ETag='"a"')
    site.answer = says(body=body(2), ETag='"b"')
    assert again(site, one).held
    assert listed() == 10
    # The same short list is not sent a second time, and one that is whole again needs no decision.
    assert fresh(one).etag == '"b"'
    site.answer = says(body=body(9))
    assert not again(site, one).held
    assert (listed(), queries.held(one)) == (9, None)


def test_a_file_makes_a_list_that_is_read_when_a_newer_one_is_sent(now):
    def file(number):
        return SimpleUploadedFile("Orange County.json", body(number))

    one = taking.add(by=BY, address="", file=file(3), description=WORDS).list
    assert (fresh(one).name, one.refresh, one.next_read_at, listed()) == ("orange-county", False, None, 3)
    assert not taking.read_file(by=BY, meeting_list=one, file=file(4)).held
    assert listed() == 4
    second = taking.add(by=BY, address="", file=file(3), description=WORDS).list
    assert second.name == "orange-county-2"
    with pytest.raises(Refused, match="no list"):
        taking.read_file(by=BY, meeting_list=one, file=SimpleUploadedFile("x.json", b"hello"))


def test_a_demo_reads_no_other_site(site, settings, now):
    one = added(site)
    settings.DEMO = True
    with pytest.raises(Refused, match="demo"):
        taking.add(by=BY, address="http://list.example/2", file=None, description=WORDS, way=site.way)
    with pytest.raises(Refused, match="demo"):
        again(site, one)
    assert (site.reached, fresh(one).fault) == (1, "")


# --- the worker -------------------------------------------------------------------------------------------------------


@pytest.fixture
def worker(site, monkeypatch):
    """The worker's way leads to the test's site."""
    real = outbound.fetch
    monkeypatch.setattr(outbound, "fetch", lambda url, **more: real(url, **(more | {"way": site.way})))
    return jobs.read_lists.func


def test_the_worker_reads_what_is_due_and_only_that(site, now, clock_at, worker):
    one = added(site)
    file = SimpleUploadedFile("a.json", body(3))
    taking.add(by=BY, address="", file=file, description=WORDS)
    worker()
    assert site.reached == 1
    clock_at(now + timedelta(days=1))
    worker()
    worker()
    assert site.reached == 2
    clock_at(now + timedelta(days=9))
    actions.switch(by=BY, meeting_list=fresh(one), on=False)
    worker()
    assert site.reached == 2
    actions.switch(by=BY, meeting_list=one, on=True)
    worker()
    assert site.reached == 3


def test_one_list_that_cannot_be_read_keeps_no_other_waiting(site, now, clock_at, worker):
    first = added(site)
    site.answer = says(body=body(3))
    other = "http://list.example/other.json"
    taking.add(by=BY, address=other, file=None, description=WORDS, way=site.way)

    def answer(connection):
        says("500 Oops", body=b"")(connection) if "meetings.json" in site.heads[-1] else says(body=body(5))(connection)

    site.answer = answer
    clock_at(now + timedelta(days=2))
    worker()
    assert (fresh(first).failures, site.reached) == (1, 4)
    assert MeetingList.objects.get(source=other).read_at == clock.now()


def test_the_worker_stops_before_its_time_is_over(site, now, clock_at, worker, monkeypatch):
    added(site)
    clock_at(now + timedelta(days=2))
    monkeypatch.setattr(jobs, "left", lambda: jobs.ENOUGH_SECONDS - 1)
    worker()
    assert site.reached == 1


def test_what_was_not_read_for_long_is_found(site, now, clock_at):
    one = added(site)
    assert not queries.unread_for_long(now + timedelta(days=7)).exists()
    assert queries.unread_for_long(now + timedelta(days=7, seconds=1)).get() == one


def test_the_lists_are_asked_for_in_one_statement(site, now, statements):
    for number in range(3):
        taking.add(by=BY, address="", file=SimpleUploadedFile("a.json", body(3)), description=WORDS)
        with statements() as seen:
            found = [(one.listed, one.is_held) for one in queries.lists()]
        assert found == [(3, False)] * (number + 1)
        assert len(seen) == 1
