"""On PostgreSQL: the rights of the role that serves pages, where it is another than the one that owns the tables.

It reads and writes rows. It changes no table, takes no guard away, and overwrites nothing that is append-only, even
where a guard were lost. SQLite knows no roles.
"""

from django.conf import settings
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from trellis.foundation.record.triggers import AppendOnly, declared


def after_migrate(using: str) -> None:
    """Granted anew by whoever owns the tables, each time that they change."""
    role = settings.SERVING_ROLE
    if role and connections[using].vendor == "postgresql":
        grant(connections[using], role)


def grant(connection: BaseDatabaseWrapper, role: str) -> None:
    name = connection.ops.quote_name(role)
    tables = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        cursor.execute("SELECT quote_ident(current_schema())")
        schema = cursor.fetchone()[0]
        for sql in (
            f"REVOKE ALL ON SCHEMA {schema} FROM {name}, PUBLIC",
            f"GRANT USAGE ON SCHEMA {schema} TO {name}",
            f"REVOKE ALL ON ALL TABLES IN SCHEMA {schema} FROM {name}",
            f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {schema} TO {name}",
            f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA {schema} TO {name}",
            f"REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {name}",
            *(
                _kept(one, connection.ops.quote_name(one.table), name)
                for one in declared()
                if isinstance(one, AppendOnly) and one.table in tables
            ),
        ):
            cursor.execute(sql)


def _kept(one: AppendOnly, table: str, name: str) -> str:
    """Rows of a subject whose time is over do go; the trigger looks which."""
    taken = "UPDATE" if one.subjects else "UPDATE, DELETE"
    return f"REVOKE {taken} ON {table} FROM {name}"


def too_many(connection: BaseDatabaseWrapper) -> list[str]:
    """What the role that asks could do beyond reading and writing rows; of the guarded tables, which it owns."""
    tables = sorted({one.table for one in declared()})
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname FROM pg_class c WHERE c.relkind = 'r' AND c.relname = ANY(%s) "
            "AND c.relnamespace = current_schema()::regnamespace "
            "AND (pg_has_role(current_user, c.relowner, 'MEMBER') OR has_table_privilege(c.oid, 'TRUNCATE, TRIGGER')) "
            "ORDER BY 1",
            [tables],
        )
        return [row[0] for row in cursor.fetchall()]
