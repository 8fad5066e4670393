from django.db import models

from trellis.foundation.record.models import PublicModel
from trellis.foundation.record.texts import BilingualField


class BlueprintVersion(models.Model):
    """A blueprint as it was loaded, word for word. The newest is the one that counts; none is ever changed."""

    number = models.PositiveIntegerField(unique=True)
    source = models.TextField()
    digest = models.CharField(max_length=64)  # not unique: a program may go back to an earlier text
    loaded_at = models.DateTimeField()
    loaded_by = models.CharField(max_length=40)  # account:7, system:blueprint

    #: what could not be kept, in sentences; set on the row that a load returns, not remembered
    not_kept: tuple[str, ...] = ()


class Place(PublicModel):
    """Named by its key in the blueprint. Never deleted: past sessions point to it."""

    key = models.CharField(max_length=40, unique=True)
    names = BilingualField()
    retired = models.BooleanField(default=False)

    class Meta:
        abstract = True


class Site(Place):
    city = models.CharField(max_length=200)


class Room(Place):
    class Kind(models.TextChoices):
        GROUP = "group"
        OFFICE = "office"

    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="rooms")
    kind = models.CharField(max_length=10, choices=Kind)
    capacity = models.PositiveSmallIntegerField()
