"""The plan behind the week."""

from dataclasses import dataclass
from datetime import tzinfo

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext

from trellis.foundation.record.texts import say
from trellis.journey.inquiry.presenters import day_words, weekday_name
from trellis.journey.schedule.models import Series, WaitListEntry
from trellis.journey.schedule.queries import TrackList
from trellis.journey.schedule.week_words import and_list
from trellis.ui.words import spoken_time


@dataclass(frozen=True)
class Waiting:
    entry: WaitListEntry
    zone: tzinfo

    @property
    def name(self) -> str:
        if self.entry.episode:
            return self.entry.episode.client.chosen_name
        return (self.entry.inquiry and self.entry.inquiry.name) or gettext("Somebody who asked for help")

    @property
    def since(self) -> str:
        return gettext("since %(day)s") % {"day": day_words(self.entry.since.astimezone(self.zone).date())}

    @property
    def address(self) -> str:
        """Where they are given the place."""
        if self.entry.episode:
            return reverse("schedule:plan", args=[self.entry.episode.client.public_id])
        return reverse("admission:admit", args=[self.entry.inquiry.public_id]) if self.entry.inquiry else ""


@dataclass(frozen=True)
class TrackRow:
    found: TrackList
    zone: tzinfo

    @property
    def name(self) -> str:
        return say(self.found.one.track.names)

    @property
    def summary(self) -> str:
        return say(self.found.one.track.summary)

    @property
    def taken(self) -> int:
        return self.found.one.places.taken

    @property
    def capacity(self) -> int:
        return self.found.one.places.capacity

    @property
    def words(self) -> str:
        values = {"taken": self.taken, "capacity": self.capacity}
        return gettext("%(taken)d of %(capacity)d places taken") % values

    @property
    def waiting(self) -> list[Waiting]:
        return [Waiting(entry, self.zone) for entry in self.found.entries]


@dataclass(frozen=True)
class GroupRow:
    """A group of the plan and who usually leads it; `series` comes from `queries.series_now`."""

    series: Series

    @property
    def name(self) -> str:
        return say(self.series.names)

    @property
    def day(self) -> str:
        return capfirst(weekday_name(self.series.weekday))

    @property
    def time(self) -> str:
        return spoken_time(self.series.start)

    @property
    def when(self) -> str:
        return f"{self.day}, {self.time}"

    @property
    def room(self) -> str:
        return say(self.series.room.names) if self.series.room else ""

    @property
    def usual(self) -> list[tuple[str, str, str]]:
        """Public id, name, and since when, of each."""
        rows = self.series.usual  # type: ignore[attr-defined]
        return [(row.staff_member.public_id, row.staff_member.chosen_name, day_words(row.since)) for row in rows]

    @property
    def leaders(self) -> str:
        return and_list([name for _key, name, _since in self.usual])
