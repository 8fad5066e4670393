"""The process that reads what somebody sent. It has little memory, little time, no secrets, and nothing of the house.

It gets one file on its standard input and gives one back, or says in a word why not.
"""

import json
import resource
import sys
from typing import Any

from trellis.foundation.documents.apart.unfit import CannotTake, Why

REFUSED = 3


def main() -> None:
    job, options = sys.argv[2], json.loads(sys.argv[3])
    confine(megabytes=options.pop("megabytes"), seconds=options.pop("seconds"))
    code, answer = work(job, sys.stdin.buffer.read(), options)
    sys.stdout.buffer.write(answer)
    sys.exit(code)


def confine(*, megabytes: int, seconds: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (megabytes * 1_000_000,) * 2)
    resource.setrlimit(resource.RLIMIT_CPU, (seconds,) * 2)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))  # it writes no file
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # and leaves none when it dies


def work(job: str, data: bytes, options: dict[str, Any]) -> tuple[int, bytes]:
    """Whatever a hostile file makes a library raise, the file is not taken."""
    try:
        return 0, _jobs(job)(data, **options)
    except CannotTake as fault:
        return REFUSED, fault.why.encode()
    except Exception:
        return REFUSED, Why.BROKEN.encode()


def _jobs(job: str) -> Any:
    # Each imports what it needs, after the limits are set.
    if job == "image":
        from trellis.foundation.documents.apart import images

        return images.rework
    if job == "pdf":
        from trellis.foundation.documents.apart import pdfs

        return pdfs.rework
    from trellis.foundation.documents.apart import letters

    return lambda data, source: letters.typeset(source, json.loads(data))
