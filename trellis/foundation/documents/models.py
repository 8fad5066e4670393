"""What is kept. The file itself lies outside the web root, sealed under a key of its own."""

from django.db import models

from trellis.foundation.documents.rules import Kind
from trellis.foundation.record.models import PublicModel
from trellis.foundation.record.sealed import SealedText

SUBJECT = 40  # letters: client:17
ACTOR = 40  # letters: account:7, system:worker


class Document(PublicModel):
    """One file, as we wrote it anew; its public id is the name of the file. It never changes."""

    #: whom it is about: a plain value, as in the audit trail
    subject = models.CharField(max_length=SUBJECT)
    #: what it belongs to, as a plain value (`consent:4`); empty: it stands alone
    record = models.CharField(max_length=SUBJECT, blank=True)
    kind = models.CharField(max_length=4, choices=[(one.value, one.value.upper()) for one in Kind])
    #: bytes, and their hash, of what is given out
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    kept_at = models.DateTimeField()
    by = models.CharField(max_length=ACTOR)

    class Meta:
        indexes = [
            models.Index(fields=["subject"], name="documents_of_a_subject"),
            models.Index(fields=["record"], name="documents_of_a_record"),
        ]

    @property
    def audit_subjects(self) -> tuple[str, ...]:
        return (self.subject,)


class DocumentKey(models.Model):
    """What opens one file. It stands apart from its document so that a change of the field keys can seal it anew;
    without it the file is nobody's, and goes."""

    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="key")
    sealed = SealedText()
