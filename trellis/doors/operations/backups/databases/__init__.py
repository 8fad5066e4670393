"""How each kind of database is copied while people write, and restored: apart from everybody, or in its place.

Both modules have `copy(folder)`, `damage()`, `loose_keys()`, `apart(part, folder)`, `why_taken(settings)` and
`put(part, settings, arrive)`.
"""

from typing import Any

from trellis.doors.operations.backups.databases import postgresql, sqlite

ENGINES: dict[str, Any] = {"sqlite": sqlite, "postgresql": postgresql}
