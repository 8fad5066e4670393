"""What can be asked about documents."""

from dataclasses import dataclass

from django.db.models import Count, Q, Sum
from django.db.models.functions import Coalesce

from trellis.foundation.documents import shelf
from trellis.foundation.documents.models import Document, DocumentKey
from trellis.foundation.record import crypto

AT_ONCE = 500


@dataclass(frozen=True)
class Taken:
    """How many files lie with a record, and how many bytes with a subject."""

    files: int
    bytes: int


def taken(subject: str, record: str) -> Taken:
    """One statement. Files that belong to no record are not counted as files of one."""
    of_record = Q(record=record) & ~Q(record="")
    found = Document.objects.filter(subject=subject).aggregate(
        files=Count("id", filter=of_record), bytes=Coalesce(Sum("size"), 0)
    )
    return Taken(**found)


def read(document: Document) -> bytes:
    """The very bytes that were kept; raises shelf.Damaged."""
    key = DocumentKey.objects.filter(document=document).first()
    if key is None:
        raise shelf.Damaged(document.public_id)
    try:
        return shelf.take(document.public_id, crypto.unseal(key.sealed))
    except crypto.CannotOpen as fault:
        raise shelf.Damaged(document.public_id) from fault


def without_key(names: list[str]) -> set[str]:
    """Of these names of files, those that nothing in the database opens."""
    known = DocumentKey.objects.filter(document__public_id__in=names)
    return set(names) - set(known.values_list("document__public_id", flat=True))


def newest(number: int) -> list[str]:
    """Names of the files that were kept last."""
    return list(DocumentKey.objects.order_by("-id").values_list("document__public_id", flat=True)[:number])
