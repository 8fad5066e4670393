"""Foreign keys run the way imports run; a number that points somewhere is a key, or says why not."""

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.db.models import Model

from tests.architecture.house import may_know, ranks

#: `*_id` columns that are no keys, each with its reason
PLAIN_IDS: dict[str, str] = {
    "*.public_id": "the row's own name in URLs",
    "audit.AuditEvent.request_id": "names a request in the log, not a row",
    "places.Meeting.source_id": "how the publisher of a list names the meeting",
    "jobs.JobKey.result_id": "the library's row, which is pruned before the key is",
}


def house_models() -> list[type[Model]]:
    return [model for model in apps.get_models(include_auto_created=True) if model._meta.app_label in ranks()]


def keys_to_later_rooms(models: Iterable[type[Model]] | None = None) -> list[str]:
    faults = []
    for model in house_models() if models is None else models:
        for field in own_fields(model):
            target = field.remote_field.model if field.remote_field else None
            label = target._meta.app_label if target is not None else None
            if label in ranks() and not may_know(model._meta.app_label, label):
                faults.append(f"{model._meta.label}.{field.name} points up, to {target._meta.label}")
    return faults


def ids_without_keys(models: Iterable[type[Model]] | None = None, plain: dict[str, str] | None = None) -> list[str]:
    plain = PLAIN_IDS if plain is None else plain
    faults, used = [], set()
    for model in house_models() if models is None else models:
        for field in own_fields(model):
            if not field.name.endswith("_id") or field.remote_field:
                continue
            names = {f"{model._meta.label}.{field.name}", f"*.{field.name}"} & set(plain)
            used |= names
            if not names:
                faults.append(
                    f"{model._meta.label}.{field.name} is no key; list its reason in PLAIN_IDS, or make it one"
                )
    return faults + [f"{name} is listed and is not there" for name in sorted(set(plain) - used)]


def own_fields(model: type[Model]) -> list[Any]:
    return [*model._meta.local_fields, *model._meta.local_many_to_many]
