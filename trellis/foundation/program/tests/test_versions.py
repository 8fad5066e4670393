from datetime import datetime

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from trellis.foundation import clock
from trellis.foundation.access.actor import Actor
from trellis.foundation.access.permissions import NotPermitted
from trellis.foundation.audit.models import AuditEvent
from trellis.foundation.program import actions, queries
from trellis.foundation.program.check import Faulty
from trellis.foundation.program.middleware import LazyZone, ProgramZone
from trellis.foundation.program.models import BlueprintVersion, Room, Site
from trellis.foundation.program.tests.factories import OPERATOR, TEXT, load_pomona, pomona
from trellis.foundation.record.guard import WriteOutsideAction, writing

pytestmark = pytest.mark.django_db
NINE_DAYS = {"silence_days = 7": "silence_days = 9"}


def test_the_first_version_makes_sites_and_rooms(clock_at, now):
    version = load_pomona()
    assert (version.number, version.source, version.loaded_by) == (1, TEXT, "system:tests")
    assert version.loaded_at == now
    assert [room.key for room in queries.rooms()] == [room.key for room in pomona().rooms]
    assert [site.key for site in queries.sites()] == ["main"]
    assert Room.objects.get(key="room-2").names == {"en": "Room 2", "es": "Sala 2"}


@pytest.fixture
def now(clock_at):
    return clock_at(clock.now())


def test_the_same_text_is_no_new_version():
    assert load_pomona() == load_pomona()
    assert BlueprintVersion.objects.count() == 1


def test_each_change_is_a_version_and_going_back_is_one_too():
    numbers = [load_pomona().number, load_pomona(**NINE_DAYS).number, load_pomona().number]
    assert numbers == [1, 2, 3]
    assert queries.current().program.silence_days == 7
    assert [version.number for version in queries.versions()] == [3, 2, 1]


def test_a_room_that_is_no_longer_named_is_retired_and_comes_back():
    load_pomona()
    before = Room.objects.get(key="garden-room")
    without = TEXT.replace('"garden-room"', '"patio"')
    actions.load_blueprint(by=OPERATOR, source=without)
    assert Room.objects.get(key="garden-room").retired
    assert "garden-room" not in [room.key for room in queries.rooms()]
    load_pomona()
    after = Room.objects.get(key="garden-room")
    assert (after.pk, after.public_id, after.retired) == (before.pk, before.public_id, False)


def test_a_change_of_a_room_keeps_the_row():
    load_pomona()
    before = Room.objects.get(key="garden-room")
    load_pomona(**{"capacity = 30": "capacity = 40"})
    after = Room.objects.get(key="garden-room")
    assert (after.pk, after.public_id, after.capacity) == (before.pk, before.public_id, 40)
    assert Site.objects.count() == 1


def test_a_faulty_blueprint_loads_nothing():
    load_pomona()
    with pytest.raises(Faulty) as caught:
        load_pomona(**{'level_of_care = "2.1"': 'level_of_care = "x"', "silence_days = 7": "silence_days = 0"})
    assert len(caught.value.faults) == 2
    assert "program.silence_days" in str(caught.value)
    assert queries.current_version().number == 1


def test_only_who_may_loads():
    with pytest.raises(NotPermitted):
        actions.load_blueprint(by=Actor(account_id=1, roles=frozenset({"counselor"})), source=TEXT)
    administrator = Actor(account_id=1, roles=frozenset({"program_administrator"}))
    assert actions.load_blueprint(by=administrator, source=TEXT).loaded_by == "account:1"


def test_a_load_leaves_an_event_about_nobody():
    version = load_pomona()
    event = AuditEvent.objects.get(verb="program.load")
    assert event.subjects == []
    assert event.object == f"blueprintversion:{version.pk}"


def test_a_version_is_never_changed():
    version = load_pomona()
    with writing("test"), pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        BlueprintVersion.objects.filter(pk=version.pk).update(source="")
    with writing("test"), pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        version.delete()
    with pytest.raises(WriteOutsideAction):
        BlueprintVersion.objects.create(number=2, source="", digest="", loaded_at=clock.now(), loaded_by="x")


def test_without_a_version_the_question_is_refused_with_a_sentence():
    with pytest.raises(queries.NoBlueprint, match="trellis blueprint load FILE"):
        queries.current()
    assert queries.current_version() is None


def test_a_request_asks_once_which_version_counts(statements):
    load_pomona()
    queries.current()
    with queries.remembered(), statements() as seen:
        queries.current()
        queries.zone()
        queries.current()
    assert len(seen) == 1
    with statements() as seen:
        queries.zone()
    assert len(seen) == 1


def test_whoever_remembers_sees_a_new_version_at_once():
    with queries.remembered():
        load_pomona()
        assert queries.current().program.silence_days == 7
        load_pomona(**NINE_DAYS)
        assert queries.current().program.silence_days == 9


def test_rooms_are_one_statement_with_their_site(statements):
    load_pomona()
    with statements() as seen:
        assert {room.site.key for room in queries.rooms()} == {"main"}
    assert len(seen) == 1


class TestProgramZone:
    def test_a_request_shows_times_of_the_program(self, rf):
        load_pomona()
        shown = []

        def page(request):
            moment = datetime.fromisoformat("2026-11-26T01:30:00+00:00")
            shown.append(timezone.localtime(moment).strftime("%a %H:%M"))
            summer = datetime.fromisoformat("2026-07-02T00:30:00+00:00")
            shown.append(timezone.localtime(summer).strftime("%a %H:%M"))
            shown.append(timezone.get_current_timezone_name())

        ProgramZone(page)(rf.get("/"))
        assert shown == ["Wed 17:30", "Wed 17:30", "America/Los_Angeles"]
        assert timezone.get_current_timezone_name() == "UTC"

    def test_a_page_without_times_asks_nothing(self, rf, statements):
        load_pomona()
        with statements() as seen:
            ProgramZone(lambda request: None)(rf.get("/"))
        assert len(seen) == 0

    def test_before_a_program_is_loaded_times_are_those_of_the_world(self, rf):
        def page(request):
            moment = datetime.fromisoformat("2026-11-26T01:30:00+00:00")
            return timezone.localtime(moment).hour

        assert ProgramZone(page)(rf.get("/")) == 1

    def test_the_zone_answers_like_any_other(self):
        load_pomona()
        noon = datetime(2026, 11, 26, 12)
        zone, real = LazyZone(), queries.zone()
        assert zone.tzname(noon) == "PST"
        assert zone.utcoffset(noon) == real.utcoffset(noon)
        assert zone.dst(noon) == real.dst(noon)
        assert timezone.make_aware(noon, zone) == noon.replace(tzinfo=real)
