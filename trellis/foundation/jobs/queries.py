from datetime import datetime, timedelta

from django.db.models import Max, Q, QuerySet
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max

from trellis.foundation.jobs.models import Heartbeat


def due(now: datetime) -> "QuerySet[DBTaskResult]":
    """Jobs that wait for a worker, the most urgent first. The library marks "at once" by its last date."""
    ready = DBTaskResult.objects.filter(status=TaskResultStatus.READY)
    return ready.filter(Q(run_after__lte=now) | Q(run_after=get_date_max()))


def running() -> "QuerySet[DBTaskResult]":
    return DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING)


def failed_since(instant: datetime) -> int:
    return DBTaskResult.objects.filter(status=TaskResultStatus.FAILED, finished_at__gte=instant).count()


def pulse(now: datetime) -> timedelta | None:
    """How long ago a worker last said that it runs; None: never."""
    last = Heartbeat.objects.aggregate(last=Max("beat_at"))["last"]
    return None if last is None else now - last
