"""The file itself: a first line in clear, and behind it the age file."""

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

import pyrage

from trellis.doors.operations.backups.faults import CouldNot, NoBackup
from trellis.doors.operations.backups.keys import Identity, Recipient
from trellis.doors.operations.backups.rules import HEADER_LENGTH, LONGEST, Header, read_header

PIECE = 1 << 20
OTHER_KEY = "No matching keys found"  # as pyrage says it


class _Stream:
    """What pyrage reads from or writes to. It tells a fault of ours as a text; the fault itself is kept here."""

    def __init__(self) -> None:
        self.fault: BaseException | None = None

    @contextmanager
    def _kept(self) -> Iterator[None]:
        try:
            yield
        except BaseException as fault:
            self.fault = fault
            raise


class _Source(_Stream):
    def __init__(self, pieces: Iterable[bytes]) -> None:
        super().__init__()
        self.pieces, self.rest = iter(pieces), memoryview(b"")

    def read(self, size: int = -1) -> bytes:
        with self._kept():
            while not self.rest:
                piece = next(self.pieces, None)
                if piece is None:
                    return b""
                self.rest = memoryview(piece)
            taken, self.rest = bytes(self.rest[:size]), self.rest[size:]
            return taken


class _Sink(_Stream):
    def __init__(self, file: IO[bytes]) -> None:
        super().__init__()
        self.file, self.digest, self.length = file, hashlib.sha256(), 0

    def write(self, piece: bytes) -> int:
        with self._kept():
            self.digest.update(piece)
            self.length += len(piece)
            self.file.write(piece)
            return len(piece)

    def flush(self) -> None:
        """The file is flushed, and waited for, when it is whole."""


def write(folder: Path, name: Callable[[str], str], pieces: Iterable[bytes], recipients: list[Recipient]) -> Path:
    """Write beside, wait for the disk, rename: the final name, which `name` makes of the hash, is of a whole file."""
    beside = folder / f".trellis-{os.getpid()}.part"
    try:
        descriptor = os.open(beside, os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600)
        with os.fdopen(descriptor, "w+b") as file:
            digest = _encrypt(file, pieces, recipients)
        final = folder / name(digest)
        if final.exists():
            raise CouldNot(f"{final} is there already. Nothing is overwritten: choose another name.")
        beside.rename(final)
        _sync(folder)
    except OSError as fault:
        raise CouldNot(f"{folder}: The backup cannot be written: {fault.strerror or fault}.") from None
    finally:
        with suppress(OSError):  # after the rename it is gone
            beside.unlink()
    return final


def _encrypt(file: IO[bytes], pieces: Iterable[bytes], recipients: list[Recipient]) -> str:
    file.write(b"\0" * HEADER_LENGTH)
    source, sink = _Source(pieces), _Sink(file)
    try:
        pyrage.encrypt_io(source, sink, recipients)
    except (pyrage.EncryptError, OSError):
        raise (source.fault or sink.fault or CouldNot("The backup could not be encrypted.")) from None
    file.seek(0)
    header = Header(sink.digest.hexdigest(), sink.length)
    file.write(header.as_bytes())
    file.flush()
    os.fsync(file.fileno())
    # What the system hands out again is what we gave it.
    _look(file, header, HEADER_LENGTH + sink.length)
    return header.digest


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def look(path: Path) -> Header:
    """Whether the file is as it was written, which takes no key. Raises NoBackup."""
    with _opened(path) as file:
        size = os.fstat(file.fileno()).st_size
        header = read_header(file.read(LONGEST), size)
        _look(file, header, size)
        return header


def _look(file: IO[bytes], header: Header, size: int) -> None:
    file.seek(0)
    if read_header(file.read(LONGEST), size) != header or _hash(file) != header.digest:
        raise NoBackup("The file is damaged: what it holds is not what was written.")


def _hash(file: IO[bytes]) -> str:
    file.seek(HEADER_LENGTH)
    digest = hashlib.sha256()
    while piece := file.read(PIECE):
        digest.update(piece)
    return digest.hexdigest()


def decrypt(path: Path, to: Path, identities: list[Identity]) -> None:
    """The clear archive into `to`, a file in a private folder."""
    with _opened(path) as file, to.open("wb") as out:
        file.seek(HEADER_LENGTH)
        source, sink = _Source(iter(lambda: file.read(PIECE), b"")), _Sink(out)
        try:
            pyrage.decrypt_io(source, sink, identities)
        except (pyrage.DecryptError, OSError) as fault:
            ours = source.fault or sink.fault
            if ours:
                raise ours from None
            raise NoBackup(
                "It was encrypted for other keys than the one that was given."
                if str(fault) == OTHER_KEY
                else "What it holds cannot be decrypted: it is damaged, or was not made by Trellis."
            ) from None


@contextmanager
def _opened(path: Path) -> Iterator[IO[bytes]]:
    try:
        file = path.open("rb")
    except OSError as fault:
        raise NoBackup(f"It cannot be read: {fault.strerror}.") from None
    with file:
        yield file
