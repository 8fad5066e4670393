"""A gzipped tar as a stream: written while it is read, so that no clear archive ever lies on a disk."""

import gzip
import hashlib
import re
import tarfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from trellis.doors.operations.backups.faults import CouldNot, NoBackup
from trellis.doors.operations.backups.manifest import DATABASE, DOCUMENTS, NAME, Part

PIECE = 1 << 20
LEVEL = 1  # a third of the time of the usual 6, and nearly as small
GZIP = 31  # zlib: the largest window, with gzip's head and tail
SAFE = re.compile(rf"{DATABASE}|{NAME}|{DOCUMENTS}[^\0]+")
Tell = Callable[[int], None]


def packed(
    parts: Iterable[tuple[str, Path]], manifest: Callable[[dict[str, Part]], bytes], tell: Tell
) -> Iterator[bytes]:
    """The parts, and behind them the manifest that holds their hashes. `tell` hears how many bytes were read."""
    squeeze = zlib.compressobj(LEVEL, zlib.DEFLATED, GZIP)
    for piece in _tar(parts, manifest, tell):
        if small := squeeze.compress(piece):
            yield small
    yield squeeze.flush()


def _tar(
    parts: Iterable[tuple[str, Path]], manifest: Callable[[dict[str, Part]], bytes], tell: Tell
) -> Iterator[bytes]:
    hashes: dict[str, Part] = {}
    for name, path in parts:
        digest, size = hashlib.sha256(), path.stat().st_size
        yield _head(name, size)
        for piece in _pieces(path, size):
            digest.update(piece)
            yield piece
            tell(len(piece))
        yield _padding(size)
        hashes[name] = Part(bytes=size, sha256=digest.hexdigest())
    said = manifest(hashes)
    yield _head(NAME, len(said)) + said + _padding(len(said)) + b"\0" * 2 * tarfile.BLOCKSIZE


def _head(name: str, size: int) -> bytes:
    member = tarfile.TarInfo(name)
    member.size, member.mode = size, 0o600
    return member.tobuf(tarfile.PAX_FORMAT)


def _padding(size: int) -> bytes:
    return b"\0" * (-size % tarfile.BLOCKSIZE)


def _pieces(path: Path, size: int) -> Iterator[bytes]:
    with path.open("rb") as file:
        while size:
            piece = file.read(min(PIECE, size))
            if not piece:
                raise CouldNot(f"{path.name} became shorter while it was read.")
            size -= len(piece)
            yield piece


def unpack(archive: Path, into: Path) -> dict[str, Part]:
    """Every member as a file below `into`; answers their sizes and hashes. Raises NoBackup for an archive not ours."""
    found: dict[str, Part] = {}
    try:
        with tarfile.open(archive, "r:gz") as tar:
            for member in tar:
                _judge(member, found)
                found[member.name] = _take_out(tar, member, into / member.name)
    except (tarfile.TarError, gzip.BadGzipFile, zlib.error, EOFError):
        raise NoBackup("What it holds is no archive of Trellis, or a damaged one.") from None
    return found


def _judge(member: tarfile.TarInfo, found: dict[str, Part]) -> None:
    stray = not member.isreg() or not SAFE.fullmatch(member.name) or ".." in Path(member.name).parts
    if stray or member.name in found:
        raise NoBackup("It holds something that no backup of Trellis holds.")


def _take_out(tar: tarfile.TarFile, member: tarfile.TarInfo, to: Path) -> Part:
    to.parent.mkdir(parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    source = tar.extractfile(member)
    assert source is not None  # a regular file has content
    with to.open("wb") as out:
        while piece := source.read(PIECE):
            digest.update(piece)
            size += out.write(piece)
    return Part(bytes=size, sha256=digest.hexdigest())
