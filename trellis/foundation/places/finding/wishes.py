"""What is asked of the finder, and what it answers: plain values."""

from dataclasses import dataclass
from datetime import datetime

from trellis.foundation.places.models import Meeting, MeetingList
from trellis.foundation.places.rules.where import Spot

APPOINTMENT = "appointment"


@dataclass(frozen=True)
class Wish:
    """What somebody looks for; every field narrows, and none is filled in for them."""

    text: str = ""
    day: str = ""  # "", today, tomorrow, "0" (Sunday) to "6", appointment
    part: str = ""  # "", morning, afternoon, evening
    spot: Spot | None = None
    within: float = 15  # miles
    or_online: bool = False  # beside those near the spot, those online from anywhere
    way: str = ""  # "", in_person, online
    language: str = ""
    kinds: tuple[str, ...] = ()  # labels of lists
    secular: bool = False  # beside the kinds, at equal rank
    families: bool = False
    newcomers: bool = False
    wheelchair: bool = False
    trait: str = ""


@dataclass(frozen=True)
class Line:
    """One meeting of an answer. `starts` is None by appointment; `miles` where a place was asked for."""

    meeting: Meeting
    list: MeetingList
    starts: datetime | None
    miles: float | None = None


@dataclass(frozen=True)
class Found:
    """`guessed`: no name is spelled like this, these come near. `more`: another page follows."""

    lines: tuple[Line, ...] = ()
    page: int = 1
    more: bool = False
    guessed: bool = False
