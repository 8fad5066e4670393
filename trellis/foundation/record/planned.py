"""A cursor whose questions PostgreSQL plans once on each connection; imported only where PostgreSQL is the database."""

from typing import Any

from psycopg import Cursor
from psycopg.types.numeric import Int8Dumper


class PlannedCursor(Cursor[Any]):
    def __init__(self, connection: Any) -> None:
        super().__init__(connection)
        # By itself psycopg gives each number the smallest type that holds it, and each mixture of types has its plan.
        self.adapters.register_dumper(int, Int8Dumper)

    def execute(self, query: Any, params: Any = None, **_: Any) -> Any:
        return super().execute(query, params, prepare=True)

    def _send_query_prepared(self, name: bytes, pgq: Any, *, binary: bool | None = None) -> None:
        self._query = pgq  # Django reads here what was asked; psycopg forgets it where it asks by name
        super()._send_query_prepared(name, pgq, binary=binary)
