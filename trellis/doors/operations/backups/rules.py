"""Names of backups, which of them stay, when the next one is due, and the line that each begins with. Pure."""

import re
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from trellis.doors.operations.backups.faults import NoBackup

# --- names ------------------------------------------------------------------------------------------------------------
STAMP = "%Y%m%dT%H%M%SZ"
NAME = re.compile(r"trellis-([0-9]{8}T[0-9]{6}Z)-[0-9a-f]{8}\.backup")


def name_of(at: datetime, digest: str) -> str:
    """When, in UTC, and the beginning of the hash: names sort by time, and two backups never share one."""
    return f"trellis-{at.astimezone(UTC).strftime(STAMP)}-{digest[:8]}.backup"


def made_at(name: str) -> datetime | None:
    """None: we did not make a file of this name."""
    found = NAME.fullmatch(name)
    try:
        return datetime.strptime(found[1], STAMP).replace(tzinfo=UTC) if found else None
    except ValueError:  # the 40th of a month
        return None


def ours(names: Iterable[str]) -> list[tuple[datetime, str]]:
    """Newest first."""
    return sorted(((at, name) for name in names if (at := made_at(name))), reverse=True)


# --- which stay -------------------------------------------------------------------------------------------------------
#: how many, of which periods: the newest of each hour, day and month in which there was one
KEPT: tuple[tuple[int, Callable[[datetime], object]], ...] = (
    (24, lambda at: (at.date(), at.hour)),
    (35, lambda at: at.date()),
    (12, lambda at: (at.year, at.month)),
)


def to_keep(names: Iterable[str]) -> set[str]:
    kept: set[str] = set()
    newest_first = ours(names)
    for most, period in KEPT:
        newest: dict[object, str] = {}
        for at, name in newest_first:
            newest.setdefault(period(at), name)
        kept.update(list(newest.values())[:most])
    return kept


def to_prune(names: Iterable[str]) -> list[str]:
    """Oldest first. Never the newest, never a name that is not ours."""
    given = set(names)
    return [name for _, name in reversed(ours(given)) if name not in to_keep(given)]


# --- how often --------------------------------------------------------------------------------------------------------
#: on PostgreSQL beside continuous archiving, which is never behind
ROUND = {"sqlite": timedelta(minutes=5), "postgresql": timedelta(days=1)}
#: a round may be missed, and a backup may take its time
PATIENCE = {"sqlite": timedelta(minutes=10), "postgresql": timedelta(hours=2)}
#: a worker comes round a little early or late
SLACK = timedelta(minutes=1)


def is_due(newest: datetime | None, now: datetime, engine: str) -> bool:
    return newest is None or now - newest >= ROUND[engine] - SLACK


def is_late(newest: datetime, now: datetime, engine: str) -> bool:
    return now - newest > ROUND[engine] + PATIENCE[engine]


# --- the first line ---------------------------------------------------------------------------------------------------
MAGIC = b"trellis-backup "
FORMAT = 1
LONGEST = 256  # bytes of a first line, in this format and all later ones


@dataclass(frozen=True)
class Header:
    """Says of what follows how long it is and what its hash is, so that damage shows without any key."""

    digest: str
    length: int

    def as_bytes(self) -> bytes:
        said = MAGIC + f"{FORMAT} {self.digest} {self.length:016x} ".encode()
        return said + f"{zlib.crc32(said):08x}\n".encode()


HEADER_LENGTH = len(Header("0" * 64, 0).as_bytes())
LINE = re.compile(rb"(?P<said>trellis-backup (?P<format>[0-9]{1,6}) (?P<rest>[!-~ ]*))(?P<sum>[0-9a-f]{8})\n")
REST = re.compile(rb"([0-9a-f]{64}) ([0-9a-f]{16}) ")


def read_header(start: bytes, size: int) -> Header:
    """`start` is how the file begins, `size` how long it is. Raises NoBackup."""
    if not start:
        raise NoBackup("The file is empty.")
    if not start.startswith(MAGIC[: len(start)]):
        raise NoBackup("It is no backup of Trellis, or its beginning is damaged.")
    line = start[:LONGEST].partition(b"\n")
    if not line[1] and size < LONGEST:
        raise NoBackup("The file is cut off: not even its first line is whole.")
    found = LINE.fullmatch(line[0] + line[1])
    if not found or int(found["sum"], 16) != zlib.crc32(found["said"]):
        raise NoBackup("The file is damaged: its first line is not as it was written.")
    if int(found["format"]) > FORMAT:
        raise NoBackup(f"It was made by a newer Trellis (format {int(found['format'])}). Install that version first.")
    said = REST.fullmatch(found["rest"])
    if not said:
        raise NoBackup("The file is damaged: its first line is not as it was written.")
    header = Header(said[1].decode(), int(said[2], 16))
    missing = HEADER_LENGTH + header.length - size
    if missing > 0:
        raise NoBackup(f"The file is cut off: {missing} of its {HEADER_LENGTH + header.length} bytes are missing.")
    if missing < 0:
        raise NoBackup(f"The file is damaged: {-missing} bytes stand behind its end.")
    return header
