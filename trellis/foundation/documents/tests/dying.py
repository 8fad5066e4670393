"""A process that keeps papers and kills itself: before the row, after the row and before its commit, or after."""

import os
import signal
import sys

import django


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def main(moment: str) -> None:
    django.setup()
    from django.conf import settings
    from django.db import transaction

    from trellis.foundation.access.actor import Actor
    from trellis.foundation.documents import actions, shelf
    from trellis.foundation.documents.models import Document
    from trellis.foundation.documents.reworking import Clean
    from trellis.foundation.documents.rules import Kind

    settings.MEDIA_ROOT = os.environ["TRELLIS_DOCUMENTS"]
    if moment == "before the row":
        Document.save = lambda *arguments, **named: die()
    if moment == "in the file":
        shelf._settle = lambda folder: die()
    with transaction.atomic():
        actions.keep(by=Actor.of_system("test"), subject="client:17", file=Clean(Kind.PDF, b"signed"))
        if moment == "before the commit":
            die()
    die()


if __name__ == "__main__":
    main(sys.argv[1])
