"""Rows as publishers send them, for tests of the reading."""

import json
from typing import Any

from trellis.foundation.places.reading import Listed, Outcome, read

CHURCH = {"formatted_address": "676 N Gibbs St, Pomona, CA 91767, USA", "location": "Trinity Church"}
POINT = {"latitude": 34.0632, "longitude": -117.7506}


def row(**changes: Any) -> dict[str, Any]:
    """A Meeting Guide row that is kept without a problem; None takes a field away."""
    given = {"slug": "saturday", "name": "Saturday Night", "day": 6, "time": "19:30", **CHURCH, **POINT, **changes}
    return {key: value for key, value in given.items() if value is not None}


def v1(**changes: Any) -> dict[str, Any]:
    return {
        "id": 7, "name": "Clean Start", "day": 6, "startTime": "19:30", "duration": "01:30", "formatIds": [],
        "venueType": 1, "temporarilyVirtual": False, "published": True, "location_text": "Trinity Church",
        "location_street": "676 N Gibbs St", "location_municipality": "Pomona", "location_province": "CA",
        "location_postal_code_1": "91767", "location_nation": "USA", **POINT, **changes,
    }  # fmt: skip


def classic(**changes: Any) -> dict[str, Any]:
    return {
        "id_bigint": "7", "meeting_name": "Clean Start", "weekday_tinyint": "7", "start_time": "19:30:00",
        "duration_time": "01:30:00", "formats": "O,WC", "venue_type": "1", "published": "1",
        "location_text": "Trinity Church", "location_street": "676 N Gibbs St", "location_municipality": "Pomona",
        "location_province": "CA", "latitude": "34.0632", "longitude": "-117.7506", **changes,
    }  # fmt: skip


def reading(*rows: Any, **how: Any) -> Outcome:
    """What a source of these rows gives; the counts of every reading add up."""
    outcome = read(json.dumps(list(rows)).encode(), **how)
    adds_up(outcome)
    return outcome


def adds_up(outcome: Outcome) -> None:
    lost = [problem.row for problem in outcome.problems if not problem.kept]
    assert outcome.read == outcome.kept + outcome.skipped
    assert len(lost) == len(set(lost)) == outcome.skipped
    kept = {meeting.row for meeting in outcome.meetings}
    assert len(kept) == outcome.kept
    assert not kept & set(lost)
    assert all(0 <= problem.row < outcome.read for problem in outcome.problems)
    identities = [meeting.identity for meeting in outcome.meetings]
    assert len(identities) == len(set(identities))


def one(**changes: Any) -> Listed:
    """The one meeting of a Meeting Guide row."""
    (meeting,) = reading(row(**changes)).meetings
    return meeting


def problems(*rows: Any, **how: Any) -> list[tuple[str, Any, bool]]:
    """Field, value, kept: of every problem."""
    return [(problem.field, problem.value, problem.kept) for problem in reading(*rows, **how).problems]


def lost(**changes: Any) -> tuple[str, Any]:
    """The field and value for which a Meeting Guide row is not kept."""
    ((field, value, kept),) = problems(row(**changes))
    assert not kept
    return field, value
