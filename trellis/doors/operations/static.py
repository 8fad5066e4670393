"""The static files, hashed and compressed beside each other, gathered again only when one of them changed."""

import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

STAMP = ".gathered"


def gather() -> bool:
    """Answers whether there was something to do."""
    if settings.STATICFILES != "manifest":
        return False
    root = Path(settings.STATIC_ROOT)
    now = fingerprint()
    stamp = root / STAMP
    if stamp.exists() and stamp.read_text() == now:
        return False
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.write_text(now)
    return True


def fingerprint() -> str:
    """Of names, sizes and times: reading each file would take longer than serving starts."""
    found = hashlib.sha256()
    for finder in get_finders():
        for path, storage in sorted(finder.list([]), key=lambda pair: pair[0]):
            about = Path(storage.path(path)).stat()
            found.update(f"{path}\0{about.st_size}\0{about.st_mtime_ns}\n".encode())
    return found.hexdigest()
