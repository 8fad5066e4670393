"""Who must not be deleted, and who was. Every row stays as it was written."""

from django.db import models

from trellis.foundation.record import crypto
from trellis.foundation.record.models import PublicModel
from trellis.foundation.record.sealed import SealedText

ACTOR = 40  # letters: account:7, system:retention


class LegalHold(PublicModel):
    """A court, a lawyer or an audit needs a record: nothing in it is deleted until a step beside it ends the hold."""

    #: `client:17`, `inquiry:9`: a plain value, as in the audit trail
    subject = models.CharField(max_length=40, db_index=True)
    reason_sealed = SealedText()
    since = models.DateTimeField()
    by = models.CharField(max_length=ACTOR)

    @property
    def audit_subjects(self) -> tuple[str, ...]:
        return (self.subject,)

    @property
    def reason(self) -> str:
        return crypto.unseal(self.reason_sealed)


class LegalHoldEnd(models.Model):
    """The hold is over, and why."""

    hold = models.OneToOneField(LegalHold, on_delete=models.PROTECT, related_name="end")
    reason_sealed = SealedText()
    at = models.DateTimeField()
    by = models.CharField(max_length=ACTOR)

    @property
    def audit_subjects(self) -> tuple[str, ...]:
        return self.hold.audit_subjects


class Tombstone(models.Model):
    """A record was deleted. No name: what it was called by, and a hash by which a restored backup is searched."""

    subject = models.CharField(max_length=40)
    #: of the record's random public id: numbers are given again, this is not
    sha256 = models.CharField(max_length=64, unique=True)
    kinds = models.JSONField()
    rows = models.PositiveIntegerField()
    at = models.DateTimeField()
    by = models.CharField(max_length=ACTOR)

    @property
    def audit_subjects(self) -> tuple[str, ...]:
        return (self.subject,)
