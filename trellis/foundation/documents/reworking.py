"""What somebody sent is read in another process, which may die of it; what it gives back is what we keep."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from hashlib import sha256
from threading import BoundedSemaphore
from typing import Any

from django.conf import settings

from trellis.foundation.documents import rules
from trellis.foundation.documents.apart.main import REFUSED
from trellis.foundation.documents.apart.unfit import Why
from trellis.foundation.documents.rules import Kind, Unfit

START = "import sys; sys.path.insert(0, sys.argv[1]); from trellis.foundation.documents.apart.main import main; main()"
#: so many at once in one server: each may take as much memory as the settings allow
_few = BoundedSemaphore(2)


class TypesettingFailed(Exception):
    """A letter of ours could not be made: a fault of ours, or of the machine. Nothing goes."""


@dataclass(frozen=True)
class Clean:
    """A file that we wrote ourselves. Only this module makes one."""

    kind: Kind
    data: bytes

    @property
    def sha256(self) -> str:
        return sha256(self.data).hexdigest()


def clean(name: str, data: bytes) -> Clean:
    """What somebody sent, written anew. Raises Unfit with a sentence."""
    rules.judge_size(len(data), settings.DOCUMENT_BYTES)
    kind = rules.kind_of(name, data)
    if kind is Kind.PDF:
        made = _apart("pdf", data, pages=settings.DOCUMENT_PAGES)
    else:
        made = _apart("image", data, kind=str(kind), points=settings.DOCUMENT_POINTS)
    rules.judge_size(len(made), settings.DOCUMENT_BYTES)
    return Clean(kind, made)


def letter(source: str, data: dict[str, Any]) -> Clean:
    """A letter of ours; `data` are values, and `source` never holds any of them."""
    return Clean(Kind.PDF, _apart("letter", json.dumps(data).encode(), source=source))


def _apart(job: str, data: bytes, **options: Any) -> bytes:
    seconds = settings.DOCUMENT_SECONDS
    limits = {"megabytes": settings.DOCUMENT_MEGABYTES, "seconds": seconds}
    command = [sys.executable, "-I", "-c", START, str(settings.ROOT), job, json.dumps(options | limits)]
    with _few:
        try:
            done = subprocess.run(
                command,
                input=data,
                capture_output=True,
                timeout=seconds,
                check=False,
                cwd=os.sep,
                env={"LANG": "C.UTF-8"},
            )
        except subprocess.TimeoutExpired as fault:
            raise _refusal(job, Why.BROKEN) from fault
    if done.returncode == 0:
        return done.stdout
    # Anything but a plain no is a death: of memory, of time, of what was in the file.
    raise _refusal(job, Why(done.stdout.decode()) if done.returncode == REFUSED else Why.BROKEN)


def _refusal(job: str, why: Why) -> Exception:
    if job == "letter" and why is Why.BROKEN:
        return TypesettingFailed(why)
    return Unfit(rules.SENTENCES[why])
