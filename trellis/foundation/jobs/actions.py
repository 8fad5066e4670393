"""The jobs' own tables.

They are about nobody and change every second, so they stand on the write guard's list and leave no audit event; what a
job does to the record goes through the actions of its room.
"""

import time
import traceback
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from trellis.foundation import clock
from trellis.foundation.jobs import queries, rules
from trellis.foundation.jobs.models import Heartbeat, JobKey, Schedule
from trellis.foundation.jobs.registry import Repeat, limits_of, repeats

KEEP_RESULTS = timedelta(days=14)
KEEP_KEYS = timedelta(days=60)


class WorkerLost(Exception):
    """The worker died while the job ran."""


def later(job: Any, *, key: str, after: datetime | None = None, **values: Any) -> UUID:
    """Ask for a job in the caller's transaction: it exists when the data does. The same key is the same job."""
    with transaction.atomic():
        asked = JobKey.objects.filter(key=key).first()
        if asked is None:
            result = job.using(run_after=after).enqueue(**values)
            asked, new = JobKey.objects.get_or_create(
                key=key, defaults={"result_id": UUID(result.id), "made_at": clock.now()}
            )
            if not new:  # another process asked in the same instant
                DBTaskResult.objects.filter(id=result.id).delete()
        return asked.result_id


def claim(worker: str) -> DBTaskResult | None:
    """Take the most urgent job that is due. Looks first: an idle worker does not hold up those who write."""
    now = clock.now()
    if not queries.due(now).exists():
        return None
    with transaction.atomic():
        row = queries.due(now).select_for_update(skip_locked=True).first()
        if row is not None:
            row.status = TaskResultStatus.RUNNING
            row.started_at = now
            row.worker_ids = [*row.worker_ids, worker]
            row.save(update_fields=["status", "started_at", "worker_ids"])
        return row


def succeed(row: DBTaskResult) -> None:
    _settle(row, status=TaskResultStatus.SUCCESSFUL, finished_at=clock.now(), exception_class_path="", traceback="")


def fail(row: DBTaskResult, fault: BaseException) -> bool:
    """Try again later, or give up after the job's last try; answers whether it will be tried again."""
    tries = len(row.worker_ids)
    again = tries < limits_of(row.task_path).tries
    _settle(
        row,
        status=TaskResultStatus.READY if again else TaskResultStatus.FAILED,
        run_after=clock.now() + rules.wait_after(tries) if again else row.run_after,
        finished_at=None if again else clock.now(),
        exception_class_path=f"{type(fault).__module__}.{type(fault).__qualname__}",
        # Where it happened, without the fault's own words: those may carry a value of somebody's record.
        traceback="".join(traceback.format_tb(fault.__traceback__)),
    )
    return again


def _settle(row: DBTaskResult, **values: Any) -> None:
    """Only the run that was claimed: when a sweeper gave the job away, the late worker's word does not count."""
    mine = DBTaskResult.objects.filter(id=row.id, status=TaskResultStatus.RUNNING, started_at=row.started_at)
    mine.update(**values)


def beat(worker: str) -> None:
    now = clock.now()
    born = {"started_at": now, "beat_at": now}
    Heartbeat.objects.update_or_create(worker=worker, defaults={"beat_at": now}, create_defaults=born)


def leave(worker: str) -> None:
    Heartbeat.objects.filter(worker=worker).delete()


def sweep() -> int:
    """Give back the jobs of workers that died; answers how many."""
    now = clock.now()
    beats = dict(Heartbeat.objects.values_list("worker", "beat_at"))
    given_back = 0
    for row in queries.running():
        last = beats.get(row.worker_ids[-1]) if row.worker_ids else None
        seconds = limits_of(row.task_path).seconds
        if rules.is_stranded(started=row.started_at or now, beat=last, seconds=seconds, now=now):
            fail(row, WorkerLost())
            given_back += 1
    Heartbeat.objects.filter(beat_at__lt=now - 10 * rules.LEASE).delete()
    return given_back


def enqueue_due() -> int:
    """Ask for the repeated jobs whose time has come; answers how many."""
    now = clock.now()
    rows = dict(Schedule.objects.values_list("name", "next_at"))
    return sum(_enqueue_round(repeat, rows.get(repeat.name), now) for repeat in repeats())


def _enqueue_round(repeat: Repeat, due: datetime | None, now: datetime) -> bool:
    if due is not None and now < due:
        return False
    with transaction.atomic():
        following = rules.next_round(due or now, repeat.interval, now)
        if due is None:
            _, mine = Schedule.objects.get_or_create(name=repeat.name, defaults={"next_at": following})
        else:  # whoever moves the row asks for the job
            mine = bool(Schedule.objects.filter(name=repeat.name, next_at=due).update(next_at=following))
        if mine:
            later(repeat.job, key=f"{repeat.name}@{(due or now).isoformat()}")
        return mine


def prune() -> None:
    """Forget what ended long ago; what failed stays as long as what went well."""
    now = clock.now()
    DBTaskResult.objects.filter(finished_at__lt=now - KEEP_RESULTS).delete()
    JobKey.objects.filter(made_at__lt=now - KEEP_KEYS).delete()


def clear_expired_cache() -> None:
    """Limits and used codes whose time is over, by the wall's clock: they keep real time, in a demo too."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"DELETE FROM {connection.ops.quote_name('cache')} WHERE expires < %s",  # noqa: S608
            [connection.ops.adapt_datetimefield_value(datetime.fromtimestamp(int(time.time()), UTC))],
        )
