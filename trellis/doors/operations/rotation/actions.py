"""What changes: the file of keys, and the texts under an older one. About nobody: no text is shown to anybody."""

from pathlib import Path
from typing import Any

from cryptography.fernet import Fernet

from trellis.foundation.access.actions import action
from trellis.foundation.access.actor import Actor
from trellis.foundation.record import keys
from trellis.foundation.record.sealed import Place


def _about_nobody(result: object, arguments: dict[str, Any]) -> tuple[str, ...]:
    return ()


@action("keys.rotate", about=_about_nobody)
def make_key(*, by: Actor, file: Path) -> None:
    keys.put_first(file, Fernet.generate_key().decode())


@action("keys.drop", about=_about_nobody)
def drop_key(*, by: Actor, file: Path, key: str) -> None:
    keys.let_go(file, key)


@action("keys.reseal", about=_about_nobody)
def reseal(*, by: Actor, place: Place, was: dict[int, Any], now: dict[int, Any]) -> int:
    """How many rows still held what was read, and hold it sealed anew from here.

    Rows that somebody else holds are left out: whoever never waits while holding others brings nobody to a stop. A row
    that was changed meanwhile keeps what it was changed to.
    """
    every = place.model._base_manager
    free = every.select_for_update(skip_locked=True, no_key=True).filter(pk__in=was).order_by("pk")
    same = [pk for pk, value in free.values_list("pk", place.field) if value == was[pk]]
    for pk in same:
        every.filter(pk=pk).update(**{place.field: now[pk]})
    return len(same)
