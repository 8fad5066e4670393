"""A column of words that lay in clear text, sealed by a migration on a database with people in it.

The migration begins with `guards_lifted()`: SQLite renames and rebuilds no table that a guard of another one names, and
what never changes is not written anew under its guard. After each migration the guards stand again; a migration that
fails takes nothing away.
"""

from collections.abc import Callable
from typing import Any

from django.db.migrations import RunPython

from trellis.foundation.record import crypto, triggers


def guards_lifted() -> RunPython:
    return RunPython(_lift, _lift)


def column(app: str, model: str, field: str) -> RunPython:
    return RunPython(_each(app, model, field, crypto.seal), _each(app, model, field, crypto.unseal))


def _lift(apps: Any, schema_editor: Any) -> None:
    connection = schema_editor.connection
    tables = set(connection.introspection.table_names())
    for one in triggers.declared():
        if isinstance(one, triggers.AppendOnly) and one.table in tables:
            triggers.remove(connection, one)


def _each(app: str, model: str, field: str, change: Callable[[str], str]) -> Callable[[Any, Any], None]:
    def step(apps: Any, schema_editor: Any) -> None:
        model_of_then = apps.get_model(app, model)
        rows = model_of_then._base_manager.exclude(**{field: ""}).order_by("pk")
        for key, words in rows.values_list("pk", field).iterator():
            model_of_then._base_manager.filter(pk=key).update(**{field: change(words)})

    return step
