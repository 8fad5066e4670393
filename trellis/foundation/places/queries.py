"""What those who keep the lists ask. Public facts: nobody's record stands behind them."""

from datetime import datetime

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from trellis.foundation.places.models import Meeting, MeetingList, Reading, WrongReport
from trellis.foundation.places.rules.freshness import LONG

_HELD = Exists(Reading.objects.filter(list=OuterRef("pk"), held=True))


def lists() -> "QuerySet[MeetingList]":
    """Every list with `listed` (how many meetings it has now) and `is_held`; by title. One statement."""
    listed = (
        Meeting.objects.filter(list=OuterRef("pk"), ended_at__isnull=True)
        .order_by()
        .values("list")
        .annotate(number=Count("pk"))
        .values("number")
    )
    number = Coalesce(Subquery(listed, output_field=IntegerField()), 0)
    return MeetingList.objects.annotate(listed=number, is_held=_HELD).order_by("title", "id")


def due(now: datetime) -> "QuerySet[MeetingList]":
    """Lists that the worker reads now. A held one is read too: the publisher may have mended it meanwhile."""
    waiting = Q(next_read_at__isnull=True) | Q(next_read_at__lte=now)
    return MeetingList.objects.filter(waiting, refresh=True, switched_on=True).order_by("next_read_at", "id")


def last_reading(meeting_list: MeetingList) -> Reading | None:
    """The newest reading; while one is held, that one."""
    return Reading.objects.filter(list=meeting_list).order_by("-held", "-read_at", "-id").defer("body").first()


def from_source(address: str) -> "QuerySet[MeetingList]":
    return MeetingList.objects.filter(source=address)


def names_like(beginning: str) -> set[str]:
    return set(MeetingList.objects.filter(name__startswith=beginning).values_list("name", flat=True))


def held(meeting_list: MeetingList) -> Reading | None:
    return Reading.objects.filter(list=meeting_list, held=True).first()


def reports(*, handled: bool) -> "QuerySet[WrongReport]":
    """Reports of wrong meetings with the meeting and its list; the newest first."""
    rows = WrongReport.objects.filter(handled_at__isnull=not handled).select_related("meeting__list")
    return rows.order_by("-handled_at" if handled else "-at", "-id")


def open_report_count() -> int:
    return WrongReport.objects.filter(handled_at__isnull=True).count()


def unread_for_long(now: datetime) -> "QuerySet[MeetingList]":
    """Lists that are in use and should be fresh by themselves, and are not."""
    long_ago = Q(read_at__lt=now - LONG) | Q(read_at__isnull=True, failures__gt=0)
    return MeetingList.objects.filter(long_ago, refresh=True, switched_on=True).order_by("title", "id")
