"""A column of words that lay in clear text, sealed by a migration on a database with people in it."""

from collections.abc import Callable
from typing import Any

from trellis.foundation.record import crypto, triggers

Step = Callable[[Any, Any], None]


def column(app: str, model: str, field: str) -> tuple[Step, Step]:
    """What `RunPython` takes, forwards and back. After each migration the guard of rows that never change is back."""
    return _each(app, model, field, crypto.seal), _each(app, model, field, crypto.unseal)


def _each(app: str, model: str, field: str, change: Callable[[str], str]) -> Step:
    def step(apps: Any, schema_editor: Any) -> None:
        rows = apps.get_model(app, model)._base_manager.exclude(**{field: ""}).order_by("pk")
        triggers.remove(schema_editor.connection, triggers.AppendOnly(app, rows.model._meta.db_table))
        for key, words in rows.values_list("pk", field).iterator():
            rows.model._base_manager.filter(pk=key).update(**{field: change(words)})

    return step
