from django.db import models


class Heartbeat(models.Model):
    """A worker that runs, and when it last said so. Rows of workers that were killed stay until swept."""

    worker = models.CharField(max_length=64, unique=True)
    started_at = models.DateTimeField()
    beat_at = models.DateTimeField()


class Schedule(models.Model):
    """When a repeated job comes round next."""

    name = models.CharField(max_length=200, unique=True)
    next_at = models.DateTimeField()


class JobKey(models.Model):
    """What was asked for once is not asked for again: one key, one job."""

    key = models.CharField(max_length=200, unique=True)
    result_id = models.UUIDField()  # the library's row, which is pruned earlier
    made_at = models.DateTimeField()
