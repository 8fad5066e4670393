"""F2, the floors beneath the floors: the same rows, or the same write, by raw SQL."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from benchmarks.load import Act, Answer, Open
from benchmarks.places import connect

ROSTER = """
    SELECT s.public_id, s.starts_at, s.ends_at, s.status, sr.names, c.public_id, c.chosen_name, c.pronouns,
           a.state, a.arrived_late_minutes, a.recorded_at
    FROM schedule_session s
    JOIN schedule_series sr ON sr.id = s.series_id
    JOIN schedule_enrollment e
      ON e.series_id = sr.id AND e.since <= s.planned_on AND (e.until IS NULL OR e.until >= s.planned_on)
    JOIN clients_episode ep ON ep.id = e.episode_id
    JOIN clients_client c ON c.id = ep.client_id
    LEFT JOIN schedule_attendance a ON a.session_id = s.id AND a.client_id = c.id
"""
DAY = ROSTER + "WHERE s.starts_at >= %s AND s.starts_at < %s ORDER BY s.starts_at, c.search_name"
WEEK = ROSTER + "WHERE c.id = %s AND s.starts_at >= %s AND s.starts_at < %s ORDER BY s.starts_at"
MARK = """
    INSERT INTO schedule_attendance
      (session_id, client_id, key, recorded_at, by, state, arrived_late_minutes, left_early_minutes, reason, late_entry)
    VALUES (%s, %s, %s, CURRENT_TIMESTAMP, 'bench', 'present', 0, 0, '', %s)
"""
#: through every name: no index may help, not even for the order
SCAN = {
    "sqlite": "SELECT public_id, chosen_name, pronouns, born_on FROM clients_client NOT INDEXED "
    "WHERE search_name LIKE %s ORDER BY +search_name LIMIT 21",
    "postgresql": "SELECT public_id, chosen_name, pronouns, born_on FROM clients_client "
    "WHERE search_name LIKE %s ORDER BY search_name || '' LIMIT 21",
}


def floors(url: str, database: str, world: dict[str, Any]) -> dict[str, Open]:
    lines, parts = world["other_lines"] or world["day_lines"], world["parts"]
    return {
        "F2-J1": _reading(url, DAY, lambda n: world["day"]),
        "F2-J2": _reading(url, WEEK, lambda n: [world["client"], *world["week"]]),
        "F2-J3": _writing(url, lambda n: [*lines[n % len(lines)], f"floor-{n}", False]),
        "F2-J4": _reading(url, SCAN[database], lambda n: [f"%{parts[n % len(parts)]}%"], least=0),
    }


def _reading(url: str, sql: str, values: Callable[[int], list[Any]], least: int = 1) -> Open:
    def read(connection: Any, n: int) -> bool:
        return len(connection.execute(_for(url, sql), values(n)).fetchall()) >= least

    return _opening(url, read)


def _writing(url: str, values: Callable[[int], list[Any]]) -> Open:
    def write(connection: Any, n: int) -> bool:
        connection.execute("BEGIN IMMEDIATE" if url.startswith("sqlite") else "BEGIN")
        connection.execute(_for(url, MARK), values(n))
        connection.execute("COMMIT")
        return True

    return _opening(url, write)


def _opening(url: str, act: Callable[[Any, int], bool]) -> Open:
    @contextmanager
    def open_() -> Iterator[Act]:
        connection = connect(url)
        try:
            yield lambda n: Answer(0, act(connection, n))
        finally:
            connection.close()

    return open_


def _for(url: str, sql: str) -> str:
    return sql.replace("%s", "?") if url.startswith("sqlite") else sql
