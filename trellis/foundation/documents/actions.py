"""What can be done with documents: keep one. What is kept never changes."""

from typing import Any

from django.conf import settings

from trellis.foundation import clock
from trellis.foundation.access.actions import action
from trellis.foundation.access.actor import Actor
from trellis.foundation.documents import queries, rules, shelf
from trellis.foundation.documents.models import Document, DocumentKey
from trellis.foundation.documents.reworking import Clean
from trellis.foundation.record import crypto


def _nobody(result: object, arguments: dict[str, Any]) -> tuple[str, ...]:
    """The act that keeps a paper has its own event, with its subject."""
    return ()


@action("document.keep", about=_nobody)
def keep(*, by: Actor, subject: str, file: Clean, record: str = "") -> Document:
    """In the caller's transaction: the file first, then its row. Where the row never comes, the file is cleared away.

    Raises Unfit where the record or the subject has no room left. The caller holds the subject's row.
    """
    taken = queries.taken(subject, record)
    rules.judge_room(
        files=taken.files, most_files=settings.DOCUMENTS_OF_A_RECORD,
        taken=taken.bytes, size=len(file.data), most_bytes=settings.DOCUMENT_BYTES_OF_A_SUBJECT,
    )  # fmt: skip
    document = Document(
        subject=subject, record=record, kind=file.kind, size=len(file.data), sha256=file.sha256,
        kept_at=clock.now(), by=by.name,
    )  # fmt: skip
    key = shelf.put(document.public_id, file.data)
    document.save(force_insert=True)
    DocumentKey.objects.create(document=document, sealed=crypto.seal(key))
    return document
