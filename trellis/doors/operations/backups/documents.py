"""The documents that lie beside the database, where an installation keeps any (MEDIA_ROOT)."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

from django.conf import settings

from trellis.doors.operations.backups import private
from trellis.doors.operations.backups.faults import CouldNot
from trellis.doors.operations.backups.manifest import DOCUMENTS


def place() -> Path | None:
    """None: this installation keeps no documents."""
    return Path(settings.MEDIA_ROOT).absolute() if settings.MEDIA_ROOT else None


def parts() -> Iterator[tuple[str, Path]]:
    """Read after the database was copied: a document is there before the row that names it."""
    root = place()
    for path in sorted(root.rglob("*")) if root and root.is_dir() else ():
        if path.is_file() and not path.is_symlink():
            yield DOCUMENTS + path.relative_to(root or path).as_posix(), path


def why_taken() -> str | None:
    root = place()
    return f"{root} holds documents." if root and root.is_dir() and any(root.iterdir()) else None


def put(unpacked: Path) -> Callable[[], None]:
    """Into their place in one step; answers how to take them away again."""
    source, root = unpacked / DOCUMENTS, place()
    if not source.is_dir():
        return lambda: None
    if root is None:
        raise CouldNot("The backup holds documents, and this installation has no place for them: set MEDIA_ROOT.")
    with private.folder(root.parent) as beside:
        shutil.copytree(source, beside / "documents")
        _close(beside / "documents")
        if root.is_dir():
            root.rmdir()  # empty, or it would have been refused
        (beside / "documents").rename(root)
    return lambda: shutil.rmtree(root)


def _close(folder: Path) -> None:
    """As they lay: only their owner opens them."""
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o700 if path.is_dir() else 0o600)
