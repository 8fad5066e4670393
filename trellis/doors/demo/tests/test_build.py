"""A small demo, built through the real actions."""

import json
import stat
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import transaction
from django.db.models import CharField, JSONField, TextField

from trellis.doors.demo import build, bulk, emptying, sign_ins
from trellis.doors.demo.build import Wish
from trellis.doors.demo.build.meetings import FORGOTTEN, LISTS, SHRUNKEN
from trellis.doors.demo.groups import groups_on, people_of
from trellis.doors.demo.models import DemoMark
from trellis.doors.demo.tests.in_and_out import the_way_in_and_out_can_be_seen
from trellis.foundation import clock
from trellis.foundation.access.roles import ROLES
from trellis.foundation.audit import trail
from trellis.foundation.audit.models import AuditEvent
from trellis.foundation.clock.models import ClockShift
from trellis.foundation.messaging.models import Message
from trellis.foundation.places.models import Meeting, MeetingList, Reading, WrongReport
from trellis.foundation.program import queries as program
from trellis.foundation.record import sealed
from trellis.foundation.record.guard import writing
from trellis.journey.inquiry.models import Inquiry
from trellis.journey.measures.models import Administration, SafetyAlert
from trellis.journey.recovery.models import MeetingChoice
from trellis.journey.recovery.queries import next_fitting
from trellis.journey.schedule.models import Attendance, Session
from trellis.people.accounts.models import Draft
from trellis.people.clients.models import Client, EmergencyOpening, Episode, KeptOut
from trellis.people.consent.models import OutsideRequest
from trellis.people.rights.models import RightsRequest
from trellis.people.rights.requests import queries

#: how every text that lies sealed begins
SEALED = "gAAAAA"
SMALL = Wish(clients=12, weeks=4, seed=3)


def quietly(what: str, share: float) -> None:
    assert 0 <= share <= 1


# Whole programs are built here, on PostgreSQL beside two other runs.
pytestmark = pytest.mark.timeout(300)


@pytest.fixture
def file(monkeypatch, tmp_path):
    path = tmp_path / "demo.accounts.json"
    monkeypatch.setattr(sign_ins, "file_of_database", lambda: path)
    return path


@pytest.fixture
def demo(db, settings, file):
    settings.DEMO = True
    clock.forget_shift()
    mark = build.build(SMALL, quietly)
    yield mark
    clock.forget_shift()


def command(capsys, *arguments: str) -> tuple[int, str, str]:
    try:
        call_command("demo", *arguments)
        code = 0
    except SystemExit as end:
        code = end.code
    said = capsys.readouterr()
    return code, said.out, said.err


@pytest.fixture
def marked(db, file):
    """A database that is marked a demo, without the weeks of one."""
    with writing("test"):
        mark = DemoMark.objects.create(seed=1, clients=1, weeks=1, built_at=clock.now())
    sign_ins.keep(mark, [])
    return mark


def test_a_demo_is_alive_and_every_role_can_sign_in(demo, file, capsys):
    the_program_is_alive()
    its_lists_of_meetings_show_what_the_staff_pages_are_for()
    a_client_who_can_sign_in_chose_what_fits(file)
    every_page_of_trust_has_something_to_look_at(file)
    clients_answered_and_one_answer_waits()
    the_way_in_and_out_can_be_seen()
    the_file_says_who_can_sign_in(file, capsys)
    whatever_lies_sealed_is_found_by_a_change_of_keys()


def whatever_lies_sealed_is_found_by_a_change_of_keys():
    known = {(place.model, place.field) for place in sealed.places()}
    lies = {
        (model, field.attname)
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed  # other tests declare models that have no table
        for field in model._meta.local_concrete_fields
        if isinstance(field, CharField | TextField | JSONField)
        and any(SEALED in str(value) for value in model._base_manager.values_list(field.attname, flat=True))
    }
    assert (Draft, "sealed") in known
    assert (Message, "sealed_to") in lies
    assert lies <= known


def the_program_is_alive():
    zone = program.zone()
    now = clock.now().astimezone(zone)
    assert (now.weekday(), now.hour, now.minute) == (2, 17, 40)
    assert Episode.objects.filter(status="open").count() == 12
    assert Inquiry.objects.filter(call_by__lt=clock.now()).count() == 1, "one promise is past its time"
    assert {"new", "no_answer", "left_message", "reached", "converted"} <= set(
        Inquiry.objects.values_list("status", flat=True)
    )
    assert set(Attendance.objects.values_list("state", flat=True)) >= {"present", "late", "absent", "excused"}
    assert AuditEvent.objects.filter(verb="schedule.mark").exists(), "through the real actions"
    rooms = list(groups_on(clock.now()))
    assert any(len(people_of([room])[room.pk]) >= 3 for room in rooms)
    assert not Attendance.objects.filter(session__in=rooms).exists(), "the group on is still to be marked"


def its_lists_of_meetings_show_what_the_staff_pages_are_for():
    listed = Meeting.objects.filter(ended_at=None)
    assert listed.count() == 57
    assert set(listed.values_list("list__kind", flat=True)) == {one.kind for one in LISTS}
    assert set(listed.exclude(day=None).values_list("day", flat=True)) == set(range(7))
    assert {"in_person", "online", "hybrid"} == set(listed.values_list("attendance", flat=True))
    assert not [reading for reading in Reading.objects.all() if not all(one["kept"] for one in reading.problems)]
    assert Reading.objects.get(held=True).list.name == SHRUNKEN
    old = MeetingList.objects.filter(read_at__lt=clock.now() - timedelta(days=14))
    assert [one.name for one in old] == [FORGOTTEN]
    assert WrongReport.objects.filter(handled_at=None).count() == 2


def every_page_of_trust_has_something_to_look_at(file):
    opening = EmergencyOpening.objects.get(review=None)
    assert not opening.client.episodes.filter(assignments__staff_member__account=opening.account).exists()
    assert OutsideRequest.objects.filter(review=None).count() == 1
    closed = KeptOut.objects.get(until=None)
    first = next(one for one in json.loads(file.read_text())["accounts"] if one["role"] == "client")
    assert (closed.why, closed.client.chosen_name) == ("asked", first["name"])
    assert {queries.asked(one).state for one in RightsRequest.objects.all()} >= {
        "open", "extended", "denied", "accepted",
    }  # fmt: skip


def clients_answered_and_one_answer_waits():
    assert set(Administration.objects.values_list("instrument", flat=True)) == {"phq-9", "gad-7", "bam-iop"}
    assert not Administration.objects.filter(outcome=None).exists()
    alert = SafetyAlert.objects.get()
    assert not alert.steps.exclude(kind="told").exists()


def a_client_who_can_sign_in_chose_what_fits(file):
    first = next(one for one in json.loads(file.read_text())["accounts"] if one["role"] == "client")
    choice = MeetingChoice.objects.get(client__account=first["account_id"])
    assert (choice.start, choice.miles) == ("91766", 15)
    assert len(next_fitting(choice, clock.now(), program.zone())) == 2


def the_file_says_who_can_sign_in(file, capsys):
    code, out, _ = command(capsys, "accounts", "--json")
    assert code == 0
    people = json.loads(out)["accounts"]
    assert {one["role"] for one in people if one["room_pin"]} == {"front_desk"}, "a tablet can be handed over"
    assert {one["role"] for one in people} == {role.key for role in ROLES}
    keys = {"role", "name", "email", "password", "totp_secret", "language", "url", "room_pin"}
    assert all(set(one) == keys and one["url"].startswith("/") for one in people)
    staff = {role.key for role in ROLES if role.staff}
    assert all((one["totp_secret"] is not None) == (one["role"] in staff) for one in people)
    assert {one["language"] for one in people} == {"en", "es"}
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    facilitator = next(one for one in people if one["role"] == "group_facilitator")
    room = next(room for room in groups_on(clock.now()) if room.public_id in facilitator["url"])
    client = next(one for one in people if one["role"] == "client")
    assert client["name"] in {person.chosen_name for person in people_of([room])[room.pk]}
    code, out, _ = command(capsys, "accounts", "--base", "http://localhost:8000")
    assert "http://localhost:8000/" in out


def test_the_same_seed_makes_the_same_people_and_weeks(db, settings, file):
    def facts():
        first = clock.now()
        marks = Attendance.objects.order_by("session__starts_at", "session__series__key", "client__chosen_name")
        told = [
            (m.client.chosen_name, (m.session.starts_at - first).days, m.state)
            for m in marks.select_related("client", "session").filter(session__series__personal=False)
        ]
        return sorted(Client.objects.values_list("chosen_name", flat=True)), told

    settings.DEMO = True
    found = []
    for _ in range(2):
        with transaction.atomic():
            clock.forget_shift()
            build.build(Wish(6, 1, 5), quietly)
            found.append(facts())
            transaction.set_rollback(True)
    clock.forget_shift()
    assert found[0] == found[1]
    assert found[0][1]


def test_a_second_demo_is_refused(marked, capsys):
    code, _, err = command(capsys, "build")
    assert code == 2
    assert "a demo in this database already" in err


def test_real_data_are_never_touched(db, file, capsys):
    with writing("factory"):
        Client.objects.create(chosen_name="Real Person", search_name="real person", created_at=clock.now())
    code, _, err = command(capsys, "build", "--clients", "3")
    assert code == 2
    assert "real data" in err
    assert not DemoMark.objects.exists()
    assert not ClockShift.objects.exists()


def test_a_database_that_was_only_set_up_is_real_too(db, file, capsys):
    trail.record(actor="system:setup", roles=(), verb="program.load", subjects=())
    assert command(capsys, "build", "--clients", "3")[0] == 2


@pytest.mark.parametrize("clients", ["0", "73"])
def test_more_clients_than_places_are_refused(db, file, capsys, clients, monkeypatch):
    code, _, err = command(capsys, "build", "--clients", clients, "--weeks", "1")
    assert code == 2
    assert "places for 1 to 72" in err


def test_without_a_demo_there_are_no_sign_ins(db, file, capsys):
    code, out, err = command(capsys, "accounts", "--json")
    assert (code, out) == (2, "")
    assert "not a demo" in err


def test_a_lost_or_foreign_file_of_sign_ins_is_told(marked, file, capsys):
    kept = json.loads(file.read_text())
    file.write_text(json.dumps(kept | {"token": "another"}))
    assert "belongs to another demo" in command(capsys, "accounts")[2]
    file.unlink()
    assert "is gone" in command(capsys, "accounts")[2]


def test_in_bulk_each_who_finished_came_ten_times_and_each_active_has_one_session_today(db, settings, file):
    settings.DEMO = True
    clock.forget_shift()
    bulk.build(Wish(230, 1, 1), quietly)
    now = clock.now()
    clock.forget_shift()
    assert Episode.objects.filter(status="open").count() == 200
    closed = Episode.objects.filter(status="closed")
    assert closed.count() == 30
    assert all(episode.client.attendances.count() == 10 for episode in closed[:5])
    start = now - timedelta(hours=17, minutes=40)
    today = Session.objects.filter(starts_at__range=(start, start + timedelta(days=1)))
    assert sum(len(people) for people in people_of(list(today)).values()) == 200
    assert len(list(groups_on(now))) == 5


@pytest.fixture
def emptied(monkeypatch):
    done = []
    monkeypatch.setattr(emptying, "_remove_file", lambda name: done.append("file"))
    monkeypatch.setattr(emptying, "_empty_schema", lambda: done.append("schema"))
    return done


def test_starting_over_takes_a_demo_away(marked, emptied):
    emptying.empty_demo()
    assert len(emptied) == 1


def test_starting_over_takes_an_empty_database_away(db, emptied):
    emptying.empty_demo()
    assert len(emptied) == 1


def test_starting_over_never_takes_real_data_away(db, emptied):
    with writing("factory"):
        Client.objects.create(chosen_name="Real Person", search_name="real person", created_at=clock.now())
    with pytest.raises(emptying.NotHere, match="real data"):
        emptying.empty_demo()
    assert emptied == []


def test_starting_over_never_takes_another_programs_tables_away(db, emptied, monkeypatch):
    monkeypatch.setattr(emptying.connection.introspection, "table_names", lambda: ["somebody_elses"])
    with pytest.raises(emptying.NotHere, match="not a demo"):
        emptying.empty_demo()
    assert emptied == []


def test_a_file_goes_with_what_lies_beside_it(tmp_path, monkeypatch):
    monkeypatch.setattr(emptying.connections, "close_all", lambda: None)
    for ending in ("", "-wal", "-shm"):
        (tmp_path / f"demo.sqlite3{ending}").write_text("x")
    emptying._remove_file(str(tmp_path / "demo.sqlite3"))
    assert list(tmp_path.iterdir()) == []


def test_the_file_lies_beside_its_database(monkeypatch, settings, tmp_path):
    settings.VAR = tmp_path
    stub = SimpleNamespace(vendor="sqlite", settings_dict={"NAME": "/somewhere/demo.sqlite3"})
    monkeypatch.setattr(sign_ins, "connection", stub)
    assert str(sign_ins.file_of_database()) == "/somewhere/demo.accounts.json"
    stub.vendor, stub.settings_dict = "postgresql", {"NAME": "trellis"}
    assert sign_ins.file_of_database() == tmp_path / "demo.trellis.accounts.json"


def test_a_schema_is_emptied_whole(monkeypatch):
    said = []

    class Cursor:
        def __enter__(self):
            return self

        def __exit__(self, *_):
            return None

        def execute(self, sql):
            said.append(sql)

    monkeypatch.setattr(emptying, "connection", SimpleNamespace(cursor=Cursor))
    emptying._empty_schema()
    assert said == ["DROP SCHEMA public CASCADE", "CREATE SCHEMA public"]
