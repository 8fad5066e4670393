"""Whatever is sealed lies where a change of keys finds it: in a `SealedText`, or in what a room registered."""

import ast
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.db import models

from tests.architecture.checks.keys import house_models
from tests.architecture.checks.tree import python_files, relative
from trellis.foundation.record.sealed import SealedText, places

TEXTS = (models.CharField, models.TextField, models.JSONField)


def sealed_by_name_alone(found: Iterable[type[models.Model]] | None = None) -> list[str]:
    """A column that is called sealed is one."""
    return [
        f"{model._meta.label}.{field.name} is called sealed and is no SealedText: a change of keys would pass it by"
        for model in (house_models() if found is None else found)
        for field in model._meta.local_concrete_fields
        if "sealed" in field.name and isinstance(field, TEXTS) and not isinstance(field, SealedText)
    ]


def sealed_into_other_columns(root: Path) -> list[str]:
    """`name=crypto.seal(…)` and `{"name": crypto.seal(…)}`: the name is that of a place of sealed texts."""
    known = {place.field for place in places()}
    return [
        f"{relative(path, root)}:{line}: {name} holds a sealed text and is no SealedText"
        for path in python_files(root)
        if relative(path, root).startswith("trellis/") and "tests" not in path.parts
        for line, name in sealed_names(ast.parse(path.read_text()))
        if name not in known
    ]


def sealed_names(tree: ast.AST) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.keyword) and node.arg and _seals(node.value):
            if not isinstance(node.value, ast.Dict):  # its own names are looked at
                yield node.value.lineno, node.arg
        elif isinstance(node, ast.Dict):
            for key, value in zip(node.keys, node.values, strict=True):
                if isinstance(key, ast.Constant) and isinstance(key.value, str) and _seals(value):
                    yield value.lineno, key.value


def _seals(value: ast.AST) -> bool:
    return any(
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "seal"
        and getattr(node.func.value, "id", "") == "crypto"
        for node in ast.walk(value)
    )
