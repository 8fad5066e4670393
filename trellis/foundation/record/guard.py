"""Writes pass only inside an action: every statement that would change a row is looked at on its way out."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

#: Tables that libraries write themselves, each with its reason.
LIBRARY_TABLES = {
    "django_session": "sessions, written by Django's middleware",
    "django_migrations": "the list of migrations",
    "django_content_type": "written after migrations",
    "auth_permission": "written after migrations",
    "auth_group": "unused table of django.contrib.auth",
    "cache": "the shared cache: limits and used codes",
    "account_emailaddress": "addresses, written by allauth",
    "account_emailconfirmation": "confirmations, written by allauth",
    "mfa_authenticator": "second factors, written by allauth",
    "usersessions_usersession": "own sessions, written by allauth",
    "django_tasks_database_dbtaskresult": "jobs, written by the worker",
    "jobs_heartbeat": "the worker's own sign of life; about nobody",
    "jobs_schedule": "when a repeated job comes round; about nobody",
    "jobs_jobkey": "which jobs were asked for; about nobody",
    "accounts_draft": "words typed and not yet sent: no part of the record",
    "sqlite_sequence": "SQLite's own counter",
}

_WRITE = re.compile(
    r"(?:INSERT\s+(?:OR\s+\w+\s+)?INTO|REPLACE\s+INTO|UPDATE(?:\s+OR\s+\w+)?(?:\s+ONLY)?|DELETE\s+FROM(?:\s+ONLY)?"
    r"|COPY|MERGE\s+INTO|TRUNCATE(?:\s+TABLE)?)\s+[\"`]?(\w+)",
    re.IGNORECASE,
)
#: nearly every statement begins with its verb; only the others are searched whole
_READS = re.compile(
    r"\s*(?:SELECT|SAVEPOINT|RELEASE|ROLLBACK|BEGIN|COMMIT|PRAGMA|EXPLAIN\s+QUERY|SET|SHOW|CREATE|DROP|ALTER)\b",
    re.IGNORECASE,
)
_reason: ContextVar[str | None] = ContextVar("writing", default=None)


class WriteOutsideAction(RuntimeError):
    pass


@contextmanager
def writing(reason: str) -> Iterator[None]:
    """Let writes through. Only `@action`, migrations, the demo's bulk path and test factories open this door."""
    token = _reason.set(reason)
    try:
        yield
    finally:
        _reason.reset(token)


def is_writing() -> bool:
    return _reason.get() is not None


def written_table(sql: str) -> str | None:
    """The table that a statement would change, or None when it only reads."""
    if _READS.match(sql):
        return None
    found = _WRITE.search(sql)
    return found.group(1) if found else None


def guard(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    table = written_table(sql)
    if table is not None and _reason.get() is None and table not in LIBRARY_TABLES:
        raise WriteOutsideAction(f"{table} is written outside an action")
    return execute(sql, params, many, context)


def install(connection: BaseDatabaseWrapper, **_: Any) -> None:
    if guard not in connection.execute_wrappers:
        connection.execute_wrappers.append(guard)
