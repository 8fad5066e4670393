from collections.abc import Callable
from datetime import UTC, datetime, timedelta, tzinfo

from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

from trellis.foundation.program import queries

Next = Callable[[HttpRequest], HttpResponseBase]


class LazyZone(tzinfo):
    """The program's zone, looked up when a time is first shown: a page without times asks the database nothing."""

    _zone: tzinfo | None = None

    @property
    def zone(self) -> tzinfo:
        if self._zone is None:
            try:
                self._zone = queries.zone()
            except queries.NoBlueprint:
                self._zone = UTC
        return self._zone

    def fromutc(self, moment: datetime) -> datetime:
        # The answer carries the real zone, so that later sums with it are right.
        return self.zone.fromutc(moment.replace(tzinfo=self.zone))

    def utcoffset(self, moment: datetime | None) -> timedelta | None:
        return self.zone.utcoffset(moment)

    def dst(self, moment: datetime | None) -> timedelta | None:
        return self.zone.dst(moment)

    def tzname(self, moment: datetime | None) -> str | None:
        return self.zone.tzname(moment)

    def __str__(self) -> str:
        return str(self.zone)


class ProgramZone:
    """Puts the program's zone on for one request, and remembers the program for as long."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with queries.remembered(), timezone.override(LazyZone()):
            return self.get_response(request)
