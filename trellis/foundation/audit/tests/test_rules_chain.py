"""The chain, pure: hashes, heads, and what a difference means."""

import hashlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trellis.foundation.audit.rules import (
    NO_HEAD,
    Broken,
    Event,
    Kind,
    Leaf,
    batch_of,
    faults,
    is_whole,
    kinds,
    leaf,
    root,
)

EVENTS = st.lists(
    st.builds(
        lambda verb, who, where: Event(0, "2026-11-29 01:02:03.000004", who, "", verb, "", "[]", "", where),
        st.text(max_size=5),
        st.text(max_size=5),
        st.none() | st.just("::1"),
    ),
    min_size=2,
    max_size=20,
    unique_by=lambda one: (one.verb, one.actor, one.address),
).map(lambda many: [event._replace(id=3 * n + 7) for n, event in enumerate(many)])


def sealed(events, before=None):
    leaves = [Leaf(event.id, leaf(event)) for event in events]
    number = before.number + 1 if before else 1
    return batch_of(number, before.head if before else NO_HEAD, leaves), leaves


def found(batch, leaves, events, before=None):
    """What the careful reading finds; the quick one must send every fault there, and nothing else."""
    there = {event.id: event for event in events}
    broken, changed = faults(batch, before, leaves, there)
    rows = [(*one, *there.get(one.event, [None] * len(Event._fields))) for one in leaves]
    assert is_whole(batch, before, rows) == (not broken and not changed)
    return sorted(broken + kinds(changed))


def sha(data):
    return hashlib.sha256(data).digest()


def test_a_root_is_that_of_rfc_9162():
    a, b, c = (sha(bytes([n])) for n in range(3))
    assert root([a.hex()]) == a.hex()
    assert root([a.hex(), b.hex()]) == sha(b"\1" + a + b).hex()
    assert root([a.hex(), b.hex(), c.hex()]) == sha(b"\1" + sha(b"\1" + a + b) + c).hex()


def test_a_leaf_is_the_event_and_nothing_else():
    event = Event(7, "2026-11-29 01:02:03.000004", "account:1", "", "a", "", '["client:1"]', "r", None)
    body = b'[1,7,"2026-11-29 01:02:03.000004","account:1","","a","","[\\"client:1\\"]","r",null]'
    assert leaf(event) == sha(b"\0" + body).hex()


@given(st.integers(1), st.lists(st.text(), min_size=7, max_size=7), st.none() | st.text())
def test_a_leaf_is_hashed_as_json_whatever_its_texts_hold(id, texts, address):
    """Trails that were sealed years ago are read by this."""
    body = json.dumps([1, id, *texts, address], separators=(",", ":")).encode()
    assert leaf(Event(id, *texts, address)) == sha(b"\0" + body).hex()


def test_bytes_in_place_of_a_text_are_not_what_was_sealed():
    event = Event(7, "2026-11-29 01:02:03.000004", "account:1", "", "a", "", "[]", "r", None)
    for other in (event._replace(verb=b"a"), event._replace(verb=None), event._replace(verb="b'a'")):
        assert leaf(other) != leaf(event)
    assert leaf(event._replace(verb=b"a")) not in {leaf(event._replace(verb="b'a'")), leaf(event._replace(verb=b"b"))}


@given(EVENTS)
def test_what_was_not_touched_is_whole(events):
    first, leaves = sealed(events)
    assert found(first, leaves, events) == []
    second, others = sealed(events, first)
    assert found(second, others, events, first) == []


@given(EVENTS, st.data())
def test_a_change_a_loss_and_an_exchange_are_named_where_they_are(events, data):
    batch, leaves = sealed(events)
    n, m = data.draw(st.lists(st.integers(0, len(events) - 1), min_size=2, max_size=2, unique=True))
    one, other = events[n], events[m]
    changed = [*events[:n], one._replace(verb=one.verb + "x"), *events[n + 1 :]]
    assert found(batch, leaves, changed) == [Broken(one.id, Kind.EDIT)]
    assert found(batch, leaves, [*events[:n], *events[n + 1 :]]) == [Broken(one.id, Kind.DELETION)]
    exchanged = [event for event in events if event not in (one, other)]
    exchanged += [one._replace(id=other.id), other._replace(id=one.id)]
    assert found(batch, leaves, exchanged) == sorted([Broken(one.id, Kind.REORDER), Broken(other.id, Kind.REORDER)])


@given(EVENTS, st.sampled_from(["number", "first", "last", "size", "root", "head"]))
def test_a_seal_that_was_changed_is_found(events, part):
    batch, leaves = sealed(events)
    value = getattr(batch, part)
    other = batch._replace(**{part: value + 1 if isinstance(value, int) else "f" * 64})
    assert found(other, leaves, events) == [Broken(other.first, Kind.EDIT)]


@given(EVENTS)
def test_an_event_and_its_leaf_changed_together_do_not_fit_the_root(events):
    batch, _ = sealed(events)
    forged = [events[0]._replace(verb="forged"), *events[1:]]
    again = [Leaf(event.id, leaf(event)) for event in forged]
    assert found(batch, again, forged) == [Broken(batch.first, Kind.EDIT)]


@pytest.mark.parametrize("before", [None, "other"])
def test_a_batch_hangs_on_the_one_before(before):
    events = [Event(n, "", "", "", str(n), "", "[]", "", None) for n in range(3)]
    first, _ = sealed(events)
    second, leaves = sealed(events, first)
    wrong = None if before is None else first._replace(head="e" * 64)
    assert found(second, leaves, events, wrong) == [Broken(second.first, Kind.EDIT)]


def test_a_batch_without_leaves_is_broken():
    batch, _ = sealed([Event(4, "", "", "", "", "", "[]", "", None)])
    assert found(batch, [], []) == [Broken(4, Kind.EDIT)]
