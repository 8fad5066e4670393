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


class AuditBatch(models.Model):
    """So many events sealed together. `head` holds all that was sealed up to here: the head before is part of it."""

    number = models.PositiveBigIntegerField(unique=True)  # 1, 2, 3: no two seals take one place
    first = models.PositiveBigIntegerField()  # ids of events
    last = models.PositiveBigIntegerField()
    size = models.PositiveIntegerField()
    root = models.CharField(max_length=64)
    head = models.CharField(max_length=64)
    #: the highest id of an event that was sealed so far
    highest = models.PositiveBigIntegerField()
    #: on PostgreSQL: the transaction of the last event, and that of the sealer, after which all later ones are numbered
    tx = models.PositiveBigIntegerField(null=True)
    horizon = models.PositiveBigIntegerField(null=True)
    sealed_at = models.DateTimeField(db_default=Now(), editable=False)


class AuditLeaf(models.Model):
    """The hash of one event, in its place. An id, not a key: an event that was taken away must still be missed."""

    event = models.PositiveBigIntegerField(unique=True)
    batch = models.PositiveBigIntegerField()
    position = models.PositiveIntegerField()
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["batch", "position"], name="one_leaf_a_place")]


class AuditSubject(models.Model):
    """Which sealed events name a subject. An index that can be made again: see `subjects`."""

    pk = models.CompositePrimaryKey("subject", "event")
    #: no limit, so that no name that an event holds can keep it from being sealed
    subject = models.TextField()
    event = models.PositiveBigIntegerField()
