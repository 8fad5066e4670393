from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from trellis.foundation import clock
from trellis.foundation.clock.models import ClockShift
from trellis.foundation.record.guard import writing

LOS_ANGELES = ZoneInfo("America/Los_Angeles")


def test_the_clock_stands_where_it_is_held():
    with clock.travel(datetime(2026, 11, 25, 17, 40, tzinfo=LOS_ANGELES)):
        assert clock.now() == datetime(2026, 11, 26, 1, 40, tzinfo=UTC)
        assert clock.today(LOS_ANGELES) == date(2026, 11, 25)


def test_it_runs_with_the_wall_otherwise(settings):
    settings.DEMO = False
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(seconds=5)


def test_an_instant_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="aware"), clock.travel(datetime(2026, 11, 25)):
        pass


@pytest.mark.django_db
def test_a_demo_runs_on_from_where_its_clock_was_set(settings):
    settings.DEMO = True
    clock.forget_shift()
    with writing("test"):
        ClockShift.objects.create(seconds=-86400)
    try:
        assert abs(clock.now() - (datetime.now(UTC) - timedelta(days=1))) < timedelta(seconds=5)
    finally:
        clock.forget_shift()


@pytest.mark.django_db
def test_a_real_installations_clock_cannot_be_shifted(settings):
    settings.DEMO = False
    with writing("test"):
        ClockShift.objects.create(seconds=-86400)
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(seconds=5)
