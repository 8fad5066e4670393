"""Somebody who has been here for two years: a form of three kinds and three groups every week."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from trellis.foundation.record.guard import writing
from trellis.foundation.record.ids import new_public_id
from trellis.journey.admission.models import LevelAssessment
from trellis.journey.measures.models import Administration, Outcome
from trellis.journey.schedule.models import Attendance, Session
from trellis.journey.schedule.tests.factories import EnrollmentFactory, SeriesFactory
from trellis.people.clients.models import Client, Episode
from trellis.people.clients.tests.factories import EpisodeFactory

WEEKS = 104
TODAY = date(2026, 11, 25)
NOW = datetime(2026, 11, 26, 1, 40, tzinfo=UTC)
BEGAN = TODAY - timedelta(weeks=WEEKS)
#: total or subscores of each week: from hard to easier, with ups in it
MEASURES = {
    "phq-9": lambda week: (max(3, 20 - week // 5) + week % 3, {}, []),
    "gad-7": lambda week: (max(2, 16 - week // 8) + week % 2, {}, []),
    "bam-iop": lambda week: (
        None, {"use": max(0, 6 - week // 10), "risk": max(4, 18 - week // 8), "protective": min(20, 8 + week // 9)},
        ["use_present" if week < 60 else "abstinent"],
    ),
}  # fmt: skip


def two_years(seated_until: date = TODAY) -> Client:
    """`seated_until`: from then on nobody marked anything but absences."""
    stay = EpisodeFactory(opened_on=BEGAN)
    client: Client = stay.client
    for instrument, said in MEASURES.items():
        filled(client, stay, instrument, [said(week) for week in range(WEEKS)])
    _groups(client, stay, seated_until)
    return client


def filled(client: Client, stay: Episode, instrument: str, said: Sequence[tuple[int | None, dict, list]]) -> None:
    """A finished form a week from the first day of the stay on."""
    with writing("test"):
        forms = Administration.objects.bulk_create(
            Administration(
                client=client, episode=stay, instrument=instrument, version="1.0.0", language="en", way="phone",
                occasion="weekly", on=stay.opened_on + timedelta(weeks=week), at=NOW, by="x",
            )
            for week in range(len(said))
        )  # fmt: skip
        Outcome.objects.bulk_create(
            Outcome(
                administration=form, status="complete", total=total, subscores=scores, flags=flags,
                severity="moderate" if total is not None else "", at=NOW, by="x",
            )
            for form, (total, scores, flags) in zip(forms, said, strict=True)
        )  # fmt: skip


def _groups(client: Client, stay: Episode, seated_until: date) -> None:
    for weekday in (0, 2, 4):
        series = SeriesFactory(weekday=weekday, group_min=1, since=BEGAN)
        EnrollmentFactory(episode=stay, series=series, since=BEGAN)
        first = BEGAN + timedelta(days=(weekday - BEGAN.weekday()) % 7)
        days = [first + timedelta(weeks=week) for week in range(WEEKS) if first + timedelta(weeks=week) < TODAY]
        with writing("test"):
            made = Session.objects.bulk_create(
                Session(
                    series=series, planned_on=day, starts_at=_at(day, 1), ends_at=_at(day, 4), break_minutes=15,
                    break_after=90, public_id=new_public_id(),
                )
                for day in days
            )  # fmt: skip
            Attendance.objects.bulk_create(
                Attendance(
                    session=one, client=client, key=new_public_id(), recorded_at=NOW, by="x",
                    state="present" if one.planned_on < seated_until else "absent",
                )
                for one in made
            )  # fmt: skip


def _at(day: date, hour: int) -> datetime:
    """In the evening in Pomona, which is the next day in UTC."""
    return datetime(day.year, day.month, day.day, hour, 30, tzinfo=UTC) + timedelta(days=1)


def finished_stays(number: int, instrument: str = "phq-9", weeks: int = 4) -> None:
    """Of people who came before: each begins a point higher than the one before, up to ten points, and falls."""
    for turn in range(number):
        stay = EpisodeFactory(opened_on=date(2026, 5, 4), closed=True)
        filled(stay.client, stay, instrument, [(max(0, turn % 11 + 2 - week), {}, []) for week in range(weeks)])


def rated(client: Client, on: datetime, level: str, **facts: str) -> LevelAssessment:
    """As a clinician decided it."""
    with writing("test"):
        return LevelAssessment.objects.create(
            client=client, episode=client.episodes.get(status="open"), kind="decided", facts=facts, rules_version=1,
            recommended=level, level=level, at=on, by="account:1",
        )  # fmt: skip
