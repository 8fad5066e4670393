from django.db import models
from django.db.models.functions import Now


class AuditEvent(models.Model):
    """Who did or saw what, about whom, when, from where. No words, so nothing in it ever needs deleting."""

    at = models.DateTimeField(db_default=Now(), editable=False)  # the database's own clock
    actor = models.CharField(max_length=40)  # account:7, system:worker, public
    roles = models.CharField(max_length=200, blank=True)
    verb = models.CharField(max_length=60)
    object = models.CharField(max_length=60, blank=True)  # session:4
    subjects = models.JSONField(default=list)  # client:17, inquiry:9; a list page packs them all
    request_id = models.CharField(max_length=36, blank=True)
    address = models.GenericIPAddressField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["verb", "at"])]
