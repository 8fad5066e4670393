from typing import ClassVar

from django.db import models

from trellis.foundation.record.ids import LENGTH, new_public_id


class PublicModel(models.Model):
    """A row that a URL may name: by its random public id, never by its number."""

    #: the kind of subject that the audit trail names; None: this row is about nobody
    subject_kind: ClassVar[str | None] = None

    public_id = models.CharField(max_length=LENGTH, unique=True, default=new_public_id, editable=False)

    class Meta:
        abstract = True

    @property
    def audit_subjects(self) -> tuple[str, ...]:
        """Whom an act on this row is about, as plain values (`client:17`)."""
        return (f"{self.subject_kind}:{self.pk}",) if self.subject_kind else ()


class Erasure(models.Model):
    """A subject whose clinical rows may be deleted, by law and after its time. Only then does the database let go."""

    subject = models.CharField(max_length=64, unique=True)
    decided_at = models.DateTimeField()
    decided_by = models.CharField(max_length=64)
