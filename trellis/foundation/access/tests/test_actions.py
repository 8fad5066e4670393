from datetime import UTC, datetime

import pytest
from django.db import transaction

from trellis.foundation.access import policy
from trellis.foundation.access.actions import NoSubject, action, named
from trellis.foundation.access.actor import Actor
from trellis.foundation.access.permissions import NotPermitted, Refused, may, require
from trellis.foundation.access.roles import BY_KEY, ROLES, STAFF, FrontDesk, Therapist
from trellis.foundation.audit.models import AuditEvent
from trellis.foundation.record.guard import WriteOutsideAction
from trellis.foundation.record.models import Erasure

pytestmark = pytest.mark.django_db

THERAPIST = Actor(account_id=1, roles=frozenset({"therapist"}), request_id="r", address="127.0.0.1")
DESK = Actor(account_id=2, roles=frozenset({"front_desk"}))


@pytest.fixture(autouse=True)
def table(monkeypatch):
    monkeypatch.setattr(policy, "_table", {})
    monkeypatch.setattr(policy, "_relations", {policy.ANY: lambda actor, obj: True})
    policy.register("thing.do", {Therapist: policy.ANY, FrontDesk: "near", policy.SYSTEM: policy.ANY})
    policy.relation("near", lambda actor, obj: obj is not None and obj.distance < 5)


class Thing:
    def __init__(self, distance=0):
        self.distance = distance
        self.audit_subjects = ("client:17",)


@action("thing.do", on="thing")
def do(*, by: Actor, thing: Thing) -> str:
    Erasure.objects.create(subject="client:1", decided_at=datetime(2026, 1, 1, tzinfo=UTC), decided_by=by.name)
    return "done"


def test_an_action_writes_its_event_in_its_own_transaction():
    assert do(by=THERAPIST, thing=Thing()) == "done"
    event = AuditEvent.objects.get()
    assert (event.actor, event.verb, event.subjects) == ("account:1", "thing.do", ["client:17"])
    assert (event.request_id, event.address) == ("r", "127.0.0.1")


def test_a_role_may_only_in_its_relation():
    assert do(by=DESK, thing=Thing(distance=1)) == "done"
    with pytest.raises(NotPermitted, match="Your role does not include this"):
        do(by=DESK, thing=Thing(distance=9))
    assert AuditEvent.objects.count() == 1


def test_a_refusal_leaves_neither_act_nor_event():
    @action("thing.do", on="thing")
    def refuse(*, by: Actor, thing: Thing) -> None:
        Erasure.objects.create(subject="client:1", decided_at=datetime(2026, 1, 1, tzinfo=UTC), decided_by="x")
        raise Refused("Not today.")

    with pytest.raises(Refused, match="Not today"), transaction.atomic():
        refuse(by=THERAPIST, thing=Thing())
    assert not Erasure.objects.exists()
    assert not AuditEvent.objects.exists()


def test_an_action_that_says_about_nobody_fails_and_undoes_itself():
    @action("thing.do")
    def forget(*, by: Actor) -> None:
        Erasure.objects.create(subject="client:1", decided_at=datetime(2026, 1, 1, tzinfo=UTC), decided_by="x")

    with pytest.raises(NoSubject), transaction.atomic():
        forget(by=THERAPIST)
    assert not Erasure.objects.exists()


def test_an_action_may_name_its_subjects_or_say_that_there_are_none():
    @action("thing.do", about=lambda result, arguments: [f"client:{n}" for n in arguments["numbers"]])
    def many(*, by: Actor, numbers: list[int]) -> None: ...

    @action("thing.do", about=lambda result, arguments: ())
    def nobody(*, by: Actor) -> Erasure:
        return Erasure.objects.create(subject="x:1", decided_at=datetime(2026, 1, 1, tzinfo=UTC), decided_by="x")

    many(by=THERAPIST, numbers=[2, 1])
    row = nobody(by=Actor.of_system("worker"))
    assert [e.subjects for e in AuditEvent.objects.order_by("id")] == [["client:1", "client:2"], []]
    last = AuditEvent.objects.latest("id")
    assert (last.actor, last.object) == ("system:worker", f"erasure:{row.pk}")


def test_who_acts_must_be_said_and_by_name():
    with pytest.raises(KeyError):
        do(thing=Thing())
    with pytest.raises(TypeError, match="keyword arguments only"):
        do(THERAPIST, Thing())
    with pytest.raises(TypeError, match="needs by=Actor"):
        do(by=None, thing=Thing())


def test_an_action_without_by_or_with_loose_arguments_cannot_be_written():
    with pytest.raises(TypeError, match="needs by="):
        action("thing.do")(lambda: None)
    with pytest.raises(TypeError, match="keyword arguments only"):
        action("thing.do")(lambda by: None)
    with pytest.raises(TypeError, match="needs thing="):

        @action("thing.do", on="thing")
        def wrong(*, by: Actor) -> None: ...


def test_a_write_after_the_action_is_refused_again():
    do(by=THERAPIST, thing=Thing())
    with pytest.raises(WriteOutsideAction):
        Erasure.objects.create(subject="client:2", decided_at=datetime(2026, 1, 1, tzinfo=UTC), decided_by="x")


def test_permission_is_a_pair():
    assert may(THERAPIST, "thing.do")
    assert may(DESK, "thing.do", Thing(1))
    assert not may(DESK, "thing.do", Thing(9))
    assert not may(Actor(), "thing.do")
    require(THERAPIST, "thing.do")
    with pytest.raises(NotPermitted):
        require(Actor(), "thing.do")


def test_a_verb_or_a_relation_that_nobody_declared_is_a_fault_and_not_a_yes():
    with pytest.raises(LookupError, match=r"thing\.undo"):
        may(THERAPIST, "thing.undo")
    policy.register("thing.see", {Therapist: "far"})
    with pytest.raises(LookupError, match="far"):
        may(THERAPIST, "thing.see", Thing())
    with pytest.raises(ValueError, match="already"):
        policy.register("thing.do", {})


def test_the_table_can_be_read_as_rows():
    assert [(r.verb, r.role, r.relation) for r in policy.rows()] == [
        ("thing.do", "front_desk", "near"),
        ("thing.do", "system", "any"),
        ("thing.do", "therapist", "any"),
    ]
    assert policy.verbs() == {"thing.do"}


def test_everybody_and_every_account_can_be_granted():
    policy.register("thing.look", {policy.EVERYBODY: policy.ANY})
    policy.register("thing.touch", {policy.SIGNED_IN: policy.ANY})
    assert may(Actor(), "thing.look")
    assert not may(Actor(), "thing.touch")
    assert may(Actor(account_id=5), "thing.touch")


def test_the_actor_is_named_without_words():
    assert Actor(account_id=7).name == "account:7"
    assert Actor().name == "public"
    assert Actor.of_system("demo").name == "system:demo"
    assert THERAPIST.is_staff
    assert not Actor(account_id=1, roles=frozenset({"client"})).is_staff


def test_every_role_explains_itself():
    assert len(ROLES) == 12
    assert len(STAFF) == 9
    assert all(str(role.label) and str(role.does) and BY_KEY[role.key] is role for role in ROLES)


def test_a_thing_without_a_key_has_no_name():
    assert named(None) == ""
    assert named(Thing()) == ""


def test_every_relation_of_the_running_table_was_taught_by_some_room():
    from trellis.foundation.access.policy import untaught

    policy.register("thing.see", {Therapist: ("far", policy.ANY)})
    assert untaught() == {"far"}
