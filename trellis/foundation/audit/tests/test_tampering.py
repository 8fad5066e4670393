"""Whatever somebody does to the trail past its guards is found, and placed."""

import random

import pytest
from django.db import connection, transaction

from trellis.foundation.audit import checkpoints, sealing, verifying
from trellis.foundation.audit.models import AuditBatch, AuditLeaf
from trellis.foundation.audit.rules import Broken, Kind, Leaf, batch_of, leaf
from trellis.foundation.audit.tests.tampering import HANDS, insert
from trellis.foundation.audit.tests.trail import BATCHES, EVENTS, LEAVES, happen, ids, past_the_guards
from trellis.foundation.record.guard import writing

pytestmark = pytest.mark.usefixtures("committed_db")


@pytest.fixture
def whole(committed_db):
    """A checkpoint that was kept elsewhere, of a trail of three batches."""
    happen(600)
    return checkpoints.take()


class Undone(Exception):
    pass


def found_after(hand, randomly, checkpoint):
    """What one hand does and what is found; then everything is as it was."""
    try:
        with transaction.atomic(), writing("tampering"), connection.cursor() as cursor:
            touched = hand(cursor.execute, randomly, ids())
            found = {(one.event, one.kind) for one in verifying.verify(checkpoint).broken}
            raise Undone
    except Undone:
        return touched, found


def tampered(times, seed, checkpoint):
    randomly = random.Random(seed)
    with past_the_guards():
        for n in range(times):
            hand = HANDS[n % len(HANDS)]
            touched, found = found_after(hand, randomly, checkpoint)
            assert found == touched, f"{hand.__name__}, seed {seed}, number {n}"


def test_a_hundred_random_tamperings_are_found_and_placed(whole):
    tampered(100, 20261129, whole)
    assert verifying.verify(whole).broken == []


@pytest.mark.parametrize(("one", "other"), [(255, 256), (3, 599)])
def test_an_exchange_is_named_so_across_batches_too(whole, one, other):
    first, second = ids()[one], ids()[other]
    with past_the_guards() as execute:
        for now, then in ((first, 900_000), (second, first), (900_000, second)):
            execute(f"UPDATE {EVENTS} SET id = %s WHERE id = %s", [then, now])
    assert verifying.verify(whole).broken == [Broken(first, Kind.REORDER), Broken(second, Kind.REORDER)]


@pytest.mark.parametrize("hand", HANDS)
def test_a_cut_tail_is_missed_by_the_checkpoint_alone(hand, whole):
    with past_the_guards():
        _, found = found_after(hand, random.Random(1), None)
    assert bool(found) is (hand.__name__ != "cut")


def test_a_trail_that_was_sealed_anew_differs_from_the_checkpoint(whole):
    with past_the_guards() as execute:
        execute(f"UPDATE {EVENTS} SET verb = 'client.forged' WHERE id = %s", [ids()[5]])
        execute(f"DELETE FROM {LEAVES}")
        execute(f"DELETE FROM {BATCHES}")
    assert sealing.seal() == 600
    assert verifying.verify().broken == []
    assert verifying.verify(whole).broken == [Broken(whole.last, Kind.EDIT)]


def test_a_batch_that_was_taken_out_is_missed(whole):
    with past_the_guards() as execute:
        execute(f"DELETE FROM {BATCHES} WHERE number = 2")
    assert {one.kind for one in verifying.verify().broken} == {Kind.EDIT, Kind.TRUNCATION}


def test_the_last_batch_that_was_taken_out_is_missed(whole):
    first = AuditLeaf.objects.get(batch=3, position=0).event
    with past_the_guards() as execute:
        execute(f"DELETE FROM {BATCHES} WHERE number = 3")
    assert verifying.verify().broken == [Broken(first, Kind.TRUNCATION)]


def test_leaves_that_were_taken_out_leave_a_seal_that_does_not_hold(whole):
    first = AuditBatch.objects.get(number=1).first
    with past_the_guards() as execute:
        execute(f"DELETE FROM {LEAVES} WHERE batch = 1")
    broken = verifying.verify(whole).broken
    assert Broken(first, Kind.EDIT) in broken
    assert {one.kind for one in broken} == {Kind.EDIT, Kind.INSERTION}


def test_an_event_its_leaf_and_its_batch_changed_together_break_the_next(whole):
    """The forger knows the rules; the batch after holds the head of before."""
    with past_the_guards() as execute:
        target = ids()[3]
        execute(f"UPDATE {EVENTS} SET verb = 'client.forged' WHERE id = %s", [target])
        execute(f"UPDATE {LEAVES} SET hash = %s WHERE event = %s", [_leaf_of(target), target])
        leaves = [
            Leaf(*row) for row in AuditLeaf.objects.filter(batch=1).order_by("position").values_list("event", "hash")
        ]
        made = batch_of(1, "0" * 64, leaves)
        execute(f"UPDATE {BATCHES} SET root = %s, head = %s WHERE number = 1", [made.root, made.head])
    second = AuditBatch.objects.get(number=2)
    assert verifying.verify().broken == [Broken(second.first, Kind.EDIT)]


def _leaf_of(target):
    sql = f"SELECT {sealing.COLUMNS[connection.vendor]} FROM {EVENTS} e WHERE e.id = %s"
    with connection.cursor() as cursor:
        cursor.execute(sql, [target])
        return leaf(sealing.event_of(cursor.fetchone()))


def test_what_was_slipped_in_is_never_sealed(whole):
    with past_the_guards() as execute:
        insert(execute, random.Random(1), ids())
    happen(300, start=600)
    assert sealing.seal() == 300
    assert sealing.seal() == 0
    assert verifying.verify(whole).broken == [Broken(0, Kind.INSERTION)]


def test_what_happens_after_a_checkpoint_changes_nothing_of_it(whole):
    happen(50, start=600)
    assert verifying.verify(whole).as_json()["ok"]
    checkpoints.take()
    assert verifying.verify(whole).as_json() | {"table": ""} == {
        "ok": True, "table": "", "events": 650, "sealed": 650, "broken": [],
    }  # fmt: skip


def test_what_is_sealed_while_it_looks_is_left_for_the_next_time(whole):
    found = verifying.verify(None, lambda done, all: (happen(3), sealing.seal()))
    assert (found.broken, found.sealed) == ([], 600)
    assert verifying.verify(whole).sealed == 609


def test_how_far_it_is_is_told(whole):
    told = []
    verifying.verify(None, lambda done, all: told.append((done, all)))
    assert told == [(256, 600), (512, 600), (600, 600)]
