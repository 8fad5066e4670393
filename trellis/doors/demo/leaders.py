"""Who leads which group, and when each has an hour free for one client. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import time

GROUP_ROLES = ("therapist", "counselor", "group_facilitator")
HOUR = 60
DAYS = range(5)
FIRST, LAST = 9 * 60, 17 * 60  # hours alone begin at nine and end by five
OFFICES = ("office-1", "office-2", "office-3")


@dataclass(frozen=True)
class Slot:
    """A stretch of one weekday, in minutes from midnight."""

    weekday: int
    start: int
    end: int

    def meets(self, other: "Slot") -> bool:
        return self.weekday == other.weekday and self.start < other.end and other.start < self.end


@dataclass(frozen=True)
class Group:
    key: str
    slot: Slot
    roles: tuple[str, ...]
    language: str


@dataclass(frozen=True)
class Leader:
    name: str
    role: str
    languages: tuple[str, ...]


@dataclass
class Diary:
    """What each leader and each office is held by."""

    held: dict[str, list[Slot]] = field(default_factory=lambda: defaultdict(list))

    def is_free(self, who: str, slot: Slot) -> bool:
        return not any(slot.meets(other) for other in self.held[who])

    def hold(self, who: str, slot: Slot) -> None:
        self.held[who].append(slot)


def lead(groups: Iterable[Group], leaders: Sequence[Leader], diary: Diary, first: str) -> dict[str, list[str]]:
    """For each group one leader of each of its roles, by language first, then by how much they lead already.

    `first` is given what they can do before anybody else.
    """
    given: dict[str, list[str]] = {}
    for group in groups:
        given[group.key] = [name for role in group.roles if (name := _one(group, role, leaders, diary, first))]
    return given


def _one(group: Group, role: str, leaders: Sequence[Leader], diary: Diary, first: str) -> str | None:
    able = [
        leader
        for leader in leaders
        if leader.role == role and group.language in leader.languages and diary.is_free(leader.name, group.slot)
    ]
    if not able:
        return None
    chosen = min(
        able,
        key=lambda one: (one.name != first, one.languages[0] != group.language, len(diary.held[one.name]), one.name),
    )
    diary.hold(chosen.name, group.slot)
    return chosen.name


@dataclass(frozen=True)
class Hour:
    leader: str
    office: str | None
    slot: Slot

    @property
    def start(self) -> time:
        return time(self.slot.start // 60, self.slot.start % 60)

    @property
    def minutes(self) -> int:
        return self.slot.end - self.slot.start


def free_hours(leaders: Sequence[Leader], diary: Diary) -> Iterator[Hour]:
    """Every hour that a therapist or counselor has left beside their groups, spread over the week."""
    for start in range(FIRST, LAST, HOUR):
        for weekday in DAYS:
            slot = Slot(weekday, start, start + HOUR)
            for leader in leaders:
                if leader.role == "group_facilitator" or not diary.is_free(leader.name, slot):
                    continue
                office = next((o for o in OFFICES if diary.is_free(o, slot)), None)
                if office is None:
                    continue
                diary.hold(leader.name, slot)
                diary.hold(office, slot)
                yield Hour(leader.name, office, slot)


def choose_hour(hours: list[Hour], taken: Sequence[Slot], speaking: set[str]) -> Hour | None:
    """The first hour that meets none of the client's groups, with somebody who speaks their language if possible."""
    fitting = [hour for hour in hours if not any(hour.slot.meets(slot) for slot in taken)]
    chosen = next((hour for hour in fitting if hour.leader in speaking), fitting[0] if fitting else None)
    if chosen:
        hours.remove(chosen)
    return chosen
