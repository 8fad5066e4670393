from django.conf import settings
from django.core.cache import cache as shared_cache
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from trellis.doors.operations.checks.finding import Finding, look, ok, wrong
from trellis.foundation.record import privileges, triggers

MIGRATE = "Run: trellis migrate"


def reachable() -> Finding:
    try:
        connection.ensure_connection()
    except DatabaseError as fault:
        return wrong(
            "database",
            f"The database does not answer ({type(fault).__name__}).",
            "Check DATABASE_URL, and that the database server runs.",
        )
    return ok("database", f"The database answers ({connection.display_name}).")


def pending() -> int:
    """How many migrations the database has not seen yet."""
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def schema() -> Finding:
    count = pending()
    if count:
        return wrong("schema", f"The database's schema is {count} migrations behind.", MIGRATE)
    return ok("schema", "The database's schema is up to date.")


def guards() -> Finding:
    missing = triggers.missing(connection)
    if missing:
        tables = ", ".join(sorted({declaration.table for declaration in missing}))
        return wrong("guards", f"The database lost its guards on {tables}: facts could be overwritten there.", MIGRATE)
    return ok(
        "guards", f"The database guards {len(triggers.declared())} rules itself: nothing recorded is overwritten."
    )


def rights() -> Finding:
    if connection.vendor != "postgresql":
        return ok("rights", "SQLite knows no roles: whoever may write the file may change all of it.")
    owned = privileges.too_many(connection)
    if owned:
        return look(
            "rights",
            f"The database role that serves pages could take the guards of {len(owned)} tables away.",
            "Let another role own the tables, as docs/guide/database.md says.",
        )
    return ok("rights", "The database role that serves pages writes rows and can take no guard away.")


def durable() -> Finding:
    if connection.vendor != "sqlite":
        return ok("durable", "PostgreSQL keeps what it has confirmed.")
    with connection.cursor() as cursor:
        mode = cursor.execute("PRAGMA journal_mode").fetchone()[0]
        synchronous = cursor.execute("PRAGMA synchronous").fetchone()[0]
    if (str(mode).lower(), synchronous) != ("wal", 2):
        return wrong(
            "durable",
            f"SQLite runs with journal_mode={mode} and synchronous={synchronous}: a power cut could lose what counts.",
            "Keep the database on a local disk, not on a network share, and start again.",
        )
    return ok("durable", "SQLite writes ahead and keeps what it has confirmed.")


def cache() -> Finding:
    table = settings.CACHES["default"]["LOCATION"]
    if table not in connection.introspection.table_names():
        return wrong(
            "cache",
            "The table for limits and used codes is missing: nobody can sign in.",
            "Run: trellis migrate",
        )
    shared_cache.set("doctor", "here", timeout=5)
    if shared_cache.get("doctor") != "here":
        return wrong(
            "cache", "The table for limits and used codes forgets what it is told.", "Run: trellis doctor again"
        )
    return ok("cache", "Limits and used codes are shared by all processes.")
