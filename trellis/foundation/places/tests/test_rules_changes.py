"""What a new reading changes, and the report about it."""

import json

from hypothesis import given
from hypothesis import strategies as st

from trellis.foundation.places.rules import reports
from trellis.foundation.places.rules.changes import Known, plan
from trellis.foundation.places.tests.lists import reading, row


def known(outcome, *, listed=True):
    return {m.identity: Known(n, m.digest, m.row_key, listed) for n, m in enumerate(outcome.meetings)}


def counts(made):
    return made.added, made.changed, made.unchanged, made.ended


def rows(*slugs, **changes):
    return reading(*(row(slug=slug, **changes) for slug in slugs))


def test_a_first_reading_adds_everything():
    made = plan({}, rows("a", "b").meetings)
    assert counts(made) == (2, 0, 0, 0)
    assert not made.shrinks


def test_the_same_again_changes_nothing():
    first = reading(row(), row(slug="b", day=[1, 2, 3]))
    made = plan(known(first), first.meetings)
    assert counts(made) == (0, 0, 2, 0)
    assert not made.changes_anything


def test_added_changed_unchanged_and_ended_are_told_apart():
    before = known(reading(row(slug="a"), row(slug="b"), row(slug="c")))
    made = plan(before, reading(row(slug="a"), row(slug="b", notes="New"), row(slug="d")).meetings)
    assert counts(made) == (1, 1, 1, 1)
    assert [meeting.source_id for meeting in made.to_write] == ["b", "d"]
    assert made.gone == [2]


def test_what_ended_comes_back_as_added():
    first = rows("a")
    assert counts(plan(known(first, listed=False), first.meetings)) == (1, 0, 0, 0)


def test_a_row_that_loses_a_day_is_changed_and_has_not_ended():
    before = known(reading(row(day=[1, 3, 5])))
    made = plan(before, reading(row(day=[1, 3])).meetings)
    assert counts(made) == (0, 1, 0, 0)
    assert len(made.gone) == 1
    made = plan(known(reading(row(day=[1, 3]))), reading(row(day=[1, 3, 5])).meetings)
    assert counts(made) == (0, 1, 0, 0)


@given(st.sets(st.integers(0, 30)), st.sets(st.integers(0, 30)))
def test_counts_add_up_and_more_than_half_is_held(before, after):
    first, second = rows(*map(str, sorted(before))), rows(*map(str, sorted(after)))
    made = plan(known(first), second.meetings)
    assert made.added + made.changed + made.unchanged == second.kept
    assert made.ended == len(before - after) == len(made.gone)
    assert made.unchanged == len(before & after)
    assert made.shrinks == (2 * len(after) < len(before))


class Done:
    added, changed, unchanged, ended, held = 1, 2, 3, 4, False


def test_the_report_is_the_contracts():
    outcome = reading(row(), row(slug="b", time="25:00"))
    report = reports.as_json("pomona", outcome, None)
    assert json.loads(json.dumps(report)) == {
        "name": "pomona", "format": "meeting-guide", "read": 2, "kept": 1, "added": 1, "changed": 0, "unchanged": 0,
        "ended": 0, "skipped": 1, "held": False,
        "problems": [{"row": 1, "id": "b", "field": "time", "value": "25:00", "problem": "a time is HH:MM",
        "kept": False}],
    }  # fmt: skip
    assert list(reports.as_json("x", outcome, Done()).values())[4:8] == [1, 2, 3, 4]


def test_people_read_each_lost_row_and_the_rest_counted():
    outcome = reading(*(row(slug=f"m{n}", time="25:00") for n in range(30)), row(types=["ZZ"]), 7)
    text = reports.as_text(reports.as_json("pomona", outcome, Done()), dry_run=False)
    assert "pomona: 32 rows read, 1 kept, 31 not kept (format: meeting-guide)." in text
    assert "1 added, 2 changed, 3 unchanged, 4 ended." in text
    assert "  row 0 (m0): time '25:00': a time is HH:MM" in text
    assert "and 11 more" in text
    assert "1 times types: this code is not in the list of types" in text
    assert "row 1: 7: a row is an object with fields" in reports.as_text(
        reports.as_json("x", reading(row(), 7), None), dry_run=True
    )


def test_people_read_that_nothing_was_changed():
    outcome = reading(row())
    assert "Dry run: nothing was changed." in reports.as_text(reports.as_json("x", outcome, None), dry_run=True)
    held = Done()
    held.held = True
    assert "Held:" in reports.as_text(reports.as_json("x", outcome, held), dry_run=False)
    assert "1 row read, 1 kept" in reports.as_text(reports.as_json("x", outcome, held), dry_run=False)
    assert "format: none" in reports.as_text(reports.as_json("x", reading(), None), dry_run=True)
