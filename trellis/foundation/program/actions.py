"""Loading a blueprint: one version, one transaction, nothing of the past rewritten."""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from trellis.foundation import clock
from trellis.foundation.access.actions import action
from trellis.foundation.access.actor import Actor
from trellis.foundation.program import queries
from trellis.foundation.program.check import read, text_of
from trellis.foundation.program.check.toml import parse
from trellis.foundation.program.models import BlueprintVersion, Place, Room, Site
from trellis.foundation.program.schema import Blueprint, build

#: keeps a section's rows; gives back a sentence for each thing that it could not keep
Loader = Callable[[Actor, Blueprint | None, Blueprint], Iterable[str] | None]
LOADERS: dict[str, Loader] = {}


def register_loader(section: str, loader: Loader) -> None:
    """Have `loader(by, old, new)` called, in the same transaction, whenever a version is loaded."""
    if LOADERS.get(section, loader) is not loader:
        raise ValueError(f"the section {section} has a loader already")
    LOADERS[section] = loader


@action("program.load", about=lambda result, arguments: ())  # about nobody
def load_blueprint(*, by: Actor, source: Path | str) -> BlueprintVersion:
    """The version that now counts, the old one where the text is the same; Faulty, and nothing loaded, on any fault."""
    text = text_of(source)
    new = read(text)
    digest = hashlib.sha256(text.encode()).hexdigest()
    last = queries.current_version()
    if last is not None and last.digest == digest:
        return last
    version = BlueprintVersion.objects.create(
        number=last.number + 1 if last else 1,
        source=text,
        digest=digest,
        loaded_at=clock.now(),
        loaded_by=by.name,
    )
    queries.forget()
    _keep_places(new)
    old = build(parse(last.source)) if last else None
    version.not_kept = tuple(said for loader in LOADERS.values() for said in loader(by, old, new) or ())
    return version


def _keep_places(new: Blueprint) -> None:
    """Sites and rooms as the file has them; those that it no longer names are retired, never deleted."""
    _keep(Site, [Site(key=one.key, names=one.names.as_dict(), city=one.city) for one in new.sites])
    sites = dict(Site.objects.values_list("key", "pk"))
    rooms = (
        Room(
            key=one.key,
            names=one.names.as_dict(),
            site_id=sites[one.site],
            kind=one.kind,
            capacity=one.capacity,
        )
        for one in new.rooms
    )
    _keep(Room, list(rooms))


def _keep(model: type[Place], places: Sequence[Place]) -> None:
    stays = {"id", "public_id", "key"}
    fields = [field.name for field in model._meta.concrete_fields if field.name not in stays]
    rows = model._default_manager
    rows.bulk_create(places, update_conflicts=True, unique_fields=["key"], update_fields=fields)
    rows.exclude(key__in=[place.key for place in places]).filter(retired=False).update(retired=True)
