"""What the database itself refuses: overwriting what is append-only, booking one thing twice.

Declared in a room's `AppConfig.ready`, installed after every migration: SQLite rebuilds tables and drops their
triggers silently, so the declaration, not a migration, is what holds.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.apps import AppConfig
from django.db import connections, models
from django.db.backends.base.base import BaseDatabaseWrapper

ERASURE_TABLE = "record_erasure"


@dataclass(frozen=True)
class AppendOnly:
    """Rows never change. They go only for a subject that stands in the erasure table, in the act that put it there.

    `subjects`: as SQL about the row OLD, what that table would call them (`client:17`); nobody: such rows never go.
    """

    app: str
    table: str
    subjects: tuple[str, ...] = ()

    @property
    def message(self) -> str:
        return f"append-only: {self.table}"


@dataclass(frozen=True)
class NoOverlap:
    """Two live rows of one resource never cover the same instant. Touching is fine: ends are open."""

    app: str
    table: str
    resource: str
    starts: str = "starts_at"
    ends: str = "ends_at"
    #: a boolean column: rows where it is true no longer hold the resource
    released: str = "released"

    @property
    def message(self) -> str:
        return f"overlap: {self.table}.{self.resource}"

    @property
    def name(self) -> str:
        return f"{self.table}_{self.resource}_no_overlap"


Declaration = AppendOnly | NoOverlap
_declared: dict[tuple[str, str], Declaration] = {}


def append_only(
    model: type[models.Model], *, kind: str | None = None, column: str | None = None, or_column: str | None = None,
    through: str = "",
) -> None:  # fmt: skip
    """`column` holds the number of a subject of this `kind`; without a kind it names the subject itself.

    `or_column`: rows about two subjects go with either. `through`: the column stands in another row, found by this
    key, or by these one after the other ("joining.session").
    """
    table = model._meta.db_table
    values = [_column(model, through, name) for name in (column, or_column) if name is not None]
    subjects = tuple(value if kind is None else f"'{kind}:' || {value}" for value in values)
    _declared[(table, "append_only")] = AppendOnly(model._meta.app_label, table, subjects)


def _column(model: type[models.Model], through: str, column: str) -> str:
    """What stands in a column of the row OLD, or of the row that the keys lead to from there."""
    here: Any = model
    value = "OLD.{}"
    for name in filter(None, through.split(".")):
        field = here._meta.get_field(name)
        here = field.related_model
        value = f"(SELECT {{}} FROM {here._meta.db_table} WHERE id = {value.format(field.column)})"
    return value.format(column)


def no_overlap(model: type[models.Model], *, resource: str, **columns: str) -> None:
    table = model._meta.db_table
    _declared[(table, resource)] = NoOverlap(model._meta.app_label, table, resource, **columns)


def declared() -> list[Declaration]:
    return list(_declared.values())


def after_migrate(app_config: AppConfig, using: str, **_: Any) -> None:
    connection = connections[using]
    tables = set(connection.introspection.table_names())
    for declaration in declared():
        if declaration.app == app_config.label and declaration.table in tables:
            install(connection, declaration)


@dataclass(frozen=True)
class _Statements:
    drop: list[str] = field(default_factory=list)
    create: list[str] = field(default_factory=list)


def install(connection: BaseDatabaseWrapper, declaration: Declaration) -> None:
    statements = _writer(connection, declaration)
    with connection.cursor() as cursor:
        for sql in statements.drop + statements.create:
            cursor.execute(sql)


def remove(connection: BaseDatabaseWrapper, declaration: Declaration) -> None:
    """For the tests that show what the guard is good for."""
    with connection.cursor() as cursor:
        for sql in _writer(connection, declaration).drop:
            cursor.execute(sql)


def missing(connection: BaseDatabaseWrapper) -> list[Declaration]:
    """Declarations that the database does not hold; a sound installation has none."""
    query = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if connection.vendor == "sqlite"
        else "SELECT tgname FROM pg_trigger UNION SELECT conname FROM pg_constraint"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        present = {row[0] for row in cursor.fetchall()}
    return [d for d in declared() if not _names(connection, d) <= present]


def _names(connection: BaseDatabaseWrapper, d: Declaration) -> set[str]:
    sqlite = connection.vendor == "sqlite"
    if isinstance(d, AppendOnly):
        endings = ("upd", "del", "ins") if sqlite else ("row", "truncate")
        return {f"{d.table}_append_only_{ending}" for ending in endings}
    return {f"{d.name}_ins", f"{d.name}_upd"} if sqlite else {d.name}


def _writer(connection: BaseDatabaseWrapper, declaration: Declaration) -> _Statements:
    writers: dict[tuple[str, type], Callable[[Any], _Statements]] = {
        ("sqlite", AppendOnly): _sqlite_append_only,
        ("sqlite", NoOverlap): _sqlite_no_overlap,
        ("postgresql", AppendOnly): _postgresql_append_only,
        ("postgresql", NoOverlap): _postgresql_no_overlap,
    }
    return writers[(connection.vendor, type(declaration))](declaration)


def _erasable(d: AppendOnly) -> str:
    if not d.subjects:
        return "0 = 1"
    return f"EXISTS (SELECT 1 FROM {ERASURE_TABLE} e WHERE e.subject IN ({', '.join(d.subjects)}))"


def _sqlite_append_only(d: AppendOnly) -> _Statements:
    stop = f"BEGIN SELECT RAISE(ABORT, '{d.message}'); END"
    name = f"{d.table}_append_only"
    return _Statements(
        [f"DROP TRIGGER IF EXISTS {name}_{ending}" for ending in ("upd", "del", "ins")],
        [
            f"CREATE TRIGGER {name}_upd BEFORE UPDATE ON {d.table} {stop}",
            f"CREATE TRIGGER {name}_del BEFORE DELETE ON {d.table} WHEN NOT ({_erasable(d)}) {stop}",
            # INSERT OR REPLACE walks past the other two. A row's number is its id, where it has one.
            f"CREATE TRIGGER {name}_ins BEFORE INSERT ON {d.table} "
            f"WHEN EXISTS (SELECT 1 FROM {d.table} WHERE rowid = NEW.rowid) {stop}",
        ],
    )


def _sqlite_no_overlap(d: NoOverlap) -> _Statements:
    clash = (
        f"BEGIN SELECT RAISE(ABORT, '{d.message}') WHERE EXISTS (SELECT 1 FROM {d.table} b "
        f"WHERE b.{d.resource} = NEW.{d.resource} AND b.{d.released} = 0 "
        f"AND b.{d.starts} < NEW.{d.ends} AND b.{d.ends} > NEW.{d.starts} AND b.id <> COALESCE(NEW.id, -1)); END"
    )
    when = f"WHEN NEW.{d.released} = 0 AND NEW.{d.resource} IS NOT NULL"
    columns = f"{d.resource}, {d.starts}, {d.ends}, {d.released}"
    return _Statements(
        [f"DROP TRIGGER IF EXISTS {d.name}_{ending}" for ending in ("ins", "upd")],
        [
            f"CREATE TRIGGER {d.name}_ins BEFORE INSERT ON {d.table} {when} {clash}",
            f"CREATE TRIGGER {d.name}_upd BEFORE UPDATE OF {columns} ON {d.table} {when} {clash}",
        ],
    )


def _postgresql_append_only(d: AppendOnly) -> _Statements:
    name = f"{d.table}_append_only"
    body = (
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF TG_OP = 'DELETE' AND {_erasable(d)} THEN RETURN OLD; END IF; "
        f"RAISE EXCEPTION '{d.message}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
    )
    whole = (
        f"CREATE OR REPLACE FUNCTION {name}_all() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"RAISE EXCEPTION '{d.message}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
    )
    return _Statements(
        [f"DROP TRIGGER IF EXISTS {name}_{ending} ON {d.table}" for ending in ("row", "truncate")],
        [
            body,
            whole,
            f"CREATE TRIGGER {name}_row BEFORE UPDATE OR DELETE ON {d.table} FOR EACH ROW EXECUTE FUNCTION {name}()",
            f"CREATE TRIGGER {name}_truncate BEFORE TRUNCATE ON {d.table} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION {name}_all()",
            # ALWAYS: a session that calls itself a replica is refused too.
            f"ALTER TABLE {d.table} ENABLE ALWAYS TRIGGER {name}_row",
            f"ALTER TABLE {d.table} ENABLE ALWAYS TRIGGER {name}_truncate",
        ],
    )


def _postgresql_no_overlap(d: NoOverlap) -> _Statements:
    # Dropped and built again with each migration: a changed declaration would otherwise never arrive.
    return _Statements(
        [f"ALTER TABLE {d.table} DROP CONSTRAINT IF EXISTS {d.name}"],
        [
            "CREATE EXTENSION IF NOT EXISTS btree_gist",
            f"ALTER TABLE {d.table} ADD CONSTRAINT {d.name} EXCLUDE USING gist "
            f"({d.resource} WITH =, tstzrange({d.starts}, {d.ends}) WITH &&) "
            f"WHERE (NOT {d.released} AND {d.resource} IS NOT NULL)",
        ],
    )
