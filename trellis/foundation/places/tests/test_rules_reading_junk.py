"""Whatever a publisher sends: no crash, and no good row is lost."""

import json
from contextlib import suppress

from hypothesis import given, settings
from hypothesis import strategies as st

from trellis.foundation.places.reading import NoList, read
from trellis.foundation.places.reading.shapes import SHAPES
from trellis.foundation.places.tests.lists import adds_up, classic, row, v1

TEXTS = st.one_of(
    st.text(max_size=40),
    st.sampled_from(["", " ", "25:00", "7:30 PM", "yes", "no", "0", "7", "<b>x</b>", "javascript:x", "\u202e",
    "\x00", "TC",
                     "online", "inactive", "America/New_York", "zoom.us/j/1", "1/2/2021", "CA", "79901", "USA",
                     "a@b.co"]),
)  # fmt: skip
SCALARS = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), TEXTS)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(TEXTS, inner, max_size=3)),
    max_leaves=6,
)
KEYS = sorted({key for shape in SHAPES for keys in shape.fields.values() for key in keys} | {"archived", "published"})
JUNK_ROWS = st.one_of(VALUES, st.dictionaries(st.sampled_from(KEYS), VALUES, max_size=12))
GOOD = {"meeting-guide": row, "v1": v1, "classic": classic}


@settings(max_examples=200)
@given(st.lists(JUNK_ROWS, max_size=6), st.sampled_from(sorted(GOOD)), st.integers(0, 6))
def test_junk_rows_never_cost_a_good_one(junk, kind, place):
    named = {"meeting-guide": ("slug", "name"), "v1": ("id", "name"), "classic": ("id_bigint", "meeting_name")}[kind]
    good = [GOOD[kind](**dict.fromkeys(named, f"good-{n}")) for n in range(14)]
    rows = [*good[:place], *junk, *good[place:]]
    outcome = read(json.dumps(rows).encode())
    adds_up(outcome)
    lost = {problem.row for problem in outcome.problems if not problem.kept}
    assert not lost & {number for number in range(len(rows)) if not place <= number < place + len(junk)}
    json.dumps([problem.as_json() for problem in outcome.problems], allow_nan=False).encode()


@settings(max_examples=150)
@given(st.dictionaries(st.sampled_from(KEYS), VALUES, max_size=14), st.sampled_from(sorted(GOOD)))
def test_one_row_with_anything_in_its_fields_is_kept_or_has_a_reason(changes, kind):
    try:
        outcome = read(json.dumps([GOOD[kind]() | changes]).encode())
    except NoList:
        return
    adds_up(outcome)
    for meeting in outcome.meetings:
        assert meeting.name
        assert (meeting.day is None) == (meeting.time is None)
        assert meeting.day is None or 0 <= meeting.week_minute <= 10_079
        assert meeting.attendance == "online" or not meeting.closed
        assert meeting.attendance == "in_person" or meeting.online_url or meeting.phone
        assert not meeting.placed or (meeting.point and not meeting.approximate)
        assert "\x00" not in repr(meeting.content())
        json.dumps(meeting.content()[:8]).encode()


@given(st.binary(max_size=400))
def test_bytes_are_a_list_or_refused(body):
    with suppress(NoList):
        adds_up(read(body))


@given(st.permutations(range(5)))
def test_the_order_of_a_source_changes_no_meeting(order):
    rows = [row(slug=f"m{n}", day=n, types=["O"]) for n in range(5)]
    known = {meeting.identity: meeting.digest for meeting in read(json.dumps(rows).encode()).meetings}
    again = {m.identity: m.digest for m in read(json.dumps([rows[n] for n in order]).encode()).meetings}
    assert again == known
