"""The file that says what is kept, read as plain values, and held against the models."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import models
from django.utils.translation import get_language

from trellis.doors.operations.retention.rules import Term

FILE = Path(__file__).parent / "retention.toml"
OURS = "trellis."
Model = type[models.Model]
#: kind of subject → the ways on which it is reached
Ways = dict[str, tuple[str, ...]]


@dataclass(frozen=True)
class Kind:
    key: str
    words: dict[str, str]
    runs_from: dict[str, str]
    keep: tuple[Term, ...]
    days: int | None
    by: str
    stays: dict[str, str]
    goes_with: dict[str, str]

    @property
    def name(self) -> str:
        return said(self.words)


@dataclass(frozen=True)
class SubjectKind:
    key: str
    model: Model
    name: str
    born: str
    only: dict[str, Any]
    of: Ways


@dataclass(frozen=True)
class Rows:
    model: Model
    kind: str
    of: Ways
    time: tuple[str, ...]
    runs: dict[str, list[str]]
    unless: str
    names_in: tuple[str, ...]
    reach: tuple[str, ...]
    unused: str
    fields: frozenset[str]


@dataclass(frozen=True)
class Terms:
    kinds: dict[str, Kind]
    subjects: dict[str, SubjectKind]
    rows: tuple[Rows, ...]

    @property
    def keep(self) -> dict[str, tuple[Term, ...]]:
        """The kinds that have a time of their own."""
        return {kind.key: kind.keep for kind in self.kinds.values() if kind.keep}


@cache
def read() -> Terms:
    found = tomllib.loads(FILE.read_text())
    return Terms(
        {key: _kind(key, said) for key, said in found["kinds"].items()},
        {key: _subject(key, said) for key, said in found["subjects"].items()},
        tuple(_rows(label, said) for label, said in found["rows"].items()),
    )


def said(words: Mapping[str, str]) -> str:
    return words.get("es" if get_language() == "es" else "en", "")


def differences(terms: Terms, installed: Iterable[Model] | None = None) -> list[str]:
    """What stands in a model of Trellis and not in the file, or in the file and in no model: a sentence each."""
    listed = {rows.model: rows.fields for rows in terms.rows}
    wrong = []
    for model in installed or apps.get_models():
        if model not in listed:
            wrong.append(f"{model._meta.label} stands in no [rows] of {FILE.name}.")
        elif apps.get_app_config(model._meta.app_label).name.startswith(OURS):
            there = _fields(model)
            wrong += [f"{model._meta.label}.{name} is not listed." for name in sorted(there - listed[model])]
            wrong += [f"{model._meta.label} has no field {name}." for name in sorted(listed[model] - there)]
    return wrong


def _fields(model: Model) -> frozenset[str]:
    own = [one.name for one in model._meta.local_fields if not one.auto_created and one.name != "pk"]
    return frozenset([*own, *(one.name for one in model._meta.local_many_to_many)])


def lookup(way: str) -> str:
    return way.replace(".", "__")


def is_plain(model: Model, way: str) -> bool:
    """Whether the way ends in a text that names its subject (`client:17`), and not in a row."""
    here: Any = model
    for name in _steps(way):
        field = here._meta.get_field(name)
        if not field.is_relation:
            return True
        here = field.related_model
    return False


def _steps(way: str) -> Iterator[str]:
    return (name for name in way.split(".") if name != "pk")


def _kind(key: str, found: dict[str, Any]) -> Kind:
    keep = tuple(Term(**one) for one in found.get("keep", ()))
    return Kind(
        key, found["words"], found.get("runs_from", {}), keep, found.get("days"), found.get("by", ""),
        found.get("stays", {}), found.get("with", {}),
    )  # fmt: skip


def _subject(key: str, found: dict[str, Any]) -> SubjectKind:
    model = apps.get_model(found["model"])
    of = {kind: tuple(ways) for kind, ways in found.get("of", {}).items()}
    return SubjectKind(key, model, found.get("name", ""), found.get("born", ""), found.get("only", {}), of)


def _rows(label: str, found: dict[str, Any]) -> Rows:
    return Rows(
        model=apps.get_model(label),
        kind=found["kind"],
        of={kind: (way,) if isinstance(way, str) else tuple(way) for kind, way in found.get("of", {}).items()},
        time=tuple(found.get("time", ())),
        runs=found.get("runs", {}),
        unless=lookup(found.get("unless", "")),
        names_in=tuple(found.get("names_in", ())),
        reach=tuple(found.get("reach", ())),
        unused=found.get("unused", ""),
        fields=frozenset(found.get("fields", "").split()),
    )
