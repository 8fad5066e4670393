"""Where sealed texts lie: every `SealedText` of every room, and what a room says of a library's table."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models

from trellis.foundation.record import triggers


class SealedText(models.TextField):
    """A column of texts that `crypto.seal` made, or empty. What its kind is for: a change of keys finds it."""

    def deconstruct(self) -> Any:
        # To a migration it is a column of text: sealing is no matter of the schema.
        name, _path, arguments, named = super().deconstruct()
        return name, "django.db.models.TextField", arguments, named


@dataclass(frozen=True)
class Place:
    """A column. With `names`, it holds JSON objects, and the texts that stand under these names are the sealed ones."""

    model: type[models.Model]
    field: str
    names: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.table}.{self.field}"

    @property
    def table(self) -> str:
        return self.model._meta.db_table

    @property
    def never_changes(self) -> bool:
        """The database lets nobody write these rows again, so what seals them now seals them for good."""
        return any(isinstance(one, triggers.AppendOnly) and one.table == self.table for one in triggers.declared())

    def texts(self, value: Any) -> list[str]:
        found = [value.get(name) for name in self.names] if self.names else [value]
        return [text for text in found if text]

    def changed(self, value: Any, change: Callable[[str], str]) -> Any:
        """The value with each sealed text in it changed."""
        if self.names:
            return {name: change(one) if name in self.names and one else one for name, one in value.items()}
        return change(value) if value else value


_of_libraries: dict[tuple[type[models.Model], str], Place] = {}


def register(model: type[models.Model], field: str, *names: str) -> None:
    """For a table that is not ours, and keeps what we seal for it inside JSON."""
    _of_libraries[(model, field)] = Place(model, field, names)


def places() -> list[Place]:
    return sorted([*_own(), *_of_libraries.values()], key=str)


def _own() -> Iterator[Place]:
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.local_concrete_fields:
            if isinstance(field, SealedText):
                yield Place(model, field.attname)
